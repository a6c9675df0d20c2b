//! The names of the constraints, as the migrations wrote them.
//!
//! PostgreSQL tells a constraint's name; SQLite tells it only inside its message, and for uniqueness it tells the
//! columns instead. So the unique indexes are read once at opening: columns → name. Two unique indexes over the same
//! columns of one table cannot be told apart; a test forbids them.

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

impl Names {
    pub(crate) async fn read(conn: &mut SqliteConnection) -> Result<Self, sqlx::Error> {
        let mut names = HashMap::new();
        for (table, columns) in sqlx::query_as::<_, (String, String)>(ROW_KEY).fetch_all(&mut *conn).await? {
            names.insert(columns, format!("{table}_pkey"));
        }
        let rows = sqlx::query_as::<_, (String, String, String, Option<String>)>(UNIQUE).fetch_all(conn).await?;
        for (table, index, origin, columns) in rows {
            let name = if origin == "pk" { format!("{table}_pkey") } else { index };
            names.insert(columns.unwrap_or_default(), name);
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
