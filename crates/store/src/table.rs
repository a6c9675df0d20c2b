//! The tables as the migrations made them: what a copy carries over, column by column, in an order in which nothing refers
//! to what is not there yet.

use crate::schema;

/// A column, by the dialect word it was made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Uuid,
    Integer,
    Real,
    Bytes,
    Text,
    Document,
}

/// A table with its columns, in the order of its making.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    pub name: String,
    pub columns: Vec<(String, Kind)>,
}

/// What belongs to the nodes that run and not to the register.
const NOT_CARRIED: [&str; 1] = ["lease"];

/// Every table that is carried over, each after those it refers to.
pub(crate) fn all() -> Vec<Table> {
    let mut tables = Vec::new();
    for text in schema::texts() {
        read(text, &mut tables);
    }
    tables.retain(|table| !NOT_CARRIED.contains(&table.name.as_str()));
    tables
}

fn read(text: &str, tables: &mut Vec<Table>) {
    for line in text.lines().filter(|line| !line.trim_start().starts_with("--")) {
        let words: Vec<&str> = line.split_ascii_whitespace().collect();
        match words[..] {
            ["create", "table", name, ..] => tables.push(Table { name: name.into(), columns: Vec::new() }),
            ["alter", "table", name, "add", "column", column, word, ..] => {
                let table = tables.iter_mut().find(|table| table.name == name);
                let table = table.expect("a step alters what a step made");
                table.columns.extend(kind(word).map(|kind| (column.to_owned(), kind)));
            }
            [column, word, ..] if line.starts_with("    ") => {
                if let (Some(table), Some(kind)) = (tables.last_mut(), kind(word)) {
                    table.columns.push((column.to_owned(), kind));
                }
            }
            _ => {}
        }
    }
}

fn kind(word: &str) -> Option<Kind> {
    Some(match word.trim_end_matches([',', ';']) {
        "$UUID" => Kind::Uuid,
        "$INT8" | "$INSTANT" => Kind::Integer,
        "$REAL" => Kind::Real,
        "$BYTES" => Kind::Bytes,
        "$TEXT" => Kind::Text,
        "$DOC" => Kind::Document,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Kind, all, schema};

    #[test]
    fn every_column_of_every_table_is_seen() {
        let tables = all();
        let words = ["$UUID", "$INT8", "$INSTANT", "$REAL", "$BYTES", "$TEXT", "$DOC"];
        let plain = |line: &&str| !line.trim_start().starts_with("--");
        let lines = schema::texts().flat_map(str::lines).filter(plain);
        let columns = lines.filter(|line| words.iter().any(|word| line.contains(word))).count();
        let lease = 4;
        assert_eq!(tables.iter().map(|table| table.columns.len()).sum::<usize>() + lease, columns);
        let stream = tables.iter().find(|table| table.name == "stream").expect("the feed's");
        let named = |name: &str, kind| (name.to_owned(), kind);
        assert_eq!(stream.columns, [named("id", Kind::Text), named("epoch", Kind::Text), named("seq", Kind::Integer)]);
    }
}
