//! What arrival estimates have learnt: rows, and how often they were changed. What they mean is not known here.

use crate::rows::Rows;
use crate::{Conn, Error};

/// More rows than this are not loaded: a city of 2,000 gates has a hundred thousand.
const ROWS_MAX: i64 = 2_000_000;

/// One row, as it is remembered.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct Row {
    /// Names it.
    pub key: String,
    /// Best guess.
    pub mean: f64,
    /// Squared doubt.
    pub variance: f64,
    /// From how much it was learnt.
    pub count: f64,
    /// When it last was, seconds since 1970.
    pub at: f64,
}

/// How often the model was changed, and when all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct Version {
    /// Counts changes of rows and of words.
    pub version: i64,
    /// The version at which every row was made anew; 0 if it never was.
    pub anew: i64,
}

/// How often it was changed.
pub async fn version(conn: &mut Conn) -> Result<Version, Error> {
    conn.sql("select version, anew from model where id = 1").one().await
}

/// The rows that were written after a version, by key.
pub async fn newer(conn: &mut Conn, version: i64) -> Result<Vec<Row>, Error> {
    conn.sql("select key, mean, variance, count, at from model_row where version > $1 order by key limit $2")
        .bind(version)
        .bind(ROWS_MAX)
        .all()
        .await
}

/// Writes rows, each in the place of the one of its key, as of a version. A key stands in them once.
pub async fn put(conn: &mut Conn, rows: &[Row], version: i64) -> Result<(), Error> {
    let rows: Rows<'_> = rows
        .iter()
        .map(|Row { key, mean, variance, count, at }| {
            [key.as_str().into(), (*mean).into(), (*variance).into(), (*count).into(), (*at).into(), version.into()]
        })
        .collect();
    conn.over(
        "insert into model_row (key, mean, variance, count, at, version)
         select {0 text}, {1 real}, {2 real}, {3 real}, {4 real}, {5 int} from {rows} where true
         on conflict (key) do update set mean = excluded.mean, variance = excluded.variance, count = excluded.count,
             at = excluded.at, version = excluded.version",
        &rows,
    )
    .run()
    .await?;
    Ok(())
}

/// Says that something was changed; gives the new version.
pub async fn turn(conn: &mut Conn) -> Result<i64, Error> {
    let (version,): (i64,) =
        conn.sql("update model set version = version + 1 where id = 1 returning version").one().await?;
    Ok(version)
}

/// Takes every row away, because all of them are made anew at this version.
pub async fn clear(conn: &mut Conn, version: i64) -> Result<(), Error> {
    conn.sql("delete from model_row").run().await?;
    conn.sql("update model set anew = $1 where id = 1").bind(version).run().await?;
    Ok(())
}
