//! One Gaussian, and how it ages.

use super::key::{Factor, Key};

/// What is believed of one factor, in natural logarithms of time: `exp(mean)` is its multiplier.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Belief {
    /// Best guess.
    pub mean: f64,
    /// Squared doubt.
    pub variance: f64,
    /// How many trips it has learnt from; a trip that concerns it by half counts half.
    pub count: f64,
    /// When it last learnt, in seconds since the epoch.
    pub at: f64,
}

/// One row of the model's state, as it is stored.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row {
    /// Primary key.
    pub key: Key,
    /// The other columns.
    pub belief: Belief,
}

/// What is believed of a factor before the first trip.
#[derive(Debug, Clone, Copy)]
pub(super) struct Doubt {
    /// Best guess.
    mean: f64,
    /// Standard deviation between cities, hours, places of one kind.
    deviation: f64,
    /// How far it walks in a day.
    drift: f64,
}

/// Standard deviations and drifts were chosen on 9,136 airport trips of New York (2018-01 … 2019-06) and the same trips
/// bent to another city (38 % faster, another curve of distance, the rush three hours later); accuracy is flat around them.
pub(super) const fn doubt(factor: Factor) -> Doubt {
    let (mean, deviation, drift) = match factor {
        Factor::City => (0.0, 0.30, 0.02),
        Factor::Hour => (0.0, 0.06, 0.005),
        Factor::DistancePeriod => (0.0, 0.03, 0.003),
        Factor::Weekday | Factor::Quarter | Factor::Course | Factor::Here => (0.0, 0.12, 0.0),
        Factor::Area | Factor::Progress | Factor::Pair => (0.0, 0.10, 0.0),
        Factor::Spot | Factor::HereNear => (0.0, 0.08, 0.0),
        Factor::AreaPeriod => (0.0, 0.07, 0.0),
        Factor::Week | Factor::Origin => (0.0, 0.06, 0.0),
        Factor::Distance | Factor::Destination => (0.0, 0.05, 0.0),
        Factor::AreaHour | Factor::OriginHour | Factor::Sector => (0.0, 0.04, 0.0),
        Factor::SectorPeriod => (0.0, 0.03, 0.0),
        Factor::Pace | Factor::Share | Factor::Lately => (0.1, 0.15, 0.0),
        Factor::Countdown => (0.2, 0.15, 0.0),
        Factor::Live => (0.3, 0.5, 0.0),
        Factor::LiveNear => (0.1, 0.3, 0.0),
        // Bookkeeping is no Gaussian.
        Factor::LiveSum | Factor::Scale | Factor::Tail | Factor::Error | Factor::Pulse | Factor::Go => (0.0, 0.0, 0.0),
    };
    Doubt { mean, deviation, drift }
}

impl Belief {
    /// Before the first trip.
    pub(super) const fn of(factor: Factor, now: f64) -> Self {
        let Doubt { mean, deviation, .. } = doubt(factor);
        Self { mean, variance: deviation * deviation, count: 0.0, at: now }
    }

    /// The same at `now`: what has walked since is in doubt again, never more than before the first trip. `agility`
    /// multiplies the drift.
    pub(super) fn aged(self, factor: Factor, now: f64, agility: f64) -> Self {
        let Doubt { deviation, drift, .. } = doubt(factor);
        let days = (now - self.at) / 86_400.0;
        if drift <= 0.0 || days <= 0.0 {
            return self;
        }
        let walked = (drift * agility).powi(2) * days;
        let most = (deviation * deviation).max(self.variance);
        Self { variance: (self.variance + walked).min(most), at: now, ..self }
    }
}
