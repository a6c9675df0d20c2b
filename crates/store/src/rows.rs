//! The rows of a set, and how each engine takes them: SQLite one JSON document, PostgreSQL an array for each member, in its
//! binary form. What a statement says of them is in `set`.

use std::borrow::Cow;
use std::io::Write as _;

use serde::Serialize;
use serde_json::value::RawValue;
use sqlx::encode::IsNull;
use sqlx::postgres::{PgArgumentBuffer, PgArguments, PgHasArrayType, PgTypeInfo};
use sqlx::{Arguments as _, Encode, Postgres, Type};
use uuid::Uuid;

use crate::error::Source;
use crate::set::{Kind, Member};

/// One member of a row.
pub enum Cell<'r> {
    /// Nothing.
    Null,
    /// An id.
    Uuid(Uuid),
    /// A whole number; also an instant, in microseconds.
    Int(i64),
    /// A number, of which every bit is kept.
    Real(f64),
    /// Words.
    Text(Cow<'r, str>),
    /// What only we read.
    Bytes(Cow<'r, [u8]>),
    /// A JSON document, written out.
    Doc(Cow<'r, str>),
}

impl Cell<'_> {
    /// A document; what is null in JSON is nothing.
    pub fn doc(document: &impl Serialize) -> Self {
        let text = serde_json::to_string(document).expect("our own documents have string keys only");
        if text == "null" { Self::Null } else { Self::Doc(text.into()) }
    }
}

impl From<Uuid> for Cell<'_> {
    fn from(id: Uuid) -> Self {
        Self::Uuid(id)
    }
}

impl From<i64> for Cell<'_> {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<f64> for Cell<'_> {
    fn from(number: f64) -> Self {
        Self::Real(number)
    }
}

impl<'r> From<&'r str> for Cell<'r> {
    fn from(text: &'r str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl<'r> From<&'r [u8]> for Cell<'r> {
    fn from(bytes: &'r [u8]) -> Self {
        Self::Bytes(bytes.into())
    }
}

impl From<Vec<u8>> for Cell<'_> {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes.into())
    }
}

impl<'r, T: Into<Cell<'r>>> From<Option<T>> for Cell<'r> {
    fn from(given: Option<T>) -> Self {
        given.map_or(Self::Null, Into::into)
    }
}

impl<'r> From<&'r RawValue> for Cell<'r> {
    fn from(document: &'r RawValue) -> Self {
        Self::Doc(document.get().into())
    }
}

/// Rows of as many members each.
pub struct Rows<'r> {
    width: usize,
    cells: Vec<Cell<'r>>,
}

impl<'r, const N: usize> FromIterator<[Cell<'r>; N]> for Rows<'r> {
    fn from_iter<I: IntoIterator<Item = [Cell<'r>; N]>>(rows: I) -> Self {
        Self { width: N, cells: rows.into_iter().flatten().collect() }
    }
}

impl Rows<'_> {
    fn column(&self, place: usize) -> impl Iterator<Item = &Cell<'_>> {
        self.cells.iter().skip(place).step_by(self.width)
    }

    /// One document: an array of arrays, `uuid` and `bytes` as hexadecimal digits.
    pub(crate) fn document(&self) -> String {
        let mut out = Vec::with_capacity(self.cells.len() * 32);
        out.push(b'[');
        for (place, cell) in self.cells.iter().enumerate() {
            let first = place.is_multiple_of(self.width);
            out.extend_from_slice(match (place, first) {
                (0, _) => b"[",
                (_, true) => b"],[",
                (_, false) => b",",
            });
            cell.write(&mut out);
        }
        out.extend_from_slice(if self.cells.is_empty() { b"]" } else { b"]]" });
        String::from_utf8(out).expect("JSON is text")
    }

    /// An array for each member that a statement names, in its order.
    pub(crate) fn arrays(&self, members: &[Member], arguments: &mut PgArguments) -> Result<(), Source> {
        if members.iter().any(|member| member.place >= self.width) {
            return Err(Source::from("a statement names a member that its rows do not have"));
        }
        for member in members {
            let column = self.column(member.place);
            match member.kind {
                Kind::Uuid => {
                    arguments.add(only(column, |cell| if let Cell::Uuid(id) = cell { Some(*id) } else { None })?)
                }
                Kind::Int => {
                    arguments.add(only(column, |cell| if let Cell::Int(it) = cell { Some(*it) } else { None })?)
                }
                Kind::Real => {
                    arguments.add(only(column, |cell| if let Cell::Real(it) = cell { Some(*it) } else { None })?)
                }
                Kind::Text => {
                    arguments.add(only(column, |cell| if let Cell::Text(it) = cell { Some(&**it) } else { None })?)
                }
                Kind::Bytes => {
                    arguments.add(only(column, |cell| if let Cell::Bytes(it) = cell { Some(&**it) } else { None })?)
                }
                Kind::Doc => {
                    arguments.add(only(column, |cell| if let Cell::Doc(it) = cell { Some(Doc(it)) } else { None })?)
                }
            }?;
        }
        Ok(())
    }
}

/// The column, if every member of it is of the kind the statement names.
fn only<'c, T>(
    column: impl Iterator<Item = &'c Cell<'c>>,
    of: impl Fn(&'c Cell<'c>) -> Option<T>,
) -> Result<Vec<Option<T>>, Source> {
    let member = |cell| match of(cell) {
        None if !matches!(cell, Cell::Null) => Err(Source::from("a member is of another kind than its statement says")),
        told => Ok(told),
    };
    column.map(member).collect()
}

impl Cell<'_> {
    fn write(&self, out: &mut Vec<u8>) {
        let written = match self {
            Self::Null => out.write_all(b"null"),
            Self::Uuid(id) => return digits(id.as_bytes(), out),
            Self::Bytes(bytes) => return digits(bytes, out),
            Self::Doc(text) => out.write_all(text.as_bytes()),
            Self::Int(number) => serde_json::to_writer(out, number).map_err(Into::into),
            Self::Real(number) => serde_json::to_writer(out, number).map_err(Into::into),
            Self::Text(text) => serde_json::to_writer(out, text).map_err(Into::into),
        };
        written.expect("memory takes what is written");
    }
}

/// Bytes as a text takes them.
fn digits(bytes: &[u8], out: &mut Vec<u8>) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |four: u8| DIGITS[usize::from(four)];
    out.push(b'"');
    // Every document of a set is digits for the most part: a formatter a byte was a twentieth of a registration.
    out.extend(bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 0xf)]));
    out.push(b'"');
}

/// A document that is written out already, as PostgreSQL takes it.
struct Doc<'d>(&'d str);

impl Type<Postgres> for Doc<'_> {
    fn type_info() -> PgTypeInfo {
        <sqlx::types::Json<()> as Type<Postgres>>::type_info()
    }
}

impl PgHasArrayType for Doc<'_> {
    fn array_type_info() -> PgTypeInfo {
        <sqlx::types::Json<()> as PgHasArrayType>::array_type_info()
    }
}

impl Encode<'_, Postgres> for Doc<'_> {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, Source> {
        // The version of the form (PostgreSQL's jsonb_recv), then the text.
        buffer.push(1);
        buffer.extend_from_slice(self.0.as_bytes());
        Ok(IsNull::No)
    }
}

#[cfg(test)]
mod tests {
    use super::{Cell, Rows, only};
    use uuid::Uuid;

    fn rows() -> Rows<'static> {
        let row = |number: i64| {
            let doc = Cell::doc(&serde_json::json!({ "a": number }));
            [Uuid::from_u128(1).into(), number.into(), "\"x\"".into(), (&[0_u8, 0x7f, 0xff][..]).into(), doc]
        };
        [row(1), row(2)].into_iter().collect()
    }

    #[test]
    fn one_document_for_all() {
        let row = |number| format!(r#"["{:032x}",{number},"\"x\"","007fff",{{"a":{number}}}]"#, 1);
        assert_eq!(rows().document(), format!("[{},{}]", row(1), row(2)));
        assert_eq!(std::iter::empty::<[Cell<'_>; 2]>().collect::<Rows<'_>>().document(), "[]");
        let empty: Rows<'_> = [[Cell::from(None::<i64>), Cell::doc(&()), 0.1.into()]].into_iter().collect();
        assert_eq!(empty.document(), "[[null,null,0.1]]");
    }

    #[test]
    fn a_column_is_of_one_kind() {
        let number = |cell: &Cell<'_>| if let Cell::Int(it) = cell { Some(*it) } else { None };
        let rows = rows();
        assert_eq!(only(rows.column(1), number).unwrap(), [Some(1), Some(2)]);
        assert!(only(rows.column(2), number).is_err());
    }
}
