//! The disk is full, or the file may not be written or is gone: nothing is acknowledged that is not kept, and nothing has to be restarted.

use crate::load::{Book, Outcome, insist, register};
use crate::server::{Server, binary};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tokio::process::Command;

/// A node whose register lies on a file system of 3 MiB that only it sees, mounted in a name space of its own.
async fn on_a_small_disk(folder: &Path) -> (Server, PathBuf) {
    let script = r#"mount -t tmpfs -o size=3m homeward "$1" && shift && exec "$@""#;
    let database = format!("sqlite:{}", folder.join("homeward.db").display());
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--mount", "sh", "-c", script, "sh"]).arg(folder).arg(binary());
    command.args(["serve", "--listen", "127.0.0.1:0", "--log", "off", "--database", &database]);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).kill_on_drop(true);
    let server = Server::started(command).await;
    let seen_from_here = PathBuf::from(format!("/proc/{}/root{}", server.id(), folder.display()));
    (server, seen_from_here)
}

/// Forbids every write to the register's files, also through a file that is open already (`+i`), or allows it again (`-i`).
/// `mount -o remount,ro` cannot: the kernel refuses it (EBUSY) as long as a node holds a file open.
async fn immutable(folder: &Path, how: &str) {
    let mut command = Command::new("chattr");
    command.arg(how).args(["homeward.db", "homeward.db-wal"].map(|file| folder.join(file)));
    let done = command.output().await.expect("chattr runs");
    assert!(done.status.success(), "{how} needs root: {}", String::from_utf8_lossy(&done.stderr));
}

/// Writes until nothing more fits.
fn fill(path: &Path) {
    use std::io::Write as _;
    let mut ballast = std::fs::File::create(path).expect("a file");
    while ballast.write_all(&[7; 4096]).is_ok() {}
}

#[tokio::test]
async fn a_full_disk_refuses_changes_nothing_and_heals_without_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let (server, disk) = on_a_small_disk(folder.path()).await;
    let token = server.first_run().await;
    let mut book = Book::default();
    let mut number = 0;
    for _ in 0..2 {
        fill(&disk.join("ballast"));
        // What is allocated already may still take a few.
        let refused = loop {
            number += 1;
            match register(&server, &token, number).await {
                Outcome::Refused => break number,
                outcome => book.settle(vec![(number, outcome)], &[], &token).await,
            }
        };
        assert_eq!(register(&server, &token, refused).await, Outcome::Refused, "it stays refused");
        book.holds(&server, &token).await;
        std::fs::remove_file(disk.join("ballast")).expect("somebody makes room");
        let party = insist(&[&server], &token, refused).await;
        book.settle(vec![(refused, Outcome::Acknowledged(party))], &[], &token).await;
        book.holds(&server, &token).await;
    }
}

/// As when the system makes a file read-only under the feet of whoever has it open: every write is an error, every read works.
#[tokio::test]
async fn a_register_that_may_not_be_written_refuses_changes_nothing_and_heals_without_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path()).await;
    let token = server.first_run().await;
    let mut book = Book::default();
    let party = insist(&[&server], &token, 1).await;
    book.settle(vec![(1, Outcome::Acknowledged(party))], &[], &token).await;
    for number in 2..4 {
        immutable(folder.path(), "+i").await;
        let mut refused = Vec::new();
        for _ in 0..3 {
            refused.push(register(&server, &token, number).await);
        }
        immutable(folder.path(), "-i").await;
        assert_eq!(refused, [Outcome::Refused, Outcome::Refused, Outcome::Refused]);
        book.holds(&server, &token).await;
        let party = insist(&[&server], &token, number).await;
        book.settle(vec![(number, Outcome::Acknowledged(party))], &[], &token).await;
        book.holds(&server, &token).await;
    }
}

#[tokio::test]
async fn a_file_that_was_moved_away_takes_nothing_until_it_is_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path()).await;
    let token = server.first_run().await;
    let mut book = Book::default();
    let party = insist(&[&server], &token, 1).await;
    book.settle(vec![(1, Outcome::Acknowledged(party))], &[], &token).await;
    let (file, away) = (folder.path().join("homeward.db"), folder.path().join("away.db"));
    std::fs::rename(&file, &away).expect("an operator's mistake");
    assert_eq!(register(&server, &token, 2).await, Outcome::Refused, "a file without a name is nobody's register");
    assert!(!file.exists(), "no empty register is begun in its place");
    std::fs::rename(&away, &file).expect("mended");
    let party = insist(&[&server], &token, 2).await;
    book.settle(vec![(2, Outcome::Acknowledged(party))], &[], &token).await;
    book.holds(&server, &token).await;
}
