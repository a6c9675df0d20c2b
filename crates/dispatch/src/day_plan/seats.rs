//! What a dispatcher is told about one party that waits: where it could ride, and for everything else the rule that stands
//! in the way. Facts and codes; the words are the screen's.

use super::Why;
use chrono::{DateTime, Utc};
use homeward_domain::{TripId, VehicleId, code};

/// Where one party could ride now, and why not elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seats {
    /// Where it waits, as its IATA code.
    pub point_of_entry: String,
    /// When this was reckoned.
    pub as_of: DateTime<Utc>,
    /// At most four, the best first. None for a party without a destination.
    pub offers: Vec<SeatOffer>,
    /// Every other trip that still loads, and every other vehicle for a trip of its own.
    pub refused: Vec<NotThere>,
    /// Sites that have no room for it; asked while it has no room yet.
    pub sites: Vec<NotAtSite>,
}

/// A place for a party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeatOffer {
    /// The trip it would join; none when its vehicle would make a new one.
    pub trip: Option<TripId>,
    /// Which vehicle.
    pub vehicle: VehicleId,
    /// What people call it.
    pub name: String,
    /// Plate, when known.
    pub plate: Option<String>,
    /// When it would leave.
    pub departs_at: DateTime<Utc>,
    /// When the party would be at its gate.
    pub arrives_at: DateTime<Utc>,
    /// Seats left before the party gets on, of those that may be used.
    pub free_seats: i64,
    /// Seconds by which this trip, or a later one of the vehicle, leaves later because of the party.
    pub later_s: i64,
    /// Minutes of all travellers together that it costs more than the best offer, kilometres at the district's rate.
    pub dearer_minutes: i64,
    /// The party waits longer than anybody should, here as everywhere.
    pub over_limit: bool,
    /// Nobody aboard speaks its language, though somebody of the fleet does.
    pub no_language: bool,
    /// Since when the vehicle waits for somebody to confirm its disinfection; nobody gets on before.
    pub cleaning_due: Option<DateTime<Utc>>,
    /// Why here.
    pub why: Why,
}

/// A trip that does not take the party, or a vehicle that does not make one for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotThere {
    /// Which trip; none for a new one.
    pub trip: Option<TripId>,
    /// Which vehicle.
    pub vehicle: VehicleId,
    /// What people call it.
    pub name: String,
    /// When the trip is meant to leave.
    pub departs_at: Option<DateTime<Utc>>,
    /// Why not.
    pub because: Because,
}

/// A site that has no room for the party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAtSite {
    /// Which site.
    pub site: code::Receiver,
    /// Why not.
    pub because: Because,
}

/// The rule that stands in the way: a code, and the numbers that belong to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Because {
    /// The code the screens word.
    pub code: &'static str,
    /// Seats, pieces, places or beds there are.
    pub free: Option<i64>,
    /// How many it needs.
    pub needed: Option<i64>,
    /// How much of the seats may be used, where that is why there are too few.
    pub percent: Option<i64>,
    /// The other party whom it concerns; none when it is the party itself.
    pub label: Option<String>,
    /// How long somebody would wait or ride.
    pub minutes: Option<i64>,
    /// How long they may.
    pub minutes_max: Option<i64>,
    /// When somebody would be there, or since when it is so.
    pub at: Option<DateTime<Utc>>,
    /// Until when they would have to be.
    pub until: Option<DateTime<Utc>>,
    /// Why, as a person said it.
    pub reason: Option<String>,
}
