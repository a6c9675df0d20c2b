//! Decide where a party goes, and hear the community: home with two answers, a site with a room, onward, free.

use crate::approve::approval_in;
use crate::silence::silence_at;
use crate::{Caller, Dispatcher, Halt, Key, Receipt, rooms, turn::Turn};
use homeward_domain::access::Action;
use homeward_domain::disposition::{Disposition, HomeFacts, Terms};
use homeward_domain::party::{Command, Party};
use homeward_domain::{Invalid, PartyId, Refusal, code};

/// The party as the caller saw it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// Which party.
    pub party: PartyId,
    /// The version it had on the caller's screen, if the caller says.
    pub version: Option<i64>,
}

impl Dispatcher {
    /// Asks the community of a gate about a home: the committee to visit, the sub-district for its opinion.
    pub async fn ask_home(
        &self,
        caller: &Caller,
        key: &Key,
        seen: Seen,
        gate: code::Gate,
        facts: HomeFacts,
    ) -> Result<Receipt, Halt> {
        let scope = caller.may(Action::Dispose)?.scope;
        let mut turn = Turn::open(self, caller, key).await?;
        let party = turn.party(seen.party, &scope, seen.version).await?;
        let gate = homeward_store::reference::gate_of(turn.conn(), &gate).await?.ok_or_else(no_such_gate)?;
        let receiver = homeward_store::reference::receiver_of(turn.conn(), &gate.receiver).await?;
        if receiver.is_none_or(|receiver| receiver.site) {
            return Err(Invalid::new("not-a-home", "choose the gate of a community, not of a site").at("gate").into());
        }
        let_go(&mut turn, &party).await?;
        let silence = silence_at(&mut turn, &gate.receiver).await?;
        let approval = approval_in(&mut turn, &party.district).await?;
        let terms = Terms { silence, approval };
        let command = Command::ProposeHome { gate: gate.code, receiver: gate.receiver, facts, terms };
        self.finish(turn, party, command).await
    }

    /// Places a party at a site and holds the smallest room that takes it whole; several, where there is none and a person
    /// says why.
    pub async fn place_at_site(
        &self,
        caller: &Caller,
        key: &Key,
        seen: Seen,
        site: code::Receiver,
        (reason, spread): (String, Option<String>),
    ) -> Result<Receipt, Halt> {
        let scope = caller.may(Action::Dispose)?.scope;
        let mut turn = Turn::open(self, caller, key).await?;
        let party = turn.party(seen.party, &scope, seen.version).await?;
        // First: its old room may be the one that fits.
        let_go(&mut turn, &party).await?;
        let site = homeward_store::site::load(turn.conn(), &site).await?.ok_or_else(no_such_site)?;
        let given = rooms::choose(&site, &party, spread.is_some())?;
        let party = rooms::place(&mut turn, &site, party, &given, (&reason, spread.as_deref())).await?;
        turn.close(party.id.uuid(), party.version).await
    }

    /// Sends a party onward, out of the city's hands.
    pub async fn send_onward(
        &self,
        caller: &Caller,
        key: &Key,
        seen: Seen,
        to: String,
        reason: String,
    ) -> Result<Receipt, Halt> {
        self.redirect(caller, key, seen, Command::SendOnward { to, reason }).await
    }

    /// Lets a green party go.
    pub async fn free(&self, caller: &Caller, key: &Key, seen: Seen, reason: String) -> Result<Receipt, Halt> {
        self.redirect(caller, key, seen, Command::Free { reason }).await
    }

    async fn redirect(&self, caller: &Caller, key: &Key, seen: Seen, command: Command) -> Result<Receipt, Halt> {
        let scope = caller.may(Action::Dispose)?.scope;
        let mut turn = Turn::open(self, caller, key).await?;
        let party = turn.party(seen.party, &scope, seen.version).await?;
        let_go(&mut turn, &party).await?;
        self.finish(turn, party, command).await
    }

    /// The sub-district's opinion.
    pub async fn give_opinion(
        &self,
        caller: &Caller,
        key: &Key,
        party: PartyId,
        agreed: bool,
        reason: Option<String>,
    ) -> Result<Receipt, Halt> {
        let by = caller.actor.name.clone();
        self.on_party(caller, key, Action::GiveOpinion, party, Command::GiveOpinion { agreed, reason, by }).await
    }

    /// The committee's finding at the home.
    pub async fn answer_home_check(
        &self,
        caller: &Caller,
        key: &Key,
        party: PartyId,
        suitable: bool,
        reason: Option<String>,
    ) -> Result<Receipt, Halt> {
        let by = caller.actor.name.clone();
        let command = Command::AnswerHomeCheck { suitable, reason, by };
        self.on_party(caller, key, Action::AnswerHomeCheck, party, command).await
    }

    /// One command on one party: load, decide, save, close.
    pub(crate) async fn on_party(
        &self,
        caller: &Caller,
        key: &Key,
        action: Action,
        party: PartyId,
        command: Command,
    ) -> Result<Receipt, Halt> {
        let scope = caller.may(action)?.scope;
        let mut turn = Turn::open(self, caller, key).await?;
        let party = turn.party(party, &scope, None).await?;
        self.finish(turn, party, command).await
    }

    /// Decides a command on a loaded party and closes the turn.
    pub(crate) async fn finish(&self, mut turn: Turn<'_>, party: Party, command: Command) -> Result<Receipt, Halt> {
        let events = party.decide(command, turn.now)?;
        let party = turn.save_party(party, &events).await?;
        turn.close(party.id.uuid(), party.version).await
    }
}

/// Lets go of the rooms a party holds, if its destination was a site.
pub(crate) async fn let_go(turn: &mut Turn<'_>, party: &Party) -> Result<(), Halt> {
    let Disposition::Site { receiver, .. } = &party.disposition else { return Ok(()) };
    let now = turn.now;
    homeward_store::site::release(turn.conn(), party.id, now).await?;
    turn.changed.sites.insert(receiver.clone(), "site.changed");
    Ok(())
}

/// The party lives in the rooms it holds from now on, if its destination was a site.
pub(crate) async fn move_in(turn: &mut Turn<'_>, party: &Party) -> Result<(), Halt> {
    let Disposition::Site { receiver, .. } = &party.disposition else { return Ok(()) };
    let now = turn.now;
    homeward_store::site::occupy(turn.conn(), party.id, now).await?;
    turn.changed.sites.insert(receiver.clone(), "site.changed");
    Ok(())
}

pub(crate) fn no_such_gate() -> Refusal {
    Refusal::Invalid(Invalid::new("unknown-gate", "choose a gate from /v1/reference").at("gate"))
}

pub(crate) fn no_such_site() -> Refusal {
    Refusal::Invalid(Invalid::new("unknown-site", "choose an observation site from /v1/reference").at("site"))
}
