//! The names of the constraints, as the migrations wrote them.
//!
//! PostgreSQL tells a constraint's name; SQLite tells it only inside its message, and for uniqueness it tells the
//! columns instead. So the unique indexes are read once at opening: columns → name. The index of a `constraint … unique` has a name of
//! SQLite's own; that of the constraint stands in the text of the table only. Two unique indexes over the same columns of one table cannot
//! be told apart; a test forbids them.

use std::collections::HashMap;

use sqlx::sqlite::SqliteConnection;

/// `"table.a, table.b"` → the name of what keeps it unique.
#[derive(Debug, Default)]
pub(crate) struct Names(HashMap<String, String>);

const UNIQUE: &str =
    "select t.name as on_table, i.name, i.origin, group_concat(t.name || '.' || c.name, ', ' order by c.seqno)
    from sqlite_schema t, pragma_index_list(t.name) i, pragma_index_info(i.name) c
    where t.type = 'table' and i.\"unique\" = 1 group by t.name, i.name, i.origin";

/// A table that is keyed by its row id has no index for its primary key.
const ROW_KEY: &str = "select t.name, t.name || '.' || c.name from sqlite_schema t, pragma_table_info(t.name) c
    where t.type = 'table' and c.pk = 1";

/// The tables as they were written.
const TABLES: &str = "select name, sql from sqlite_schema where type = 'table' and sql is not null";

impl Names {
    pub(crate) async fn read(conn: &mut SqliteConnection) -> Result<Self, sqlx::Error> {
        let mut names = HashMap::new();
        for (table, columns) in sqlx::query_as::<_, (String, String)>(ROW_KEY).fetch_all(&mut *conn).await? {
            names.insert(columns, format!("{table}_pkey"));
        }
        let rows = sqlx::query_as::<_, (String, String, String, Option<String>)>(UNIQUE).fetch_all(&mut *conn).await?;
        for (table, index, origin, columns) in rows {
            let name = if origin == "pk" { format!("{table}_pkey") } else { index };
            names.insert(columns.unwrap_or_default(), name);
        }
        for (table, text) in sqlx::query_as::<_, (String, String)>(TABLES).fetch_all(conn).await? {
            names.extend(named(&table, &text));
        }
        Ok(Self(names))
    }

    /// The constraint that SQLite's message is about, if it is about one.
    pub(crate) fn find(&self, message: &str) -> Option<String> {
        let (what, detail) = message.split_once(" constraint failed")?;
        let detail = detail.trim_start_matches(": ");
        Some(match what {
            "UNIQUE" => self.unique(detail),
            "NOT NULL" => format!("{}_not_null", detail.replace('.', "_")),
            "FOREIGN KEY" => "foreign_key".to_owned(),
            // A check is told by its name.
            _ => detail.to_owned(),
        })
    }

    /// `index 'name'` is how an index over an expression is told.
    fn unique(&self, detail: &str) -> String {
        let index = detail.strip_prefix("index '").and_then(|rest| rest.strip_suffix('\''));
        let known = index.or_else(|| self.0.get(detail).map(String::as_str));
        known.unwrap_or(detail).to_owned()
    }
}

/// The named unique constraints of a table, by their columns as SQLite tells them.
fn named(table: &str, text: &str) -> Vec<(String, String)> {
    let plain: String = text.lines().map(|line| line.split("--").next().unwrap_or(line)).collect::<Vec<_>>().join(" ");
    definitions(&plain).into_iter().filter_map(|definition| unique_by_name(table, definition)).collect()
}

/// What stands between the commas of a table's outer parentheses.
fn definitions(text: &str) -> Vec<&str> {
    let Some((open, close)) = text.find('(').zip(text.rfind(')')) else { return Vec::new() };
    let (mut depth, mut from, mut all) = (0, open + 1, Vec::new());
    for (at, sign) in text[..close].char_indices().skip_while(|(at, _)| *at <= open) {
        match sign {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' if depth == 0 => {
                all.push(&text[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    all.push(&text[from..close]);
    all
}

/// `constraint NAME unique (COLUMNS)`, or `COLUMN … constraint NAME unique`.
fn unique_by_name(table: &str, definition: &str) -> Option<(String, String)> {
    let column = definition.split_whitespace().next()?;
    let (name, rest) = definition.match_indices("constraint ").find_map(|(at, word)| {
        let (name, rest) = definition[at + word.len()..].trim_start().split_once(char::is_whitespace)?;
        Some((name, rest.trim_start().strip_prefix("unique")?))
    })?;
    let listed = rest.trim_start().strip_prefix('(').and_then(|rest| rest.split_once(')'));
    let columns = listed.map_or(column, |(columns, _)| columns);
    let columns: Vec<String> = columns.split(',').map(|column| format!("{table}.{}", column.trim())).collect();
    Some((columns.join(", "), name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn a_unique_constraint_is_known_by_its_columns() {
        let text = "create table t (\n a blob not null, -- constraint x unique (a)\n b text constraint b_once unique, \
            c text check (c in ('d', 'e')),\n constraint d_unique unique (a, c), unique (b, c), constraint odd check (a <> b)) strict";
        let pair = |columns: &str, name: &str| (columns.to_owned(), name.to_owned());
        assert_eq!(named("t", text), [pair("t.b", "b_once"), pair("t.a, t.c", "d_unique")]);
    }
}
