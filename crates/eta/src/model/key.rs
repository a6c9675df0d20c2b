//! What a row of the model's state is about.

use crate::codes::codes;
use std::fmt;

codes! {
    /// A part of the custody chain that is timed by itself.
    Part {
        /// Registered → everybody on board.
        Board = "board",
        /// On board → departed.
        Leave = "leave",
        /// Departed → gate, gate → next gate: seen when it begins.
        Drive = "drive",
        /// The same under way, seen from a position.
        Rest = "rest",
        /// Standing at a gate.
        Stand = "stand",
        /// Half an hour before the planned departure → departed: nobody leaves much earlier than planned.
        Delay = "delay",
    }
    /// What the row says something about. The first ones are factors of the time, the last ones bookkeeping.
    Factor {
        /// Everything here, today: the level that drifts.
        City = "city",
        /// A distance.
        Distance = "distance",
        /// An hour of a working day or of a weekend.
        Hour = "hour",
        /// Three hours of the week.
        Week = "week",
        /// A weekday.
        Weekday = "weekday",
        /// A distance in a part of the day.
        DistancePeriod = "distance_period",
        /// A gate or a zone.
        Destination = "destination",
        /// A spot of 800 m around where it goes, when it has no name.
        Spot = "spot",
        /// A quarter of 2.5 km.
        Quarter = "quarter",
        /// An area of 8 km.
        Area = "area",
        /// An area of 6 km in a part of the day.
        AreaPeriod = "area_period",
        /// An area of 8 km at an hour.
        AreaHour = "area_hour",
        /// Where it begins.
        Origin = "origin",
        /// That, at an hour.
        OriginHour = "origin_hour",
        /// That, towards a point of the compass.
        Sector = "sector",
        /// That, in a part of the day.
        SectorPeriod = "sector_period",
        /// From one place to a neighbourhood of 4 km.
        Course = "course",
        /// Where the vehicle is now, 2 km.
        Here = "here",
        /// That, 700 m.
        HereNear = "here_near",
        /// From here (4 km) to there (2.5 km).
        Pair = "pair",
        /// How much of the way lies behind.
        Progress = "progress",
        /// What the pace so far says about the rest.
        Pace = "pace",
        /// What the time behind says where only the way's share is known.
        Share = "share",
        /// What is left of the time expected at the departure.
        Countdown = "countdown",
        /// What the last minutes' pace says.
        Lately = "lately",
        /// What the last trips were off by: how much of it to believe.
        Live = "live",
        /// The same near where it goes.
        LiveNear = "live_near",
        /// Bookkeeping: what the last trips were off by.
        LiveSum = "live_sum",
        /// Bookkeeping: how far off a class of trips is.
        Scale = "scale",
        /// Bookkeeping: the two tails of the interval.
        Tail = "tail",
        /// Bookkeeping: one of the last errors, in scales.
        Error = "error",
        /// Bookkeeping: whether errors follow each other.
        Pulse = "pulse",
        /// Bookkeeping: the receiver's departure.
        Go = "go",
    }
}

/// Names one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// Of which part.
    pub part: Part,
    /// What about.
    pub factor: Factor,
    /// Which: an hour, a cell, a code.
    pub a: i64,
    /// Which beside that; 0 where one number names it.
    pub b: i64,
}

impl Key {
    /// A key of two numbers.
    #[must_use]
    pub const fn new(part: Part, factor: Factor, a: i64, b: i64) -> Self {
        Self { part, factor, a, b }
    }

    /// Reads what `Display` wrote.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut words = text.split('/');
        let part = Part::find(words.next()?)?;
        let factor = Factor::find(words.next()?)?;
        let (a, b) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
        words.next().is_none().then_some(Self { part, factor, a, b })
    }
}

impl fmt::Display for Key {
    /// `part/factor/a/b`, e.g. `drive/hour/0/17`: the primary key of a stored row.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{}/{}/{}", self.part.as_str(), self.factor.as_str(), self.a, self.b)
    }
}
