//! What the trail keeps of a decision besides who and when: its reason, the version of the key list, the rule or mode behind
//! it. Codes and what staff wrote as a reason; no person.

use crate::{Caller, Dispatcher, Halt};
use chrono::{DateTime, Utc};
use homeward_domain::access::Action;
use homeward_domain::disposition::{Answer, Disposition, Home};
use homeward_domain::party::{Event, Party};
use homeward_domain::{PartyId, Refusal, trip};
use serde_json::{Map, Value, json};

/// One decision about a party, as it stands in the trail.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// The event's code.
    pub kind: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Display name of whose decision it was: of who did it, or of who chose the rule that did.
    pub by: Option<String>,
    /// What was kept: `list_version`, and where there was one `to`, `answer`, `reason`, `rule`, `mode`.
    pub kept: Map<String, Value>,
}

impl Dispatcher {
    /// Every decision about a party, oldest first.
    pub async fn decisions(&self, caller: &Caller, id: PartyId) -> Result<Vec<Decision>, Halt> {
        let scope = caller.may(Action::ReadParties)?.scope;
        let mut reader = self.store.read().await?;
        let party = homeward_store::party::load(reader.conn(), id, &scope).await?.ok_or(Refusal::NotFound)?;
        let trail = homeward_store::decision::of(reader.conn(), party.id.uuid()).await?;
        Ok(trail.into_iter().filter_map(decision).collect())
    }
}

fn decision(entry: homeward_store::decision::Entry) -> Option<Decision> {
    let Value::Object(kept) = entry.body else { return None };
    kept.get("list_version")?;
    let rule_by = kept.get("rule").and_then(|rule| rule["by"].as_str()).map(str::to_owned);
    Some(Decision { kind: entry.kind, at: entry.at, by: entry.by.or(rule_by), kept })
}

/// The body of an event about a party, once it happened.
pub(crate) fn kept(event: &Event, party: &Party) -> Value {
    let Some(what) = what(event, party) else { return json!({}) };
    let mut kept = json!({ "list_version": party.tag().list_version });
    let members = kept.as_object_mut().expect("made as an object");
    members.extend(what.into_iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| (name.into(), value)));
    kept
}

/// The body of an event about a trip: which vehicle it goes with now, when that is another one.
pub(crate) fn of_trip(event: &trip::Event) -> Value {
    match event {
        trip::Event::VehicleTaken { vehicle, .. } => json!({ "vehicle": vehicle.id }),
        _ => json!({}),
    }
}

/// The same of a split for the part that left: its own version of the list, and from whom.
pub(crate) fn kept_by_part(split: &Event, stays: &Party, goes: &Party) -> Value {
    let mut kept = kept(split, stays);
    kept["list_version"] = json!(goes.tag().list_version);
    kept
}

/// The body of what somebody said about a party beside its events: why seats or a car are given up, who does not come.
pub(crate) fn said(party: &Party, reason: &str) -> Value {
    json!({ "list_version": party.tag().list_version, "reason": reason })
}

type Members = Vec<(&'static str, Value)>;

/// What is kept of a decision; `None` if the event is none.
fn what(event: &Event, party: &Party) -> Option<Members> {
    match event {
        Event::Tagged { tag, .. } => Some(vec![("to", json!(tag.tag.code())), ("reason", json!(tag.overridden))]),
        Event::HomeAsked(to) | Event::RuleTaken(to) | Event::ModeTaken(to) | Event::HomeConfirmed(to) => {
            Some(home(to, terms))
        }
        Event::OpinionGiven(to) | Event::OpinionByRule(to) => Some(home(to, |home| answer(&home.opinion))),
        Event::HomeChecked(to) => Some(home(to, |home| answer(&home.check))),
        Event::AnswerOverdue(to) => {
            Some(home(to, |home| vec![("asked_again", json!(home.overdue.map(|overdue| overdue.asked_again)))]))
        }
        Event::Diverted { to, reason, .. } => Some(diverted(to, reason)),
        Event::Split { leaving, label, reason, .. } => {
            let (from, people) = (json!(party.label), json!(leaving.len()));
            Some(vec![("from", from), ("to", json!(label)), ("people", people), ("reason", json!(reason))])
        }
        Event::Disposed(to) | Event::Referred(to) | Event::HoldExpired(to) => Some(destination(to)),
        _ => None,
    }
}

fn home(to: &Disposition, told: impl FnOnce(&Home) -> Members) -> Members {
    match to {
        Disposition::Home(home) => {
            let mut members = told(home);
            members.push(("to", json!(home.gate)));
            members
        }
        _ => Vec::new(),
    }
}

fn terms(home: &Home) -> Members {
    let (silence, approval) = (&home.terms.silence, &home.terms.approval);
    vec![
        ("means", json!(silence.means.code())),
        ("rule", json!(silence.rule)),
        ("mode", json!(approval.mode.code())),
        ("mode_version", json!(approval.version)),
    ]
}

fn answer(answer: &Answer) -> Members {
    let (said, reason) = match answer {
        Answer::Pending => (None, None),
        Answer::Yes { .. } => (Some("yes"), None),
        Answer::No { reason, .. } => (Some("no"), Some(reason)),
    };
    vec![("answer", json!(said)), ("reason", json!(reason)), ("rule", json!(answer.rule()))]
}

fn diverted(to: &Disposition, reason: &str) -> Members {
    let place = match to {
        Disposition::Home(home) => json!(home.gate),
        other => json!(other.bound_for().map(|(_, receiver)| receiver)),
    };
    vec![("to", place), ("reason", json!(reason))]
}

fn destination(to: &Disposition) -> Members {
    let (place, reason) = match to {
        Disposition::Site { receiver, reason, .. } => (Some(receiver.as_str()), Some(reason)),
        Disposition::Onward { to, reason } => (Some(to.as_str()), Some(reason)),
        Disposition::Free { reason } => (None, Some(reason)),
        Disposition::Referral { hospital, .. } => (Some(hospital.as_str()), None),
        Disposition::Lapsed { receiver, .. } => (Some(receiver.as_str()), None),
        Disposition::Undecided | Disposition::Home(_) => (None, None),
    };
    vec![("to", json!(place.unwrap_or(to.code()))), ("reason", json!(reason))]
}
