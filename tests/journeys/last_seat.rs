//! The last seats, wanted by many at once: never overfilled, and whoever loses is told the numbers.

use futures_util::future::join_all;
use homeward_tests::cast::Cast;
use homeward_tests::{World, sample};
use serde_json::json;

/// Parties of two that want seats at the same moment.
const PARTIES: u32 = 32;
/// Seats of the vehicle: room for four parties and one seat that no party of two can use.
const SEATS: i64 = 9;

#[tokio::test]
async fn thirty_two_parties_race_for_nine_seats_and_four_win() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let trip = cast.trip("中巴 1", SEATS, world.now()).await;
    let mut parties = Vec::new();
    for number in 0..PARTIES {
        let party = cast.registered(sample::party(2 * number, 2)).await;
        cast.dispatcher.ask_home(&party, sample::QIAOJIA_GATE).await.expect("asked");
        parties.push(party);
    }
    let assigned = join_all(parties.iter().map(|party| cast.dispatcher.assign(party, &trip))).await;

    let losers: Vec<_> = assigned.iter().filter_map(|seats| seats.as_ref().err()).collect();
    assert_eq!(losers.len(), 28, "four parties of two fit");
    for loser in losers {
        assert_eq!(loser.said(), (409, "vehicle-full"));
        assert_eq!((&loser.body["free"], &loser.body["needed"]), (&json!(1), &json!(2)));
    }
    let seen = cast.dispatcher.trip(&trip).await;
    let mut seats: Vec<_> =
        seen["manifest"].as_array().expect("a manifest").iter().map(|line| line["seat"].as_i64()).collect();
    seats.sort();
    seats.dedup();
    assert_eq!((&seen["seats_taken"], seats.len()), (&json!(8), 8), "no seat is given twice");
}
