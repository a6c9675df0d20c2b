//! Sessions as rows: random tokens, hashed at rest, ended when a person, a limit or an administrator says so.

use crate::account::{self, Account};
use crate::rows::Rows;
use crate::{Conn, Error, Keys, Micros};
use chrono::{DateTime, Utc};
use homeward_domain::{AccountId, SessionId};
use std::collections::HashMap;
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
    token_hash: Vec<u8>,
    session: Uuid,
    last_seen_at: Micros,
    expires_at: Micros,
    #[sqlx(flatten)]
    account: account::Row,
}

/// The open sessions of these tokens with their accounts, which may sign in, by the token's hash; in one statement, because
/// every request asks.
pub async fn find_all(
    conn: &mut Conn,
    token_hashes: &[[u8; 32]],
) -> Result<HashMap<[u8; 32], (Session, Account)>, Error> {
    let rows: Rows<'_> = token_hashes.iter().map(|hash| [hash[..].into()]).collect();
    let found: Vec<Row> = conn
        .over(
            "select token_hash, session.id as session, last_seen_at, session.expires_at, account.id, username, display_name,
                    phone, languages, granted, disabled_at, account.version
             from session join account on account.id = session.account
             where token_hash in (select {0 bytes} from {rows}) and ended_at is null and account.disabled_at is null",
            &rows,
        )
        .all()
        .await?;
    found.into_iter().map(|row| row.read(conn.keys())).collect()
}

impl Row {
    fn read(self, keys: &Keys) -> Result<([u8; 32], (Session, Account)), Error> {
        let hash = self.token_hash.try_into().map_err(|_| Error::corrupt("session", "token_hash", self.session))?;
        let account = self.account.open(keys)?;
        let session = Session {
            id: SessionId::new(self.session),
            account: account.id,
            last_seen_at: self.last_seen_at.at(),
            expires_at: self.expires_at.at(),
        };
        Ok((hash, (session, account)))
    }
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
