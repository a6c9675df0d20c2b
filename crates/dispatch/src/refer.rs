//! Call the ambulance: the whole party goes, companions included, and never gets a seat.

use crate::{Caller, Dispatcher, Halt, Key, Receipt, dispose::let_go, pass_on, turn::Turn};
use homeward_domain::access::{Action, Scope};
use homeward_domain::party::{Command, Party, Transport};
use homeward_domain::{ArrivalId, PartyId, trip};
use std::collections::BTreeSet;

/// The call for an ambulance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Referral {
    /// Where to.
    pub hospital: String,
    /// Plate of the ambulance.
    pub ambulance_plate: String,
    /// Who is ill; the others go along.
    pub patients: Vec<ArrivalId>,
}

impl Dispatcher {
    /// Refers a party; seats and a room it had are free again in the same transaction.
    pub async fn refer(&self, caller: &Caller, key: &Key, party: PartyId, call: Referral) -> Result<Receipt, Halt> {
        let scope = caller.may(Action::Register)?.scope;
        let mut turn = Turn::open(self, caller, key).await?;
        let party = turn.party(party, &scope, None).await?;
        let Referral { hospital, ambulance_plate, patients } = call;
        let events = party.decide(Command::Refer { hospital, ambulance_plate, patients }, turn.now)?;
        let_go(&mut turn, &party).await?;
        give_back_seats(&mut turn, &party).await?;
        let party = turn.save_party(party, &events).await?;
        turn.close(party.id.uuid(), party.version).await
    }

    /// The ambulance took them.
    pub async fn ambulance_took(&self, caller: &Caller, key: &Key, party: PartyId) -> Result<Receipt, Halt> {
        self.on_party(caller, key, Action::Register, party, Command::AmbulanceTook).await
    }
}

/// Frees the party's seats on its trip's side, and those on the vehicles that were to bring it there.
pub(crate) async fn give_back_seats(turn: &mut Turn<'_>, party: &Party) -> Result<(), Halt> {
    let Transport::Seats { trip, .. } = party.transport else { return Ok(()) };
    let trip = turn.trip(trip, &Scope::system()).await?;
    let changes: BTreeSet<_> =
        trip.manifest().filter(|seat| seat.party == party.id).filter_map(|seat| seat.via).collect();
    for change in changes {
        let (first, _) = pass_on::both(turn, change, &Scope::system()).await?;
        let events = first.decide(trip::Command::Unseat { party: party.id }, turn.now)?;
        turn.save_trip(first, &events).await?;
    }
    let events = trip.decide(trip::Command::Unseat { party: party.id }, turn.now)?;
    turn.save_trip(trip, &events).await?;
    Ok(())
}
