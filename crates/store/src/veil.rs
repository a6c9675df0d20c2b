//! Who said or did something, and the words they typed, where these stand in a column of text or inside a document: sealed like
//! everything personal, written as text. What lay open before is read as it is.
//!
//! `§` and hexadecimal digits of a sealed value. All of them share one place (see `seal`), so that a document is opened without
//! knowing what stands where.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

use crate::{Error, Keys};

const MARK: char = '§';
/// The members of a document that hold a name or what somebody typed.
const MEMBERS: [&str; 6] = ["by", "reason", "overridden", "opinion", "to", "looked_after_by"];
/// Digits of the shortest sealed value, of nothing: version, key, nonce and tag.
const DIGITS_MIN: usize = 2 * (1 + 4 + 12 + 16);

/// A name or somebody's words, in a column of text.
#[derive(Clone, sqlx::Type)]
#[sqlx(transparent)]
pub(crate) struct Veiled(String);

impl Veiled {
    /// Seals it.
    pub fn of(keys: &Keys, text: &str) -> Self {
        Self(veil(keys, text))
    }

    /// Seals it, if there is one.
    pub fn maybe(keys: &Keys, text: Option<&str>) -> Option<Self> {
        text.map(|text| Self::of(keys, text))
    }

    /// What it says.
    pub fn open(self, keys: &Keys) -> Result<String, Error> {
        unveil(keys, self.0)
    }
}

/// What it says, if there is one.
pub(crate) fn opened(keys: &Keys, text: Option<Veiled>) -> Result<Option<String>, Error> {
    text.map(|text| text.open(keys)).transpose()
}

/// A document with its names and typed words sealed.
pub(crate) fn document(keys: &Keys, document: &impl Serialize) -> Value {
    let mut value = serde_json::to_value(document).expect("our own documents have string keys only");
    walk(&mut value, &mut |text| {
        if !is_veiled(keys, text) {
            *text = veil(keys, text);
        }
        Ok(())
    })
    .expect("sealing cannot fail");
    value
}

/// The document of a table's column and row as it was; [`Error::Corrupt`] names the place when it is none.
pub(crate) fn read<T: DeserializeOwned>(
    keys: &Keys,
    (table, column, row): (&'static str, &'static str, Uuid),
    mut document: Value,
) -> Result<T, Error> {
    let opened = walk(&mut document, &mut |text| {
        *text = unveil(keys, std::mem::take(text))?;
        Ok(())
    });
    opened.ok().and_then(|()| serde_json::from_value(document).ok()).ok_or_else(|| Error::corrupt(table, column, row))
}

fn veil(keys: &Keys, text: &str) -> String {
    use std::fmt::Write as _;
    let sealed = keys.seal("", "said", Uuid::nil(), text.as_bytes());
    let mut out = String::with_capacity(2 + 2 * sealed.len());
    out.push(MARK);
    for byte in sealed {
        write!(out, "{byte:02x}").expect("memory takes what is written");
    }
    out
}

fn unveil(keys: &Keys, text: String) -> Result<String, Error> {
    let Some(sealed) = sealed(&text) else { return Ok(text) };
    let plain = keys.unseal("", "said", Uuid::nil(), &sealed)?;
    String::from_utf8(plain.to_vec()).map_err(|_| Error::corrupt("", "said", "unknown"))
}

/// Whether our key opens it: what somebody typed may look sealed and is not.
fn is_veiled(keys: &Keys, text: &str) -> bool {
    sealed(text).is_some_and(|sealed| keys.unseal("", "said", Uuid::nil(), &sealed).is_ok())
}

/// The sealed value that a text is written for; `None` for any other text.
fn sealed(text: &str) -> Option<Vec<u8>> {
    text.strip_prefix(MARK).filter(|digits| digits.len() >= DIGITS_MIN).and_then(bytes)
}

fn bytes(digits: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|four| u8::try_from(four).ok());
    digits.as_bytes().chunks(2).map(|pair| Some(digit(pair[0])? << 4 | digit(*pair.get(1)?)?)).collect()
}

/// Every name and typed word in a document.
fn walk(value: &mut Value, seen: &mut impl FnMut(&mut String) -> Result<(), Error>) -> Result<(), Error> {
    match value {
        Value::Object(members) => members.iter_mut().try_for_each(|(name, value)| match value {
            Value::String(text) if MEMBERS.contains(&name.as_str()) => seen(text),
            value => walk(value, seen),
        }),
        Value::Array(values) => values.iter_mut().try_for_each(|value| walk(value, seen)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Veiled, document, read};
    use crate::Keys;
    use serde_json::{Value, json};

    fn keys() -> Keys {
        Keys::from_bytes([7; 32])
    }

    fn reread(document: Value) -> Value {
        read(&keys(), ("event", "body", uuid::Uuid::nil()), document).expect("a document of ours")
    }

    #[test]
    fn a_name_is_read_with_the_key_alone_and_one_from_before_as_it_is() {
        let veiled = Veiled::of(&keys(), "王警官");
        assert!(veiled.0.starts_with('§') && !veiled.0.contains('王'));
        assert_eq!(veiled.clone().open(&keys()).expect("its key"), "王警官");
        assert!(veiled.open(&Keys::from_bytes([8; 32])).is_err());
        assert_eq!(Veiled("Wang".into()).open(&keys()).expect("open"), "Wang");
        assert_eq!(Veiled("§ 3, seen".into()).open(&keys()).expect("open"), "§ 3, seen");
    }

    #[test]
    fn a_document_keeps_what_no_person_is_and_seals_the_rest() {
        let told = json!({ "answer": "no", "by": "N", "rule": { "place": "3101", "by": "M", "reason": "R" },
                           "acks": [{ "by": "O", "role": "police" }], "at": 1, "overridden": null });
        let sealed = document(&keys(), &told);
        let text = sealed.to_string();
        assert!(["\"N\"", "\"M\"", "\"R\"", "\"O\""].iter().all(|word| !text.contains(word)), "{text}");
        assert_eq!((&sealed["answer"], &sealed["rule"]["place"]), (&json!("no"), &json!("3101")));
        assert_eq!(reread(sealed.clone()), told.clone());
        assert_eq!(document(&keys(), &sealed), sealed, "sealed once");
        assert_eq!(reread(told.clone()), told, "from before");
    }

    #[test]
    fn what_somebody_types_can_look_sealed_and_stays_readable() {
        for typed in ["§", "§ab", &format!("§{}", "0".repeat(super::DIGITS_MIN))] {
            let told = json!({ "reason": typed, "label": typed });
            let sealed = document(&keys(), &told);
            assert_ne!(sealed["reason"], told["reason"]);
            assert_eq!(reread(sealed), told);
        }
    }
}
