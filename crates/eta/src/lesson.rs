//! What one trip teaches: lessons. A model is nothing but its lessons, taken in one after the other.

use crate::{Leg, Model, Part, Place, Point, Row, Word};
use chrono::{DateTime, FixedOffset, TimeDelta, Utc};

/// One thing that came out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Lesson {
    /// A stage of a trip took its time.
    Took(Took),
    /// Who was first at a gate, the squad that went when it was told to or the vehicle.
    First {
        /// How long the squad needs to the gate, in minutes.
        lead_minutes: f64,
        /// Whether it was the vehicle.
        vehicle: bool,
        /// When the vehicle came.
        at: DateTime<Utc>,
    },
}

/// How long a stage took.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Took {
    /// Which; not [`Part::Rest`], of which nothing is kept that could be learnt again.
    pub part: Part,
    /// Where it began; of a wait at a gate, where the vehicle came from.
    pub from: Point,
    /// The gate; of a wait at the point of entry, the first one.
    pub to: Point,
    /// When it began.
    pub began_at: DateTime<Utc>,
    /// When it ended and is learnt.
    pub ended_at: DateTime<Utc>,
    /// What operators had said of the roads when it began, as one factor.
    pub words: f64,
    /// 1 for a trip; less for each of several that stand for one.
    pub weight: f64,
}

/// What else is known of where the vehicle was when somebody said that it had come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Witness {
    /// A live position at the gate.
    There,
    /// None that is live.
    Nobody,
    /// A live position somewhere else.
    Elsewhere,
}

/// A delay is counted from so long before the planned departure, because some leave early.
pub const BEFORE_PLAN: TimeDelta = TimeDelta::minutes(30);

/// Straight over the ground, nobody is faster through a city.
const KM_PER_HOUR_MAX: f64 = 120.0;
/// Two gates nearer than this are one place: no drive.
const KM_MIN: f64 = 0.2;
/// Without a witness a drive that took so much longer than p90 is taken for an arrival that was said too late.
const SAID_LATE: TimeDelta = TimeDelta::minutes(30);

/// Longer than this something else happened: a night, a lost phone, a clock that was turned.
const fn longest(part: Part) -> TimeDelta {
    match part {
        Part::Board => TimeDelta::hours(16),
        Part::Leave => TimeDelta::hours(6),
        Part::Drive | Part::Rest | Part::Delay => TimeDelta::hours(8),
        Part::Stand => TimeDelta::hours(4),
    }
}

impl Took {
    /// In seconds; below zero if it ended before it began.
    #[must_use]
    pub fn seconds(&self) -> f64 {
        (self.ended_at - self.began_at).as_seconds_f64()
    }

    fn leg(&self, local: FixedOffset) -> Leg {
        Leg { from: Place::at(self.from), to: Place::gate(self.to), at: self.began_at, local }
    }

    fn words(&self) -> [Word; 1] {
        [Word { factor: self.words, from: self.began_at, until: self.began_at + TimeDelta::seconds(1) }]
    }

    /// Whether it is likely enough to be true that a model should learn from it.
    #[must_use]
    pub fn believable(&self, model: &Model, local: FixedOffset, witness: Witness) -> bool {
        let took = self.ended_at - self.began_at;
        if took < TimeDelta::zero() || took > longest(self.part) {
            return false;
        }
        match self.part {
            Part::Board | Part::Leave | Part::Stand | Part::Delay => true,
            Part::Rest => false,
            Part::Drive => {
                let leg = self.leg(local);
                let hours = took.as_seconds_f64() / 3600.0;
                let drives = leg.km() >= KM_MIN && leg.km() <= KM_PER_HOUR_MAX * hours;
                drives && self.believed(&model.drive(&leg, &self.words()), witness)
            }
        }
    }

    fn believed(&self, forecast: &crate::Forecast, witness: Witness) -> bool {
        let told = forecast.quantiles();
        match witness {
            Witness::There => true,
            Witness::Elsewhere => false,
            Witness::Nobody => {
                let late = told.p90 + SAID_LATE.as_seconds_f64();
                (told.p10 / 2.0..=late).contains(&self.seconds())
            }
        }
    }
}

impl Model {
    /// Takes a lesson in; `local` is the time of the place. Gives the rows to store: the same lessons in the same order give
    /// the same rows.
    pub fn take_in(&mut self, lesson: &Lesson, local: FixedOffset) -> Vec<Row> {
        match lesson {
            Lesson::First { lead_minutes, vehicle, at } => vec![self.learn_go(*lead_minutes, *vehicle, *at)],
            Lesson::Took(took) => {
                let leg = took.leg(local);
                let forecast = match took.part {
                    Part::Drive => self.drive(&leg, &took.words()),
                    Part::Board | Part::Leave | Part::Stand | Part::Delay => self.wait(took.part, &leg),
                    Part::Rest => return Vec::new(),
                };
                self.learn(&forecast, took.seconds(), took.ended_at, took.weight)
            }
        }
    }
}
