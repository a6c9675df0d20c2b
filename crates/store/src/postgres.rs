//! Opening PostgreSQL: the settings that make a commit durable and a node that vanished harmless.

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::{ConnectOptions as _, Executor as _};

use crate::Error;
use crate::conn::patient;

/// Boards and look-ups read for a millisecond each.
const READERS: u32 = 12;
/// Who asks is looked up in one statement, for every request; boards that come back ask two more each.
const GLANCES: u32 = 8;
/// How long a reader waits for a free connection before we say unavailable.
const READ_TIMEOUT: Duration = Duration::from_secs(5);
/// More than the statements there are, so that each is prepared once a connection.
const STATEMENTS: usize = 512;

/// The settings of every connection.
pub(crate) fn settings(given: &PgConnectOptions) -> PgConnectOptions {
    given
        .clone()
        .application_name("homeward")
        .statement_cache_capacity(STATEMENTS)
        .options([
            ("synchronous_commit", "on"),
            // A node that is cut off in the middle of its turn must not keep the others waiting.
            ("idle_in_transaction_session_timeout", "3s"),
            ("lock_timeout", "5s"),
            ("statement_timeout", "5s"),
            ("timezone", "UTC"),
        ])
        .disable_statement_logging()
}

/// The settings of the connection that brings the schema up to date: on a full register a step may take its time.
pub(crate) fn unhurried(settings: PgConnectOptions) -> PgConnectOptions {
    settings.options([("statement_timeout", "0"), ("lock_timeout", "0"), ("idle_in_transaction_session_timeout", "0")])
}

/// The address without the password.
pub(crate) fn shown(settings: &PgConnectOptions) -> String {
    let (host, port) = (settings.get_host(), settings.get_port());
    format!("postgres://{host}:{port}/{}", settings.get_database().unwrap_or_default())
}

/// Why the database cannot be used, for the operator; the password is not in it.
pub(crate) fn refused(settings: &PgConnectOptions, error: &sqlx::Error) -> Error {
    Error::Open {
        path: shown(settings).into(),
        why: format!("{error}: does the server run, and may this user use this database?"),
    }
}

/// The connections that only read. One that comes back leaves its snapshot behind.
pub(crate) async fn readers(settings: PgConnectOptions) -> Result<PgPool, sqlx::Error> {
    PgPoolOptions::new()
        .max_connections(READERS)
        .acquire_timeout(READ_TIMEOUT)
        .after_release(|conn, _| Box::pin(async move { patient(conn.execute("rollback")).await.map(|_| true) }))
        .connect_with(settings)
        .await
}

/// The connections for one statement each, which leave nothing behind. None is asked whether it still stands before it is
/// given: that would be a second statement. One that does not is given up by whoever finds out.
pub(crate) fn glances(settings: PgConnectOptions) -> PgPool {
    let pool = PgPoolOptions::new().max_connections(GLANCES).acquire_timeout(READ_TIMEOUT).test_before_acquire(false);
    pool.connect_lazy_with(settings)
}
