//! What only one node may do, one does; and who was relieved finds out where it counts.

use chrono::TimeDelta;
use homeward_store::{Store, lease};
use uuid::Uuid;

super::both! {
    one_holds_it_until_its_term_is_over,
    a_race_has_one_winner,
}

const A: Uuid = Uuid::from_u128(1);
const B: Uuid = Uuid::from_u128(2);

async fn take(store: &Store, holder: Uuid, ttl: TimeDelta) -> Option<i64> {
    let mut unit = store.begin().await.unwrap();
    let token = lease::take(unit.conn(), "steps", holder, ttl).await.unwrap();
    unit.commit().await.unwrap();
    token
}

async fn holds(store: &Store, holder: Uuid, token: i64) -> bool {
    let mut unit = store.begin().await.unwrap();
    lease::holds(unit.conn(), "steps", holder, token).await.unwrap()
}

async fn one_holds_it_until_its_term_is_over(store: Store) {
    let hour = TimeDelta::hours(1);
    assert_eq!(take(&store, A, hour).await, Some(1));
    assert_eq!(take(&store, A, hour).await, Some(1), "kept, not taken anew");
    assert_eq!(take(&store, B, hour).await, None);
    assert!(lease::held_by_another(store.read().await.unwrap().conn(), "steps", B).await.unwrap());
    assert_eq!(take(&store, A, TimeDelta::zero()).await, Some(1));
    assert!(!lease::held_by_another(store.read().await.unwrap().conn(), "steps", B).await.unwrap());
    assert_eq!(take(&store, B, hour).await, Some(2), "its term is over");
    assert!(!holds(&store, A, 1).await, "the one before finds out in its own transaction");
    assert!(holds(&store, B, 2).await);
    let mut unit = store.begin().await.unwrap();
    lease::give_back(unit.conn(), "steps", B).await.unwrap();
    unit.commit().await.unwrap();
    assert_eq!(take(&store, A, hour).await, Some(3));
}

async fn a_race_has_one_winner(store: Store) {
    let racers = (1..=16).map(|one| {
        let store = store.clone();
        async move { take(&store, Uuid::from_u128(one), TimeDelta::hours(1)).await }
    });
    let won = futures_util::future::join_all(racers).await.into_iter().flatten().count();
    assert_eq!(won, 1);
}
