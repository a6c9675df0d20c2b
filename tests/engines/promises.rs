//! What was promised stands beside the stop, in order, and is forgotten by its age.

use chrono::TimeDelta;
use homeward_domain::StopId;
use homeward_store::Store;
use homeward_store::trip::promise::{self, Promise};
use homeward_tests::instant;
use uuid::Uuid;

fn promised(stop: StopId, minute: i64, ahead: i64) -> Promise {
    let at = instant("2020-03-20T18:00:00Z") + TimeDelta::minutes(minute);
    let in_minutes = |minutes| at + TimeDelta::minutes(minutes);
    Promise {
        stop,
        at,
        stage: "boarding".into(),
        basis: "estimate".into(),
        p10: in_minutes(ahead),
        p50: in_minutes(ahead + 5),
        p90: in_minutes(ahead + 15),
        go_at: in_minutes(ahead - 5),
        lead: TimeDelta::minutes(5),
    }
}

async fn promises_of_a_stop_come_in_order_and_go_with_age(store: Store) {
    let [here, there] = [1, 2].map(|id| StopId::new(Uuid::from_u128(id)));
    let told = [promised(here, 0, 90), promised(here, 20, 60), promised(there, 10, 45)];
    let mut unit = store.begin().await.unwrap();
    for one in told.iter().rev() {
        promise::add(unit.conn(), one).await.unwrap();
    }
    promise::add(unit.conn(), &promised(here, 20, 61)).await.unwrap();
    assert_eq!(promise::of_stop(unit.conn(), here).await.unwrap(), [told[0].clone(), promised(here, 20, 61)]);
    assert_eq!(promise::forget(unit.conn(), told[1].at).await.unwrap(), 2);
    assert_eq!(promise::of_stop(unit.conn(), here).await.unwrap(), [promised(here, 20, 61)]);
    assert!(promise::of_stop(unit.conn(), there).await.unwrap().is_empty());
    unit.commit().await.unwrap();
}

crate::both!(promises_of_a_stop_come_in_order_and_go_with_age);
