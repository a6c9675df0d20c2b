//! A plan for everybody who waits: the planner proposes trips, a person looks, changes, commits. Nothing is written by
//! proposing; committing is one transaction, and a plan that is no longer true is refused whole.

mod adjust;
mod at_hand;
mod back;
mod because;
mod commit;
mod displaced;
mod explain;
mod fit;
mod ground;
mod laid_down;
mod open;
mod propose;
mod right_size;
mod seats;
mod setting;
mod standing;
mod tongues;
mod undo;
mod why;
mod words;

pub(crate) use at_hand::AtHand;
pub(crate) use fit::{fit_on, fits, fits_all};
pub use seats::{Because, NotAtSite, NotThere, SeatOffer, Seats};

use crate::longest::Later;
use chrono::{DateTime, Utc};
use homeward_domain::planning::InForce;
use homeward_domain::{PartyId, TripId, VehicleId, code};

/// A party on a trip of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rider {
    /// Which party.
    pub party: PartyId,
    /// Its version when the plan was made.
    pub version: i64,
    /// What people call it.
    pub label: String,
    /// People.
    pub people: i64,
    /// Where it gets off.
    pub gate: code::Gate,
    /// Of these, in a wheelchair.
    pub wheelchairs: i64,
    /// It has its seat on this trip already; no plan takes it off.
    pub seated: bool,
    /// What people call the vehicle it had a seat in, which does not drive.
    pub lost: Option<String>,
    /// Seconds from now until the vehicle is there.
    pub arrives_in_s: i64,
    /// Since when the gate has been closed then; it lets nobody in.
    pub gate_closed_at: Option<DateTime<Utc>>,
    /// Why here.
    pub why: Why,
}

/// What a rider waits for before the trip can leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitsFor {
    /// Nothing but boarding: the vehicle stands ready.
    Boarding,
    /// The vehicle is still away on a trip that stands already.
    Vehicle,
    /// The vehicle makes another trip of this plan first.
    TripBefore,
    /// The trip stands already: its departure was told.
    Departure,
}

impl WaitsFor {
    /// The code the screens word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Boarding => "boarding",
            Self::Vehicle => "vehicle",
            Self::TripBefore => "trip_before",
            Self::Departure => "departure",
        }
    }
}

/// Why a rider sits where it sits, as facts that a screen words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// What the wait is for.
    pub waits_for: WaitsFor,
    /// Seconds from now until the vehicle is back and clean; 0 when it stands ready.
    pub free_in_s: i64,
    /// Labels of those who get off at the same gate.
    pub same_gate: Vec<String>,
    /// Which stop of the trip, from 1.
    pub stop: usize,
    /// Stops of the trip.
    pub stops: usize,
    /// Metres the vehicle drives more because of this gate.
    pub detour_metres: i64,
}

/// A trip of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayTrip {
    /// The trip that stands already, if it is one; a new one otherwise.
    pub trip: Option<TripId>,
    /// Which vehicle.
    pub vehicle: VehicleId,
    /// What people call it.
    pub name: String,
    /// Its seats.
    pub seats: i64,
    /// Of these, those that may be used while people sit apart.
    pub usable_seats: i64,
    /// Of its seats, places a wheelchair fits.
    pub wheelchair_places: i64,
    /// When it leaves.
    pub departs_at: DateTime<Utc>,
    /// Until when its riders need not be told: the plan may still get better for them.
    pub decide_by: DateTime<Utc>,
    /// Who rides, in the order they get off.
    pub riders: Vec<Rider>,
}

/// Why a party has no seat in a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Short {
    /// No vehicle takes a party of this size whole: a person has to split it, with a reason.
    NoVehicleWhole,
    /// No vehicle has the wheelchair places.
    NoWheelchairPlace,
    /// Every vehicle that fits is away for longer than anybody may wait.
    NoVehicleInTime,
    /// The vehicle that a person chose for it does not take it.
    ChosenVehicleFull,
    /// A person left it out, or it came after the plan was made.
    NotInPlan,
    /// Its gate is closed, however soon it leaves.
    GateClosed,
}

impl Short {
    /// The code the screens word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoVehicleWhole => "no_vehicle_whole",
            Self::NoWheelchairPlace => "no_wheelchair_place",
            Self::NoVehicleInTime => "no_vehicle_in_time",
            Self::ChosenVehicleFull => "chosen_vehicle_full",
            Self::NotInPlan => "not_in_plan",
            Self::GateClosed => "gate_closed",
        }
    }
}

/// A party without a seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Which party.
    pub party: PartyId,
    /// Its version when the plan was made.
    pub version: i64,
    /// What people call it.
    pub label: String,
    /// People.
    pub people: i64,
    /// Of these, in a wheelchair.
    pub wheelchairs: i64,
    /// Where it gets off.
    pub gate: code::Gate,
    /// What is short.
    pub short: Short,
    /// The most of it that any one vehicle has: seats that may be used, or wheelchair places; `None` where it is not a matter of places.
    pub most: Option<i64>,
    /// Until when its gate is closed.
    pub until: Option<DateTime<Utc>>,
}

/// A proposal for everybody who waits at one point of entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayPlan {
    /// Where they wait, as its IATA code.
    pub point_of_entry: String,
    /// When it was made.
    pub as_of: DateTime<Utc>,
    /// What the district lays down, by which it was made.
    pub rules: InForce,
    /// New trips, and trips that stand which others join, by departure.
    pub trips: Vec<DayTrip>,
    /// Trips that stand and could take more people, and to which this plan adds nobody.
    pub standing: Vec<DayTrip>,
    /// Who has no seat, and what is short.
    pub left_out: Vec<LeftOut>,
    /// Who waits too, less long than everybody above: the next plan's, once these have seats.
    pub later: Later,
    /// Minutes of all travellers together, waiting from now to departure. These three count what the plan adds to the trips
    /// that stand, the later arrival of those who sit there included.
    pub waiting_minutes: i64,
    /// Minutes of all travellers together, from departure to gate.
    pub riding_minutes: i64,
    /// Kilometres of all vehicles, the way back included; straight lines lengthened by a third.
    pub kilometres: i64,
    /// People who wait, from the registration on, or ride longer than anybody may.
    pub over_limit: i64,
    /// The search has gone on for a while and found nothing better. Never so for a plan that a person changed.
    pub settled: bool,
}

/// What a person laid down before the planner is asked: it obeys.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wishes {
    /// Parties and where each shall ride.
    pub pinned: Vec<Pin>,
    /// Parties that shall not be planned.
    pub left_out: Vec<PartyId>,
}

/// A party that keeps the vehicle a person chose, and perhaps the trip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pin {
    /// Which party.
    pub party: PartyId,
    /// Which vehicle.
    pub vehicle: VehicleId,
    /// Which of the vehicle's trips in the plan, from 0: who is pinned to the same one rides together, and no more trips than
    /// these leave before it.
    pub trip: Option<u16>,
}

/// A plan as a person changed it, timed and looked at, with nothing written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adjusted {
    /// The same trips in the same order: departures and arrivals reckoned anew, at the versions that hold now.
    pub plan: DayPlan,
    /// The first rule it breaks; a plan with one cannot be committed.
    pub broken: Option<BrokenRule>,
    /// Riders who need no seat any more: seated, referred or gone since the plan was made.
    pub gone: Vec<PartyId>,
}

/// A rule that a changed plan breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenRule {
    /// The code the screens word.
    pub code: &'static str,
    /// Which trip, in the order they were sent.
    pub trip: Option<usize>,
    /// The same in words, for programs.
    pub words: String,
}

/// A trip that somebody commits: the vehicle, when, and who gets off in which order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// The trip that stands and takes the riders who have no seat yet; nothing for a new one.
    pub trip: Option<TripId>,
    /// Which vehicle.
    pub vehicle: VehicleId,
    /// When it leaves.
    pub departs_at: DateTime<Utc>,
    /// Who rides, each at the version that was seen.
    pub riders: Vec<(PartyId, i64)>,
}
