//! The store itself: many readers, one writer behind a fair and bounded queue.

use std::path::PathBuf;
use std::sync::Arc;

use sqlx::sqlite::SqlitePool;
use tokio::sync::{Mutex, Semaphore};

use crate::conn::Conn;
use crate::names::Names;
use crate::unit::Unit;
use crate::{Error, Keys, options, schema};

/// How many may wait to write. At a commit of about a millisecond the last of them waits one or two seconds;
/// whoever comes after is better told at once.
const WAITING_MAX: usize = 1_024;

/// One database, opened once and shared; a clone is the same store.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    path: PathBuf,
    keys: Keys,
    names: Arc<Names>,
    readers: SqlitePool,
    /// A single connection; the pool is only there to replace it if it breaks.
    writer: SqlitePool,
    /// Whose turn it is to write. Fair: who asked first writes first.
    turn: Arc<Mutex<()>>,
    /// The bound of the queue before `turn`.
    waiting: Semaphore,
}

impl Store {
    /// Opens `sqlite:PATH`, creating the file and bringing its schema to this program's newest step.
    pub async fn open(url: &str, keys: Keys) -> Result<Self, Error> {
        let path = options::parse(url)?;
        let writer = options::writer(&path).await?;
        let names = prepare(&writer).await?;
        let readers = options::readers(&path).await?;
        let (turn, waiting) = (Arc::default(), Semaphore::new(WAITING_MAX));
        Ok(Self { inner: Arc::new(Inner { path, keys, names, readers, writer, turn, waiting }) })
    }

    /// The keys that seal and blind what is personal.
    #[must_use]
    pub fn keys(&self) -> &Keys {
        &self.inner.keys
    }

    /// The database file.
    #[must_use]
    pub fn path(&self) -> &std::path::Path {
        &self.inner.path
    }

    /// A consistent snapshot, fixed by its first statement and held until the reader is dropped. Keep it short.
    pub async fn read(&self) -> Result<Reader, Error> {
        let conn = Conn::read(&self.inner.readers, Arc::clone(&self.inner.names), self.inner.keys.clone()).await?;
        Ok(Reader { conn })
    }

    /// The writer, when its turn comes; [`Error::Busy`] when too many wait already.
    pub async fn begin(&self) -> Result<Unit, Error> {
        let place = self.inner.waiting.try_acquire().map_err(|_| Error::Busy)?;
        let turn = Arc::clone(&self.inner.turn).lock_owned().await;
        drop(place);
        let Inner { writer, names, keys, .. } = &*self.inner;
        let conn = Conn::write(writer, turn, Arc::clone(names), keys.clone()).await?;
        Ok(Unit::new(conn))
    }

    /// Waits for the unit at work and closes the file: the last writer folds the log into it.
    pub async fn close(&self) {
        let _last = self.inner.turn.lock().await;
        self.inner.readers.close().await;
        self.inner.writer.close().await;
    }
}

async fn prepare(writer: &SqlitePool) -> Result<Arc<Names>, Error> {
    let mut conn = writer.acquire().await.map_err(Error::unavailable)?;
    schema::migrate(&mut conn).await?;
    Ok(Arc::new(Names::read(&mut conn).await.map_err(Error::unavailable)?))
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
