//! Sessions as rows: random tokens, hashed at rest, ended when a person, a limit or an administrator says so.

use crate::account::{self, Account};
use crate::{Conn, Error, Micros};
use chrono::{DateTime, Utc};
use homeward_domain::{AccountId, SessionId};
use uuid::Uuid;

/// A session that has not ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// Whose.
    pub account: AccountId,
    /// When it was last used, to the minute.
    pub last_seen_at: DateTime<Utc>,
    /// When it ends whatever happens.
    pub expires_at: DateTime<Utc>,
}

/// Writes a new session by the SHA-256 of its token.
pub async fn insert(conn: &mut Conn, session: &Session, token_hash: &[u8], now: DateTime<Utc>) -> Result<(), Error> {
    conn.sql(
        "insert into session (id, account, token_hash, created_at, last_seen_at, expires_at, ended_at)
         values ($1, $2, $3, $4, $5, $6, null)",
    )
    .bind(session.id.uuid())
    .bind(session.account.uuid())
    .bind(token_hash)
    .bind(Micros::from(now))
    .bind(Micros::from(session.last_seen_at))
    .bind(Micros::from(session.expires_at))
    .run()
    .await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct Row {
    session: Uuid,
    last_seen_at: Micros,
    expires_at: Micros,
    #[sqlx(flatten)]
    account: account::Row,
}

/// The open session of a token with its account, which may sign in; in one statement, because every request asks.
pub async fn find(conn: &mut Conn, token_hash: &[u8]) -> Result<Option<(Session, Account)>, Error> {
    let row: Option<Row> = conn
        .sql(
            "select session.id as session, last_seen_at, session.expires_at, account.id, username, display_name, phone, languages,
                    granted, disabled_at, account.version
             from session join account on account.id = session.account
             where token_hash = $1 and ended_at is null and account.disabled_at is null",
        )
        .bind(token_hash)
        .maybe()
        .await?;
    Ok(row.map(|row| {
        let account = Account::from(row.account);
        let session = Session {
            id: SessionId::new(row.session),
            account: account.id,
            last_seen_at: row.last_seen_at.at(),
            expires_at: row.expires_at.at(),
        };
        (session, account)
    }))
}

/// Notes that the session was used.
pub async fn touch(conn: &mut Conn, id: SessionId, now: DateTime<Utc>) -> Result<(), Error> {
    conn.sql("update session set last_seen_at = $2 where id = $1")
        .bind(id.uuid())
        .bind(Micros::from(now))
        .run()
        .await?;
    Ok(())
}

/// Ends one session.
pub async fn end(conn: &mut Conn, id: SessionId, now: DateTime<Utc>) -> Result<(), Error> {
    conn.sql("update session set ended_at = $2 where id = $1 and ended_at is null")
        .bind(id.uuid())
        .bind(Micros::from(now))
        .run()
        .await?;
    Ok(())
}

/// Ends every session of an account.
pub async fn end_all_of(conn: &mut Conn, account: AccountId, now: DateTime<Utc>) -> Result<(), Error> {
    conn.sql("update session set ended_at = $2 where account = $1 and ended_at is null")
        .bind(account.uuid())
        .bind(Micros::from(now))
        .run()
        .await?;
    Ok(())
}

/// Forgets sessions that ended or expired before an instant.
pub async fn forget(conn: &mut Conn, before: DateTime<Utc>) -> Result<u64, Error> {
    conn.sql("delete from session where ended_at < $1 or expires_at < $1").bind(Micros::from(before)).run().await
}
