//! A change of vehicle: people of one trip pass to another, person by person, at a relay point or beside the road where
//! the first vehicle broke down. What may be done stands in `decide/change.rs`; this is what a change is.

use super::{Seat, Stop, Trip, count};
use crate::{ArrivalId, ChangeId, PartyId, Point, StopId, TripId, VehicleId, code};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Where the two vehicles meet.
#[derive(Debug, Clone, PartialEq)]
pub enum Place {
    /// At a relay point of the district.
    Relay {
        /// Which.
        point: code::RelayPoint,
        /// Where it is.
        at: Point,
    },
    /// Beside the road, where the first vehicle stands.
    Road {
        /// Where it last said it was, if it ever did.
        at: Option<Point>,
    },
}

impl Place {
    /// Where it is, when known.
    #[must_use]
    pub const fn location(&self) -> Option<Point> {
        match self {
            Self::Relay { at, .. } => Some(*at),
            Self::Road { at } => *at,
        }
    }
}

/// Where the change is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The first vehicle has not come.
    Expected,
    /// It stands there; people may pass.
    Met {
        /// Since when.
        at: DateTime<Utc>,
    },
    /// Both counts agreed.
    Closed {
        /// When it came.
        met_at: DateTime<Utc>,
        /// When it was closed.
        at: DateTime<Utc>,
        /// Whom the first escort counted in their own vehicle then.
        head_count: i64,
    },
}

impl Stage {
    /// The code on the wire and in the store.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Expected => "expected",
            Self::Met { .. } => "met",
            Self::Closed { .. } => "closed",
        }
    }
}

/// Somebody who passes from this trip to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rider {
    /// Their seat here, up to the change.
    pub seat: Seat,
    /// The halt of the other trip where they get off in the end.
    pub stop: StopId,
    /// When the first escort offered them.
    pub offered_at: Option<DateTime<Utc>>,
    /// When the second escort took them over.
    pub passed_at: Option<DateTime<Utc>>,
}

/// Somebody who was to pass and did not: the first escort still answers for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Who.
    pub arrival: ArrivalId,
    /// The party they now are, of their own when the others went on.
    pub party: PartyId,
    /// What people call that party.
    pub label: String,
    /// Why, as an escort said it.
    pub reason: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// The meeting of two vehicles, as the first trip keeps it.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Its id.
    pub id: ChangeId,
    /// The trip that goes on.
    pub onto: TripId,
    /// Where.
    pub place: Place,
    /// When it was planned.
    pub made_at: DateTime<Utc>,
    /// Where it is in its life.
    pub stage: Stage,
    /// Who passes, and who has.
    pub riders: Vec<Rider>,
    /// Who was to pass and did not.
    pub kept: Vec<Kept>,
}

/// What both escorts see: the same four numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Everybody who was to pass.
    pub total: i64,
    /// Offered by the first escort, not yet taken over.
    pub offered: i64,
    /// Taken over by the second.
    pub passed: i64,
    /// Kept by the first.
    pub kept: i64,
}

impl Counts {
    /// Neither passed nor kept.
    #[must_use]
    pub const fn open(&self) -> i64 {
        self.total - self.passed - self.kept
    }
}

impl Change {
    /// The numbers of both sides.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let passed = self.riders.iter().filter(|rider| rider.passed_at.is_some()).count();
        let offered = self.riders.iter().filter(|rider| rider.offered_at.is_some()).count() - passed;
        Counts {
            total: count(self.riders.len() + self.kept.len()),
            offered: count(offered),
            passed: count(passed),
            kept: count(self.kept.len()),
        }
    }

    /// Whether it is over.
    #[must_use]
    pub const fn closed(&self) -> bool {
        matches!(self.stage, Stage::Closed { .. })
    }
}

/// Why a vehicle under way cannot go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breakdown {
    /// Since when.
    pub at: DateTime<Utc>,
    /// As it was said.
    pub reason: String,
    /// Display name of who said it.
    pub by: String,
}

/// What somebody wants done about a change or a breakdown.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is documented; its fields are what their names and types say")]
pub enum Command {
    /// Give halts of this trip to another one. Each halt comes with the halt of the other trip that it becomes.
    HandOn { change: ChangeId, onto: (TripId, VehicleId), place: Place, stops: Vec<(StopId, StopId)> },
    /// Take halts of another trip over; their people come by the change.
    TakeOn { change: ChangeId, stops: Vec<Stop> },
    /// The halts come back; nobody has passed yet.
    TakeBack { change: ChangeId, stops: Vec<Stop> },
    /// The halts go back; nobody has passed yet.
    GiveBack { change: ChangeId },
    /// Stand at the place of the change.
    Meet { change: ChangeId },
    /// The first escort offers a person.
    Offer { change: ChangeId, arrival: ArrivalId },
    /// The first trip lets a person go whom the second took over.
    Pass { change: ChangeId, arrival: ArrivalId },
    /// The second escort takes a person over.
    Take { change: ChangeId, arrival: ArrivalId },
    /// A person stays with the first vehicle, which brings them to `halt` unless somebody plans otherwise.
    Keep { change: ChangeId, kept: Kept, halt: Box<Stop> },
    /// A person does not come by the change.
    Forgo { change: ChangeId, arrival: ArrivalId, reason: String },
    /// Both counts agree; the first escort counted who is left aboard.
    Close { change: ChangeId, head_count: i64 },
    /// The vehicle cannot go on.
    BreakDown { reason: String, by: String },
    /// It goes on after all.
    Mend { reason: String },
}

/// What a step made of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It stands in the plan.
    Planned,
    /// The first vehicle is there.
    Met,
    /// A person was offered.
    Offered,
    /// A person was taken over.
    Passed,
    /// A person stays behind with the first vehicle.
    Kept,
    /// Both counts agreed.
    Closed,
}

/// One fact about a change or a breakdown.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The change as it now is.
    Told(Step, Change),
    /// It was called off, or everybody of it went another way.
    Dropped(ChangeId),
    /// A halt came with its notice from another trip.
    StopTaken(Stop),
    /// Nobody comes by the change any more; their seats are free.
    Forgone(ChangeId),
    /// The vehicle cannot go on.
    BrokeDown(Breakdown),
    /// It goes on after all, with the reason.
    Mended(String),
}

impl Event {
    /// The code in the log and the feed.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Told(Step::Planned, _) => "change.planned",
            Self::Told(Step::Met, _) => "change.met",
            Self::Told(Step::Offered, _) => "change.offered",
            Self::Told(Step::Passed, _) => "change.passed",
            Self::Told(Step::Kept, _) => "change.kept",
            Self::Told(Step::Closed, _) => "change.closed",
            Self::Dropped(_) | Self::Forgone(_) => "change.dropped",
            Self::StopTaken(_) => "stop.taken_over",
            Self::BrokeDown(_) => "trip.broken_down",
            Self::Mended(_) => "trip.goes_on",
        }
    }
}

impl Trip {
    /// The change of this id, if this trip is the first of its two.
    #[must_use]
    pub fn change_of(&self, id: ChangeId) -> Option<&Change> {
        self.changes.iter().find(|change| change.id == id)
    }

    /// Where this vehicle last stood to hand people on, and until when it is known to have stood there.
    #[must_use]
    pub fn last_met(&self) -> Option<(&Change, DateTime<Utc>)> {
        let met = self.changes.iter().filter_map(|change| match change.stage {
            Stage::Expected => None,
            Stage::Met { at } | Stage::Closed { at, .. } => Some((change, at)),
        });
        met.max_by_key(|(_, at)| *at)
    }

    /// The halt that takes over from a halt of another trip: the one at the same gate, or that halt itself.
    #[must_use]
    pub fn halt_for(&self, stop: &Stop) -> StopId {
        self.stops.iter().find(|own| own.gate == stop.gate).map_or(stop.id, |own| own.id)
    }

    /// People aboard now: got on, neither passed on nor handed over.
    #[must_use]
    pub fn aboard(&self) -> i64 {
        let here = self.stops.iter().filter(|stop| !stop.handed_over()).flat_map(|stop| &stop.seats);
        let onward = self.changes.iter().flat_map(|change| &change.riders).filter(|rider| rider.passed_at.is_none());
        count(here.chain(onward.map(|rider| &rider.seat)).filter(|seat| seat.boarded_at.is_some()).count())
    }

    /// Every party with a seat, each once.
    #[must_use]
    pub fn parties(&self) -> Vec<PartyId> {
        let mut parties = Vec::new();
        for seat in self.manifest() {
            if !parties.contains(&seat.party) {
                parties.push(seat.party);
            }
        }
        parties
    }

    pub(super) fn apply_change(&mut self, event: &Event) {
        match event {
            Event::Told(_, change) => match self.changes.iter_mut().find(|known| known.id == change.id) {
                Some(known) => *known = change.clone(),
                None => self.changes.push(change.clone()),
            },
            Event::Dropped(id) => self.changes.retain(|change| change.id != *id),
            Event::StopTaken(stop) => self.stops.push(stop.clone()),
            Event::Forgone(id) => {
                for stop in &mut self.stops {
                    stop.seats.retain(|seat| seat.via != Some(*id));
                }
            }
            Event::BrokeDown(breakdown) => self.breakdown = Some(breakdown.clone()),
            Event::Mended(_) => self.breakdown = None,
        }
    }
}
