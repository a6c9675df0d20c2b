//! When a gate lets nobody in: it closes for the night, a barrier stands before it. It says why and comes to an end; a
//! vehicle that would come meanwhile is sent elsewhere by a person, never by itself.

use crate::refusal::Door;
use crate::spell::{Ended, Spell};
use crate::{GateClosureId, Invalid, Refusal, code};
use chrono::{DateTime, TimeDelta, Utc};

/// How far ahead a closure begins, and how long it lasts: who forgets it shall not keep a gate shut for a season.
pub const AHEAD_MAX: TimeDelta = TimeDelta::days(7);
/// What was said a moment ago is said of now.
const JUST_NOW: TimeDelta = TimeDelta::minutes(1);

/// A gate is closed for a while.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateClosure {
    /// Its id.
    pub id: GateClosureId,
    /// Which gate.
    pub gate: code::Gate,
    /// From when, until when, why, who said it.
    pub spell: Spell,
}

/// What somebody wants to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// Which gate.
    pub gate: code::Gate,
    /// From when; from now on where none is said.
    pub from: Option<DateTime<Utc>>,
    /// Until when.
    pub until: DateTime<Utc>,
    /// Why.
    pub reason: String,
}

impl GateClosure {
    /// A closure beside those that stand. Refuses one that lies behind, ends before it begins, begins or lasts too long, says
    /// no reason, or meets another one of the same gate.
    pub fn say(
        id: GateClosureId,
        closing: Closing,
        by: String,
        others: &[Self],
        now: DateTime<Utc>,
    ) -> Result<Self, Refusal> {
        let begins = closing.from.unwrap_or(now);
        if begins < now - JUST_NOW || begins > now + AHEAD_MAX {
            return Err(Invalid::new("out-of-range", "now or an instant ahead, at most seven days").at("from").into());
        }
        if closing.until <= begins.max(now) || closing.until > begins + AHEAD_MAX {
            let mend = "after its begin and ahead, at most seven days long";
            return Err(Invalid::new("out-of-range", mend).at("until").into());
        }
        let new =
            Self { id, gate: closing.gate, spell: Spell::say((begins, closing.until), &closing.reason, by, now)? };
        match others.iter().find(|other| other.gate == new.gate && other.spell.meets(begins, closing.until)) {
            Some(Self { spell, .. }) => {
                Err(Door::GateClosedThen { reason: spell.reason.clone(), until: spell.until() }.into())
            }
            None => Ok(new),
        }
    }

    /// Opens the gate now, or calls off a closure that has not begun. Refused where it is over.
    pub fn end(&self, by: String, now: DateTime<Utc>) -> Result<Ended, Refusal> {
        if self.spell.over(now) { Err(Refusal::NotFound) } else { Ok(Ended { by, at: now }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::days(18_341)
    }

    fn at(minutes: i64) -> DateTime<Utc> {
        now() + TimeDelta::minutes(minutes)
    }

    fn gate(code: &str) -> code::Gate {
        code::Gate::parse(code).expect("a gate")
    }

    fn say(from: Option<i64>, until: i64, reason: &str, others: &[GateClosure]) -> Result<GateClosure, Refusal> {
        let closing =
            Closing { gate: gate("qiaojia-g1"), from: from.map(at), until: at(until), reason: reason.to_owned() };
        GateClosure::say(GateClosureId::new(uuid::Uuid::nil()), closing, "杨组长".into(), others, now())
    }

    #[test]
    fn a_closure_lies_ahead_says_why_and_comes_to_an_end() {
        let field = |from, until| match say(from, until, "barrier", &[]) {
            Err(Refusal::Invalid(invalid)) => invalid.field,
            other => panic!("{other:?}"),
        };
        assert_eq!(field(Some(-2), 60), "from");
        assert_eq!(field(Some(7 * 24 * 60 + 1), 8 * 24 * 60), "from");
        assert_eq!(field(Some(60), 60), "until");
        assert_eq!(field(None, 0), "until");
        assert_eq!(field(None, 7 * 24 * 60 + 1), "until");
        assert_eq!(say(None, 60, " ", &[]), Err(Refusal::ReasonMissing));
        assert!(say(None, 7 * 24 * 60, "barrier", &[]).is_ok());
    }

    #[test]
    fn a_gate_is_not_closed_twice_at_once() {
        let night = say(Some(60), 120, "night", &[]).expect("good");
        let meets = |from, until| say(Some(from), until, "barrier", std::slice::from_ref(&night));
        assert!(meets(30, 61).is_err() && meets(119, 180).is_err() && meets(0, 300).is_err());
        assert!(meets(0, 60).is_ok() && meets(120, 180).is_ok());
        let other = GateClosure { gate: gate("qiaojia-g2"), ..night };
        assert!(say(Some(60), 120, "night", &[other]).is_ok(), "another gate");
    }

    #[test]
    fn it_holds_until_it_ends_or_is_opened() {
        let night = say(Some(60), 120, "night", &[]).expect("good");
        let ended_at = |minutes| {
            let ended = Some(night.end("夜班".into(), at(minutes)).expect("it stands"));
            GateClosure { spell: Spell { ended, ..night.spell.clone() }, ..night.clone() }
        };
        assert!(!night.spell.holds(at(59)) && night.spell.holds(at(60)) && !night.spell.holds(at(120)));
        let opened = ended_at(90);
        assert!(opened.spell.holds(at(89)) && !opened.spell.holds(at(90)) && opened.spell.over(at(90)));
        assert_eq!(opened.end("夜班".into(), at(91)), Err(Refusal::NotFound), "it is over");
        let called_off = ended_at(10);
        assert!(!called_off.spell.holds(at(60)) && !called_off.spell.meets(at(0), at(200)), "it never was");
    }
}
