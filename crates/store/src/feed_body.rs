//! A row of a stream as it lies in the tables: sealed whole, bound to its stream and number; beside it, open, only what the laws of
//! the register count by. No name, phone or word that somebody typed is among that.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::conn::Conn;
use crate::rows::{Cell, Rows};
use crate::{Error, Keys};

/// What `check` asks of rows. A member that is not here lies sealed.
#[derive(Serialize, Deserialize)]
struct Counted<'r> {
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    kind: Option<&'r RawValue>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    stage: Option<&'r RawValue>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    version: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    people: Option<Heads>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    free: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    open: Option<bool>,
}

#[derive(Serialize, Deserialize)]
struct Heads {
    total: i64,
}

/// The open part of a row; nothing of one that has none.
fn open_part(row: &RawValue) -> String {
    let open = serde_json::from_str::<Counted<'_>>(row.get());
    open.ok().and_then(|open| serde_json::to_string(&open).ok()).unwrap_or_else(|| "{}".to_owned())
}

/// The trip that a row of a board or of a plan is about, whose driver it may name.
pub(crate) fn trip(row: &RawValue) -> Option<Uuid> {
    #[derive(Deserialize)]
    struct About<'r> {
        kind: &'r str,
        trip: Uuid,
    }
    let about: About<'_> = serde_json::from_str(row.get()).ok()?;
    matches!(about.kind, "stop" | "trip").then_some(about.trip)
}

/// The row without whoever it names at the wheel, at any depth; `None` if it is none.
pub(crate) fn without_driver(row: &RawValue) -> Option<Box<RawValue>> {
    let mut value: Value = serde_json::from_str(row.get()).ok()?;
    forget(&mut value);
    serde_json::value::to_raw_value(&value).ok()
}

fn forget(value: &mut Value) {
    match value {
        Value::Object(members) => {
            if let Some(Value::Object(driver)) = members.get_mut("driver") {
                driver.insert("name".to_owned(), Value::String(String::new()));
                driver.insert("phone".to_owned(), Value::Null);
            }
            members.values_mut().for_each(forget);
        }
        Value::Array(values) => values.iter_mut().for_each(forget),
        _ => {}
    }
}

/// A row of the entry `seq` of a stream as it lies there: its open part, and the whole of it sealed.
pub(crate) fn shut(keys: &Keys, stream: &str, seq: i64, row: &RawValue) -> (Cell<'static>, Vec<u8>) {
    (Cell::Doc(open_part(row).into()), seal(keys, stream, seq, row))
}

/// Entries that lie in the log already and are written anew: stream, number, open part, sealed row, key, and the trip whose driver the
/// row names, where it names one.
pub(crate) async fn rewrite(conn: &mut Conn, rows: &Rows<'_>) -> Result<(), Error> {
    conn.over(
        "update feed_entry set body = {2 doc}, sealed = {3 bytes},
                               driver = (select driver_id from trip where trip.id = {5 uuid})
         from {rows} where feed_entry.stream = {0 text} and feed_entry.seq = {1 int}",
        rows,
    )
    .run()
    .await?;
    conn.over(
        "update feed_row set body = {2 doc}, sealed = {3 bytes}
         from {rows} where feed_row.stream = {0 text} and feed_row.key = {4 text} and feed_row.seq = {1 int}",
        rows,
    )
    .run()
    .await?;
    Ok(())
}

/// The row, sealed for the entry `seq` of a stream.
fn seal(keys: &Keys, stream: &str, seq: i64, row: &RawValue) -> Vec<u8> {
    keys.seal("feed", stream, place(seq), row.get().as_bytes())
}

/// The row as it was published. `body` is the whole row where nothing was sealed yet.
pub(crate) fn open(
    keys: &Keys,
    stream: &str,
    seq: i64,
    (body, sealed): (Box<RawValue>, Option<&[u8]>),
) -> Result<Box<RawValue>, Error> {
    let Some(sealed) = sealed else { return Ok(body) };
    let plain = keys.unseal("feed", stream, place(seq), sealed)?;
    let corrupt = || Error::corrupt("feed", stream, seq);
    let text = std::str::from_utf8(&plain).map_err(|_| corrupt())?;
    RawValue::from_string(text.to_owned()).map_err(|_| corrupt())
}

fn place(seq: i64) -> Uuid {
    Uuid::from_u128(u128::from(seq.unsigned_abs()))
}

#[cfg(test)]
mod tests {
    use super::{open, open_part, seal};
    use crate::Keys;
    use serde_json::value::RawValue;

    fn row(text: &str) -> Box<RawValue> {
        RawValue::from_string(text.to_owned()).expect("JSON")
    }

    #[test]
    fn only_states_and_counts_stay_open() {
        let told =
            r#"{"kind":"stop","stage":"en_route","version":3,"people":{"total":2,"infants":0},"driver":{"name":"N"}}"#;
        assert_eq!(open_part(&row(told)), r#"{"kind":"stop","stage":"en_route","version":3,"people":{"total":2}}"#);
        assert_eq!(open_part(&row(r#"{"by":"N"}"#)), "{}");
        assert_eq!(open_part(&row(r#"{"version":"N"}"#)), "{}", "what is not as we write it is not written open");
    }

    #[test]
    fn a_driver_is_forgotten_wherever_a_row_names_them() {
        let told = r#"{"kind":"trip","driver":{"id":"1","name":"N","phone":"1"},"stops":[{"driver":{"name":"N","phone":"1"},"by":"M"}]}"#;
        let left = super::without_driver(&row(told)).expect("a row");
        assert!(!left.get().contains('N') && left.get().contains(r#""by":"M""#), "{left}");
        assert!(left.get().contains(r#""driver":{"id":"1","name":"","phone":null}"#), "{left}");
    }

    #[test]
    fn opens_as_its_own_entry_and_no_other() {
        let (keys, told) = (Keys::from_bytes([7; 32]), row(r#"{"kind":"trip","driver":{"name":"N"}}"#));
        let sealed = seal(&keys, "district:310101", 4, &told);
        let read = |stream, seq| open(&keys, stream, seq, (row("{}"), Some(&sealed)));
        assert_eq!(read("district:310101", 4).expect("its own").get(), told.get());
        assert!(read("district:310101", 5).is_err() && read("district:310102", 4).is_err());
        assert_eq!(open(&keys, "x", 1, (row("[1]"), None)).expect("from before").get(), "[1]");
    }
}
