//! Who works on such a day: a squad in every sub-district, two escorts a vehicle, and the vehicles.

use super::roads::Roads;
use crate::day::{Day, SITES, administrator, caller, dispatching, district, site_manager};
use homeward_dispatch::{Caller, NewVehicle};
use homeward_domain::access::Grant;
use homeward_domain::site::rooms::Line;
use homeward_domain::vehicle::{Cleaning, Vehicle};
use homeward_domain::{AccountId, Jurisdiction, SquadRole, VehicleId, code};

/// Seats and wheelchair places: the classes of the planner's benchmark, beside the three that every day has.
const FLEET: [(i64, i64); 10] =
    [(6, 0), (6, 0), (14, 1), (14, 1), (14, 1), (14, 1), (14, 1), (30, 1), (30, 1), (45, 0)];
/// What is added to each site, so that beds decide nothing on any day.
const ROOMS_MORE: usize = 30;
/// Digits of a sub-district's code.
const SUBDISTRICT: usize = 9;

/// Hires the squads and escorts, brings the vehicles.
pub async fn equip(day: &mut Day, roads: &Roads) {
    let mut places: Vec<&str> =
        roads.receivers.iter().filter(|it| !it.site).map(|it| &it.jurisdiction.as_str()[..SUBDISTRICT]).collect();
    places.sort_unstable();
    places.dedup();
    let mut people: Vec<Caller> =
        places.iter().flat_map(|place| SquadRole::EXPECTED.map(|role| squad(place, role))).collect();
    people.extend((0..2 * (FLEET.len() + 3)).map(escort));
    day.hire(people).await;
    for (number, (seats, wheelchair_places)) in FLEET.into_iter().enumerate() {
        let new = NewVehicle {
            name: format!("W{number}"),
            plate: Some(format!("沪A777{number:02}")),
            seats,
            wheelchair_places,
            luggage_places: None,
            shift: None,
        };
        let key = day.key();
        day.dispatcher.add_vehicle(&dispatching(), &key, new).await.expect("a vehicle");
    }
    for site in SITES {
        let kind = |number: usize| if number.is_multiple_of(3) { "accessible" } else { "family" };
        let line = |number| Line { number: format!("W{number:02}"), kind: kind(number).into(), beds: 5 };
        let (rooms, key): (Vec<Line>, _) = ((1..=ROOMS_MORE).map(line).collect(), day.key());
        let site = code::Receiver::parse(site).expect("a site");
        day.dispatcher.add_rooms(&administrator(), &key, site, rooms).await.expect("more rooms");
    }
}

/// The district's vehicles.
pub async fn fleet(day: &Day) -> Vec<Vehicle> {
    let mut reader = day.store.read().await.expect("a reader");
    homeward_store::vehicle::of_district(reader.conn(), district().as_str()).await.expect("vehicles")
}

/// Whoever cleaned a vehicle that came back says so.
pub async fn confirm_clean(day: &mut Day, id: VehicleId) {
    let due = fleet(day).await.into_iter().any(|it| it.id == id && matches!(it.cleaning, Cleaning::Due { .. }));
    if due {
        let key = day.key();
        day.dispatcher.confirm_clean(&dispatching(), &key, id).await.expect("it is clean now");
    }
}

fn squad(place: &str, role: SquadRole) -> Caller {
    let number = 10_000 + place[6..].parse::<u128>().expect("digits") * 10 + role as u128;
    caller(number, Grant::Squad { place: Jurisdiction::parse(place).expect("a place"), role })
}

/// One of two for each vehicle.
pub fn escort(number: usize) -> Caller {
    caller(50_000 + number as u128, Grant::Escort { district: district() })
}

/// The two of a vehicle.
pub fn crew(vehicle: usize) -> Vec<AccountId> {
    [2 * vehicle, 2 * vehicle + 1].map(|number| escort(number).actor.account).to_vec()
}

/// Who does a role's work at a receiver: a site has its manager for all of it.
pub fn standing(roads: &Roads, receiver: &code::Receiver, role: SquadRole) -> Caller {
    let it = roads.receivers.iter().find(|it| it.code == *receiver).expect("a receiver");
    if it.site { site_manager(receiver.as_str()) } else { squad(&it.jurisdiction.as_str()[..SUBDISTRICT], role) }
}
