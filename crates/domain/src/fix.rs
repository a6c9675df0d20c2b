//! What a phone says about where it is, and which of it to believe. Pure: the track of one phone and a fix go in, the
//! outcome and the new track come out. Where the fixes come from and whom they move is not here.

use crate::Point;
use chrono::{DateTime, TimeDelta, Utc};

/// A phone's clock may run ahead of ours by this much and still be taken for now: what the network's time leaves over.
pub const AHEAD_MAX: TimeDelta = TimeDelta::minutes(2);
/// Vaguer fixes say nothing: a radio mast's guess. At town speed 500 m are one minute, below the two that move a board.
pub const ACCURACY_METRES_MAX: f64 = 500.0;
/// What a fix without a word about it is taken for: a phone under an open sky is good to 10 m, in a vehicle to 50.
pub const ACCURACY_METRES_UNTOLD: f64 = 50.0;
/// No vehicle is faster: 180 km/h, half as much again as the 120 a Chinese expressway allows.
pub const SPEED_METRES_MAX: f64 = 50.0;
/// Instants remembered, to tell a repeated fix from a late one: more than a phone sends again after a lost answer.
const REMEMBERED: usize = 8;

/// One fix of one phone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fix {
    /// Where, WGS-84.
    pub point: Point,
    /// When, by the phone's own clock.
    pub told_at: DateTime<Utc>,
    /// Radius the phone gives for itself, metres, if it gives one.
    pub accuracy_metres: Option<f64>,
}

/// What became of a fix. The codes are those of the numbers and of the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// It is the newest now.
    Kept,
    /// It is the newest now, and the one doubted before it was right: the vehicle really is there.
    Recovered,
    /// The phone said so before.
    Duplicate,
    /// Older than what is known already: late or out of order.
    Late,
    /// From before the vehicle left: an earlier trip, or a clock that is behind.
    BeforeDeparture,
    /// From the future: the phone's clock is ahead.
    ClockAhead,
    /// 0°, 0°: a receiver without a fix, or one that says so itself.
    NoFix,
    /// Too vague.
    Vague,
    /// Farther from the last one than a vehicle can drive; kept in doubt until the next one.
    Jump,
    /// The vehicle is not under way: dropped, because nobody is followed without a trip.
    NoTrip,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 10] = [
        Self::Kept,
        Self::Recovered,
        Self::Duplicate,
        Self::Late,
        Self::BeforeDeparture,
        Self::ClockAhead,
        Self::NoFix,
        Self::Vague,
        Self::Jump,
        Self::NoTrip,
    ];

    /// The code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Recovered => "recovered",
            Self::Duplicate => "duplicate",
            Self::Late => "late",
            Self::BeforeDeparture => "before_departure",
            Self::ClockAhead => "clock_ahead",
            Self::NoFix => "no_fix",
            Self::Vague => "vague",
            Self::Jump => "jump",
            Self::NoTrip => "no_trip",
        }
    }

    /// Whether it is the phone's newest position now.
    #[must_use]
    pub const fn moves(self) -> bool {
        matches!(self, Self::Kept | Self::Recovered)
    }
}

/// What is known of one phone on one trip.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Track {
    newest: Option<Fix>,
    doubted: Option<Fix>,
    told: [Option<DateTime<Utc>>; REMEMBERED],
}

impl Track {
    /// The newest fix that is believed.
    #[must_use]
    pub const fn newest(&self) -> Option<Fix> {
        self.newest
    }

    /// Judges a fix that came in `now` on a trip that left `departed_at`, and takes it in if it is believed.
    ///
    /// A fix that only looks older, repeated, vague or impossible changes nothing that is believed.
    pub fn judge(&mut self, fix: Fix, departed_at: DateTime<Utc>, now: DateTime<Utc>) -> Outcome {
        if fix.told_at > now + AHEAD_MAX {
            return Outcome::ClockAhead;
        }
        if fix.told_at < departed_at {
            return Outcome::BeforeDeparture;
        }
        if self.told.contains(&Some(fix.told_at)) {
            return Outcome::Duplicate;
        }
        self.remember(fix.told_at);
        if fix.accuracy_metres.is_some_and(|metres| !(0.0..=ACCURACY_METRES_MAX).contains(&metres)) {
            return Outcome::Vague;
        }
        self.place(fix)
    }

    fn place(&mut self, fix: Fix) -> Outcome {
        let Some(newest) = self.newest else {
            self.newest = Some(fix);
            return Outcome::Kept;
        };
        if fix.told_at <= newest.told_at {
            return Outcome::Late;
        }
        if newest.reaches(&fix) {
            (self.newest, self.doubted) = (Some(fix), None);
            return Outcome::Kept;
        }
        // Two fixes that agree with each other outvote one that agrees with neither.
        if self.doubted.is_some_and(|doubted| doubted.told_at < fix.told_at && doubted.reaches(&fix)) {
            (self.newest, self.doubted) = (Some(fix), None);
            return Outcome::Recovered;
        }
        if self.doubted.is_none_or(|doubted| doubted.told_at < fix.told_at) {
            self.doubted = Some(fix);
        }
        Outcome::Jump
    }

    fn remember(&mut self, at: DateTime<Utc>) {
        self.told.rotate_right(1);
        self.told[0] = Some(at);
    }
}

impl Fix {
    /// When it was, by our clock: nobody is where they will be.
    #[must_use]
    pub fn at(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        self.told_at.min(now)
    }

    /// The radius to reckon with, metres.
    #[must_use]
    pub fn accuracy_metres(&self) -> f64 {
        self.accuracy_metres.unwrap_or(ACCURACY_METRES_UNTOLD)
    }

    /// Whether a vehicle can be there after it was here, both fixes being as vague as they say.
    fn reaches(&self, later: &Self) -> bool {
        let seconds = (later.told_at - self.told_at).as_seconds_f64().max(1.0);
        let sure = self.point.metres_to(later.point) - self.accuracy_metres() - later.accuracy_metres();
        sure <= SPEED_METRES_MAX * seconds
    }
}
