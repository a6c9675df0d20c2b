//! Migrations: one history for both engines, so no word of one engine alone.

use crate::tree::{File, files, hold};

/// Words only one engine knows, as they stand in lower-case SQL without comments and without string literals.
const ENGINE_WORDS: &[&str] = &[
    "autoincrement",
    "bigserial",
    "boolean",
    "bytea",
    "datetime",
    "glob",
    "ilike",
    "jsonb",
    "julianday",
    "now",
    "pragma",
    "replace",
    "rowid",
    "serial",
    "smallserial",
    "strftime",
    "timestamptz",
    "unixepoch",
    "without",
    "current_timestamp",
];

#[test]
fn migrations_speak_to_both_engines() {
    let broken: Vec<String> = migrations().iter().flat_map(engine_words).collect();
    hold(
        "A migration uses a word of one engine.",
        "use the dialect words ($UUID, $INSTANT, $DOC, ...) for types, and pass times and ids in from the program.",
        &broken,
    );
}

#[test]
fn migrations_are_numbered_without_gap() {
    let names: Vec<String> = migrations().into_iter().map(|file| file.path).collect();
    assert!(!names.is_empty(), "no migration was found under migrations/");
    let expected = names.iter().enumerate().map(|(at, name)| (format!("migrations/{:04}_", at + 1), name));
    let broken: Vec<String> =
        expected.filter(|(prefix, name)| !name.starts_with(prefix.as_str())).map(|(_, name)| name.clone()).collect();
    hold("A migration is out of order.", "number it 0001_, 0002_, ... after the last one in main.", &broken);
}

#[test]
fn engine_words_are_found() {
    let bad = File { path: "m.sql".into(), text: "create table a (id integer primary key AUTOINCREMENT);".into() };
    assert_eq!(engine_words(&bad).len(), 1);
    let fine = File { path: "m.sql".into(), text: "-- now\ninsert into a values ('serial now');".into() };
    assert!(engine_words(&fine).is_empty());
}

fn migrations() -> Vec<File> {
    let mut found: Vec<File> =
        files().into_iter().filter(|file| file.path.starts_with("migrations/") && file.is("sql")).collect();
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn engine_words(file: &File) -> Vec<String> {
    let mut broken = Vec::new();
    for (at, line) in file.text.lines().enumerate() {
        let code = without_literals(line.split("--").next().unwrap_or_default()).to_lowercase();
        let words = code.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$'));
        let bad = words.filter(|word| ENGINE_WORDS.contains(word));
        broken.extend(bad.map(|word| format!("{}:{}: {word}", file.path, at + 1)));
        if code.contains("::") {
            broken.push(format!("{}:{}: a cast with two colons", file.path, at + 1));
        }
    }
    broken
}

/// Every second part between quotes is text (a doubled quote only splits a text in two).
fn without_literals(code: &str) -> String {
    code.split('\'').step_by(2).collect::<Vec<_>>().join(" ")
}
