//! The database restarts in the middle of an evening: all its connections die at once, and nobody is turned away.

use homeward_tests::cast::Cast;
use homeward_tests::{World, sample};

/// How often it restarts: which of its connections is asked first is chance.
const RESTARTS: u32 = 8;

#[tokio::test(flavor = "multi_thread")]
async fn after_a_restart_of_the_database_the_next_one_is_answered() {
    let (world, cable) = World::start_on_a_cable().await;
    let cast = Cast::on_duty(&world).await;
    for number in 1..=RESTARTS {
        let party = cast.registered(sample::party(number, 1)).await;
        cable.drop_connections().await;
        cast.dispatcher.get(&format!("/v1/parties/{party}")).await.expect("a new connection was found");
        cable.drop_connections().await;
        cast.agreed_home(&party).await;
    }
}
