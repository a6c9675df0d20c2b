//! What the model is asked about: a way from one place to another, and how far along it somebody is. Facts only.

use crate::model::cells::gate;
use chrono::{DateTime, Datelike, FixedOffset, Timelike, Utc};
use homeward_domain::Point;

/// One end of a way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Where, WGS-84.
    pub point: Point,
    /// What names it beyond its point: a gate, a zone, a point of entry. `None`: only the point is known.
    pub code: Option<i64>,
}

impl Place {
    /// A place known by its point alone.
    #[must_use]
    pub const fn at(point: Point) -> Self {
        Self { point, code: None }
    }

    /// A gate: the same point every time, so it is named by where it stands, to a hundred metres.
    #[must_use]
    pub fn gate(point: Point) -> Self {
        Self { point, code: Some(gate(point)) }
    }
}

/// A drive from one place to the next, seen when it begins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Leg {
    /// Where it begins.
    pub from: Place,
    /// Where it ends.
    pub to: Place,
    /// When it begins.
    pub at: DateTime<Utc>,
    /// Local time there, for the hour and the weekday.
    pub local: FixedOffset,
}

impl Leg {
    /// Great circle, in kilometres.
    #[must_use]
    pub fn km(&self) -> f64 {
        self.from.point.metres_to(self.to.point) / 1000.0
    }

    /// Seconds since the epoch.
    pub(crate) fn seconds(&self) -> f64 {
        (self.at - DateTime::UNIX_EPOCH).as_seconds_f64()
    }

    /// Local hour 0.0 ≤ h < 24.0.
    pub(crate) fn hour(&self) -> f64 {
        f64::from(self.at.with_timezone(&self.local).num_seconds_from_midnight()) / 3600.0
    }

    /// Days since Monday, local.
    pub(crate) fn weekday(&self) -> i64 {
        i64::from(self.at.with_timezone(&self.local).weekday().num_days_from_monday())
    }
}

/// Somebody on their way, seen by a position.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UnderWay {
    /// From here, now, to where they go.
    pub rest: Leg,
    /// Where they came from, if that is known.
    pub origin: Option<Place>,
    /// Since they left, in seconds.
    pub elapsed_seconds: f64,
    /// How much of the way lies behind them, 0 to 1, if somebody knows it better than the points do.
    pub progress: Option<f64>,
    /// An earlier position of the same way.
    pub earlier: Option<Earlier>,
}

/// Where somebody was a while ago.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Earlier {
    /// Where.
    pub point: Point,
    /// How long ago, in seconds.
    pub seconds_ago: f64,
}

/// What an operator knows and no trip has shown yet: a typhoon, a checkpoint. Multiplies driving while it holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Word {
    /// How many times longer, bounded to 0.25 … 8.
    pub factor: f64,
    /// From when.
    pub from: DateTime<Utc>,
    /// Until when: every word ends.
    pub until: DateTime<Utc>,
}

impl Word {
    /// What all words that hold at `at` come to, bounded like one.
    #[must_use]
    pub fn factor_at(words: &[Self], at: DateTime<Utc>) -> f64 {
        let holding = words.iter().filter(|word| word.from <= at && at < word.until);
        holding.map(|word| word.factor).filter(|factor| factor.is_finite()).product::<f64>().clamp(0.25, 8.0)
    }
}
