//! A throw-away PostgreSQL for the tests: a cluster made from Debian's programs, on a free port, owned by nobody else and
//! gone with its processes and its folder when the tests are gone, even if those were killed. Nothing has to run before.
//!
//! Tests that only need a database take one of [`Cluster::shared`]; tests that stop or kill the server take
//! [`Cluster::own`], which costs two seconds. Both write as production does: `fsync` and `synchronous_commit` are on.
//! What the product does with a database does not belong here, nor does its driver: this side uses `psql`.

mod database;
mod keeper;
mod shared;
#[cfg(test)]
mod tests;

use std::io::Read as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::process::Command;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use tokio::net::TcpSocket;

pub use database::Database;
use keeper::{Keeper, Place};
use shared::Share;

/// Who owns the databases. No superuser: the product must do without.
const ROLE: &str = "homeward";

/// A running server with any number of databases.
pub struct Cluster {
    place: Place,
    port: u16,
    hold: Hold,
}

/// What keeps the cluster alive.
enum Hold {
    /// Ours: it goes with us, and nobody else takes its port while it is stopped.
    Own { keeper: Mutex<Keeper>, _port: TcpSocket },
    /// Everybody's.
    Shared { _share: Share },
}

impl Cluster {
    /// The cluster of all tests of this build; started by the first process that asks, removed a few seconds after the
    /// last one ended. Fails the test with a sentence that says what to install if there is no PostgreSQL.
    pub async fn shared() -> Arc<Self> {
        static SHARED: OnceLock<Arc<Cluster>> = OnceLock::new();
        let join = || Arc::new(Self::joined(&shared::book(), shared::LINGER));
        aside(move || Arc::clone(SHARED.get_or_init(join))).await
    }

    /// A cluster for one test, which may stop it; removed when the last handle and the last database are dropped.
    pub async fn own() -> Arc<Self> {
        aside(|| {
            let mut keeper = Keeper::make(Duration::ZERO);
            let (port, number) = start(&mut keeper);
            let place = keeper.place().clone();
            Arc::new(Self { place, port: number, hold: Hold::Own { keeper: Mutex::new(keeper), _port: port } })
        })
        .await
    }

    fn joined(book: &std::path::Path, linger: Duration) -> Self {
        let share = shared::join(book, linger, |keeper| start(keeper).1);
        Self { place: share.place.clone(), port: share.port, hold: Hold::Shared { _share: share } }
    }

    /// A new empty database.
    pub async fn database(self: &Arc<Self>) -> Database {
        let cluster = Arc::clone(self);
        aside(move || Database::create(cluster)).await
    }

    /// Where the server listens; the same after a restart.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        SocketAddr::from((Ipv4Addr::LOCALHOST, self.port))
    }

    /// The server's own log so far.
    #[must_use]
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.place.folder.join("server.log")).expect("the server writes its log")
    }

    /// Stops the server of a cluster of one's own as a crash would: no goodbye to clients, no checkpoint, and the next
    /// start recovers from the log. Returns when no process is left.
    pub async fn stop_now(self: &Arc<Self>) {
        self.tell(&["stop immediate"]).await;
    }

    /// Starts it again, on the same port; returns when it answers.
    pub async fn start(self: &Arc<Self>) {
        self.tell(&[&format!("start {}", self.port)]).await;
    }

    /// Stops it as an operator does (open transactions are rolled back, clients are told), and starts it again.
    pub async fn restart(self: &Arc<Self>) {
        self.tell(&["stop fast", &format!("start {}", self.port)]).await;
    }

    async fn tell(self: &Arc<Self>, words: &[&str]) {
        let cluster = Arc::clone(self);
        let words: Vec<String> = words.iter().map(ToString::to_string).collect();
        aside(move || match &cluster.hold {
            Hold::Own { keeper, .. } => {
                let mut keeper = keeper.lock().unwrap_or_else(PoisonError::into_inner);
                for word in &words {
                    keeper.tell(word);
                }
            }
            Hold::Shared { .. } => panic!("the shared cluster is not one test's to stop: take Cluster::own()"),
        })
        .await;
    }

    fn is_shared(&self) -> bool {
        matches!(self.hold, Hold::Shared { .. })
    }

    fn ask(&self, database: &str, statements: &str) -> String {
        self.try_ask(database, statements).unwrap_or_else(|words| panic!("{statements}: {words}"))
    }

    fn try_ask(&self, database: &str, statements: &str) -> Result<String, String> {
        psql(&self.place, self.port, database, statements)
    }
}

/// Starts a new cluster's server for the first time, with the product's role in it. The port is held without listening,
/// which keeps everybody else from it; PostgreSQL may listen there because both sides say that they reuse the address.
fn start(keeper: &mut Keeper) -> (TcpSocket, u16) {
    let port = TcpSocket::new_v4().expect("a socket");
    port.set_reuseaddr(true).expect("a new socket takes its options");
    port.bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).expect("a free port");
    let number = port.local_addr().expect("it was just bound").port();
    keeper.tell(&format!("start {number}"));
    let role = format!("create role {ROLE} login password '{}'", keeper.place().password);
    psql(keeper.place(), number, "postgres", &role).expect("a new cluster takes a new role");
    (port, number)
}

/// Debian's client, deaf to the settings of whoever runs the tests. Gives the rows, or what it complains about; a server
/// that does nothing for a minute is complained about, too.
fn psql(place: &Place, port: u16, database: &str, statements: &str) -> Result<String, String> {
    let mut command = Command::new(place.programs.join("psql"));
    command.env("PGOPTIONS", "-c statement_timeout=60s").env("PGCONNECT_TIMEOUT", "60");
    for setting in ["PGHOSTADDR", "PGSERVICE", "PGSSLMODE", "PGREQUIREAUTH", "PGCHANNELBINDING"] {
        command.env_remove(setting);
    }
    command.args(["--no-psqlrc", "--no-password", "--quiet", "--tuples-only", "--no-align"]);
    command.args(["--host=127.0.0.1", "--username=postgres", "--set=ON_ERROR_STOP=1"]);
    command.arg(format!("--port={port}")).arg(format!("--dbname={database}")).arg(format!("--command={statements}"));
    let output = command.env("PGPASSWORD", &place.password).output().map_err(|error| error.to_string())?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim_end().to_owned();
    if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) }
}

/// Waiting for processes blocks, so it is done beside the test's own tasks. A panic there is the test's.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) => std::panic::resume_unwind(error.into_panic()),
    }
}

/// Makes a name unique among all processes.
fn chance() -> u64 {
    let mut bytes = [0; 8];
    let mut source = std::fs::File::open("/dev/urandom").expect("the system has a source of chance");
    source.read_exact(&mut bytes).expect("it never runs dry");
    u64::from_ne_bytes(bytes)
}
