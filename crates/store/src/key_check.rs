//! Whether this is the key the register was sealed with: asked at every opening, before anything is sealed with another.

use uuid::Uuid;

use crate::{Conn, Error};

const WORD: &[u8] = b"homeward";
const PLACE: (&str, &str) = ("key_check", "sealed");

/// Refuses another key with a sentence for the operator; the first key a register meets becomes its own.
pub(crate) async fn hold(conn: &mut Conn) -> Result<bool, Error> {
    let row: Option<(Vec<u8>,)> = conn.sql("select sealed from key_check where id = 1").maybe().await?;
    let (table, column) = PLACE;
    let Some((sealed,)) = row else {
        older(conn).await?;
        let sealed = conn.keys().seal(table, column, Uuid::nil(), WORD);
        conn.sql("insert into key_check (id, sealed) values (1, $1)").bind(sealed).run().await?;
        return Ok(true);
    };
    let opened = conn.keys().unseal(table, column, Uuid::nil(), &sealed);
    if opened.is_ok_and(|word| word[..] == *WORD) { Ok(false) } else { Err(another()) }
}

/// A register from before this table: somebody's name has to open.
async fn older(conn: &mut Conn) -> Result<(), Error> {
    let row: Option<(Uuid, Vec<u8>)> = conn.sql("select id, person from arrival limit 1").maybe().await?;
    match row {
        Some((id, sealed)) => conn.keys().unseal("arrival", "person", id, &sealed).map(drop).map_err(|_| another()),
        None => Ok(()),
    }
}

fn another() -> Error {
    let why = "the key file is not the one this register was sealed with: name the right one with --key-file, or \
               restore it from its own backup; without it names and documents cannot be read";
    Error::Unsupported(why.into())
}
