//! Every statement of the crate is found in its sources and prepared against the migrated schema.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

use homeward_store::{Conn, Keys, Store};

/// A statement as it stands in a source: the first literal after `.sql(`, or a `const` that is handed to it.
fn statements(source: &str) -> Vec<String> {
    let code = source.split("#[cfg(test)]").next().unwrap_or_default();
    code.match_indices(".sql(").filter_map(|(at, _)| text(code, code[at + 5..].trim_start())).collect()
}

/// The text of a literal, or of the constant named here.
fn text(code: &str, argument: &str) -> Option<String> {
    if let Some(literal) = argument.strip_prefix('"') {
        return Some(unescape(literal));
    }
    let name: String = argument.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
    let declared = code.find(&format!("const {name}: &str ="))?;
    let literal = code[declared..].split_once('"')?.1;
    Some(unescape(literal))
}

/// The inside of a string literal, to its closing quote.
fn unescape(literal: &str) -> String {
    let mut text = String::new();
    let mut letters = literal.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => break,
            '\\' => match letters.next() {
                Some('\n') => while letters.next_if(|space| space.is_whitespace()).is_some() {},
                Some('n') => text.push('\n'),
                Some(other) => text.push(other),
                None => break,
            },
            other => text.push(other),
        }
    }
    text
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let inner = folders.iter().flat_map(|folder| sources(folder));
    files.into_iter().filter(|file| file.extension().is_some_and(|kind| kind == "rs")).chain(inner).collect()
}

#[tokio::test]
async fn every_statement_is_understood_by_the_engine() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("a.db").display());
    let store = Store::open(&url, Keys::from_bytes([1; 32])).await.unwrap();
    let mut unit = store.begin().await.unwrap();
    let (mut found, mut wrong) = (0, Vec::new());
    for path in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let source = std::fs::read_to_string(&path).unwrap();
        let calls = source.split("#[cfg(test)]").next().unwrap_or_default().matches(".sql(").count();
        let statements = statements(&source);
        assert_eq!(statements.len(), calls, "{}: a statement is neither a literal nor a constant", path.display());
        for sql in statements {
            found += 1;
            if let Err(why) = prepare(unit.conn(), &sql).await {
                wrong.push(format!("{}: {why}\n{sql}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(found > 10, "only {found} statements were found: does the scan still see them?");
}

/// `explain` compiles a statement without running it.
async fn prepare(conn: &mut Conn, sql: &str) -> Result<(), String> {
    let explained: &'static str = Box::leak(format!("explain {sql}").into_boxed_str());
    conn.sql(explained).run().await.map(drop).map_err(|error| {
        let source = std::error::Error::source(&error).map(ToString::to_string);
        source.unwrap_or_else(|| error.to_string())
    })
}

#[test]
fn the_scan_reads_what_rustfmt_writes() {
    let source = "conn.sql(\n  \"select 1\n   from \\\"t\\\"\",\n) const B: &str = \"begin\"; c.sql(B) x.sql(other)";
    assert_eq!(statements(source), ["select 1\n   from \"t\"", "begin"]);
}

#[tokio::test]
async fn no_two_unique_indexes_share_their_columns() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("a.db").display());
    let store = Store::open(&url, Keys::from_bytes([1; 32])).await.unwrap();
    let twice = "select t.name, group_concat(distinct i.name) from sqlite_schema t, pragma_index_list(t.name) i,
        (select group_concat(name) as columns, idx from (select il.name as idx, ii.name from sqlite_schema s,
         pragma_index_list(s.name) il, pragma_index_info(il.name) ii where s.type = 'table') group by idx) c
        where t.type = 'table' and i.\"unique\" = 1 and c.idx = i.name group by t.name, c.columns having count(*) > 1";
    let found: Vec<(String, String)> = store.read().await.unwrap().sql(twice).all().await.unwrap();
    assert!(found.is_empty(), "a conflict could not tell which: {found:?}");
}
