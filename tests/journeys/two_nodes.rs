//! Two nodes on one register: whoever writes at one is seen at the other, and what only one can have one gets. On SQLite
//! they are two doors of one process.

use homeward_tests::cast::Cast;
use homeward_tests::feed_client::FeedClient;
use homeward_tests::{World, sample};

/// Races for the last seat and for the last bed without `HOMEWARD_RACES` (issue: 10,000 by hand).
const RACES: u32 = 200;
/// Rooms of the first site.
const ROOMS: u32 = 24;

#[expect(clippy::disallowed_methods, reason = "how long a run lasts comes from whoever runs the test")]
fn races() -> u32 {
    std::env::var("HOMEWARD_RACES").map_or(RACES, |count| count.parse().expect("HOMEWARD_RACES is a number"))
}

#[tokio::test]
async fn what_is_written_at_one_node_shows_at_the_other() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let there = world.another_node().await;
    let mut board = FeedClient::connect(&there, cast.dispatcher.token(), sample::DISTRICT, None).await;
    let party = cast.registered(sample::party(1, 2)).await;
    board.until("the party is in the queue of the other node", |seen| !seen.row(&party).is_null()).await;
    let there = cast.dispatcher.at(&there);
    there.get(&format!("/v1/parties/{party}")).await.expect("one register");
}

#[tokio::test]
async fn a_right_lost_at_one_node_ends_the_board_at_the_other() {
    let world = World::start().await;
    let dispatcher = world.dispatcher().await;
    let there = world.another_node().await;
    let board = FeedClient::connect(&there, dispatcher.token(), sample::DISTRICT, None).await;
    world.administrator().disable(&dispatcher).await.expect("disabled");
    assert_eq!(board.closed().await, 4401, "do not come back");
}

#[tokio::test]
async fn where_a_vehicle_is_shows_at_every_node() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let party = cast.registered(sample::party(1, 1)).await;
    cast.agreed_home(&party).await;
    let trip = cast.trip("大巴 1", 19, world.now()).await;
    cast.seated(&party, &trip).await;
    cast.departed(&trip).await;
    let there = world.another_node().await;
    let mut board = FeedClient::connect(&there, cast.leader.token(), sample::QIAOJIA, None).await;
    cast.escort.position(&trip, (31.15, 121.7), world.now()).await.expect("heard");
    world.pass(0).await;
    loop {
        let frame = board.next().await;
        if frame["op"] == "tick" && frame["eta"][0]["position"]["lat"] == 31.15 {
            break;
        }
    }
}

#[tokio::test]
async fn two_nodes_race_for_the_last_seat_and_one_wins_every_time() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (here, there) = (&cast.dispatcher, cast.dispatcher.at(&world.another_node().await));
    let trip = cast.trip("轿车 1", 1, world.now()).await;
    let mut parties = Vec::new();
    for number in 0..2 {
        let party = cast.registered(sample::party(number, 1)).await;
        here.ask_home(&party, sample::QIAOJIA_GATE).await.expect("asked");
        parties.push(party);
    }
    for round in 0..races() {
        let seat = |party: &str| (format!("/v1/parties/{party}/seats"), serde_json::json!({ "trip": trip }));
        let ((one, body), (other, same)) = (seat(&parties[0]), seat(&parties[1]));
        let (one, other) = tokio::join!(here.write(&one, body), there.write(&other, same));
        let winner = match (one, other) {
            (Ok(_), Err(lost)) | (Err(lost), Ok(_)) if lost.said() == (409, "vehicle-full") => {
                let aboard = here.trip(&trip).await;
                assert_eq!(aboard["seats_taken"], 1, "round {round}");
                let aboard = aboard["manifest"][0]["party"].as_str().expect("a party").to_owned();
                parties.iter().find(|party| **party == aboard).expect("one of the two")
            }
            outcome => panic!("round {round}: {outcome:?}"),
        };
        let reason = serde_json::json!({ "reason": "another race" });
        here.delete(&format!("/v1/parties/{winner}/seats"), reason).await.expect("the seat is free again");
    }
}

#[tokio::test]
async fn two_nodes_race_for_the_last_bed_and_one_wins_every_time() {
    let world = World::start().await;
    let (officer, here) = (world.duty_officer().await, world.dispatcher().await);
    let there = homeward_tests::actor::Dispatcher(here.at(&world.another_node().await));
    let mut parties = Vec::new();
    for number in 0..=ROOMS {
        let party = officer.register(sample::party(number, 1)).await.expect("registered").subject;
        if number < ROOMS - 1 {
            here.place_at_site(&party, sample::SITE_1, "lives with others").await.expect("a room");
        }
        parties.push(party);
    }
    let [one, other] = &parties[parties.len() - 2..] else { unreachable!("two are left") };
    for round in 0..races() {
        let placed = tokio::join!(
            here.place_at_site(one, sample::SITE_1, "lives with others"),
            there.place_at_site(other, sample::SITE_1, "lives with others"),
        );
        let winner = match placed {
            (Ok(_), Err(lost)) if lost.said() == (409, "site-full") => one,
            (Err(lost), Ok(_)) if lost.said() == (409, "site-full") => other,
            outcome => panic!("round {round}: {outcome:?}"),
        };
        here.ask_home(winner, sample::QIAOJIA_GATE).await.expect("the bed is free again");
    }
}
