//! Documents that lie sealed in a column: JSON inside, ciphertext outside.

use crate::{Conn, Error};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;
use zeroize::Zeroizing;

/// Seals a document for one place.
pub(crate) fn seal<T: Serialize>(
    conn: &Conn,
    (table, column): (&'static str, &'static str),
    row: Uuid,
    document: &T,
) -> Vec<u8> {
    let plain = Zeroizing::new(serde_json::to_vec(document).expect("our own documents have string keys only"));
    conn.keys().seal(table, column, row, &plain)
}

/// Opens what was sealed for this place.
pub(crate) fn unseal<T: DeserializeOwned>(
    conn: &Conn,
    (table, column): (&'static str, &'static str),
    row: Uuid,
    sealed: &[u8],
) -> Result<T, Error> {
    let plain = conn.keys().unseal(table, column, row, sealed)?;
    serde_json::from_slice(&plain).map_err(|_| Error::corrupt(table, column, row))
}
