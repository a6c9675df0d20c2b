//! What came out of trips, in the order in which it was learnt: from these the model can be made again.

use crate::{Conn, Error, Micros};
use chrono::{DateTime, Utc};
use homeward_domain::{Point, TripId};
use uuid::Uuid;

/// One thing that came out.
#[derive(Debug, Clone, PartialEq)]
pub struct Lesson {
    /// Of which trip.
    pub trip: TripId,
    /// When it was over.
    pub ended_at: DateTime<Utc>,
    /// What.
    pub what: What,
}

/// What came out.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// A stage took its time.
    Took {
        /// Code of the stage.
        part: String,
        /// Where it began.
        from: Point,
        /// Where it led.
        to: Point,
        /// When it began.
        began_at: DateTime<Utc>,
        /// What operators had said, as one factor.
        words: f64,
        /// How much it counts.
        weight: f64,
    },
    /// Who was first at a gate.
    First {
        /// How long the squad needs to the gate.
        lead_minutes: f64,
        /// Whether it was the vehicle.
        vehicle: bool,
    },
}

const FIRST: &str = "first";

#[derive(sqlx::FromRow)]
struct Columns {
    number: i64,
    trip: Uuid,
    part: String,
    from_lat: Option<f64>,
    from_lon: Option<f64>,
    to_lat: Option<f64>,
    to_lon: Option<f64>,
    began_at: Option<Micros>,
    ended_at: Micros,
    words: Option<f64>,
    weight: Option<f64>,
    lead_minutes: Option<f64>,
    vehicle: Option<i64>,
}

impl Columns {
    fn lesson(self) -> Result<Lesson, Error> {
        let (number, trip, ended_at) = (self.number, TripId::new(self.trip), self.ended_at.at());
        let what = self.what().ok_or_else(|| Error::corrupt("lesson", "part", number))?;
        Ok(Lesson { trip, ended_at, what })
    }

    fn what(self) -> Option<What> {
        if self.part == FIRST {
            return Some(What::First { lead_minutes: self.lead_minutes?, vehicle: self.vehicle? == 1 });
        }
        Some(What::Took {
            from: Point::parse(self.from_lat?, self.from_lon?).ok()?,
            to: Point::parse(self.to_lat?, self.to_lon?).ok()?,
            began_at: self.began_at?.at(),
            words: self.words?,
            weight: self.weight?,
            part: self.part,
        })
    }
}

/// Writes one down, after all that were written before.
pub async fn add(conn: &mut Conn, lesson: &Lesson) -> Result<(), Error> {
    let (number,): (i64,) = conn.sql("select coalesce(max(number), 0) + 1 from lesson").one().await?;
    let (part, took, first) = match &lesson.what {
        What::Took { part, from, to, began_at, words, weight } => {
            (part.as_str(), Some((from, to, *began_at, *words, *weight)), None)
        }
        What::First { lead_minutes, vehicle } => (FIRST, None, Some((*lead_minutes, i64::from(*vehicle)))),
    };
    conn.sql(
        "insert into lesson (number, trip, part, from_lat, from_lon, to_lat, to_lon, began_at, ended_at, words, weight,
                             lead_minutes, vehicle)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    )
    .bind(number)
    .bind(lesson.trip.uuid())
    .bind(part)
    .bind(took.map(|took| took.0.lat()))
    .bind(took.map(|took| took.0.lon()))
    .bind(took.map(|took| took.1.lat()))
    .bind(took.map(|took| took.1.lon()))
    .bind(took.map(|took| Micros::from(took.2)))
    .bind(Micros::from(lesson.ended_at))
    .bind(took.map(|took| took.3))
    .bind(took.map(|took| took.4))
    .bind(first.map(|first| first.0))
    .bind(first.map(|first| first.1))
    .run()
    .await?;
    Ok(())
}

/// The lessons after a number, at most so many, each with its number.
pub async fn after(conn: &mut Conn, number: i64, most: i64) -> Result<Vec<(i64, Lesson)>, Error> {
    let rows: Vec<Columns> = conn
        .sql(
            "select number, trip, part, from_lat, from_lon, to_lat, to_lon, began_at, ended_at, words, weight,
                    lead_minutes, vehicle
             from lesson where number > $1 order by number limit $2",
        )
        .bind(number)
        .bind(most)
        .all()
        .await?;
    rows.into_iter().map(|row| Ok((row.number, row.lesson()?))).collect()
}
