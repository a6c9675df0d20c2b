//! The rules that a district's plans are made by, chosen by a person. Plans read them where they are made (`day_plan/`).

use crate::approve::district_of;
use crate::silence::{known, unchanged};
use crate::{Caller, Dispatcher, Halt, Key, Receipt, turn::Turn};
use homeward_domain::access::Action;
use homeward_domain::planning::{Choice, InForce, Rules};
use homeward_domain::{Jurisdiction, Refusal};
use homeward_store::planning_rules as rows;
use serde_json::json;

/// Rules somebody chooses for a district.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPlanning {
    /// The district.
    pub district: Jurisdiction,
    /// What they shall be.
    pub rules: Rules,
    /// Why.
    pub reason: String,
    /// The version that was on the caller's screen, if the caller says; 0 for none yet.
    pub seen: Option<u32>,
}

impl Dispatcher {
    /// What plans of the caller's district are made by, and every choice that led there, newest first; the default and none if
    /// nobody ever chose.
    pub async fn planning_rules(&self, caller: &Caller) -> Result<(InForce, Vec<Choice>), Halt> {
        caller.may(Action::ReadRules)?;
        let Some(district) = district_of(&caller.actor.grant) else { return Ok(Default::default()) };
        let choices = rows::of_district(self.store.read().await?.conn(), &district).await?;
        Ok((choices.first().map_or_else(InForce::default, Choice::in_force), choices))
    }

    /// Chooses by which rules plans of a district are made from now on. Whoever has a seat keeps it; a plan that was proposed
    /// before is checked against these when it is committed.
    pub async fn choose_planning(&self, caller: &Caller, key: &Key, new: NewPlanning) -> Result<Receipt, Halt> {
        let scope = caller.may(Action::ChooseApproval)?.scope;
        let mut turn = Turn::open(self, caller, key).await?;
        if !scope.covers_place(&new.district) || !known(&mut turn, &new.district).await? {
            return Err(Refusal::NotFound.into());
        }
        let before = rows::newest(turn.conn(), &new.district).await?;
        unchanged(new.seen, before.as_ref().map_or(0, |choice| choice.version))?;
        let (by, now) = (caller.actor.name.clone(), turn.now);
        let choice = Choice::choose(new.district, before.as_ref(), (new.rules, &new.reason), by, now)?;
        rows::insert(turn.conn(), &choice, caller.actor.account).await?;
        let subject = turn.new_id();
        let kept = json!({ "district": choice.district.as_str(), "version": choice.version, "reason": choice.reason });
        turn.record(subject, "planning_rules.chosen", kept);
        turn.changed.planned.insert(choice.district.clone(), "planning_rules.chosen");
        turn.close(subject, i64::from(choice.version)).await
    }
}
