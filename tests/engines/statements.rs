//! Every statement of the store is found in its sources and prepared on both engines against the migrated schema; both
//! have to give the same columns.

use std::path::{Path, PathBuf};

use homeward_store::{Store, check, set};
use homeward_tests::Engine;

/// What one statement says to SQLite and to PostgreSQL.
type Pair = (String, String);

/// The statements of a source: the literal or the `const` after `.sql(`, the two after `.either(`, and what `.over(` makes of
/// its one.
fn statements(source: &str) -> Vec<Option<Pair>> {
    let code = told(source);
    let same = code.match_indices(".sql(").flat_map(|(at, call)| {
        let argument = code[at + call.len()..].trim_start();
        let twice = |sql: Option<(String, &str)>| sql.map(|(sql, _)| (sql.clone(), sql));
        chosen(argument).map(|argument| twice(text(code, argument))).collect::<Vec<_>>()
    });
    let pairs = code.match_indices(".either(").map(|(at, call)| {
        let (sqlite, rest) = text(code, code[at + call.len()..].trim_start())?;
        let (postgres, _) = text(code, rest.trim_start().strip_prefix(',')?.trim_start())?;
        Some((sqlite, postgres))
    });
    let sets = code.match_indices(".over(").map(|(at, call)| {
        let (sql, _) = text(code, code[at + call.len()..].trim_start())?;
        let words = set::words(Box::leak(sql.into_boxed_str()));
        Some((words.sqlite.clone(), words.postgres.clone()))
    });
    same.chain(pairs).chain(sets).collect()
}

/// The statements each engine was given words of its own for.
fn pairs(source: &str) -> usize {
    told(source).matches(".either(").count()
}

/// The one text, or the two that `if … { ONE } else { OTHER }` chooses from.
fn chosen(argument: &str) -> impl Iterator<Item = &str> {
    let choice = argument.strip_prefix("if ").and_then(|rest| rest.split_once(')')).map(|(choice, _)| choice);
    let one = choice.is_none().then_some(argument);
    one.into_iter().chain(choice.into_iter().flat_map(|choice| choice.split("{ ").skip(1)))
}

/// A source without its own tests.
fn told(source: &str) -> &str {
    source.split("#[cfg(test)]").next().unwrap_or_default()
}

/// The text of a literal, or of the constant named here; and what follows it.
fn text<'c>(code: &'c str, argument: &'c str) -> Option<(String, &'c str)> {
    if let Some(literal) = argument.strip_prefix('"') {
        return Some(unescape(literal));
    }
    let end = argument.find(|letter: char| !letter.is_alphanumeric() && letter != '_')?;
    let (name, rest) = argument.split_at(end);
    let declared = code.find(&format!("const {name}: &str ="))?;
    let literal = code[declared..].split_once('"')?.1;
    Some((unescape(literal).0, rest))
}

/// The inside of a string literal, to its closing quote; and what follows it.
fn unescape(literal: &str) -> (String, &str) {
    let mut text = String::new();
    let mut letters = literal.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => break,
            '\\' => match letters.next() {
                Some('\n') => letters = letters.as_str().trim_start().chars(),
                Some('n') => text.push('\n'),
                Some(other) => text.push(other),
                None => break,
            },
            other => text.push(other),
        }
    }
    (text, letters.as_str())
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let inner = folders.iter().flat_map(|folder| sources(folder));
    files.into_iter().filter(|file| file.extension().is_some_and(|kind| kind == "rs")).chain(inner).collect()
}

/// The executor hands its callers' text on; it has none of its own.
const EXECUTOR: &str = "conn.rs";

/// Every source of the store but the executor's, with its text.
fn every_source() -> Vec<(PathBuf, String)> {
    let store = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/store/src");
    let paths = sources(&store).into_iter().filter(|path| !path.ends_with(EXECUTOR));
    paths.map(|path| (path.clone(), std::fs::read_to_string(path).unwrap())).collect()
}

fn every_statement() -> Vec<(PathBuf, Pair)> {
    let mut all = Vec::new();
    for (path, source) in every_source() {
        for statement in statements(&source) {
            let statement = statement.unwrap_or_else(|| panic!("{}: a statement that is no text", path.display()));
            all.push((path.clone(), statement));
        }
    }
    assert!(all.len() > 80, "only {} statements were found: does the scan still see them?", all.len());
    all
}

#[tokio::test]
async fn both_engines_understand_every_statement_and_give_the_same_columns() {
    let (_file, lite) = crate::opened(Engine::Sqlite).await;
    let (_database, post) = crate::opened(Engine::Postgres).await;
    let mut wrong = Vec::new();
    let statements = every_statement();
    for (path, (sqlite, postgres)) in &statements {
        let told = (columns(&lite, sqlite).await, columns(&post, &typed(postgres)).await);
        match told {
            (Ok(of_sqlite), Ok(of_postgres)) if alike(&of_sqlite, &of_postgres) => {}
            other => wrong.push(format!("{}: {other:?}\n{sqlite}", path.display())),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    let pairs: usize = every_source().iter().map(|(_, source)| pairs(source)).sum();
    let all = statements.len() + laws(&lite).await.max(laws(&post).await);
    assert!(pairs * 20 <= all, "{pairs} of {all} statements are pairs: write one text");
}

/// The laws are statements too; an empty register breaks none, on either engine.
async fn laws(store: &Store) -> usize {
    let findings = check::laws(store.read().await.unwrap().conn()).await.unwrap();
    assert!(findings.iter().all(|finding| finding.broken == 0), "{findings:?}");
    findings.len()
}

/// `$1 is null` tells PostgreSQL no type; the executor sends the type with the value, here there is none.
fn typed(sql: &str) -> String {
    (1..=9).fold(sql.to_owned(), |sql, number| sql.replace(&format!("${number} is null"), "false"))
}

/// What is computed has no name that both would give; everything else has.
fn alike(sqlite: &[String], postgres: &[String]) -> bool {
    let named = |name: &str| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    sqlite.len() == postgres.len() && sqlite.iter().zip(postgres).all(|(lite, post)| !named(lite) || lite == post)
}

/// A unit of its own, because a statement that fails ends a transaction of PostgreSQL.
async fn columns(store: &Store, sql: &str) -> Result<Vec<String>, String> {
    let sql: &'static str = Box::leak(sql.to_owned().into_boxed_str());
    let mut unit = store.begin().await.unwrap();
    unit.conn().columns(sql).await.map_err(|error| {
        let source = std::error::Error::source(&error).map(ToString::to_string);
        source.unwrap_or_else(|| error.to_string())
    })
}

#[test]
fn the_scan_reads_what_rustfmt_writes() {
    let source = "conn.sql(\n  \"select 1\n   from \\\"t\\\"\",\n) const B: &str = \"begin\"; c.sql(B) x.sql(other)
        .either(\n \"a\",\n \"b \\\n  c\",\n) x.over(\"{0 uuid} {rows}\", &rows)";
    let same = |text: &str| Some((text.to_owned(), text.to_owned()));
    let pair = Some(("a".to_owned(), "b c".to_owned()));
    let [lite, post] = ["unhex(value ->> 0) jsonb_each($1)", "m0 unnest($1::uuid[]) as given (m0)"];
    let set = Some((lite.to_owned(), post.to_owned()));
    assert_eq!(statements(source), [same("select 1\n   from \"t\""), same("begin"), None, pair, set]);
}

#[tokio::test]
async fn no_two_unique_indexes_share_their_columns() {
    let (_register, store) = crate::opened(Engine::Sqlite).await;
    let twice = "select t.name, group_concat(distinct i.name) from sqlite_schema t, pragma_index_list(t.name) i,
        (select group_concat(name) as columns, idx from (select il.name as idx, ii.name from sqlite_schema s,
         pragma_index_list(s.name) il, pragma_index_info(il.name) ii where s.type = 'table') group by idx) c
        where t.type = 'table' and i.\"unique\" = 1 and c.idx = i.name group by t.name, c.columns having count(*) > 1";
    let found: Vec<(String, String)> = store.read().await.unwrap().sql(twice).all().await.unwrap();
    assert!(found.is_empty(), "a conflict could not tell which: {found:?}");
}
