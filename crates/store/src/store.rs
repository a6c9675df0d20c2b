//! The store itself: many readers, and one writer at a time behind a fair and bounded queue.

use std::sync::Arc;

use tokio::sync::Semaphore;

use crate::conn::{Conn, On, patient};
use crate::lane::{Lane, TOGETHER_MAX};
use crate::link::{File, Link, Route};
use crate::measure::Waiting;
use crate::names::Names;
use crate::options::Address;
use crate::relay::{Listener, Relay};
use crate::snapshot::Readers;
use crate::unit::Unit;
use crate::{Error, Keys, fault, key_check, options, postgres, schema, sqlite, unsealed};

/// How many may wait to write. At a commit of about a millisecond the last of them waits one or two seconds;
/// whoever comes after is better told at once.
const WAITING_MAX: usize = 1_024;

/// One database, opened once and shared; a clone is the same store.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    keys: Keys,
    names: Arc<Names>,
    readers: Readers,
    lane: Lane,
    relay: Relay,
    /// The bound of the queue before the lane.
    waiting: Semaphore,
    together_max: usize,
}

/// What was opened: how to connect again, a first connection with the schema at its newest step, and the readers.
struct Opened {
    route: Route,
    link: Link,
    names: Names,
    readers: Readers,
    relay: Relay,
}

impl Store {
    /// Refuses an address that [`Store::open`] could make nothing of, with a sentence for the operator; touches nothing.
    pub fn understands(url: &str) -> Result<(), Error> {
        options::parse(url).map(drop)
    }

    /// The address as it may be shown: without the password.
    pub fn shown(url: &str) -> Result<String, Error> {
        Ok(match options::parse(url)? {
            Address::Sqlite(_) => url.to_owned(),
            Address::Postgres(given) => postgres::shown(&given),
        })
    }

    /// Opens `sqlite:PATH` (creating the file) or `postgres://USER:PASSWORD@HOST/NAME`, and brings the schema to this
    /// program's newest step.
    pub async fn open(url: &str, keys: Keys) -> Result<Self, Error> {
        Self::open_together(url, keys, TOGETHER_MAX).await
    }

    /// Opens it with another bound than usual on how many units share a commit, at least 1: to measure what sharing gives.
    pub async fn open_together(url: &str, keys: Keys, together_max: usize) -> Result<Self, Error> {
        let together_max = together_max.max(1);
        let address = options::parse(url)?;
        let Opened { route, link, names, readers, relay } = match &address {
            Address::Sqlite(path) => lite(path).await?,
            Address::Postgres(given) => post(given).await?,
        };
        let names = Arc::new(names);
        let lane = Lane::start(route, link, Arc::clone(&names), together_max);
        let waiting = Semaphore::new(WAITING_MAX);
        let store = Self { inner: Arc::new(Inner { keys, names, readers, lane, relay, waiting, together_max }) };
        store.hold_key().await?;
        unsealed::seal_all(&store, &address).await?;
        Ok(store)
    }

    async fn hold_key(&self) -> Result<(), Error> {
        let mut unit = self.begin().await?;
        if key_check::hold(unit.conn()).await? {
            unit.commit().await?;
        }
        Ok(())
    }

    /// The keys that seal and blind what is personal.
    #[must_use]
    pub fn keys(&self) -> &Keys {
        &self.inner.keys
    }

    /// How many units, or commands of one unit, may share a commit.
    #[must_use]
    pub fn together_max(&self) -> usize {
        self.inner.together_max
    }

    /// How many statements were written with on this node: what a unit costs.
    #[must_use]
    pub fn statements(&self) -> u64 {
        self.inner.lane.statements()
    }

    /// A consistent snapshot, fixed by its first statement and held until the reader is dropped. Keep it short.
    pub async fn read(&self) -> Result<Reader, Error> {
        let Inner { readers, names, keys, .. } = &*self.inner;
        let snapshot = readers.begin().await.map_err(|error| fault::map(error, "begin", names))?;
        Ok(Reader { conn: Conn::reading(snapshot, Arc::clone(names), keys.clone()) })
    }

    /// A reader for **one** statement, at the price of that statement: what every request asks.
    pub async fn glance(&self) -> Result<Reader, Error> {
        let Inner { readers, names, keys, .. } = &*self.inner;
        let glance = readers.glance().await.map_err(|error| fault::map(error, "glance", names))?;
        Ok(Reader { conn: Conn::reading(glance, Arc::clone(names), keys.clone()) })
    }

    /// The writer, when its turn comes; [`Error::Busy`] when too many wait already.
    pub async fn begin(&self) -> Result<Unit, Error> {
        let Inner { lane, names, keys, relay, waiting, .. } = &*self.inner;
        let place = waiting.try_acquire().map_err(|_| Error::Busy)?;
        let counted = Waiting::begin();
        let lent = lane.turn().await?;
        drop((place, counted));
        Ok(Unit::new(Conn::writing(lent, Arc::clone(names), keys.clone()), relay.clone()))
    }

    /// Tells the other nodes something that is too quick to be a row. May be lost; nobody waits for it.
    pub fn tell(&self, topic: &'static str, body: serde_json::Value) {
        self.inner.relay.tell(topic, body);
    }

    /// Hears the other nodes.
    #[must_use]
    pub fn listen(&self) -> Listener {
        self.inner.relay.listen()
    }

    /// Waits for the unit at work and closes the database: SQLite's last writer folds the log into the file.
    pub async fn close(&self) {
        self.inner.relay.close().await;
        self.inner.readers.close().await;
        self.inner.lane.close().await;
    }
}

async fn lite(path: &std::path::Path) -> Result<Opened, Error> {
    let refused = |error| sqlite::refused(path, &error);
    sqlite::create(path)?;
    let file = File::of(path).map_err(|error| Error::Open { path: path.into(), why: error.to_string() })?;
    let route = Route::Sqlite(Box::new(sqlite::writer(path)), file);
    let mut link = route.connect().await.map_err(refused)?;
    schema::migrate(link.on()).await?;
    let names = match link.on() {
        On::Sqlite(conn) => Names::read(conn).await.map_err(refused)?,
        On::Postgres(_) => Names::default(),
    };
    let readers = Readers::Sqlite(sqlite::readers(path).await?);
    Ok(Opened { route, link, names, readers, relay: Relay::alone() })
}

async fn post(given: &sqlx::postgres::PgConnectOptions) -> Result<Opened, Error> {
    let settings = postgres::settings(given);
    let refused = |error| postgres::refused(given, &error);
    let slow = Route::Postgres(Box::new(postgres::unhurried(settings.clone())));
    let mut builder = slow.connect().await.map_err(refused)?;
    schema::migrate(builder.on()).await?;
    builder.close().await.map_err(refused)?;
    let route = Route::Postgres(Box::new(settings.clone()));
    let link = route.connect().await.map_err(refused)?;
    let snapshots = patient(postgres::readers(settings.clone())).await.map_err(refused)?;
    let readers = Readers::Postgres { snapshots, glances: postgres::glances(settings.clone()) };
    // PostgreSQL tells its constraints' names itself.
    Ok(Opened { route, link, names: Names::default(), readers, relay: Relay::start(settings) })
}

/// Reads in one snapshot.
pub struct Reader {
    conn: Conn,
}

impl Reader {
    /// The connection to read through.
    pub fn conn(&mut self) -> &mut Conn {
        &mut self.conn
    }
}

impl std::ops::Deref for Reader {
    type Target = Conn;

    fn deref(&self) -> &Conn {
        &self.conn
    }
}

impl std::ops::DerefMut for Reader {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.conn
    }
}
