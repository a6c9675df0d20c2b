//! Key lists: published once, in force from an instant, and shown beforehand whom they would affect.

use crate::step::Missed;
use crate::{Caller, Dispatcher, Halt, Key, Receipt, turn::Turn};
use chrono::{DateTime, Utc};
use homeward_domain::access::{Action, Scope};
use homeward_domain::party::{Command, Party, Stage};
use homeward_domain::{Country, Invalid, KeyList, PartyId, RiskTag, key_list};
use homeward_store::key_list as rows;
use serde_json::json;
use std::sync::atomic::Ordering;

/// A version somebody wants to publish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewList {
    /// From when it is in force; not before now.
    pub effective_at: DateTime<Utc>,
    /// Red or yellow by country.
    pub entries: Vec<(Country, RiskTag)>,
    /// Where it comes from.
    pub note: String,
}

/// A waiting party whose tag a list would change.
#[derive(Debug, Clone, PartialEq)]
pub struct Affected {
    /// The party as it is.
    pub party: Party,
    /// The strictest tag the list would give it.
    pub to: RiskTag,
}

impl Dispatcher {
    /// Every version, and the number of the one in force.
    pub async fn key_lists(&self, caller: &Caller) -> Result<(Option<u32>, Vec<KeyList>), Halt> {
        caller.may(Action::ReadLists)?;
        let lists = rows::all(self.store.read().await?.conn()).await?;
        let current = KeyList::in_force(&lists, self.clock.now()).map(|list| list.version);
        Ok((current, lists))
    }

    /// Publishes the next version.
    pub async fn publish_list(&self, caller: &Caller, key: &Key, new: NewList) -> Result<Receipt, Halt> {
        caller.may(Action::PublishLists)?;
        let mut turn = Turn::open(self, caller, key).await?;
        let lists = rows::all(turn.conn()).await?;
        let now = turn.now;
        // A minute of grace: "now" on the administrator's screen is a little before now here.
        if new.effective_at < now - chrono::TimeDelta::minutes(1) {
            let mend = "a list cannot begin in the past; choose now or later";
            return Err(Invalid::new("in-the-past", mend).at("effective_at").into());
        }
        let version = lists.last().map_or(1, |list| list.version + 1);
        let list = KeyList::parse(version, new.effective_at, new.entries, &new.note)?;
        rows::insert(turn.conn(), &list, Some(caller.actor.account), now).await?;
        let subject = turn.new_id();
        turn.record(subject, "key_list.published", json!({ "version": version, "effective_at": list.effective_at }));
        turn.close(subject, i64::from(version)).await
    }

    /// The waiting parties of the caller's district whose tag the list would change. An administrator gets the count of
    /// all of them and no party.
    pub async fn preview_list(&self, caller: &Caller, new: NewList) -> Result<(usize, Vec<Affected>), Halt> {
        let scope = caller.may(Action::PreviewLists)?.scope;
        let list = KeyList::parse(u32::MAX, new.effective_at, new.entries, &new.note)?;
        let counts_only = scope.is_nothing();
        let scope = if counts_only { Scope::system() } else { scope };
        let affected = self.affected(&scope, &list).await?;
        let count = affected.len();
        Ok((count, if counts_only { Vec::new() } else { affected }))
    }

    async fn affected(&self, scope: &Scope, list: &KeyList) -> Result<Vec<Affected>, Halt> {
        let mut reader = self.store.read().await?;
        let mut affected = Vec::new();
        for party in homeward_store::party::open(reader.conn(), scope).await? {
            let to = retagged(&party, list);
            if undecided(&party) && to != party.tag().tag {
                affected.push(Affected { party, to });
            }
        }
        Ok(affected)
    }

    /// Background step: when a new version came into force, parties that wait undecided get its tags. Those that were
    /// decided keep the decision and the version that made it. Gives how many parties changed.
    pub async fn step_retag(&self) -> Result<usize, Halt> {
        let now = self.clock.now();
        let lists = rows::all(self.store.read().await?.conn()).await?;
        let Some(list) = KeyList::in_force(&lists, now) else { return Ok(0) };
        if self.list_applied.load(Ordering::Acquire) == list.version {
            return Ok(0);
        }
        let affected = self.affected(&Scope::system(), list).await?;
        let mut missed = Missed::default();
        for change in &affected {
            missed.by(self.retag(change.party.id, list).await)?;
        }
        missed.told()?;
        self.list_applied.store(list.version, Ordering::Release);
        Ok(affected.len())
    }

    async fn retag(&self, party: PartyId, list: &KeyList) -> Result<Receipt, Halt> {
        let mut turn = Turn::step(self).await?;
        let party = turn.party(party, &Scope::system(), None).await?;
        let events = party.decide(Command::Retag { list: list.clone() }, turn.now)?;
        let party = turn.save_party(party, &events).await?;
        turn.close(party.id.uuid(), party.version).await
    }
}

fn undecided(party: &Party) -> bool {
    matches!(party.stage(), Stage::Waiting | Stage::ToRefer)
}

fn retagged(party: &Party, list: &KeyList) -> RiskTag {
    let tags = party.members.iter().map(|member| match member.tag.overridden {
        Some(_) => member.tag.tag,
        None => key_list::evaluate(&member.history, list).tag,
    });
    tags.max().unwrap_or(RiskTag::Green)
}
