//! Where the vehicles are. Positions are not rows: the latest one of each trip is kept in memory, and an event is written
//! only when the published arrival moves.

use crate::project::{TripContext, trip_row, under_way};
use crate::turn::Turn;
use crate::{Caller, Dispatcher, Halt};
use chrono::{DateTime, TimeDelta, Utc};
use homeward_domain::access::{Action, Scope};
use homeward_domain::trip::Trip;
use homeward_domain::{Invalid, Refusal, StopId, TripId};
use homeward_eta::{Manual, Position};
use homeward_feed::row::{Eta, Spot};
use homeward_store::Conn;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// A phone's clock may run ahead of ours by this much.
const AHEAD_MAX: TimeDelta = TimeDelta::minutes(2);

/// What was told about one trip.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Told {
    pub position: Option<Position>,
    pub manual: BTreeMap<StopId, Manual>,
}

/// The latest of each trip under way.
#[derive(Debug, Default)]
pub(crate) struct Positions {
    trips: Mutex<BTreeMap<TripId, Told>>,
}

impl Positions {
    pub fn of(&self, trip: TripId) -> Told {
        self.trips.lock().unwrap_or_else(PoisonError::into_inner).get(&trip).cloned().unwrap_or_default()
    }

    pub fn spot(&self, trip: TripId) -> Option<Spot> {
        let position = self.of(trip).position?;
        Some(Spot { lat: position.point.lat(), lon: position.point.lon(), at: position.at })
    }

    /// Keeps the newest; an older one that comes late changes nothing.
    pub fn put(&self, trip: TripId, position: Position) {
        let mut trips = self.trips.lock().unwrap_or_else(PoisonError::into_inner);
        let told = trips.entry(trip).or_default();
        if told.position.is_none_or(|known| known.at < position.at) {
            told.position = Some(position);
        }
    }

    pub fn say(&self, trip: TripId, stop: StopId, manual: Manual) {
        let mut trips = self.trips.lock().unwrap_or_else(PoisonError::into_inner);
        trips.entry(trip).or_default().manual.insert(stop, manual);
    }

    /// Forgets trips that ended: positions are purged after the trip.
    pub fn keep_only(&self, open: &[TripId]) {
        self.trips.lock().unwrap_or_else(PoisonError::into_inner).retain(|trip, _| open.contains(trip));
    }
}

impl Dispatcher {
    /// The escort's phone says where it is. Boards get a tick; a fact only when the published arrival moves.
    pub async fn report_position(&self, caller: &Caller, trip: TripId, position: Position) -> Result<(), Halt> {
        let scope = caller.may(Action::Escort)?.scope;
        if position.at > self.clock.now() + AHEAD_MAX {
            let mend = "the phone's clock is ahead; set it by the network";
            return Err(Invalid::new("in-the-future", mend).at("at").into());
        }
        let known = homeward_store::trip::load(self.store.read().await?.conn(), trip, &scope).await?;
        let known = known.ok_or(Refusal::NotFound)?;
        let onward: Vec<_> = known.changes.iter().filter(|it| !it.closed()).map(|it| it.onto).collect();
        if !under_way(&known) {
            return Err(Refusal::WrongStage { stage: "planned", needed: "en_route" }.into());
        }
        self.positions.put(trip, position);
        self.tell_position(trip, &position);
        self.refresh(trip).await?;
        // Who waits for this vehicle's people comes as late as it does.
        for onto in onward {
            self.refresh(onto).await?;
        }
        Ok(())
    }

    /// The escort says when the vehicle will be at a stop; the board shows it as said by a person.
    pub async fn say_eta(
        &self,
        caller: &Caller,
        trip: TripId,
        stop: StopId,
        gate_at: DateTime<Utc>,
    ) -> Result<(), Halt> {
        let scope = caller.may(Action::Escort)?.scope;
        let now = self.clock.now();
        if gate_at < now {
            return Err(Invalid::new("in-the-past", "say when the vehicle will be there, not when it was")
                .at("gate_at")
                .into());
        }
        let known = homeward_store::trip::load(self.store.read().await?.conn(), trip, &scope).await?;
        let known = known.ok_or(Refusal::NotFound)?;
        if known.stops.iter().all(|halt| halt.id != stop) {
            return Err(Refusal::NotFound.into());
        }
        let manual = Manual { gate_at, given_at: now };
        self.positions.say(trip, stop, manual);
        self.tell_said(trip, stop, manual);
        self.refresh(trip).await?;
        Ok(())
    }

    /// Estimates a trip anew: ticks to its watchers, and a fact if what was published is no longer true.
    pub(crate) async fn refresh(&self, id: TripId) -> Result<bool, Halt> {
        let now = self.clock.now();
        let mut reader = self.store.read().await?;
        let Some((trip, context)) = self.estimated(reader.conn(), id, now).await? else { return Ok(false) };
        drop(reader);
        let row = trip_row(&trip, &context);
        for (stop, row) in trip.stops.iter().zip(&row.stops) {
            if let Some(eta) = &row.eta {
                self.tick(stop.receiver.as_str(), stop.id, eta, self.positions.spot(id), now);
            }
        }
        if context.has_news() { self.publish_estimate(id).await } else { Ok(false) }
    }

    /// In its own turn it looks again: another node may just have published the same.
    async fn publish_estimate(&self, id: TripId) -> Result<bool, Halt> {
        let mut turn = Turn::following(self).await?;
        let now = turn.now;
        let version = match self.estimated(turn.conn(), id, now).await? {
            Some((trip, context)) if context.has_news() => trip.version,
            _ => return Ok(false),
        };
        turn.changed.trips.insert(id, "eta.revised");
        turn.close(id.uuid(), version).await?;
        Ok(true)
    }

    async fn estimated(
        &self,
        conn: &mut Conn,
        id: TripId,
        now: DateTime<Utc>,
    ) -> Result<Option<(Trip, TripContext)>, Halt> {
        let trip = homeward_store::trip::load(conn, id, &Scope::system()).await?;
        let Some(trip) = trip.filter(|trip| trip.state.open()) else { return Ok(None) };
        let context = TripContext::gather(conn, self, &trip, now).await?;
        Ok(Some((trip, context)))
    }

    fn tick(&self, receiver: &str, stop: StopId, eta: &Eta, position: Option<Spot>, now: DateTime<Utc>) {
        let stream = homeward_store::Stream::receiver(receiver);
        let v = u64::try_from(now.timestamp_millis()).unwrap_or_default();
        self.tell_tick(&stream, homeward_feed::Tick { stop: stop.uuid(), v, eta: eta.clone(), position });
    }
}
