//! What an estimate says. Codes only: the screens word them.

use crate::codes::codes;
use chrono::{DateTime, Utc};

codes! {
    /// What an estimate rests on.
    Basis {
        /// Distance, hour and plan; no position.
        Estimate = "estimate",
        /// A position of the vehicle.
        Position = "position",
        /// A person's word.
        Manual = "manual",
    }
    /// Three kinds of not knowing where the vehicle is, and one of knowing.
    PositionState {
        /// No vehicle is named.
        NoVehicle = "no_vehicle",
        /// A vehicle, but it never told where it is since it left.
        NoPosition = "no_position",
        /// It told, but longer ago than [`crate::prior::LIVE_SECONDS_MAX`].
        OldPosition = "old_position",
        /// It tells.
        Live = "live",
    }
    /// How wide the range is, in a word.
    Confidence {
        /// p90 − p10 of at most 15 minutes.
        Firm = "firm",
        /// At most 40 minutes.
        Fair = "fair",
        /// Wider, or later than expected.
        Rough = "rough",
    }
    /// What an estimate is made of; the unit of the value ends the code.
    ReasonCode {
        /// Road that is left, in kilometres.
        DistanceKm = "distance_km",
        /// Driving that is left as of `as_of`, in minutes, hour of the day included.
        DrivingMinutes = "driving_minutes",
        /// How much slower than by night the hour of the day is; learnt: than the mean of the week.
        HourFactor = "hour_factor",
        /// How much slower ways there are than ways as far.
        DestinationFactor = "destination_factor",
        /// How much slower this vehicle comes forward than others do.
        PaceFactor = "pace_factor",
        /// How much slower than expected the last trips of others were.
        LiveFactor = "live_factor",
        /// How much slower an operator said that it is today.
        WordFactor = "word_factor",
        /// How many trips the estimate has learnt from.
        LearntTrips = "learnt_trips",
        /// How many of them went to this gate or its neighbourhood.
        LearntTripsThere = "learnt_trips_there",
        /// Standing at stops before this one, in minutes.
        DwellMinutes = "dwell_minutes",
        /// Until it leaves, by best guess, in minutes.
        DepartureInMinutes = "departure_in_minutes",
        /// The planned departure passed so many minutes ago.
        DepartureOverdueMinutes = "departure_overdue_minutes",
        /// Age of the position, in seconds.
        PositionAgeSeconds = "position_age_seconds",
        /// A person said so, so many minutes ago.
        ManualAgeMinutes = "manual_age_minutes",
        /// The late end of the range passed so many minutes ago.
        LaterThanExpected = "later_than_expected",
        /// Driving that is left by OSRM's map, on a free road, in minutes.
        RoutingEngineOsrmMinutes = "routing_engine_osrm_minutes",
        /// Driving that is left by Valhalla's map, on a free road, in minutes.
        RoutingEngineValhallaMinutes = "routing_engine_valhalla_minutes",
        /// A routing engine was asked and has not answered for so many minutes; the estimate is our own alone.
        RoutingEngineSilentMinutes = "routing_engine_silent_minutes",
        /// It is there, since so many minutes.
        ArrivedMinutes = "arrived_minutes",
    }
}

/// One part of the explanation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reason {
    /// What.
    pub code: ReasonCode,
    /// How much, in the unit the code names.
    pub value: f64,
}

/// When the vehicle is at the gate. Always `go_at ≤ p10 ≤ p50 ≤ p90`, and before the arrival `now ≤ p10`: what has not
/// happened lies ahead.
#[derive(Debug, Clone, PartialEq)]
pub struct Eta {
    /// One in ten comes before this.
    pub p10: DateTime<Utc>,
    /// The best guess.
    pub p50: DateTime<Utc>,
    /// One in ten comes after this.
    pub p90: DateTime<Utc>,
    /// When the receiver should go: p10 minus the lead time; learnt: as early as lets the vehicle be first one time in ten.
    pub go_at: DateTime<Utc>,
    /// What it rests on.
    pub basis: Basis,
    /// The instant that rests on: the position's, the departure, when a person said so; before departure `now`.
    pub as_of: DateTime<Utc>,
    /// What is known of the vehicle's place.
    pub position_state: PositionState,
    /// How wide the range is.
    pub confidence: Confidence,
    /// What it is made of, for the one who asks why.
    pub reasons: Vec<Reason>,
}

impl Eta {
    /// Whether this reason is given.
    #[must_use]
    pub fn has(&self, code: ReasonCode) -> bool {
        self.reasons.iter().any(|reason| reason.code == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_finds_its_value_again() {
        for code in ReasonCode::ALL {
            assert_eq!(ReasonCode::find(code.as_str()), Some(*code));
        }
        assert_eq!(Basis::find("gps"), None);
        assert_eq!(PositionState::find("old_position"), Some(PositionState::OldPosition));
    }
}
