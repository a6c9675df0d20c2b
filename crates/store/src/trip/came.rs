//! Stops that a vehicle came to, each with what had been promised of it: what the accuracy of promises is counted from. No
//! person, no vehicle.

use super::promise::{Columns, Promise, promise};
use crate::{Conn, Error, Micros};
use chrono::{DateTime, TimeDelta, Utc};
use homeward_domain::access::Scope;
use homeward_domain::{StopId, code};
use std::collections::HashMap;
use uuid::Uuid;

/// A stop that was reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Came {
    /// Who waited there.
    pub receiver: code::Receiver,
    /// When the vehicle stood at the gate.
    pub at: DateTime<Utc>,
    /// Everything that was promised of it, in order.
    pub promises: Vec<Promise>,
}

/// A limit on everything: a district at its peak reaches 200 stops a day.
pub const CAME_MAX: usize = 50_000;
/// Nobody is told of a trip longer than this before it comes; older promises are not looked for.
const TOLD_BEFORE_MAX: TimeDelta = TimeDelta::days(3);

/// The stops of the scope's district that were reached from an instant on and before another, the newest [`CAME_MAX`]. A scope
/// without a district counts all: numbers name nobody.
pub async fn between(
    conn: &mut Conn,
    scope: &Scope,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<Came>, Error> {
    let reached: Vec<(Uuid, String, Micros)> = conn
        .sql(
            "select stop.id, stop.receiver, stop.arrived_at from stop join trip on trip.id = stop.trip
             where stop.arrived_at >= $1 and stop.arrived_at < $2 and ($3 is null or trip.district = $3)
             order by stop.arrived_at desc limit $4",
        )
        .bind(Micros::from(from))
        .bind(Micros::from(until))
        .bind(scope.district().map(str::to_owned))
        .bind(i64::try_from(CAME_MAX).expect("fifty thousand fit"))
        .all()
        .await?;
    let mut promises = promises(conn, scope, (from, until)).await?;
    let came = |(id, receiver, at): (Uuid, String, Micros)| {
        let receiver = code::Receiver::parse(&receiver).map_err(|_| Error::corrupt("stop", "receiver", id))?;
        Ok(Came { receiver, at: at.at(), promises: promises.remove(&StopId::new(id)).unwrap_or_default() })
    };
    reached.into_iter().map(came).collect()
}

async fn promises(
    conn: &mut Conn,
    scope: &Scope,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<HashMap<StopId, Vec<Promise>>, Error> {
    let rows: Vec<Columns> = conn
        .sql(
            "select promise.stop, promise.at, promise.stage, promise.basis, promise.p10, promise.p50, promise.p90,
                    promise.go_at, promise.lead_seconds
             from promise join stop on stop.id = promise.stop join trip on trip.id = stop.trip
             where promise.at >= $1 and promise.at < $2 and stop.arrived_at >= $3 and stop.arrived_at < $2
               and ($4 is null or trip.district = $4)
             order by promise.stop, promise.at",
        )
        .bind(Micros::from(from - TOLD_BEFORE_MAX))
        .bind(Micros::from(until))
        .bind(Micros::from(from))
        .bind(scope.district().map(str::to_owned))
        .all()
        .await?;
    let mut by_stop: HashMap<StopId, Vec<Promise>> = HashMap::new();
    for promise in rows.into_iter().map(promise) {
        by_stop.entry(promise.stop).or_default().push(promise);
    }
    Ok(by_stop)
}
