//! One driver under a race, at the store itself: of many trips that leave at once with them one does, and the others are told by the
//! constraint's name.

use futures_util::future::join_all;
use homeward_domain::driver::Driver;
use homeward_domain::vehicle::{Cleaning, Service, Vehicle};
use homeward_domain::{DriverId, Jurisdiction, Personal, VehicleId};
use homeward_store::{Error, Store, driver, vehicle};
use uuid::Uuid;

super::both! { of_sixteen_that_leave_with_one_driver_one_does }

const WHO: Uuid = Uuid::from_u128(1);

fn at() -> chrono::DateTime<chrono::Utc> {
    chrono::DateTime::from_timestamp(1_584_700_000, 0).unwrap()
}

fn district() -> Jurisdiction {
    Jurisdiction::parse("310101").unwrap()
}

fn bus() -> Vehicle {
    Vehicle {
        id: VehicleId::new(WHO),
        district: district(),
        name: "3".into(),
        plate: None,
        seats: 19,
        wheelchair_places: 0,
        luggage_places: None,
        shift: None,
        service: Service::In,
        cleaning: Cleaning::Done(None),
        version: 1,
    }
}

/// Trips that load, with everything but the road.
async fn loaded(store: &Store, count: u128) {
    let mut unit = store.begin().await.unwrap();
    vehicle::insert(unit.conn(), &bus(), at()).await.unwrap();
    let zhao = Driver {
        id: DriverId::new(WHO),
        district: district(),
        name: Personal::new("Zhao".into()),
        phone: Personal::new("13900001111".into()),
        shift: None,
        usual: None,
        off: None,
        version: 1,
    };
    driver::insert(unit.conn(), &zhao, at()).await.unwrap();
    for number in 1..=count {
        unit.conn()
            .sql(
                "insert into trip (id, district, vehicle, vehicle_name, seats, plate, driver, driver_id, escorts, departs_at,
                                   state, state_at, manifest, version)
                 values ($1, '310101', $2, '3', 19, 'P', $3, $2, 2, 1, 'boarding', 1, 0, 1)",
            )
            .bind(Uuid::from_u128(number))
            .bind(WHO)
            .bind(vec![1_u8])
            .run()
            .await
            .unwrap();
    }
    unit.commit().await.unwrap();
}

async fn leaves(store: &Store, number: u128) -> Result<(), Error> {
    let mut unit = store.begin().await?;
    unit.conn()
        .sql("update trip set state = 'en_route', departed_at = 2, head_count = 0 where id = $1")
        .bind(Uuid::from_u128(number))
        .run()
        .await?;
    unit.commit().await.map(drop)
}

async fn of_sixteen_that_leave_with_one_driver_one_does(store: Store) {
    loaded(&store, 16).await;
    let left = join_all((1..=16).map(|number| leaves(&store, number))).await;
    let refused = |it: &&Result<(), Error>| matches!(it, Err(Error::Conflict { constraint }) if constraint == "driver_at_one_wheel");
    assert_eq!((left.iter().filter(|it| it.is_ok()).count(), left.iter().filter(refused).count()), (1, 15), "{left:?}");
}
