//! The history of the schema: `migrations/*.sql`, one text for both engines, with a few dialect words.

use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::sqlite::SqliteConnection;
use sqlx::{AssertSqlSafe, SqlSafeStr};

use crate::Error;

/// Every step in the order it is applied: number, name, text. A step that was released is never edited again.
const STEPS: &[(i64, &str, &str)] = &[
    (1, "foundation", include_str!("../../../migrations/0001_foundation.sql")),
    (2, "reference", include_str!("../../../migrations/0002_reference.sql")),
    (3, "register", include_str!("../../../migrations/0003_register.sql")),
];

/// A dialect word and what SQLite calls it. The longer word stands before one it begins with.
const WORDS: &[(&str, &str)] = &[
    ("$UUID", "blob"),
    ("$INT8", "integer"),
    ("$INSTANT", "integer"),
    ("$BYTES", "blob"),
    ("$DOC", "text"),
    ("$REAL", "real"),
    ("$END_TABLE", ") strict"),
    ("$END_KEYED", ") strict, without rowid"),
];

fn expand(text: &str) -> String {
    WORDS.iter().fold(text.to_owned(), |text, (word, lite)| text.replace(word, lite))
}

fn migrator() -> Migrator {
    let steps = STEPS.iter().map(|&(number, name, text)| {
        let sql = AssertSqlSafe(expand(text)).into_sql_str();
        Migration::new(number, name.into(), MigrationType::Simple, sql, false)
    });
    Migrator::with_migrations(steps.collect())
}

/// Brings the database to the newest step, each step in a transaction of its own.
pub(crate) async fn migrate(conn: &mut SqliteConnection) -> Result<(), Error> {
    let known = STEPS.iter().map(|step| step.0).max().unwrap_or_default();
    migrator().run(conn).await.map_err(|error| match error {
        MigrateError::VersionMissing(found) => Error::Newer { found, known },
        MigrateError::VersionMismatch(step) => Error::Unsupported(format!(
            "step {step} of this database is not the one this program has: not our database?"
        )),
        other => Error::unavailable(other),
    })
}

#[cfg(test)]
mod tests {
    use super::{STEPS, expand};

    #[test]
    fn steps_go_up_by_number_and_leave_no_word_unexpanded() {
        assert!(STEPS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        for (_, name, text) in STEPS {
            assert!(!expand(text).contains('$'), "{name} has an unknown dialect word");
        }
    }
}
