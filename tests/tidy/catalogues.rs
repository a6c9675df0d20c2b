//! The two catalogues of words: same keys, same placeholders, and every key a screen asks for is there.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::tree::{File, files, hold, root};

const FOLDER: &str = "crates/web/ui/i18n";

#[test]
fn both_languages_have_the_same_keys() {
    let (chinese, english) = (catalogue("zh-CN"), catalogue("en"));
    let mut broken = missing(&chinese, &english, "zh-CN.json");
    broken.extend(missing(&english, &chinese, "en.json"));
    hold("A text exists in one language only.", "add the key to the other catalogue.", &broken);
}

#[test]
fn both_languages_fill_the_same_placeholders() {
    let (chinese, english) = (catalogue("zh-CN"), catalogue("en"));
    let both = chinese.iter().filter_map(|(key, text)| Some((key, text, english.get(key)?)));
    let differing = both.filter(|(_, zh, en)| placeholders(zh) != placeholders(en));
    let broken: Vec<String> = differing.map(|(key, zh, en)| format!("{key}: «{zh}» / «{en}»")).collect();
    hold("A text has a placeholder in one language only.", "use the same {names} in both.", &broken);
}

/// Words that mean what another one means already; the second is the one to say.
const SYNONYMS: &[(&str, &str)] = &[("理由", "原因")];

#[test]
fn one_thing_has_one_word_in_chinese() {
    let chinese = catalogue("zh-CN");
    let said = |(other, word): &(&str, &str)| {
        let of = chinese.iter().filter(|(_, text)| text.contains(other));
        of.map(|(key, text)| format!("{key}: «{text}», say {word}")).collect::<Vec<_>>()
    };
    let broken: Vec<String> = SYNONYMS.iter().flat_map(said).collect();
    hold("Two words for one thing.", "say the other one.", &broken);
}

#[test]
fn every_key_a_screen_asks_for_exists() {
    let known = catalogue("en");
    let screens = files().into_iter().filter(|file| file.path.starts_with("crates/web/ui/") && file.is("js"));
    let broken: Vec<String> = screens.flat_map(|file| unknown_keys(&file, &known)).collect();
    hold("A screen asks for a text that does not exist.", "add the key to both catalogues in i18n/.", &broken);
}

#[test]
fn every_refusal_of_the_server_is_worded() {
    let known = catalogue("en");
    let sources = ["problem.rs", "problem/refusal.rs", "live.rs"].map(|name| format!("crates/web/src/{name}"));
    let files: Vec<File> = files().into_iter().filter(|file| sources.contains(&file.path)).collect();
    let codes: BTreeSet<&str> = files.iter().flat_map(|file| problem_codes(&file.text)).collect();
    assert!(codes.len() > 50 && codes.contains("vehicle-full"), "the server's codes were read: {codes:?}");
    let keys = codes.iter().map(|code| format!("problem.{code}")).filter(|key| !known.contains_key(key));
    let broken: Vec<String> = keys.collect();
    hold("The server refuses with a code no screen words.", "add the key to both catalogues.", &broken);
}

#[test]
fn every_reason_against_a_field_is_worded() {
    let known = catalogue("en");
    let sources = |file: &File| file.path.starts_with("crates/") && file.path.contains("/src/") && file.is("rs");
    let files: Vec<File> = files().into_iter().filter(sources).collect();
    let reasons: BTreeSet<&str> = files.iter().flat_map(|file| invalid_reasons(&file.text)).collect();
    assert!(reasons.len() > 50 && reasons.contains("too-long"), "the reasons were read: {reasons:?}");
    let keys = reasons.iter().map(|reason| format!("invalid.{reason}")).filter(|key| !known.contains_key(key));
    let broken: Vec<String> = keys.collect();
    hold("A field is refused for a reason no screen words.", "add the key to both catalogues.", &broken);
}

#[test]
fn codes_are_read_after_a_status_only() {
    let text = "P::new(S::OK, \"a-b\", x) Self::new(\n S::OK,\n\"c\") with(\"d\", \"e\") => (NO, \"f-g\", y) => (1, 2)";
    assert_eq!(problem_codes(text), ["a-b", "c", "f-g"]);
}

#[test]
fn keys_are_read_from_calls_only() {
    let text = "t(\"a.b\"); i18n.t('c', {n: 1}); list.at(\"x\"); t(`d.${e}`); wait(\"y\"); t(\n  \"f\")";
    assert_eq!(asked_keys(text), [(1, "a.b"), (1, "c"), (1, "f")]);
    assert_eq!(placeholders("{n} of {total}, {n}"), BTreeSet::from(["n".to_owned(), "total".to_owned()]));
}

fn catalogue(language: &str) -> BTreeMap<String, String> {
    let path = root().join(FOLDER).join(format!("{language}.json"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let value: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut texts = BTreeMap::new();
    flatten("", &value, &mut texts);
    assert!(!texts.is_empty(), "{} holds no text", path.display());
    texts
}

/// `{ "desk": { "title": "x" } }` and `{ "desk.title": "x" }` are the same catalogue.
fn flatten(prefix: &str, value: &Value, texts: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let key = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
                flatten(&key, member, texts);
            }
        }
        Value::String(text) => {
            texts.insert(prefix.to_owned(), text.clone());
        }
        other => panic!("{prefix}: a catalogue holds texts, found {other}"),
    }
}

fn missing(have: &BTreeMap<String, String>, want: &BTreeMap<String, String>, name: &str) -> Vec<String> {
    want.keys().filter(|key| !have.contains_key(*key)).map(|key| format!("{name} lacks {key}")).collect()
}

/// The names between braces; what follows a comma (a plural form) does not count.
fn placeholders(text: &str) -> BTreeSet<String> {
    let openings = text.split('{').skip(1).filter_map(|rest| rest.split('}').next());
    let names = openings.filter_map(|inside| inside.split(',').next()).map(str::trim);
    names
        .filter(|name| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_'))
        .map(str::to_owned)
        .collect()
}

fn unknown_keys(file: &File, known: &BTreeMap<String, String>) -> Vec<String> {
    let asked = asked_keys(&file.text).into_iter().filter(|(_, key)| !known.contains_key(*key));
    asked.map(|(line, key)| format!("{}:{line}: {key}", file.path)).collect()
}

/// The literal first arguments of every call of `t(...)`, with their lines; computed keys cannot be checked here.
fn asked_keys(text: &str) -> Vec<(usize, &str)> {
    let calls = text.match_indices("t(").filter(|(at, _)| {
        let before = text[..*at].chars().next_back();
        before.is_none_or(|c| !(c.is_alphanumeric() || c == '_' || c == '$'))
    });
    calls.filter_map(|(at, _)| Some((text[..at].lines().count().max(1), literal(&text[at + 2..])?))).collect()
}

fn literal(after: &str) -> Option<&str> {
    let after = after.trim_start();
    let quote = after.chars().next().filter(|c| *c == '"' || *c == '\'')?;
    after[1..].split(quote).next()
}

/// The first argument of every `Invalid::new("…", …)`.
fn invalid_reasons(text: &str) -> Vec<&str> {
    let calls = text.match_indices("Invalid::new(");
    calls.filter_map(|(at, call)| literal(&text[at + call.len()..])).collect()
}

/// The codes that follow a status, in `Problem::new(status, "code", …)` and in the table's `=> (status, "code", …)`.
fn problem_codes(text: &str) -> Vec<&str> {
    let starts = text.match_indices("::new(").chain(text.match_indices("=> ("));
    let code = |(at, call): (usize, &str)| literal(text[at + call.len()..].split_once(',')?.1);
    starts.filter_map(code).collect()
}
