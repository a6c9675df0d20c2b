//! What the planner hands out: which vehicle leaves when, where it stops, who gets off there.

/// A stop of a planned trip.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlannedStop {
    /// Which place.
    pub place: u16,
    /// Which parties get off, in order.
    pub parties: Vec<u32>,
}

/// A planned trip.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlannedTrip {
    /// Which vehicle.
    pub vehicle: usize,
    /// When it leaves the point of entry, in seconds.
    pub departs: i32,
    /// Its stops, in order.
    pub stops: Vec<PlannedStop>,
}

/// A plan. It proposes; somebody commits it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// By vehicle, then by departure.
    pub trips: Vec<PlannedTrip>,
    /// Parties without a seat.
    pub absent: Vec<u32>,
}
