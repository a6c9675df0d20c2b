//! One cluster for all test processes of a build: the first that needs one starts it, each holds a lock while it lives,
//! and the keeper ends it soon after the last lock is gone. It is never stopped in between.
//!
//! Two files make that safe. The *book* beside the test programs tells where the cluster is; whoever reads or writes it
//! holds it alone. The file `users` in the cluster's folder is held together by all users and alone by the keeper, once
//! it ends everything; so nobody joins a cluster that is about to go.

use std::fs::{File, OpenOptions};
use std::io::{Read as _, Seek as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::keeper::{Keeper, Place};

/// The runner starts a process a test; between the last that needs PostgreSQL and the next one there may be others.
pub(super) const LINGER: Duration = Duration::from_secs(5);

/// A cluster that others use too, until this is dropped.
pub(super) struct Share {
    pub place: Place,
    pub port: u16,
    /// Locked, together with all other users.
    _users: File,
}

/// The book of these test programs: in the folder of the running one, so that every build has its own.
pub(super) fn book() -> PathBuf {
    let program = std::env::current_exe().expect("a test is a file");
    program.with_file_name("postgres.book")
}

/// Joins the cluster that the book tells of, or starts one and writes it down.
pub(super) fn join(book: &Path, linger: Duration, start: impl FnOnce(&mut Keeper) -> u16) -> Share {
    // Holds a password, although of a server that lives as long as the tests.
    let options = OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(book);
    let mut book = options.expect("the folder of the test programs is writable");
    book.lock().expect("the book can be locked");
    let mut text = String::new();
    book.read_to_string(&mut text).expect("the book is text");
    written(&text).unwrap_or_else(|| {
        let share = found(linger, start);
        book.set_len(0).and_then(|()| book.rewind()).expect("the book can be emptied");
        writeln!(book, "{}\t{}", share.port, share.place.text()).expect("the book can be written");
        share
    })
}

/// The cluster of the book if it is still there: not ended, not about to end, and answering.
fn written(text: &str) -> Option<Share> {
    let (port, place) = text.trim_end().split_once('\t')?;
    let (port, place) = (port.parse().ok()?, Place::parse(place)?);
    let path = place.folder.join("users");
    let users = File::open(&path).ok()?;
    users.try_lock_shared().ok()?;
    // Ended between the two lines above: then the lock is one on a file that nobody finds any more.
    let there = path.exists() && TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok();
    there.then_some(Share { place, port, _users: users })
}

fn found(linger: Duration, start: impl FnOnce(&mut Keeper) -> u16) -> Share {
    let mut keeper = Keeper::make(linger);
    let port = start(&mut keeper);
    let place = keeper.place().clone();
    let users = File::open(place.folder.join("users")).expect("the keeper makes it");
    users.lock_shared().expect("the keeper waits until its owner leaves");
    keeper.leave();
    Share { place, port, _users: users }
}
