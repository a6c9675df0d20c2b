//! Why: what a prediction is made of, as one time and what multiplies it.

use super::case::Case;
use super::key::Factor;
use super::{Model, learn, seconds};
use crate::codes::codes;

codes! {
    /// What multiplies.
    Cause {
        /// Where it begins and how far it is; its value is minutes, not a multiplier.
        Way = "way",
        /// Hour and weekday.
        Hour = "hour",
        /// Where it goes.
        Destination = "destination",
        /// Where the vehicle is, and its pace so far.
        Pace = "pace",
        /// The last trips of others.
        Live = "live",
        /// What an operator said.
        Word = "word",
    }
}

/// One line of the explanation: the minutes of the way, or what multiplies them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Multiplier {
    /// What.
    pub cause: Cause,
    /// Minutes for [`Cause::Way`], times for the others.
    pub value: f64,
}

const fn cause(factor: Factor) -> Cause {
    match factor {
        Factor::Hour
        | Factor::Week
        | Factor::Weekday
        | Factor::DistancePeriod
        | Factor::AreaPeriod
        | Factor::AreaHour
        | Factor::OriginHour
        | Factor::SectorPeriod => Cause::Hour,
        Factor::Destination | Factor::Spot | Factor::Quarter | Factor::Area | Factor::Course | Factor::Sector => {
            Cause::Destination
        }
        Factor::Here
        | Factor::HereNear
        | Factor::Pair
        | Factor::Progress
        | Factor::Pace
        | Factor::Share
        | Factor::Countdown
        | Factor::Lately => Cause::Pace,
        Factor::Live | Factor::LiveNear => Cause::Live,
        Factor::City
        | Factor::Distance
        | Factor::Origin
        // Bookkeeping is no factor of a time and is never asked.
        | Factor::LiveSum
        | Factor::Scale
        | Factor::Tail
        | Factor::Error
        | Factor::Pulse
        | Factor::Go => Cause::Way,
    }
}

/// Adds cause after cause and tells by what the time grew; the way carries what is left to `p50_seconds`.
pub fn of(model: &Model, case: &Case, p50_seconds: f64, words: f64) -> Vec<Multiplier> {
    let agility = learn::agility(&model.rows, case.part);
    let part = |wanted: Cause| -> f64 {
        let of_it = case.factors.iter().filter(|(key, _)| cause(key.factor) == wanted);
        of_it.map(|(key, share)| model.belief(*key, case.at).aged(key.factor, case.at, agility).mean * share).sum()
    };
    let mut beyond = part(Cause::Way) - case.base_hour;
    let mut before = seconds(case, beyond);
    let mut list = Vec::with_capacity(6);
    let mut product = 1.0;
    for wanted in [Cause::Hour, Cause::Destination, Cause::Pace, Cause::Live] {
        let hour = if wanted == Cause::Hour { case.base_hour } else { 0.0 };
        beyond += part(wanted) + hour;
        let after = seconds(case, beyond);
        list.push(Multiplier { cause: wanted, value: after / before });
        product *= after / before;
        before = after;
    }
    list.insert(0, Multiplier { cause: Cause::Way, value: p50_seconds / product / 60.0 });
    list.push(Multiplier { cause: Cause::Word, value: words });
    list.retain(|it| it.cause == Cause::Way || (it.value - 1.0).abs() >= 0.005);
    list
}
