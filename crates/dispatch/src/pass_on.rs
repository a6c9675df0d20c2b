//! At a change of vehicle: the first escort stands there, offers person by person, keeps who does not come, counts who is
//! left; the second escort takes over person by person.

use crate::board::Staying;
use crate::{Caller, Dispatcher, Halt, Key, Receipt, rooms, trail, turn::Turn};
use homeward_domain::access::{Action, Scope};
use homeward_domain::disposition::Disposition;
use homeward_domain::notice::Notice;
use homeward_domain::party::{self, Member, Party};
use homeward_domain::site::{Given, Site};
use homeward_domain::trip::change::{Command, Kept};
use homeward_domain::trip::{self, Stop, StopStage, Trip};
use homeward_domain::{ArrivalId, ChangeId, PartyId, Refusal, StopId};
use homeward_store::trip::change as rows;
use serde_json::json;
use std::collections::BTreeSet;

impl Dispatcher {
    /// The first vehicle stands at the place of the change.
    pub async fn meet(&self, caller: &Caller, key: &Key, id: ChangeId) -> Result<Receipt, Halt> {
        self.by_first(caller, key, id, Command::Meet { change: id }, "change.met").await
    }

    /// Both counts agree; the first escort counted who is left in their own vehicle.
    pub async fn close_change(
        &self,
        caller: &Caller,
        key: &Key,
        id: ChangeId,
        head_count: i64,
    ) -> Result<Receipt, Halt> {
        self.by_first(caller, key, id, Command::Close { change: id, head_count }, "change.closed").await
    }

    /// The first escort's side: a person is offered to the vehicle that goes on.
    pub async fn offer_onward(
        &self,
        caller: &Caller,
        key: &Key,
        id: ChangeId,
        arrival: ArrivalId,
    ) -> Result<Receipt, Halt> {
        let (mut turn, first, onto) = self.at_change(caller, key, id, Side::First).await?;
        let events = first.decide(trip::Command::Change(Command::Offer { change: id, arrival }), turn.now)?;
        let party = party_of(&mut turn, &first, arrival).await?;
        let offered = party.decide(party::Command::OfferOnward { arrival, onto: onto.id }, turn.now)?;
        turn.save_party(party, &offered).await?;
        let first = turn.save_trip(first, &events).await?;
        turn.changed.trips.insert(onto.id, "change.offered");
        turn.close(first.id.uuid(), first.version).await
    }

    /// The second escort's side: custody passes.
    pub async fn take_over(
        &self,
        caller: &Caller,
        key: &Key,
        id: ChangeId,
        arrival: ArrivalId,
    ) -> Result<Receipt, Halt> {
        let (mut turn, first, onto) = self.at_change(caller, key, id, Side::Onto).await?;
        let let_go = first.decide(trip::Command::Change(Command::Pass { change: id, arrival }), turn.now)?;
        let taken = onto.decide(trip::Command::Change(Command::Take { change: id, arrival }), turn.now)?;
        let party = party_of(&mut turn, &onto, arrival).await?;
        let passed = party.decide(party::Command::Board { arrival, trip: onto.id }, turn.now)?;
        turn.save_party(party, &passed).await?;
        turn.save_trip(first, &let_go).await?;
        let onto = turn.save_trip(onto, &taken).await?;
        turn.close(onto.id.uuid(), onto.version).await
    }

    /// Either escort says that a person does not come. They stay in the first escort's hands, with whoever of their party stays
    /// along, in a party of their own if others go on, and the first vehicle brings them to their gate unless somebody plans
    /// otherwise. Nobody under age is parted from the adults of their party unless it is said who looks after them.
    pub async fn keep(
        &self,
        caller: &Caller,
        key: &Key,
        id: ChangeId,
        staying: Staying,
        why: KeptBack,
    ) -> Result<Receipt, Halt> {
        let (mut turn, first, onto) = self.at_change(caller, key, id, Side::Either).await?;
        let all = staying.all();
        let party = party_of(&mut turn, &first, staying.arrival).await?;
        party.may_be_kept(&all, why.looked_after_by.as_deref())?;
        let (stays, goes_on) = parted(&turn, party, &all)?;
        let halt = halt_here(&turn, &first, &onto, &all)?;
        let (stop, kept_by) = (halt.id, stays.id);
        let [on_first, on_onto] = kept_each(&turn, (&first, &onto), id, (&stays, &why.reason), &halt)?;
        for arrival in &all {
            turn.record(arrival.uuid(), "person.kept", json!({ "change": id, "reason": why.reason }));
        }
        turn.record(kept_by.uuid(), "person.kept", why.kept(&stays));
        rows::loosen(turn.conn(), id).await?;
        match onto.stops.iter().find(|halt| halt.seats.iter().any(|seat| all.contains(&seat.arrival))) {
            Some(halt) if halt.id == stop => rows::move_stop(turn.conn(), stop, first.id).await?,
            // Nobody gets off there any more; who rode towards it before is remembered at the other halt.
            Some(halt) if all_stay(halt, &all) => rows::replace_stop(turn.conn(), halt.id, stop).await?,
            _ => {}
        }
        turn.save_trip(onto, &on_onto).await?;
        seat_again(&mut turn, stays, goes_on, (first.id, stop)).await?;
        let came_by = |arrival| first.seat_of(arrival).and_then(|seat| seat.via);
        let ways: Vec<_> = all.iter().map(|arrival| (*arrival, came_by(*arrival))).collect();
        let first = turn.save_trip(first, &on_first).await?;
        for (arrival, came_by) in ways {
            rows::follow(turn.conn(), arrival, came_by, (kept_by, stop)).await?;
        }
        turn.close(first.id.uuid(), first.version).await
    }

    async fn by_first(
        &self,
        caller: &Caller,
        key: &Key,
        id: ChangeId,
        command: Command,
        kind: &'static str,
    ) -> Result<Receipt, Halt> {
        let (mut turn, first, onto) = self.at_change(caller, key, id, Side::First).await?;
        let events = first.decide(trip::Command::Change(command), turn.now)?;
        let first = turn.save_trip(first, &events).await?;
        turn.changed.trips.insert(onto.id, kind);
        turn.close(first.id.uuid(), first.version).await
    }

    /// A turn at a change of vehicle with its two trips, the first and the one that goes on, for an escort of that side.
    async fn at_change(
        &self,
        caller: &Caller,
        key: &Key,
        id: ChangeId,
        side: Side,
    ) -> Result<(Turn<'_>, Trip, Trip), Halt> {
        let scope = caller.may(Action::Escort)?.scope;
        let mut turn = Turn::open(self, caller, key).await?;
        let (first, onto) = both(&mut turn, id, &scope).await?;
        match side {
            Side::First => crew_of(&mut turn, &first, &scope).await?,
            Side::Onto => crew_of(&mut turn, &onto, &scope).await?,
            Side::Either => {}
        }
        Ok((turn, first, onto))
    }
}

/// Why people are kept, and who looks after whoever is without an adult of their party then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptBack {
    /// Why.
    pub reason: String,
    /// Who looks after them, as people call them.
    pub looked_after_by: Option<String>,
}

impl KeptBack {
    /// What the trail keeps of it.
    fn kept(&self, stays: &Party) -> serde_json::Value {
        let mut kept = trail::said(stays, &self.reason);
        if let Some(name) = self.looked_after_by.as_deref().map(str::trim).filter(|name| !name.is_empty()) {
            kept["looked_after_by"] = json!(name);
        }
        kept
    }
}

/// What happens on both trips when everybody of a party stays with the first one, person by person.
fn kept_each(
    turn: &Turn<'_>,
    (first, onto): (&Trip, &Trip),
    change: ChangeId,
    (stays, reason): (&Party, &str),
    halt: &Stop,
) -> Result<[Vec<trip::Event>; 2], Refusal> {
    let (mut first, mut onto) = (first.clone(), onto.clone());
    let mut told = [Vec::new(), Vec::new()];
    for Member { arrival, .. } in &stays.members {
        let (arrival, reason) = (*arrival, reason.to_owned());
        let kept = Kept { arrival, party: stays.id, label: stays.label.clone(), reason: reason.clone(), at: turn.now };
        let keep = Command::Keep { change, kept, halt: Box::new(halt.clone()) };
        let on_first = first.decide(trip::Command::Change(keep), turn.now)?;
        let on_onto = onto.decide(trip::Command::Change(Command::Forgo { change, arrival, reason }), turn.now)?;
        first = on_first.iter().fold(first, Trip::apply);
        onto = on_onto.iter().fold(onto, Trip::apply);
        told[0].extend(on_first);
        told[1].extend(on_onto);
    }
    Ok(told)
}

/// Whether everybody who was to get off at a halt stays.
fn all_stay(halt: &Stop, staying: &BTreeSet<ArrivalId>) -> bool {
    halt.seats.iter().all(|seat| staying.contains(&seat.arrival))
}

/// Whose escort has to say it.
enum Side {
    /// Of the vehicle that stops there.
    First,
    /// Of the vehicle that goes on.
    Onto,
    /// Of either.
    Either,
}

/// Both trips of a change, if the scope covers one of them: each escort sees the other side of it.
pub(crate) async fn both(turn: &mut Turn<'_>, id: ChangeId, scope: &Scope) -> Result<(Trip, Trip), Halt> {
    let trips = rows::trips(turn.conn(), id, scope).await?;
    let (first, onto) = trips.ok_or(Refusal::NotFound)?;
    Ok((turn.trip(first, &Scope::system()).await?, turn.trip(onto, &Scope::system()).await?))
}

/// Refuses whoever is crew of the other vehicle only.
async fn crew_of(turn: &mut Turn<'_>, trip: &Trip, scope: &Scope) -> Result<(), Halt> {
    turn.trip(trip.id, scope).await.map(|_| ())
}

async fn party_of(turn: &mut Turn<'_>, trip: &Trip, arrival: ArrivalId) -> Result<Party, Halt> {
    let seat = trip.seat_of(arrival).ok_or(Refusal::NotOnManifest)?;
    turn.party(seat.party, &Scope::system(), None).await
}

/// Where somebody of this trip passes on, if they do.
pub(crate) fn onward(trip: &Trip, arrival: ArrivalId) -> Option<ChangeId> {
    let passes = |change: &&trip::change::Change| change.riders.iter().any(|rider| rider.seat.arrival == arrival);
    trip.changes.iter().find(passes).map(|change| change.id)
}

/// Who was to pass and never got on frees the seat on the vehicle that goes on.
pub(crate) async fn forgo(
    turn: &mut Turn<'_>,
    change: ChangeId,
    arrival: ArrivalId,
    reason: String,
) -> Result<(), Halt> {
    let onto = rows::onto(turn.conn(), arrival, change).await?.ok_or(Refusal::NotFound)?;
    let onto = turn.trip(onto, &Scope::system()).await?;
    let events = onto.decide(trip::Command::Change(Command::Forgo { change, arrival, reason }), turn.now)?;
    turn.save_trip(onto, &events).await?;
    Ok(())
}

/// Who stays, and those of the party who go on, if there are any.
fn parted(turn: &Turn<'_>, party: Party, staying: &BTreeSet<ArrivalId>) -> Result<(Party, Option<Party>), Refusal> {
    if party.members.len() == staying.len() {
        return Ok((party, None));
    }
    let (go_on, stays) = party.split(staying, PartyId::new(turn.new_id()))?;
    Ok((stays, Some(go_on)))
}

/// The halt of the first trip for people who were to get off at a halt of the second: the one it has at that gate, the
/// second trip's own if nobody else goes there, or a new one.
fn halt_here(turn: &Turn<'_>, first: &Trip, onto: &Trip, staying: &BTreeSet<ArrivalId>) -> Result<Stop, Refusal> {
    let theirs = |stop: &&Stop| stop.seats.iter().any(|seat| staying.contains(&seat.arrival));
    let halt = onto.stops.iter().find(theirs).ok_or(Refusal::NotOnManifest)?;
    let own = first.stops.iter().find(|stop| stop.gate == halt.gate).map(|stop| stop.id);
    if own.is_none() && all_stay(halt, staying) {
        return Ok(halt.clone());
    }
    Ok(Stop {
        id: own.unwrap_or_else(|| StopId::new(turn.new_id())),
        receiver: halt.receiver.clone(),
        gate: halt.gate.clone(),
        stage: StopStage::Expected,
        notice: Notice::sent(turn.now),
        seats: Vec::new(),
    })
}

/// Gives who stays a way of their own again; at a site, a room of their own as well. Where there is none they have no
/// destination until the dispatcher orders them elsewhere, and get off nowhere before.
async fn seat_again(
    turn: &mut Turn<'_>,
    stays: Party,
    goes_on: Option<Party>,
    (trip, stop): (homeward_domain::TripId, StopId),
) -> Result<(), Halt> {
    let mut events = Vec::new();
    for Member { arrival, .. } in &stays.members {
        events.extend(stays.decide(party::Command::Keep { arrival: *arrival }, turn.now)?);
    }
    events.extend(stays.decide(party::Command::Reseat { trip, stop }, turn.now)?);
    let Some(goes_on) = goes_on else {
        turn.save_party(stays, &events).await?;
        return Ok(());
    };
    let mut stays = events.iter().fold(stays, Party::apply);
    let (id, now) = (goes_on.id, turn.now);
    let own = room_of_their_own(turn, &stays, &goes_on.disposition).await?;
    if let Some((_, given)) = &own {
        stays.disposition = goes_on.disposition.clone().in_room(Some(given.doors()));
    }
    homeward_store::party::insert_split(turn.conn(), &stays).await?;
    if let Some((site, given)) = &own {
        rooms::hold(turn, site, &stays, given, (now, None)).await?;
    }
    turn.changed.parties.insert(stays.id, "change.kept");
    homeward_store::party::save(turn.conn(), &goes_on, now).await?;
    turn.changed.parties.insert(id, "change.kept");
    Ok(())
}

/// Another room at the site the others are bound for; nothing where there is none, or they go home. Nobody waits beside the
/// road for a bed.
async fn room_of_their_own(
    turn: &mut Turn<'_>,
    stays: &Party,
    to: &Disposition,
) -> Result<Option<(Site, Given)>, Halt> {
    let Disposition::Site { receiver, .. } = to else { return Ok(None) };
    let site = rooms::site_still_open(turn, receiver).await?;
    match rooms::choose(&site, stays, false) {
        Ok(given) => Ok(Some((site, given))),
        Err(Refusal::SiteFull { .. }) => Ok(None),
        Err(refusal) => Err(refusal.into()),
    }
}
