//! The rule that a plan breaks.

use std::fmt;

/// Why a plan must not be committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the fields say which trip, party, vehicle or place; the words stand in Display")]
pub enum Broken {
    UnknownVehicle { trip: usize },
    UnknownParty { party: u32 },
    Empty { trip: usize },
    Twice { party: u32 },
    WrongPlace { party: u32 },
    NotItsVehicle { party: u32 },
    NotItsTrip { party: u32 },
    TakenOff { party: u32 },
    Full { trip: usize },
    Luggage { trip: usize },
    Wheelchairs { trip: usize },
    Escorts { trip: usize },
    MustNotMeet { trip: usize },
    NotReady { party: u32 },
    BackAfterShift { trip: usize },
    NotBack { vehicle: usize },
    NoBed { place: u16 },
}

impl fmt::Display for Broken {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownVehicle { trip } => write!(out, "trip {trip}: no such vehicle"),
            Self::UnknownParty { party } => write!(out, "party {party}: no such party"),
            Self::Empty { trip } => write!(out, "trip {trip}: a stop without a party"),
            Self::Twice { party } => write!(out, "party {party} rides twice"),
            Self::WrongPlace { party } => write!(out, "party {party} is taken to a place that is not its own"),
            Self::NotItsVehicle { party } => write!(out, "party {party} rides in another vehicle than it is pinned to"),
            Self::NotItsTrip { party } => write!(out, "party {party} rides on another trip than it is pinned to"),
            Self::TakenOff { party } => write!(out, "party {party} has a seat on a trip that stands, and loses it"),
            Self::Full { trip } => write!(out, "trip {trip}: not enough seats"),
            Self::Luggage { trip } => write!(out, "trip {trip}: too much luggage"),
            Self::Wheelchairs { trip } => write!(out, "trip {trip}: not enough wheelchair places"),
            Self::Escorts { trip } => write!(out, "trip {trip}: not enough escorts"),
            Self::MustNotMeet { trip } => write!(out, "trip {trip}: tags together that must be apart"),
            Self::NotReady { party } => write!(out, "party {party}: boarding begins before it is ready"),
            Self::BackAfterShift { trip } => write!(out, "trip {trip}: the vehicle is back after its shift"),
            Self::NotBack { vehicle } => write!(out, "vehicle {vehicle} boards before it is back and clean"),
            Self::NoBed { place } => write!(out, "place {place}: more people than beds"),
        }
    }
}

impl std::error::Error for Broken {}
