//! How a district approves homes, and the dispatcher's confirmation where it asks for one.

use crate::dispose::Seen;
use crate::silence::{known, tell_the_asked, unchanged};
use crate::{Caller, Dispatcher, Halt, Key, Receipt, turn::Turn};
use homeward_domain::access::{Action, Grant};
use homeward_domain::approval::{Approval, Choice, Mode};
use homeward_domain::party::Command;
use homeward_domain::{Jurisdiction, Refusal};
use homeward_store::approval_mode as rows;
use serde_json::json;

/// A mode somebody chooses for a district.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMode {
    /// The district.
    pub district: Jurisdiction,
    /// What it shall be.
    pub mode: Mode,
    /// Why.
    pub reason: String,
    /// The version that was on the caller's screen, if the caller says; 0 for none yet.
    pub seen: Option<u32>,
}

impl Dispatcher {
    /// The choices of the caller's district, newest first; empty if nobody ever chose.
    pub async fn approval_modes(&self, caller: &Caller) -> Result<Vec<Choice>, Halt> {
        caller.may(Action::ReadRules)?;
        let Some(district) = district_of(&caller.actor.grant) else { return Ok(Vec::new()) };
        Ok(rows::of_district(self.store.read().await?.conn(), &district).await?)
    }

    /// Chooses how a district approves homes from now on. Homes that are not cleared yet follow; what was cleared stays.
    pub async fn choose_mode(&self, caller: &Caller, key: &Key, new: NewMode) -> Result<Receipt, Halt> {
        let scope = caller.may(Action::ChooseApproval)?.scope;
        let mut turn = Turn::open(self, caller, key).await?;
        if !scope.covers_place(&new.district) || !known(&mut turn, &new.district).await? {
            return Err(Refusal::NotFound.into());
        }
        let before = rows::newest(turn.conn(), &new.district).await?;
        unchanged(new.seen, before.as_ref().map_or(0, |choice| choice.version))?;
        let (by, now) = (caller.actor.name.clone(), turn.now);
        let choice = Choice::choose(new.district, before.as_ref(), (new.mode, &new.reason), by, now)?;
        rows::insert(turn.conn(), &choice, caller.actor.account).await?;
        let subject = turn.new_id();
        let kept = json!({ "district": choice.district.as_str(), "version": choice.version, "mode": choice.mode.code(),
            "reason": choice.reason });
        turn.record(subject, "approval_mode.chosen", kept);
        let asked = homeward_store::party::homes_of(turn.conn(), &choice.district).await?;
        let command = Command::TakeMode { mode: choice.mode, version: choice.version };
        tell_the_asked(&mut turn, asked, &command).await?;
        turn.changed.districts.insert(choice.district.clone(), "approval_mode.chosen");
        turn.close(subject, i64::from(choice.version)).await
    }

    /// Confirms a home that the community agreed to, where the district asks a dispatcher to.
    pub async fn confirm_home(&self, caller: &Caller, key: &Key, seen: Seen) -> Result<Receipt, Halt> {
        let scope = caller.may(Action::Dispose)?.scope;
        let mut turn = Turn::open(self, caller, key).await?;
        let party = turn.party(seen.party, &scope, seen.version).await?;
        let by = caller.actor.name.clone();
        self.finish(turn, party, Command::ConfirmHome { by }).await
    }
}

/// How homes are approved in a district now.
pub(crate) async fn approval_in(turn: &mut Turn<'_>, district: &Jurisdiction) -> Result<Approval, Halt> {
    let newest = rows::newest(turn.conn(), district).await?;
    Ok(newest.map_or_else(Approval::default, |choice| choice.approval()))
}

/// The district an account's place lies in.
pub(crate) fn district_of(grant: &Grant) -> Option<Jurisdiction> {
    match grant {
        Grant::Dispatcher { district } | Grant::Command { district } => Some(district.clone()),
        Grant::Squad { place, .. } => place.district(),
        _ => None,
    }
}
