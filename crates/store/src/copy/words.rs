//! A row as a JSON array, written and read by either engine: ids and bytes in hexadecimal, documents as they are.

use crate::table::{Kind, Table};

#[derive(Clone, Copy)]
pub(super) enum Engine {
    Sqlite,
    Postgres,
}

/// One consistent state, however long the reading takes; it begins with the first read.
pub(super) const fn snapshot(of: Engine) -> &'static str {
    match of {
        Engine::Sqlite => "begin",
        Engine::Postgres => "begin isolation level repeatable read read only",
    }
}

/// Every row of a table, as text, in the order of its first column, so that what refers to its own table comes later.
pub(super) fn select(table: &Table, from: Engine) -> String {
    let values: Vec<String> = table.columns.iter().map(|(column, kind)| written(column, *kind, from)).collect();
    let array = match from {
        Engine::Sqlite => format!("json_array({})", values.join(", ")),
        Engine::Postgres => format!("cast(jsonb_build_array({}) as text)", values.join(", ")),
    };
    format!("select {array} from {} order by {}", table.name, table.columns[0].0)
}

fn written(column: &str, kind: Kind, from: Engine) -> String {
    match (kind, from) {
        (Kind::Integer | Kind::Text, _) | (Kind::Document | Kind::Real, Engine::Postgres) => column.to_owned(),
        // As text, because JSON of SQLite keeps fifteen digits and a double has seventeen; and a number that is not there stays so,
        // where the engine would write a zero.
        (Kind::Real, Engine::Sqlite) => format!("case when {column} is not null then printf('%!.17g', {column}) end"),
        (Kind::Document, Engine::Sqlite) => format!("json({column})"),
        (Kind::Uuid | Kind::Bytes, Engine::Sqlite) => format!("case when {column} is not null then hex({column}) end"),
        (Kind::Uuid, Engine::Postgres) => format!("replace(cast({column} as text), '-', '')"),
        (Kind::Bytes, Engine::Postgres) => format!("encode({column}, 'hex')"),
    }
}

/// Takes a set of such rows, a JSON array of them in the only parameter.
pub(super) fn insert(table: &Table, into: Engine) -> String {
    let names: Vec<&str> = table.columns.iter().map(|(column, _)| column.as_str()).collect();
    let values: Vec<String> = (0..).zip(&table.columns).map(|(at, (_, kind))| read(at, *kind, into)).collect();
    let set = match into {
        Engine::Sqlite => "json_each($1)",
        Engine::Postgres => "jsonb_array_elements(cast($1 as jsonb))",
    };
    format!("insert into {} ({}) select {} from {set}", table.name, names.join(", "), values.join(", "))
}

fn read(at: usize, kind: Kind, into: Engine) -> String {
    match (kind, into) {
        (Kind::Integer | Kind::Text, Engine::Sqlite) | (Kind::Text, Engine::Postgres) => format!("value ->> {at}"),
        (Kind::Real, Engine::Sqlite) => format!("cast(value ->> {at} as real)"),
        (Kind::Document, _) => format!("nullif(value -> {at}, 'null')"),
        (Kind::Uuid | Kind::Bytes, Engine::Sqlite) => format!("unhex(value ->> {at})"),
        (Kind::Integer, Engine::Postgres) => format!("cast(value ->> {at} as bigint)"),
        (Kind::Real, Engine::Postgres) => format!("cast(value ->> {at} as double precision)"),
        (Kind::Uuid, Engine::Postgres) => format!("cast(value ->> {at} as uuid)"),
        (Kind::Bytes, Engine::Postgres) => format!("decode(value ->> {at}, 'hex')"),
    }
}
