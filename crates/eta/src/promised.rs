//! What a squad does that goes when it is told to: read off everything that was published for its stop.

use chrono::{DateTime, TimeDelta, Utc};

/// One published estimate, as far as the squad's going depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Promised {
    /// From when it was in force.
    pub at: DateTime<Utc>,
    /// When it told the squad to go.
    pub go_at: DateTime<Utc>,
    /// From there to when the squad stands at the gate.
    pub lead: TimeDelta,
}

/// When a squad stands at the gate that goes as soon as what is in force tells it to, never before it was told, and the
/// promise it went by. `None`: nothing told it to before `until`. `promised` in the order of publication.
#[must_use]
pub fn stands_there(promised: &[Promised], until: DateTime<Utc>) -> Option<(DateTime<Utc>, Promised)> {
    let ends = promised.iter().skip(1).map(|next| next.at).chain([until]);
    promised.iter().zip(ends).find_map(|(promise, end)| {
        let goes = promise.go_at.max(promise.at);
        (goes < end.min(until)).then_some((goes + promise.lead, *promise))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minute(minute: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(minute)
    }

    fn told(at: i64, go_at: i64) -> Promised {
        Promised { at: minute(at), go_at: minute(go_at), lead: TimeDelta::minutes(5) }
    }

    #[test]
    fn it_goes_by_what_is_in_force_and_by_nothing_else() {
        let stands = |promised: &[Promised]| stands_there(promised, minute(60)).map(|(there, _)| there);
        assert_eq!(stands(&[told(0, 30)]), Some(minute(35)));
        assert_eq!(stands(&[told(0, 30), told(20, 40)]), Some(minute(45)), "later, before it went");
        assert_eq!(stands(&[told(0, 30), told(31, 40)]), Some(minute(35)), "it has gone");
        assert_eq!(stands(&[told(0, 30), told(20, 10)]), Some(minute(25)), "at once, not before it was told");
        assert_eq!(stands(&[told(0, 60)]), None, "the vehicle came first");
        assert_eq!(stands(&[]), None);
    }
}
