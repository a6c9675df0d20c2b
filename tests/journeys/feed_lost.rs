//! The feed is lost for five minutes: what was missed comes, once and in order; with a foreign epoch everything comes.

use homeward_tests::cast::Cast;
use homeward_tests::feed_client::{Began, FeedClient, Position, Rows};
use homeward_tests::{World, sample};

#[tokio::test]
async fn five_minutes_without_a_feed_leave_no_gap_and_no_duplicate() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let first = cast.registered(sample::party(1, 2)).await;
    cast.agreed_home(&first).await;
    let mut tablet = world.watch(&cast.leader, sample::QIAOJIA).await;
    let mut wall = world.watch(&cast.duty, sample::QIAOJIA).await;
    let trip = cast.trip("大巴 1", 19, world.now()).await;
    let stop = cast.seated(&first, &trip).await;
    tablet.until("the notice", |board| board.rows().contains_key(&stop)).await;
    let (position, rows) = tablet.cut();

    world.pass(5).await;
    let second = cast.registered(sample::party(3, 1)).await;
    cast.agreed_home(&second).await;
    cast.seated(&second, &trip).await;
    cast.police.acknowledge(&stop).await.expect("received, we are coming");
    wall.until("the answer", |board| board.row(&stop)["notice"]["acks"][0]["role"] == "police").await;

    let mut tablet =
        FeedClient::connect(world.base(), cast.leader.token(), sample::QIAOJIA, Some((position.clone(), rows))).await;
    assert_eq!(tablet.began(), Began::Resume);
    tablet.until_number(wall.position().after).await;
    assert!(tablet.position().after > position.after, "something was missed");
    assert_eq!(tablet.rows(), wall.rows(), "both show the same");
    missed_once(&cast, &tablet, &position).await;
}

/// The facts on the socket are those of the plain page, one by one.
async fn missed_once(cast: &Cast, tablet: &FeedClient, from: &Position) {
    let path = format!("/v1/receivers/{}/feed?after={}&limit=200", sample::QIAOJIA, from.after);
    let page = cast.leader.get(&path).await.expect("their log");
    let missed: Vec<_> = tablet.seen().iter().filter(|frame| frame["op"] == "ev").cloned().collect();
    assert_eq!(page["entries"].as_array().expect("entries"), &missed);
}

#[tokio::test]
async fn a_position_of_another_epoch_is_answered_with_everything() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let party = cast.registered(sample::party(1, 2)).await;
    cast.dispatcher.ask_home(&party, sample::QIAOJIA_GATE).await.expect("asked");
    let old = Position { epoch: "another".to_owned(), after: 1 };
    let board = FeedClient::connect(world.base(), cast.leader.token(), sample::QIAOJIA, Some((old, Rows::new()))).await;
    assert_eq!(board.began(), Began::Snapshot);
    assert!(board.rows().contains_key(&party));
}

#[tokio::test]
async fn a_server_that_stops_says_so_and_a_watcher_may_come_back() {
    let world = World::start().await;
    let leader = world.squad("leader").await;
    let board = world.watch(&leader, sample::QIAOJIA).await;
    world.close();
    assert_eq!(board.closed().await, 4501, "restart: come back with your position");
}
