//! What a sub-district's silence means: chosen by its leader or the district's command, applied by a background step.

use crate::step::{Missed, settle};
use crate::{Caller, Dispatcher, Halt, Key, Receipt, turn::Turn};
use homeward_domain::access::{Action, Scope};
use homeward_domain::party::Command;
use homeward_domain::silence::{Means, Rule, Silence};
use homeward_domain::{Jurisdiction, PartyId, Refusal, code};
use homeward_store::opinion_rule as rows;
use serde_json::json;

/// A rule somebody chooses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRule {
    /// The sub-district.
    pub place: Jurisdiction,
    /// What its silence shall mean.
    pub means: Means,
    /// Why.
    pub reason: String,
    /// The version that was on the caller's screen, if the caller says; 0 for none yet.
    pub seen: Option<u32>,
}

impl Dispatcher {
    /// Every version of the rules that concern the caller, by sub-district, newest first.
    pub async fn opinion_rules(&self, caller: &Caller) -> Result<Vec<Rule>, Halt> {
        let scope = caller.may(Action::ReadRules)?.scope;
        let all = rows::all(self.store.read().await?.conn()).await?;
        Ok(all.into_iter().filter(|rule| scope.concerns_place(&rule.cited.place)).collect())
    }

    /// Chooses what a sub-district's silence means from now on. Who is asked already and not past the deadline is asked
    /// under the new rule.
    pub async fn choose_rule(&self, caller: &Caller, key: &Key, new: NewRule) -> Result<Receipt, Halt> {
        let scope = caller.may(Action::ChooseSilence)?.scope;
        let mut turn = Turn::open(self, caller, key).await?;
        if !scope.covers_place(&new.place) || !known(&mut turn, &new.place).await? {
            return Err(Refusal::NotFound.into());
        }
        let before = rows::of_place(turn.conn(), &new.place).await?;
        unchanged(new.seen, before.as_ref().map_or(0, |rule| rule.cited.version))?;
        let (by, now) = (caller.actor.name.clone(), turn.now);
        let rule = Rule::choose(new.place, before.as_ref(), (new.means, &new.reason), by, now)?;
        rows::insert(turn.conn(), &rule, caller.actor.account).await?;
        let subject = turn.new_id();
        let place = rule.cited.place.as_str();
        let kept = json!({ "place": place, "version": rule.cited.version, "means": rule.means.code(), "reason": rule.cited.reason });
        turn.record(subject, "opinion_rule.chosen", kept);
        let asked = homeward_store::party::homes_at(turn.conn(), &rule.cited.place).await?;
        tell_the_asked(&mut turn, asked, &Command::TakeRule { silence: rule.silence() }).await?;
        turn.close(subject, i64::from(rule.cited.version)).await
    }

    /// Background step: acts on silence that is past its deadline. The rule answers for the sub-district, the dispatcher
    /// is told, whoever is waited for is asked again. Gives how many parties it looked at.
    pub async fn step_silence(&self) -> Result<usize, Halt> {
        let now = self.clock.now();
        let silent = homeward_store::party::answers_overdue(self.store.read().await?.conn(), now).await?;
        let mut missed = Missed::default();
        for party in &silent {
            missed.by(settle(self.hear_silence(*party).await))?;
        }
        missed.told()?;
        Ok(silent.len())
    }

    async fn hear_silence(&self, party: PartyId) -> Result<Receipt, Halt> {
        let mut turn = Turn::step(self).await?;
        let party = turn.party(party, &Scope::system(), None).await?;
        let events = party.decide(Command::HearSilence, turn.now)?;
        if events.is_empty() {
            // Asked by an older version: named anew and shown anew, as if it had been asked by this one.
            homeward_store::party::set_answer_due(turn.conn(), &party).await?;
            turn.changed.parties.insert(party.id, "party.asked");
        }
        let party = turn.save_party(party, &events).await?;
        turn.close(party.id.uuid(), party.version).await
    }
}

/// What silence means at a community: its sub-district's newest rule.
pub(crate) async fn silence_at(turn: &mut Turn<'_>, receiver: &code::Receiver) -> Result<Silence, Halt> {
    let receiver = homeward_store::reference::receiver_of(turn.conn(), receiver).await?;
    let Some(place) = receiver.and_then(|receiver| receiver.jurisdiction.subdistrict()) else {
        return Ok(Silence::default());
    };
    Ok(rows::of_place(turn.conn(), &place).await?.map_or_else(Silence::default, |rule| rule.silence()))
}

/// Tells those who are asked already that what was laid down has changed.
pub(crate) async fn tell_the_asked(turn: &mut Turn<'_>, asked: Vec<PartyId>, command: &Command) -> Result<(), Halt> {
    for party in asked {
        let party = turn.party(party, &Scope::system(), None).await?;
        let events = party.decide(command.clone(), turn.now)?;
        turn.save_party(party, &events).await?;
    }
    Ok(())
}

/// Refuses when somebody chose in between.
pub(crate) fn unchanged(seen: Option<u32>, found: u32) -> Result<(), Refusal> {
    match seen {
        Some(expected) if expected != found => {
            Err(Refusal::Stale { expected: i64::from(expected), found: i64::from(found) })
        }
        _ => Ok(()),
    }
}

/// Whether the register knows the place.
pub(crate) async fn known(turn: &mut Turn<'_>, place: &Jurisdiction) -> Result<bool, Halt> {
    let places = homeward_store::reference::jurisdictions(turn.conn()).await?;
    Ok(places.iter().any(|known| known.code == place.as_str()))
}
