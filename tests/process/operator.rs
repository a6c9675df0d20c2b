//! The operator's verbs on the real binary: kept while it is written to, brought back, moved to the other engine and back.

use crate::load::{Book, Load};
use crate::server::{Server, binary};
use homeward_tests::cluster::{Cluster, Database};
use homeward_tests::feed_client::{Began, FeedClient, Position, Rows};
use homeward_tests::sample;
use serde_json::Value;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::AtomicU32;
use tokio::process::Command;

/// Runs a verb with the key of the folder.
async fn homeward(folder: &Path, arguments: &[&str]) -> Output {
    let key = folder.join("homeward.db.key");
    let mut command = Command::new(binary());
    command.args(arguments).arg("--key-file").arg(key).stdin(Stdio::null());
    command.output().await.expect("the binary starts")
}

/// The same, and it goes well; what it printed.
async fn done(folder: &Path, arguments: &[&str]) -> String {
    let output = homeward(folder, arguments).await;
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {said}");
    String::from_utf8(output.stdout).expect("text")
}

fn file(folder: &Path, name: &str) -> String {
    format!("sqlite:{}", folder.join(name).display())
}

/// Starts a node on this register and gives it to a story; ends it well.
async fn node(url: &str, folder: &Path) -> Server {
    Server::start_on(url, folder, &["--log", "off"], Stdio::inherit()).await
}

/// How a board with this position begins on a node.
async fn begins(node: &Server, token: &str, left_off: (Position, Rows)) -> Began {
    FeedClient::connect(&node.base, token, sample::DISTRICT, Some(left_off)).await.began()
}

/// Every party with everything about it, people opened.
async fn everything(node: &Server, token: &str) -> Vec<Value> {
    let list = node.get(token, "/v1/parties?open=true").await;
    let mut all = Vec::new();
    for row in list["parties"].as_array().expect("parties") {
        let id = row["party"].as_str().expect("an id");
        all.push(node.get(token, &format!("/v1/parties/{id}")).await);
    }
    all
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_made_under_load_is_whole_and_comes_back_on_either_engine() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let server = Arc::new(node(&file(folder, "homeward.db"), folder).await);
    let token = server.first_run().await;
    let load = Load::start(&[Arc::clone(&server)], &token, &Arc::new(AtomicU32::new(1)));
    load.until(10).await;
    let kept = folder.join("kept.db").display().to_string();
    let said = done(folder, &["backup", &kept, "--database", &file(folder, "homeward.db")]).await;
    assert!(said.starts_with("kept ") && said.contains("opened again"), "{said}");
    let before = load.count();
    load.until(before + 5).await;
    let mut book = Book::default();
    book.settle(load.end().await, &[&server], &token).await;
    book.holds(&server, &token).await;
    let left_off = FeedClient::connect(&server.base, &token, sample::DISTRICT, None).await.cut();
    let refused = homeward(folder, &["backup", &kept, "--database", &file(folder, "homeward.db")]).await;
    assert!(!refused.status.success(), "a backup never overwrites one");

    let database = Cluster::shared().await.database().await;
    for target in [file(folder, "back.db"), database.url()] {
        done(folder, &["restore", &kept, "--database", &target]).await;
        done(folder, &["check", "--database", &target]).await;
        let twice = homeward(folder, &["restore", &kept, "--database", &target]).await;
        assert!(String::from_utf8_lossy(&twice.stderr).contains("not empty"), "nothing is overwritten");
        let back = node(&target, folder).await;
        let token = back.sign_in("desk").await;
        let parties = everything(&back, &token).await;
        assert!(parties.len() >= 10, "what was acknowledged before the backup is in it");
        assert!(parties.iter().all(|party| party["address"].is_string()), "{:#}", parties[0]);
        let began = begins(&back, &token, left_off.clone()).await;
        assert_eq!(began, Began::Snapshot, "a position from after the backup means nothing any more");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_register_moves_to_postgresql_and_back_with_everything() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let mut server = node(&file(folder, "homeward.db"), folder).await;
    let token = server.first_run().await;
    for number in 0..5 {
        server.write(&token, "/v1/parties", &format!("k{number}"), &sample::party(number * 3, 3)).await.expect("kept");
    }
    let left_off = FeedClient::connect(&server.base, &token, sample::DISTRICT, None).await.cut();
    let before = everything(&server, &token).await;
    server.terminate().await;
    let database = Cluster::shared().await.database().await;
    let places = [file(folder, "homeward.db"), database.url(), file(folder, "again.db")];
    for way in places.windows(2) {
        let said = done(folder, &["copy", "--from", &way[0], "--to", &way[1]]).await;
        assert!(said.contains("carried"), "{said}");
        assert!(!said.contains("homeward:"), "no password is shown: {said}");
        let moved = node(&way[1], folder).await;
        assert_eq!(everything(&moved, &token).await, before, "the same, and still signed in");
        assert_eq!(begins(&moved, &token, left_off.clone()).await, Began::Resume, "boards go on where they were");
    }
    let said = done(folder, &["migrate", "--dry-run", "--database", &places[2]]).await;
    assert!(said.contains("nothing to do"), "{said}");
}

#[tokio::test]
async fn what_was_learnt_is_told_checked_and_learnt_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let database: Database = Cluster::shared().await.database().await;
    for url in [file(folder, "homeward.db"), database.url()] {
        node(&url, folder).await.terminate().await;
        let told = done(folder, &["learn", "--database", &url]).await;
        assert!(told.contains("0 lessons teach 0 rows; 0 differ"), "{told}");
        let told = done(folder, &["learn", "--again", "--database", &url]).await;
        assert!(told.contains("0 were made anew"), "{told}");
        let told = done(folder, &["check", "--database", &url]).await;
        assert!(told.contains("holds   what arrival estimates have learnt"), "{told}");
    }
    let harm =
        "insert into model_row (key, mean, variance, count, at, version) values ('drive/city/0/0', 1, 1, 1, 1, 1)";
    database.ask(harm).await;
    let found = homeward(folder, &["check", "--database", &database.url()]).await;
    let said = String::from_utf8_lossy(&found.stdout);
    assert!(found.status.code() == Some(1) && said.contains("BROKEN  what arrival estimates have learnt"), "{said}");
    let told = done(folder, &["learn", "--again", "--database", &database.url()]).await;
    assert!(told.contains("1 were made anew"), "{told}");
    done(folder, &["check", "--database", &database.url()]).await;
}

#[tokio::test]
async fn a_check_names_what_is_broken() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let database: Database = Cluster::shared().await.database().await;
    let server = node(&database.url(), folder).await;
    let token = server.first_run().await;
    server.write(&token, "/v1/parties", "one", &sample::party(1, 2)).await.expect("kept");
    done(folder, &["check", "--database", &database.url()]).await;
    for (harm, law) in [
        ("update stream set seq = seq + 1 where id = 'district:310101'", "a stream counts without a gap"),
        (
            "delete from feed_row where stream = 'district:310101' and body ->> 'kind' = 'party'",
            "the queue shows every",
        ),
        ("update event set number = number + 1000 where number = (select max(number) from event)", "the trail counts"),
    ] {
        database.ask(harm).await;
        let found = homeward(folder, &["check", "--database", &database.url()]).await;
        let said = String::from_utf8_lossy(&found.stdout);
        let broken = said.lines().any(|line| line.starts_with("BROKEN") && line.contains(law));
        assert!(found.status.code() == Some(1) && broken, "{law}: {said}");
    }
}

#[tokio::test]
async fn another_key_and_no_key_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let other = tempfile::tempdir().expect("a folder");
    let url = file(folder.path(), "homeward.db");
    node(&url, folder.path()).await.terminate().await;
    let missing = homeward(other.path(), &["check", "--database", &url]).await;
    assert!(String::from_utf8_lossy(&missing.stderr).contains("there is no key file"));
    std::fs::write(other.path().join("homeward.db.key"), [9; 32]).expect("a key");
    let private = std::fs::Permissions::from_mode(0o600);
    std::fs::set_permissions(other.path().join("homeward.db.key"), private).expect("ours");
    let wrong = homeward(other.path(), &["check", "--database", &url]).await;
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("not the one this register was sealed with"));
}
