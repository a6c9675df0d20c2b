//! What leaves the house for passenger-information programs: where vehicles are and when they reach which gate. Here is no
//! person, no count, no name of a vehicle and no plate, so whoever writes it down further up cannot leak one (decision 0016).

use crate::{Caller, Dispatcher, Halt};
use chrono::{DateTime, Utc};
use homeward_domain::access::Action;
use homeward_domain::trip::{State, Stop, StopStage, Trip};
use homeward_domain::{TripId, VehicleId, code};
use homeward_eta::{Position, prior::LIVE_SECONDS_MAX};
use homeward_feed::row::Eta;
use homeward_store::{Conn, trip};

/// A trip that is not over.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenTrip {
    /// Which.
    pub trip: TripId,
    /// What drives.
    pub vehicle: VehicleId,
    /// Halts in driving order; at least one.
    pub stops: Vec<OpenStop>,
    /// Where it is, if it is under way and told so within the last two minutes. What is older is not passed on: many
    /// programs draw a position without looking at its time.
    pub position: Option<Position>,
}

/// A halt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenStop {
    /// Where.
    pub gate: code::Gate,
    /// When.
    pub reached: Reached,
    /// Whether the vehicle is done there.
    pub left: bool,
}

/// What is known of an arrival.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reached {
    /// It happened.
    At(DateTime<Utc>),
    /// The estimate that the receiver's board shows.
    Expected {
        /// One in ten comes before this.
        p10: DateTime<Utc>,
        /// The best guess.
        p50: DateTime<Utc>,
        /// One in ten comes after this.
        p90: DateTime<Utc>,
        /// What that rests on is as old as this.
        as_of: DateTime<Utc>,
    },
    /// Nothing was published yet.
    Unknown,
}

impl Dispatcher {
    /// The open trips of the caller's district that stop somewhere, 500 at most.
    pub async fn export_trips(&self, caller: &Caller) -> Result<Vec<OpenTrip>, Halt> {
        let scope = caller.may(Action::Export)?.scope;
        let now = self.clock.now();
        let mut reader = self.store.read().await?;
        let mut trips = Vec::new();
        for id in trip::ids(reader.conn(), &scope, true).await? {
            let Some(known) = trip::load(reader.conn(), id, &scope).await? else { continue };
            if !known.stops.is_empty() {
                let stops = stops(reader.conn(), &known).await?;
                let position = self.under_way.of(id).position.filter(|it| fresh(&known, it, now));
                trips.push(OpenTrip { trip: id, vehicle: known.vehicle.id, stops, position });
            }
        }
        Ok(trips)
    }
}

fn fresh(trip: &Trip, position: &Position, now: DateTime<Utc>) -> bool {
    matches!(trip.state, State::EnRoute { .. }) && (now - position.at).as_seconds_f64() <= LIVE_SECONDS_MAX
}

async fn stops(conn: &mut Conn, trip: &Trip) -> Result<Vec<OpenStop>, Halt> {
    let mut stops = Vec::with_capacity(trip.stops.len());
    for stop in &trip.stops {
        let left = matches!(stop.stage, StopStage::HandedOver { .. });
        stops.push(OpenStop { gate: stop.gate.clone(), reached: reached(conn, stop).await?, left });
    }
    Ok(stops)
}

async fn reached(conn: &mut Conn, stop: &Stop) -> Result<Reached, Halt> {
    match stop.stage {
        StopStage::Arrived { at }
        | StopStage::Offered { arrived_at: at, .. }
        | StopStage::HandedOver { arrived_at: at, .. } => return Ok(Reached::At(at)),
        StopStage::Expected => {}
    }
    let published = trip::estimate(conn, stop.id).await?;
    let published = published.and_then(|it| serde_json::from_value::<Eta>(it.document).ok());
    Ok(published.map_or(Reached::Unknown, |Eta { p10, p50, p90, as_of, .. }| Reached::Expected {
        p10,
        p50,
        p90,
        as_of,
    }))
}
