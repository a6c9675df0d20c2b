//! The history of the schema: `migrations/*.sql`, one text for both engines, with a few dialect words.

use sqlx::migrate::{Migrate, MigrateError, Migration, MigrationType, Migrator};
use sqlx::{AssertSqlSafe, SqlSafeStr};

use crate::Error;
use crate::conn::On;

/// Every step in the order it is applied: number, name, text. A step that was released is never edited again.
const STEPS: &[(i64, &str, &str)] = &[
    (1, "foundation", include_str!("../../../migrations/0001_foundation.sql")),
    (2, "reference", include_str!("../../../migrations/0002_reference.sql")),
    (3, "register", include_str!("../../../migrations/0003_register.sql")),
    (4, "lease", include_str!("../../../migrations/0004_lease.sql")),
    (5, "key_check", include_str!("../../../migrations/0005_key_check.sql")),
    (6, "sites", include_str!("../../../migrations/0006_sites.sql")),
    (7, "opinion", include_str!("../../../migrations/0007_opinion.sql")),
    (8, "device", include_str!("../../../migrations/0008_device.sql")),
    (9, "relay", include_str!("../../../migrations/0009_relay.sql")),
    (10, "vehicles", include_str!("../../../migrations/0010_vehicles.sql")),
    (11, "diversion", include_str!("../../../migrations/0011_diversion.sql")),
    (12, "promise", include_str!("../../../migrations/0012_promise.sql")),
    (13, "learnt", include_str!("../../../migrations/0013_learnt.sql")),
    (14, "languages", include_str!("../../../migrations/0014_languages.sql")),
    (15, "gate_closure", include_str!("../../../migrations/0015_gate_closure.sql")),
    (16, "once", include_str!("../../../migrations/0016_once.sql")),
    (17, "rooms", include_str!("../../../migrations/0017_rooms.sql")),
    (18, "planning_rules", include_str!("../../../migrations/0018_planning_rules.sql")),
    (19, "places", include_str!("../../../migrations/0019_places.sql")),
    (20, "driver", include_str!("../../../migrations/0020_driver.sql")),
    (21, "sealed", include_str!("../../../migrations/0021_sealed.sql")),
    (22, "fingerprint", include_str!("../../../migrations/0022_fingerprint.sql")),
];

/// A dialect word, what SQLite calls it and what PostgreSQL does. The longer word stands before one it begins with.
/// Text compares by its bytes on both engines, whatever the server's locale.
const WORDS: &[(&str, &str, &str)] = &[
    ("$UUID", "blob", "uuid"),
    ("$INT8", "integer", "bigint"),
    ("$INSTANT", "integer", "bigint"),
    ("$BYTES", "blob", "bytea"),
    ("$TEXT", "text", "text collate \"C\""),
    ("$DOC", "text", "jsonb"),
    ("$REAL", "real", "double precision"),
    ("$END_TABLE", ") strict", ")"),
    ("$END_KEYED", ") strict, without rowid", ")"),
];

/// Whose words to use.
#[derive(Clone, Copy)]
enum Engine {
    Sqlite,
    Postgres,
}

fn expand(text: &str, engine: Engine) -> String {
    WORDS.iter().fold(text.to_owned(), |text, (word, lite, post)| {
        text.replace(
            word,
            match engine {
                Engine::Sqlite => lite,
                Engine::Postgres => post,
            },
        )
    })
}

/// The steps' texts, in their own words.
pub(crate) fn texts() -> impl Iterator<Item = &'static str> {
    STEPS.iter().map(|step| step.2)
}

/// The steps' numbers and names.
pub(crate) fn names() -> impl Iterator<Item = (i64, &'static str)> {
    STEPS.iter().map(|step| (step.0, step.1))
}

/// The number of the newest step.
pub(crate) fn newest() -> i64 {
    STEPS.iter().map(|step| step.0).max().unwrap_or_default()
}

fn migrator(engine: Engine) -> Migrator {
    migrator_to(newest(), engine)
}

fn migrator_to(last: i64, engine: Engine) -> Migrator {
    let wanted = STEPS.iter().filter(|step| step.0 <= last);
    let steps = wanted.map(|&(number, name, text)| {
        let sql = AssertSqlSafe(expand(text, engine)).into_sql_str();
        Migration::new(number, name.into(), MigrationType::Simple, sql, false)
    });
    Migrator::with_migrations(steps.collect())
}

/// Brings the database to the newest step, each step in a transaction of its own.
pub(crate) async fn migrate(on: On<'_>) -> Result<(), Error> {
    match on {
        On::Sqlite(conn) => run(conn, Engine::Sqlite).await,
        On::Postgres(conn) => run(conn, Engine::Postgres).await,
    }
}

async fn run(conn: &mut impl Migrate, engine: Engine) -> Result<(), Error> {
    let known = newest();
    migrator(engine).run_direct(None, conn, false).await.map_err(|error| match error {
        MigrateError::VersionMissing(found) => Error::Newer { found, known },
        MigrateError::VersionMismatch(step) => Error::Unsupported(format!(
            "step {step} of this database is not the one this program has: not our database?"
        )),
        other => Error::unavailable(other),
    })
}

#[cfg(test)]
mod tests {
    use super::{Engine, STEPS, expand, migrator_to};

    #[test]
    fn steps_go_up_by_number_and_leave_no_word_unexpanded() {
        assert!(STEPS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        for (_, name, text) in STEPS {
            for engine in [Engine::Sqlite, Engine::Postgres] {
                assert!(!expand(text, engine).contains('$'), "{name} has an unknown dialect word");
            }
        }
    }

    #[tokio::test]
    async fn a_room_held_before_there_was_an_end_to_it_gets_one() {
        use sqlx::ConnectOptions as _;
        let options = sqlx::sqlite::SqliteConnectOptions::new().in_memory(true).foreign_keys(false);
        let mut conn = options.connect().await.expect("memory");
        migrator_to(5, Engine::Sqlite).run_direct(None, &mut conn, false).await.expect("the steps before");
        let held = "insert into hold (id, site, number, beds, people, party, held_at)
            values (x'01', 'huangpu-site-1', '204', 1, 1, x'02', 1000000)";
        sqlx::query(held).execute(&mut conn).await.expect("held");
        super::run(&mut conn, Engine::Sqlite).await.expect("every step");
        let (until,): (i64,) = sqlx::query_as("select expires_at from hold").fetch_one(&mut conn).await.expect("one");
        assert_eq!(until - 1_000_000, homeward_domain::site::Site::HOLD_STANDS.num_microseconds().expect("hours"));
    }

    #[test]
    fn text_is_always_the_dialect_word() {
        for (_, name, text) in STEPS {
            let bare =
                text.lines().filter(|line| !line.trim_start().starts_with("--")).any(|line| line.contains(" text"));
            assert!(!bare, "{name}: write $TEXT, so that both engines sort alike");
        }
    }
}
