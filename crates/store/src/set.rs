//! A set of rows in one statement: taken from one JSON document, in one text for both engines.
//!
//! A text names the document's rows `{rows}` and a row's members by place and type, `{0 uuid}`; each engine has its own
//! words for these. `uuid` and `bytes` come as hexadecimal digits, `doc` as it is, a `real` keeps every bit.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

/// A text in SQLite's and in PostgreSQL's words.
pub type Words = [&'static str; 2];

/// Every text that was used, in both engines' words. The texts are literals, so there are as many as in the sources.
static KNOWN: LazyLock<Mutex<HashMap<&'static str, Words>>> = LazyLock::new(Mutex::default);

/// The text in the words of each engine.
///
/// # Panics
/// When the text has a word that is not known here; a test reads every text.
pub fn words(text: &'static str) -> Words {
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    *known.entry(text).or_insert_with(|| [leaked(text, sqlite), leaked(text, postgres)])
}

fn leaked(text: &str, word: fn(&str) -> String) -> &'static str {
    let mut parts = text.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    let text = parts.fold(first, |text, part| match part.split_once('}') {
        Some((asked, rest)) => text + &word(asked) + rest,
        None => text + "{" + part,
    });
    Box::leak(text.into_boxed_str())
}

/// By the path into the whole document, which is read once a statement: `value` would be written out and read again for
/// every member of every row.
fn sqlite(asked: &str) -> String {
    let path = |place: &str| format!("('$[' || json_each.key || '][{place}]')");
    match asked.split_once(' ') {
        Some((place, "uuid" | "bytes")) => format!("unhex($1 ->> {})", path(place)),
        Some((place, "int" | "text" | "real")) => format!("$1 ->> {}", path(place)),
        Some((place, "doc")) => format!("nullif($1 -> {}, 'null')", path(place)),
        _ => rows(asked, "json_each($1)"),
    }
}

fn postgres(asked: &str) -> String {
    match asked.split_once(' ') {
        Some((place, "uuid")) => format!("(value ->> {place})::uuid"),
        Some((place, "bytes")) => format!("decode(value ->> {place}, 'hex')"),
        Some((place, "int")) => format!("(value ->> {place})::bigint"),
        Some((place, "real")) => format!("(value ->> {place})::double precision"),
        Some((place, "text")) => format!("value ->> {place}"),
        Some((place, "doc")) => format!("nullif(value -> {place}, 'null')"),
        _ => rows(asked, "jsonb_array_elements($1)"),
    }
}

fn rows(asked: &str, words: &str) -> String {
    assert_eq!(asked, "rows", "a set knows rows and members by place and type");
    words.to_owned()
}

/// Bytes as a text takes them.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |four: u8| char::from(DIGITS[usize::from(four)]);
    // Every document of a set is digits for the most part: a formatter a byte was a twentieth of a registration.
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 0xf)]).collect()
}

#[cfg(test)]
mod tests {
    use super::{hex, words};

    #[test]
    fn one_text_in_the_words_of_both() {
        let text = "insert into t (a, b, c) select {0 uuid}, {1 int}, {2 doc} from {rows} where {3 text} = 'x'";
        assert_eq!(
            words(text),
            [
                "insert into t (a, b, c) select unhex($1 ->> ('$[' || json_each.key || '][0]')), \
                 $1 ->> ('$[' || json_each.key || '][1]'), nullif($1 -> ('$[' || json_each.key || '][2]'), 'null') \
                 from json_each($1) where $1 ->> ('$[' || json_each.key || '][3]') = 'x'",
                "insert into t (a, b, c) select (value ->> 0)::uuid, (value ->> 1)::bigint, nullif(value -> 2, 'null') \
                 from jsonb_array_elements($1) where value ->> 3 = 'x'",
            ]
        );
        assert!(std::ptr::eq(words(text)[0], words(text)[0]), "made once");
        assert_eq!(
            words("select {0 bytes} from {rows}")[1],
            "select decode(value ->> 0, 'hex') from jsonb_array_elements($1)"
        );
    }

    #[test]
    #[should_panic(expected = "by place and type")]
    fn a_word_nobody_knows_is_no_sql() {
        words("select {0 number} from {rows}");
    }

    #[test]
    fn bytes_as_digits() {
        assert_eq!(hex(&[0, 0x7f, 0xff]), "007fff");
    }
}
