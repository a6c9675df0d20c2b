//! What operators said of the roads: for how long, in which district, and who ended it early.

use crate::veil::Veiled;
use crate::{Conn, Error, Keys, Micros, spell};
use chrono::{DateTime, Utc};
use homeward_domain::road_word::RoadWord;
use homeward_domain::spell::Ended;
use homeward_domain::{AccountId, Jurisdiction, RoadWordId};
use uuid::Uuid;

/// More words than this do not hold at once: a hundred districts with ten each.
const WORDS_MAX: i64 = 1_000;

#[derive(sqlx::FromRow)]
struct Columns {
    id: Uuid,
    district: Option<String>,
    factor: f64,
    #[sqlx(flatten)]
    spell: spell::Columns,
}

impl Columns {
    fn word(self, keys: &Keys) -> Result<RoadWord, Error> {
        let district = self.district.as_deref().map(Jurisdiction::parse).transpose();
        Ok(RoadWord {
            id: RoadWordId::new(self.id),
            district: district.map_err(|_| Error::corrupt("road_word", "district", self.id))?,
            factor: self.factor,
            spell: self.spell.open(keys)?,
        })
    }
}

/// Writes a new one.
pub async fn insert(conn: &mut Conn, word: &RoadWord, account: AccountId) -> Result<(), Error> {
    let [reason, by] = [&word.spell.reason, &word.spell.by].map(|said| Veiled::of(conn.keys(), said));
    conn.sql(
        "insert into road_word (id, district, factor, begins, ends, reason, said_by, account, said_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(word.id.uuid())
    .bind(word.district.as_ref().map(|district| district.as_str().to_owned()))
    .bind(word.factor)
    .bind(Micros::from(word.spell.begins))
    .bind(Micros::from(word.spell.ends))
    .bind(reason)
    .bind(by)
    .bind(account.uuid())
    .bind(Micros::from(word.spell.at))
    .run()
    .await?;
    Ok(())
}

/// Those that hold or will, oldest first.
pub async fn open(conn: &mut Conn, now: DateTime<Utc>) -> Result<Vec<RoadWord>, Error> {
    let rows: Vec<Columns> = conn
        .sql(
            "select id, district, factor, begins, ends, reason, said_by, said_at, ended_by, ended_at from road_word
             where ends > $1 and ended_at is null order by said_at, id limit $2",
        )
        .bind(Micros::from(now))
        .bind(WORDS_MAX)
        .all()
        .await?;
    rows.into_iter().map(|row| row.word(conn.keys())).collect()
}

/// One of them.
pub async fn load(conn: &mut Conn, id: RoadWordId) -> Result<Option<RoadWord>, Error> {
    let row: Option<Columns> = conn
        .sql(
            "select id, district, factor, begins, ends, reason, said_by, said_at, ended_by, ended_at from road_word
             where id = $1",
        )
        .bind(id.uuid())
        .maybe()
        .await?;
    row.map(|row| row.word(conn.keys())).transpose()
}

/// Ends one early.
pub async fn end(conn: &mut Conn, id: RoadWordId, ended: &Ended) -> Result<(), Error> {
    let by = Veiled::of(conn.keys(), &ended.by);
    conn.sql("update road_word set ended_by = $2, ended_at = $3 where id = $1")
        .bind(id.uuid())
        .bind(by)
        .bind(Micros::from(ended.at))
        .run()
        .await?;
    Ok(())
}

/// Those that held at an instant, over or not.
pub async fn holding(conn: &mut Conn, at: DateTime<Utc>) -> Result<Vec<RoadWord>, Error> {
    let rows: Vec<Columns> = conn
        .sql(
            "select id, district, factor, begins, ends, reason, said_by, said_at, ended_by, ended_at from road_word
             where begins <= $1 and ends > $1 and (ended_at is null or ended_at > $1) order by said_at, id limit $2",
        )
        .bind(Micros::from(at))
        .bind(WORDS_MAX)
        .all()
        .await?;
    rows.into_iter().map(|row| row.word(conn.keys())).collect()
}
