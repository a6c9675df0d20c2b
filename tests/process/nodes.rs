//! Several nodes on one PostgreSQL: killed one after the other under load, and the database restarted under all of them.

use crate::load::{Book, Load};
use crate::server::Server;
use homeward_tests::cluster::{Cluster, Database};
use homeward_tests::feed_client::{Began, FeedClient};
use homeward_tests::sample;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::AtomicU32;
use tokio::sync::oneshot;
use tokio_util::task::TaskTracker;

/// Kills in one run without `HOMEWARD_KILLS` (issue: 200 by hand).
const KILLS: u32 = 20;

#[expect(clippy::disallowed_methods, reason = "how long a run lasts comes from whoever runs the test")]
fn kills() -> u32 {
    std::env::var("HOMEWARD_KILLS").map_or(KILLS, |count| count.parse().expect("HOMEWARD_KILLS is a number"))
}

/// A node whose complaints are read with a story that fails.
async fn node(database: &Database, folder: &std::path::Path) -> Arc<Server> {
    Arc::new(Server::start_on(&database.url(), folder, &["--log", "warn"], Stdio::inherit()).await)
}

/// Kills in one register: the list of a desk, which every registration is looked for in, ends at a thousand.
const KILLS_A_REGISTER: usize = 60;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_killed_under_load_loses_nothing_and_its_boards_go_on_elsewhere() {
    let kills: Vec<u32> = (0..kills()).collect();
    for rounds in kills.chunks(KILLS_A_REGISTER) {
        killed_under_load(rounds).await;
    }
}

async fn killed_under_load(rounds: &[u32]) {
    let folder = tempfile::tempdir().expect("a folder");
    let database = Cluster::shared().await.database().await;
    let mut nodes = [node(&database, folder.path()).await, node(&database, folder.path()).await];
    let token = nodes[0].first_run().await;
    let (next, mut book) = (Arc::new(AtomicU32::new(1)), Book::default());
    for round in rounds {
        let (doomed, other) = ((round % 2) as usize, (1 - round % 2) as usize);
        let board = FeedClient::connect(&nodes[doomed].base, &token, sample::DISTRICT, None).await;
        let board = TaskTracker::new().spawn(board.until_lost());
        let load = Load::start(&nodes, &token, &next);
        load.until(3 + round % 5).await;
        nodes[doomed].kill_now().await;
        let outcomes = load.end().await;
        let left_off = board.await.expect("the board follows to the end");
        book.settle(outcomes, &[&nodes[other]], &token).await;
        book.holds(&nodes[other], &token).await;
        goes_on(&nodes[other], &token, left_off).await;
        nodes[doomed] = node(&database, folder.path()).await;
    }
}

/// The board comes to the other node with its position: exactly what it missed, and then what everybody sees.
async fn goes_on(
    node: &Server,
    token: &str,
    left_off: (homeward_tests::feed_client::Position, homeward_tests::feed_client::Rows),
) {
    let fresh = FeedClient::connect(&node.base, token, sample::DISTRICT, None).await;
    let mut board = FeedClient::connect(&node.base, token, sample::DISTRICT, Some(left_off)).await;
    board.until_number(fresh.position().after).await;
    assert_eq!(board.began(), Began::Resume, "a position of one node is a position of all");
    assert_eq!(board.rows(), fresh.rows(), "the board shows what a new one shows");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_restarted_under_load_loses_nothing_and_the_nodes_come_back_by_themselves() {
    let folder = tempfile::tempdir().expect("a folder");
    let cluster = Cluster::own().await;
    let database = cluster.database().await;
    let nodes = [node(&database, folder.path()).await, node(&database, folder.path()).await];
    let token = nodes[0].first_run().await;
    let (next, mut book) = (Arc::new(AtomicU32::new(1)), Book::default());
    for round in 0..3 {
        let board = FeedClient::connect(&nodes[0].base, &token, sample::DISTRICT, None).await;
        let (stop, stopped) = oneshot::channel::<()>();
        let board = TaskTracker::new().spawn(board.follow(async move { drop(stopped.await) }));
        let load = Load::start(&nodes, &token, &next);
        load.until(5).await;
        if round == 1 {
            cluster.restart().await;
        } else {
            cluster.stop_now().await;
            cluster.start().await;
        }
        let before = load.count();
        load.until(before + 5).await;
        let outcomes = load.end().await;
        book.settle(outcomes, &[&nodes[0], &nodes[1]], &token).await;
        for node in &nodes {
            book.holds(node, &token).await;
        }
        let fresh = FeedClient::connect(&nodes[1].base, &token, sample::DISTRICT, None).await;
        drop(stop);
        let mut board = match board.await.expect("the board follows") {
            Ok(board) => board,
            Err(left_off) => FeedClient::connect(&nodes[0].base, &token, sample::DISTRICT, Some(left_off)).await,
        };
        board.until_number(fresh.position().after).await;
        assert_eq!(board.rows(), fresh.rows(), "a board that saw it all shows what a new one shows");
    }
}
