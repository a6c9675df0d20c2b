//! What a person knows of the roads and no trip has shown yet: a typhoon, a checkpoint. It multiplies driving, says why and
//! comes to an end; whoever said it or a colleague ends it earlier.

use crate::access::Grant;
use crate::spell::{Ended, Spell};
use crate::{Invalid, Jurisdiction, Refusal, RoadWordId};
use chrono::{DateTime, TimeDelta, Utc};

/// Driving takes a quarter of the time at the least, eight times as long at the most: beyond that roads are closed, and
/// that is said by not driving.
pub const FACTORS: std::ops::RangeInclusive<f64> = 0.25..=8.0;
/// Nearer to 1 than this says nothing.
const FACTOR_SAYS: f64 = 0.01;
/// A word is said anew after a week: who forgets it shall not slow a city down for a season.
pub const HOLDS_MAX: TimeDelta = TimeDelta::days(7);

/// One word about the roads.
#[derive(Debug, Clone, PartialEq)]
pub struct RoadWord {
    /// Its id.
    pub id: RoadWordId,
    /// Of whose trips; `None`: of every district's.
    pub district: Option<Jurisdiction>,
    /// How many times as long driving takes.
    pub factor: f64,
    /// From when, until when, why, who said it.
    pub spell: Spell,
}

/// What somebody wants to say.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// How many times as long driving takes.
    pub factor: f64,
    /// Until when.
    pub until: DateTime<Utc>,
    /// Why.
    pub reason: String,
}

impl RoadWord {
    /// A word that holds from now on. A dispatcher speaks for the trips of the own district, an administrator for all.
    /// Refuses a factor out of bounds or that says nothing, an end that lies behind or too far ahead, and an empty reason.
    pub fn say(
        id: RoadWordId,
        said: &Said,
        (by, grant): (String, &Grant),
        now: DateTime<Utc>,
    ) -> Result<Self, Refusal> {
        if !FACTORS.contains(&said.factor) {
            return Err(Invalid::new("out-of-range", "between 0.25 and 8 times as long").at("factor").into());
        }
        if (said.factor - 1.0).abs() < FACTOR_SAYS {
            return Err(Invalid::new("says-nothing", "1 is as long as ever; end the word instead").at("factor").into());
        }
        if said.until <= now || said.until > now + HOLDS_MAX {
            return Err(Invalid::new("out-of-range", "an instant ahead, at most seven days").at("until").into());
        }
        let spell = Spell::say((now, said.until), &said.reason, by, now)?;
        Ok(Self { id, district: Self::of_whose_trips(grant)?, factor: said.factor, spell })
    }

    /// Ends it now. Refused where it is over already, and for somebody of another district, who does not see it either.
    pub fn end(&self, (by, grant): (String, &Grant), now: DateTime<Utc>) -> Result<Ended, Refusal> {
        let mine = Self::of_whose_trips(grant)?;
        let speaks = mine.is_none() || mine == self.district;
        if !speaks || !self.spell.holds(now) {
            return Err(Refusal::NotFound);
        }
        Ok(Ended { by, at: now })
    }

    fn of_whose_trips(grant: &Grant) -> Result<Option<Jurisdiction>, Refusal> {
        match grant {
            Grant::Dispatcher { district } => Ok(Some(district.clone())),
            Grant::Administrator => Ok(None),
            _ => Err(Refusal::NotYourRole),
        }
    }

    /// Whether it concerns the trips somebody works with; an administrator looks after all of them.
    #[must_use]
    pub fn seen_by(&self, grant: &Grant) -> bool {
        match grant {
            Grant::Administrator => true,
            Grant::Dispatcher { district } | Grant::Command { district } => self.concerns(district),
            _ => false,
        }
    }

    /// Whether it is about the trips of a district.
    #[must_use]
    pub fn concerns(&self, district: &Jurisdiction) -> bool {
        self.district.as_ref().is_none_or(|own| own == district)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn district(code: &str) -> Jurisdiction {
        Jurisdiction::parse(code).expect("a district")
    }

    fn dispatcher(code: &str) -> Grant {
        Grant::Dispatcher { district: district(code) }
    }

    fn now() -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::days(18_341)
    }

    fn said(factor: f64, hours: i64, reason: &str) -> Said {
        Said { factor, until: now() + TimeDelta::hours(hours), reason: reason.into() }
    }

    fn say(said: &Said, grant: &Grant) -> Result<RoadWord, Refusal> {
        RoadWord::say(RoadWordId::new(uuid::Uuid::nil()), said, ("调度".into(), grant), now())
    }

    #[test]
    fn a_word_is_bounded_says_why_and_comes_to_an_end() {
        let mine = dispatcher("310101");
        let field = |said: &Said| match say(said, &mine) {
            Err(Refusal::Invalid(invalid)) => invalid.field,
            other => panic!("{other:?}"),
        };
        for factor in [0.0, 0.2, 8.1, -2.0, f64::NAN, f64::INFINITY, 1.0, 1.005] {
            assert_eq!(field(&said(factor, 3, "typhoon")), "factor", "{factor}");
        }
        for hours in [0, -1, 24 * 7 + 1] {
            assert_eq!(field(&said(1.5, hours, "typhoon")), "until", "{hours}");
        }
        assert_eq!(say(&said(1.5, 3, "  "), &mine), Err(Refusal::ReasonMissing));
        assert_eq!(say(&said(1.5, 3, "typhoon"), &Grant::Auditor), Err(Refusal::NotYourRole));
        for factor in [0.25, 8.0] {
            assert!(say(&said(factor, 24 * 7, "typhoon"), &mine).is_ok());
        }
    }

    #[test]
    fn a_dispatcher_speaks_for_one_district_and_an_administrator_for_all() {
        let mine = say(&said(1.5, 3, "checkpoint"), &dispatcher("310101")).expect("good");
        let all = say(&said(2.0, 3, "typhoon"), &Grant::Administrator).expect("good");
        assert!(mine.concerns(&district("310101")) && !mine.concerns(&district("310106")));
        assert!(all.concerns(&district("310101")) && all.concerns(&district("310106")));
        let end = |word: &RoadWord, grant: &Grant| word.end(("甲".into(), grant), now() + TimeDelta::hours(1));
        assert!(end(&mine, &dispatcher("310101")).is_ok() && end(&mine, &Grant::Administrator).is_ok());
        assert_eq!(end(&mine, &dispatcher("310106")), Err(Refusal::NotFound));
        assert_eq!(end(&all, &dispatcher("310101")), Err(Refusal::NotFound), "another one's word");
    }

    #[test]
    fn it_holds_until_it_ends_or_is_ended() {
        let word = say(&said(1.5, 3, "checkpoint"), &dispatcher("310101")).expect("good");
        let at = |minutes| now() + TimeDelta::minutes(minutes);
        let holds = |word: &RoadWord, minutes| word.spell.holds(at(minutes));
        assert!(holds(&word, 0) && holds(&word, 179) && !holds(&word, 180) && !holds(&word, -1));
        let ended = word.end(("乙".into(), &dispatcher("310101")), at(60)).expect("it holds");
        let word = RoadWord { spell: Spell { ended: Some(ended), ..word.spell.clone() }, ..word };
        assert!(holds(&word, 59) && !holds(&word, 60));
        assert_eq!(word.end(("丙".into(), &dispatcher("310101")), at(61)), Err(Refusal::NotFound), "it is over");
    }
}
