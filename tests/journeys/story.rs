//! The story the product comes from: two residents back from Japan are at their gate at 20:30, and the squad was there
//! first.

use chrono::TimeDelta;
use homeward_tests::cast::{Cast, arrivals};
use homeward_tests::feed_client::{FeedClient, by_key};
use homeward_tests::{World, instant, sample};
use serde_json::{Value, json};

const GATE_AT: &str = "2020-03-20T20:30:00+08:00";

#[tokio::test]
async fn two_residents_are_at_their_gate_at_half_past_eight_and_the_squad_was_there_first() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let mut board = world.watch(&cast.leader, sample::QIAOJIA).await;
    assert!(board.rows().is_empty(), "nobody is expected yet");

    let party = cast.registered(sample::party(1, 2)).await;
    hear_the_community(&world, &cast, &mut board, &party).await;
    let departs_at = instant("2020-03-20T19:30:00+08:00");
    let trip = cast.trip("大巴 1", 19, departs_at).await;
    let stop = cast.seated(&party, &trip).await;
    notice_comes_in_time(&mut board, &stop).await;
    five_roles_answer(&cast, &mut board, &stop).await;

    world.pass_until(departs_at).await;
    cast.departed(&trip).await;
    drive(&world, &cast, &mut board, &trip, &stop).await;
    cast.leader.muster(&stop).await.expect("the squad is at the gate");
    world.pass_until(instant(GATE_AT)).await;
    at_the_gate(&cast, &stop).await;

    board.until("handed over", |board| board.row(&stop)["stage"] == "handed_over").await;
    assert_eq!(board.row(&stop)["arrived_at"], json!(instant(GATE_AT)), "at 20:30");
    the_page_is_the_feed(&cast, &mut board).await;
    the_ledger_closes(&cast).await;

    assert_eq!(world.pass(119).await.retired, 0, "the squad still sees what it did");
    assert_eq!(world.pass(2).await.retired, 1, "and then the board is free for the next");
    board.until("the evening is over", |board| board.rows().is_empty()).await;
}

async fn hear_the_community(world: &World, cast: &Cast, board: &mut FeedClient, party: &str) {
    cast.dispatcher.ask_home(party, sample::QIAOJIA_GATE).await.expect("a yellow tag may go home");
    board.until("the community is asked", |board| board.rows().contains_key(party)).await;
    let request = board.row(party);
    assert_eq!((&request["kind"], &request["opinion"]), (&json!("request"), &json!("pending")));
    world.pass(3).await;
    cast.leader.agree(party).await.expect("the sub-district agrees");
    cast.committee.home_is_suitable(party).await.expect("own room, own toilet");
}

async fn notice_comes_in_time(board: &mut FeedClient, stop: &str) {
    board.until("the notice", |board| board.rows().contains_key(stop)).await;
    let row = board.row(stop);
    let sent_at = instant(row["notice"]["sent_at"].as_str().expect("a notice was sent"));
    let gate_at = instant(row["eta"]["p50"].as_str().expect("an estimate with it"));
    assert!(gate_at - sent_at >= TimeDelta::minutes(90), "only {} before", gate_at - sent_at);
    assert_eq!(row["eta"]["basis"], "estimate", "an estimate says what it rests on");
    assert_eq!((&row["people"]["total"], &row["from"]), (&json!(2), &json!(["JPN"])), "two residents back from Japan");
    assert_eq!(row["home_check"], "suitable");
}

async fn five_roles_answer(cast: &Cast, board: &mut FeedClient, stop: &str) {
    for member in cast.squad() {
        member.acknowledge(stop).await.expect("received, we are coming");
    }
    let acks = |row: &Value| row["notice"]["acks"].as_array().map_or(0, Vec::len);
    board.until("five acknowledgements", |board| acks(board.row(stop)) == 5).await;
    let roles: Vec<_> =
        board.row(stop)["notice"]["acks"].as_array().expect("acks").iter().map(|ack| &ack["role"]).collect();
    assert_eq!(roles, ["leader", "duty_officer", "committee", "doctor", "police"]);
}

/// Along the elevated road into town, a word every twenty minutes.
async fn drive(world: &World, cast: &Cast, board: &mut FeedClient, trip: &str, stop: &str) {
    board.until("under way", |board| board.row(stop)["stage"] == "en_route").await;
    for place in [(31.1668, 121.7240), (31.2010, 121.6010)] {
        world.pass(20).await;
        cast.escort.position(trip, place, world.now()).await.expect("a position");
        world.pass(0).await;
    }
    board.until("an estimate from the road", |board| board.row(stop)["eta"]["basis"] == "position").await;
    assert_eq!(board.row(stop)["eta"]["position_state"], "live");
}

async fn at_the_gate(cast: &Cast, stop: &str) {
    cast.escort.arrive(stop).await.expect("at the gate");
    let people = arrivals(&cast.leader.stop(stop).await.expect("their stop")["people_list"]);
    let early = cast.leader.accept(stop).await.expect_err("nothing was offered");
    assert_eq!(early.said(), (409, "handover-not-offered"));
    for arrival in &people {
        let foreign = cast.doctor.verify(stop, arrival).await.expect_err("the committee's step");
        assert_eq!(foreign.said(), (403, "step-of-another-role"));
        cast.committee.verify(stop, arrival).await.expect("the details are right");
        cast.police.inform(stop, arrival, "zh").await.expect("fourteen days");
    }
    cast.escort.offer(stop).await.expect("offered");
    let open = cast.leader.accept(stop).await.expect_err("nobody is enrolled");
    assert_eq!((open.said(), &open.body["steps"]), ((409, "reception-incomplete"), &json!(["enrol"])));
    for arrival in &people {
        cast.doctor.enrol(stop, arrival, 36.6).await.expect("registered, letter signed, guide given");
    }
    cast.leader.accept(stop).await.expect("they are home");
}

async fn the_page_is_the_feed(cast: &Cast, board: &mut FeedClient) {
    let page = cast.leader.board_page(sample::QIAOJIA).await.expect("their board");
    board.until_number(page["seq"].as_i64().expect("a number")).await;
    assert_eq!(page["epoch"], board.position().epoch);
    assert_eq!(&by_key(&page["rows"]), board.rows(), "the page shows what the feed told");
}

async fn the_ledger_closes(cast: &Cast) {
    let ledger = cast.dispatcher.ledger().await;
    assert_eq!(
        ledger,
        json!({ "registered": 2, "waiting": 0, "riding": 0, "handed_over": 2, "private_car": 0, "referred": 0,
            "released": 0, "closes": true })
    );
}
