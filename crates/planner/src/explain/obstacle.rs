//! The rule that keeps a party off a trip.

/// Why a party cannot ride. Where several rules stand in the way, the one that no detour removes: first the vehicle
/// itself, then the room on board, then the times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Obstacle {
    /// A person said that it rides in another vehicle.
    PinnedElsewhere {
        /// That vehicle.
        vehicle: usize,
    },
    /// Too few escorts on board.
    Escorts {
        /// How many there are.
        found: u8,
        /// How many there must be.
        needed: u8,
    },
    /// Not enough seats for the whole party.
    Full {
        /// Free seats.
        free: i32,
        /// Its people.
        needed: i32,
    },
    /// Not enough room for its luggage.
    Luggage {
        /// Pieces that still fit.
        free: i32,
        /// Its pieces.
        needed: i32,
    },
    /// Not enough wheelchair places.
    Wheelchairs {
        /// Free places.
        free: i32,
        /// Its wheelchairs.
        needed: i32,
    },
    /// Somebody is on board whom the party must not meet.
    MustNotMeet {
        /// That party.
        party: u32,
    },
    /// Somebody would wait longer at the point of entry than allowed; perhaps the party itself.
    WaitTooLong {
        /// Who.
        party: u32,
        /// How long, in seconds.
        wait_s: i32,
        /// How long at most.
        max_s: i32,
    },
    /// Somebody would ride longer than allowed.
    RideTooLong {
        /// Who.
        party: u32,
        /// How long, in seconds.
        ride_s: i32,
        /// How long at most.
        max_s: i32,
    },
    /// Somebody would come to a gate that has closed.
    GateClosed {
        /// Who.
        party: u32,
        /// When, in seconds.
        arrives: i32,
        /// When it closes.
        closes: i32,
    },
    /// The vehicle would be back after its shift.
    BackAfterShift {
        /// When, in seconds.
        back: i32,
        /// By when it must be.
        until: i32,
    },
    /// Not enough beds at the site.
    NoBed {
        /// Which place.
        place: u16,
        /// Beds nobody has.
        free: i32,
        /// Its people.
        needed: i32,
    },
}

impl Obstacle {
    /// The code that the screens word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PinnedElsewhere { .. } => "pinned_elsewhere",
            Self::Escorts { .. } => "escorts",
            Self::Full { .. } => "vehicle_full",
            Self::Luggage { .. } => "luggage_full",
            Self::Wheelchairs { .. } => "no_wheelchair_place",
            Self::MustNotMeet { .. } => "must_not_meet",
            Self::WaitTooLong { .. } => "wait_too_long",
            Self::RideTooLong { .. } => "ride_too_long",
            Self::GateClosed { .. } => "gate_closed",
            Self::BackAfterShift { .. } => "back_after_shift",
            Self::NoBed { .. } => "no_bed",
        }
    }
}
