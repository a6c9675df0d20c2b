//! An empty register of a test's own, on the engine the run is for: `HOMEWARD_TEST_ENGINE=postgres` or, when nothing is
//! said, SQLite. `tests/all` runs every story on both.

use crate::cable::Cable;
use crate::cluster::{Cluster, Database};

/// The engines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// A file in a folder of its own.
    Sqlite,
    /// A database of the tests' own cluster.
    Postgres,
}

impl Engine {
    /// Both, for tests that compare them.
    pub const BOTH: [Self; 2] = [Self::Sqlite, Self::Postgres];

    /// What this run is for.
    ///
    /// # Panics
    /// When the variable names no engine.
    #[expect(clippy::disallowed_methods, reason = "the engine comes from whoever runs the tests, not from settings")]
    #[must_use]
    pub fn of_this_run() -> Self {
        match std::env::var("HOMEWARD_TEST_ENGINE").as_deref() {
            Err(_) | Ok("" | "sqlite") => Self::Sqlite,
            Ok("postgres") => Self::Postgres,
            Ok(other) => panic!("HOMEWARD_TEST_ENGINE={other}: say sqlite or postgres"),
        }
    }
}

/// Where one test keeps everything; gone with it.
pub struct Register {
    place: Place,
}

enum Place {
    Folder(tempfile::TempDir),
    Database(Database),
}

impl Register {
    /// On the engine of this run.
    pub async fn fresh() -> Self {
        Self::on(Engine::of_this_run()).await
    }

    /// On this engine.
    pub async fn on(engine: Engine) -> Self {
        let place = match engine {
            Engine::Sqlite => Place::Folder(tempfile::tempdir().expect("a folder for the database")),
            Engine::Postgres => Place::Database(Cluster::shared().await.database().await),
        };
        Self { place }
    }

    /// What a store opens.
    #[must_use]
    pub fn url(&self) -> String {
        match &self.place {
            Place::Folder(folder) => format!("sqlite:{}", folder.path().join("homeward.db").display()),
            Place::Database(database) => database.url(),
        }
    }

    /// The same by a cable that can be cut, and what a store opens there.
    ///
    /// # Panics
    /// A file lies on no cable.
    pub async fn on_a_cable(&self) -> (Cable, String) {
        let Place::Database(database) = &self.place else { panic!("a file lies on no cable") };
        let cable = Cable::to(database.cluster().address()).await;
        let url = database.url_by(cable.addr());
        (cable, url)
    }

    /// Everything that was written down, piece by piece: its name and its bytes. Of a file, the file; of a database,
    /// every row of every table as text and what its byte columns hold.
    pub async fn bytes(&self) -> Vec<(String, Vec<u8>)> {
        match &self.place {
            Place::Folder(folder) => files(folder.path()),
            Place::Database(database) => tables(database).await,
        }
    }
}

fn files(folder: &std::path::Path) -> Vec<(String, Vec<u8>)> {
    let read = |entry: std::io::Result<std::fs::DirEntry>| {
        let path = entry.expect("an entry").path();
        let bytes = std::fs::read(&path).expect("a readable file");
        (path.display().to_string(), bytes)
    };
    std::fs::read_dir(folder).expect("the register's folder").map(read).collect()
}

async fn tables(database: &Database) -> Vec<(String, Vec<u8>)> {
    let names = database.ask("select tablename from pg_tables where schemaname = 'public'").await;
    let mut all = Vec::new();
    for name in names.lines() {
        let rows = database.ask(&format!("select t::text from {name} t")).await;
        all.push((format!("{name}, byte columns"), opened(&rows)));
        all.push((name.to_owned(), rows.into_bytes()));
    }
    all
}

/// What stands behind every `\x` of a dump.
fn opened(rows: &str) -> Vec<u8> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_hexdigit).count();
    let byte = |pair: &str| u8::from_str_radix(pair, 16).expect("two digits");
    let decode = |text: &str| (0..digits(text) / 2).map(|at| byte(&text[2 * at..2 * at + 2])).collect::<Vec<_>>();
    rows.split("\\x").skip(1).flat_map(decode).collect()
}
