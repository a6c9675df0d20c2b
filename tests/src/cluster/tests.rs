//! What the other tests rely on: databases of their own, a server that comes back with what was committed, and nothing
//! left of any of it.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use super::*;

/// Set for the process that is to be killed: the book of the cluster that it shares.
const VICTIM: &str = "HOMEWARD_TESTS_VICTIM";
const VICTIM_TEST: &str = "cluster::tests::nothing_is_left_of_a_killed_process";

#[tokio::test]
async fn two_databases_at_once_know_nothing_of_each_other() {
    let cluster = Cluster::shared().await;
    let (one, two) = tokio::join!(cluster.database(), cluster.database());
    one.ask("create table party (name text); insert into party values ('one')").await;
    two.ask("create table party (name text)").await;
    assert_eq!(one.ask("select name from party").await, "one");
    assert_eq!(two.ask("select name from party").await, "");

    let name = one.name().to_owned();
    drop(one);
    let left = two.ask(&format!("select count(*) from pg_database where datname = '{name}'")).await;
    assert_eq!(left, "0", "a dropped handle drops its database");
}

#[tokio::test]
async fn the_product_comes_in_by_its_url_and_writes_to_the_disk() {
    let database = Cluster::shared().await.database().await;
    let by_url = |url: String, statement: &str| {
        let psql = database.cluster().place.programs.join("psql");
        let output = Command::new(psql).args(["-XAtq", "--dbname", &url, "--command", statement]).output();
        String::from_utf8(output.expect("psql runs").stdout).expect("text")
    };
    assert_eq!(by_url(database.url(), "create table t (n int); select current_user"), "homeward\n");
    assert_eq!(by_url(database.url(), "create database another"), "", "its role may do nothing else");
    let wrong = database.url().replace("homeward:", "homeward:x");
    assert_eq!(by_url(wrong, "select 1"), "", "the password counts");
    for setting in ["fsync", "synchronous_commit", "full_page_writes"] {
        assert_eq!(database.ask(&format!("show {setting}")).await, "on", "{setting}");
    }
}

#[tokio::test]
async fn what_was_committed_is_there_after_a_crash_and_after_a_restart() {
    let cluster = Cluster::own().await;
    let database = cluster.database().await;
    database.ask("create table party (name text); insert into party values ('before')").await;

    cluster.stop_now().await;
    let down = cluster.try_ask("postgres", "select 1").expect_err("nobody answers");
    assert!(down.contains("refused"), "{down}");
    cluster.start().await;
    assert!(cluster.log().contains("automatic recovery"), "{}", cluster.log());
    assert_eq!(database.ask("select name from party").await, "before");

    database.ask("insert into party values ('after')").await;
    cluster.restart().await;
    assert_eq!(database.ask("select count(*) from party").await, "2");

    let folder = cluster.place.folder.clone();
    drop((database, cluster));
    assert!(!folder.exists(), "the last handle takes the folder along");
    assert_eq!(processes_of(&folder), Vec::<String>::new());
}

#[tokio::test]
async fn users_of_one_book_share_one_cluster() {
    let folder = tempfile::tempdir().expect("a folder");
    let book = folder.path().join("book");
    let join = |book: PathBuf| aside(move || Cluster::joined(&book, Duration::ZERO));
    let (one, two) = tokio::join!(join(book.clone()), join(book.clone()));
    assert_eq!((&one.place, one.port), (&two.place, two.port));
    drop(one);
    assert_eq!(two.ask("postgres", "select 1"), "1", "the other one still needs it");

    let first = two.place.folder.clone();
    drop(two);
    let three = join(book).await;
    assert_eq!(three.ask("postgres", "select 1"), "1", "whoever comes while it ends has one that works");
    let last = three.place.folder.clone();
    drop(three);
    aside(move || [first, last].iter().for_each(|folder| gone(folder))).await;
}

/// Two roles: run by the runner, it starts itself once more, kills that process and looks for what is left.
#[tokio::test]
async fn nothing_is_left_of_a_killed_process() {
    #[expect(clippy::disallowed_methods, reason = "how the process that starts itself tells the other one its role")]
    let role = std::env::var_os(VICTIM);
    if let Some(book) = role {
        return be_killed(Path::new(&book)).await;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let (mut victim, clusters) = victim(&folder.path().join("book"));
    for cluster in &clusters {
        assert!(cluster.exists() && !processes_of(cluster).is_empty(), "{} runs", cluster.display());
    }
    victim.kill().expect("a child of ours may be killed");
    victim.wait().expect("a child of ours can be waited for");
    aside(move || clusters.iter().for_each(|folder| gone(folder))).await;
}

/// Takes a cluster of both kinds, tells their folders, and waits for its end.
async fn be_killed(book: &Path) {
    let (own, book) = (Cluster::own().await, book.to_owned());
    let shared = Arc::new(aside(move || Cluster::joined(&book, Duration::ZERO)).await);
    let _databases = (own.database().await, shared.database().await);
    for cluster in [&own, &shared] {
        writeln!(std::io::stdout(), "\nfolder={}", cluster.place.folder.display()).expect("somebody listens");
    }
    std::future::pending::<()>().await;
}

/// Starts this very test as a process of its own; gives the folders of its two clusters.
fn victim(book: &Path) -> (Child, [PathBuf; 2]) {
    let mut command = Command::new(std::env::current_exe().expect("a test is a file"));
    command.args(["--exact", VICTIM_TEST, "--nocapture"]).env(VICTIM, book).stdout(Stdio::piped());
    let mut child = command.spawn().expect("a test is a program");
    let lines = BufReader::new(child.stdout.take().expect("piped")).lines();
    let mut folders = lines.filter_map(|line| Some(line.expect("text").strip_prefix("folder=")?.into()));
    let mut folder = || folders.next().expect("it tells its folders");
    let both = [folder(), folder()];
    (child, both)
}

/// Waits until neither the folder nor a process that names it is there. The runner's time limit is the only other end.
fn gone(folder: &Path) {
    while folder.exists() || !processes_of(folder).is_empty() {
        std::thread::yield_now();
    }
}

/// The command lines that name the folder. A server is started with its data folder, so it is among them.
fn processes_of(folder: &Path) -> Vec<String> {
    let folder = folder.to_str().expect("a path is text");
    let processes = std::fs::read_dir("/proc").expect("the system lists its processes");
    // One that ends while we look is not one that is left.
    let lines = processes.filter_map(|entry| std::fs::read_to_string(entry.ok()?.path().join("cmdline")).ok());
    lines.filter(|line| line.contains(folder)).collect()
}
