//! A set of rows in one statement, in one text for both engines.
//!
//! A text names the set `{rows}` and a row's members by place and kind, `{0 uuid}`; each engine has its own words for these,
//! because each takes rows in the form that costs it least (see `rows`).

use std::collections::{BTreeMap, HashMap};
use std::sync::{LazyLock, Mutex, PoisonError};

/// What a member is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An id.
    Uuid,
    /// A whole number.
    Int,
    /// A number.
    Real,
    /// Words.
    Text,
    /// Bytes.
    Bytes,
    /// A JSON document.
    Doc,
}

/// A member that a text names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its place in a row, from 0.
    pub place: usize,
    /// What it is.
    pub kind: Kind,
}

/// A text in the words of each engine.
#[derive(Debug)]
pub struct Words {
    /// With the document of rows as `$1`.
    pub sqlite: String,
    /// With an array for each of the members as `$1`, `$2` and so on.
    pub postgres: String,
    /// Each once, by place.
    pub members: Vec<Member>,
}

/// Every text that was used, in both engines' words. The texts are literals, so there are as many as in the sources.
static KNOWN: LazyLock<Mutex<HashMap<&'static str, &'static Words>>> = LazyLock::new(Mutex::default);

/// The text in the words of each engine.
///
/// # Panics
/// When the text has a word that is not known here; a test reads every text.
pub fn words(text: &'static str) -> &'static Words {
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    known.entry(text).or_insert_with(|| {
        let members = members(text);
        let sqlite = said(text, |asked| asked.map_or_else(|| "jsonb_each($1)".into(), sqlite));
        let postgres = said(text, |asked| asked.map_or_else(|| arrays(&members), |it| format!("m{}", it.place)));
        Box::leak(Box::new(Words { sqlite, postgres, members }))
    })
}

/// The members a text names, each once, by place.
fn members(text: &str) -> Vec<Member> {
    let named = text.split('{').skip(1).filter_map(|part| asked(part.split_once('}')?.0));
    let by_place: BTreeMap<usize, Member> = named.map(|member| (member.place, member)).collect();
    by_place.into_values().collect()
}

/// The text with a word for the rows (`None`) and for each member.
fn said(text: &str, word: impl Fn(Option<Member>) -> String) -> String {
    let mut parts = text.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| match part.split_once('}') {
        Some((name, rest)) => text + &word(asked(name)) + rest,
        None => text + "{" + part,
    })
}

/// The member that is asked for; `None` for the rows themselves.
fn asked(name: &str) -> Option<Member> {
    let member = name.split_once(' ').and_then(|(place, kind)| {
        let kind = match kind {
            "uuid" => Kind::Uuid,
            "int" => Kind::Int,
            "real" => Kind::Real,
            "text" => Kind::Text,
            "bytes" => Kind::Bytes,
            "doc" => Kind::Doc,
            _ => return None,
        };
        Some(Member { place: place.parse().ok()?, kind })
    });
    assert!(member.is_some() || name == "rows", "a set knows rows and members by place and kind");
    member
}

/// A row comes as SQLite's own binary form, in which a member is a few steps away: as text it would be read again for every
/// member, and by a path into the whole document every row before it would be walked over.
fn sqlite(Member { place, kind }: Member) -> String {
    match kind {
        Kind::Uuid | Kind::Bytes => format!("unhex(value ->> {place})"),
        Kind::Int | Kind::Text | Kind::Real => format!("value ->> {place}"),
        Kind::Doc => format!("nullif(value -> {place}, 'null')"),
    }
}

/// Arrays come in the server's binary form: a document of rows would be read, taken apart and its digits read again.
fn arrays(members: &[Member]) -> String {
    let array = |(number, member): (usize, &Member)| format!("${}::{}[]", number + 1, postgres(member.kind));
    let arrays: Vec<_> = members.iter().enumerate().map(array).collect();
    let names: Vec<_> = members.iter().map(|member| format!("m{}", member.place)).collect();
    format!("unnest({}) as given ({})", arrays.join(", "), names.join(", "))
}

const fn postgres(kind: Kind) -> &'static str {
    match kind {
        Kind::Uuid => "uuid",
        Kind::Int => "bigint",
        Kind::Real => "double precision",
        Kind::Text => "text",
        Kind::Bytes => "bytea",
        Kind::Doc => "jsonb",
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Member, words};

    #[test]
    fn one_text_in_the_words_of_both() {
        let text = "insert into t (a, b, c) select {0 uuid}, {2 int}, {5 doc} from {rows} where {3 text} = {3 text}";
        let words = words(text);
        assert_eq!(
            words.sqlite,
            "insert into t (a, b, c) select unhex(value ->> 0), value ->> 2, nullif(value -> 5, 'null') \
             from jsonb_each($1) where value ->> 3 = value ->> 3"
        );
        assert_eq!(
            words.postgres,
            "insert into t (a, b, c) select m0, m2, m5 \
             from unnest($1::uuid[], $2::bigint[], $3::text[], $4::jsonb[]) as given (m0, m2, m3, m5) where m3 = m3"
        );
        assert_eq!(words.members[3], Member { place: 5, kind: Kind::Doc });
        assert!(std::ptr::eq(words, super::words(text)), "made once");
    }

    #[test]
    #[should_panic(expected = "by place and kind")]
    fn a_word_nobody_knows_is_no_sql() {
        words("select {0 number} from {rows}");
    }
}
