//! The cable between one node and its database is cut for a minute. Nobody is told anything that is not so: the node's
//! boards hear that it cannot see its register, its desks hear when to come again, the other node goes on.

use crate::load::{Book, Load, Outcome, insist, register};
use crate::server::Server;
use homeward_tests::cable::Cable;
use homeward_tests::cluster::Cluster;
use homeward_tests::feed_client::FeedClient;
use homeward_tests::sample;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::time::Instant;

/// How long the cable stays cut without `HOMEWARD_CUT_SECONDS`.
const CUT_SECONDS: u64 = 60;

#[expect(clippy::disallowed_methods, reason = "how long a run lasts comes from whoever runs the test")]
fn cut_for() -> Duration {
    let seconds = std::env::var("HOMEWARD_CUT_SECONDS");
    Duration::from_secs(seconds.map_or(CUT_SECONDS, |count| count.parse().expect("a number of seconds")))
}

#[expect(clippy::print_stdout, reason = "the figures of deploy/measuring.md are these")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_cut_off_from_its_database_says_so_and_is_whole_when_the_cable_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let database = Cluster::shared().await.database().await;
    let cable = Cable::to(database.cluster().address()).await;
    let quiet = ["--log", "off"];
    let cut_off = Server::start_on(&database.url_by(cable.addr()), folder.path(), &quiet, Stdio::inherit()).await;
    let other = Server::start_on(&database.url(), folder.path(), &quiet, Stdio::inherit()).await;
    let (cut_off, other) = (Arc::new(cut_off), Arc::new(other));
    let token = cut_off.first_run().await;
    let (next, mut book) = (Arc::new(AtomicU32::new(1)), Book::default());
    let mut board = FeedClient::connect(&cut_off.base, &token, sample::DISTRICT, None).await;
    let load = Load::start(&[Arc::clone(&cut_off), Arc::clone(&other)], &token, &next);
    load.until(10).await;

    let began = Instant::now();
    cable.cut();
    board.until_behind(true).await;
    let behind_after = began.elapsed();
    // Registrations at the other node go on, whatever the node that is gone had begun.
    let during = load.count();
    load.until(during + 10).await;
    let outcomes = load.end().await;
    let left_off = board.until_lost().await;
    assert!(!ready(&cut_off).await, "a proxy is told to send nobody here");
    // The board goes on at the other node, which has everything.
    let fresh = FeedClient::connect(&other.base, &token, sample::DISTRICT, None).await;
    let mut moved = FeedClient::connect(&other.base, &token, sample::DISTRICT, Some(left_off)).await;
    moved.until_number(fresh.position().after).await;
    assert_eq!(moved.rows(), fresh.rows());
    let left_off = moved.cut();
    let number = next.fetch_add(1, Ordering::Relaxed);
    let mut refused = 0;
    let mut pace = tokio::time::interval(Duration::from_millis(200));
    while began.elapsed() < cut_for() {
        pace.tick().await;
        assert_eq!(register(&cut_off, &token, number).await, Outcome::Refused, "nothing is acknowledged in a cut");
        refused += 1;
    }
    assert!(refused > 0, "the cut was over before anybody asked");

    let healed = Instant::now();
    cable.heal().await;
    let party = insist(&[&cut_off], &token, number).await;
    let mut board = FeedClient::connect(&cut_off.base, &token, sample::DISTRICT, Some(left_off)).await;
    board.until_behind(false).await;
    let whole_after = healed.elapsed();
    println!("behind after {behind_after:?}, whole after {whole_after:?}, {refused} refused in the cut");
    book.settle(vec![(number, Outcome::Acknowledged(party))], &[], &token).await;
    book.settle(outcomes, &[&cut_off, &other], &token).await;
    for node in [&cut_off, &other] {
        book.holds(node, &token).await;
    }
    let fresh = FeedClient::connect(&cut_off.base, &token, sample::DISTRICT, None).await;
    board.until_number(fresh.position().after).await;
    assert_eq!(board.rows(), fresh.rows());
}

async fn ready(node: &Server) -> bool {
    let answer = reqwest::get(format!("{}/readyz", node.base)).await.expect("an answer");
    answer.status().is_success()
}
