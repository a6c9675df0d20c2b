//! Order a vehicle under way elsewhere, and hear from its crew that it has seen the order. One transaction: halts, seats,
//! destinations, rooms, and the boards of old and new receivers. There is no undo but another order back.

use crate::approve::approval_in;
use crate::dispose::{let_go, no_such_gate, no_such_site};
use crate::silence::silence_at;
use crate::{Caller, Dispatcher, Halt, Key, Receipt, project, rooms, turn::Turn};
use homeward_domain::access::{Action, Scope};
use homeward_domain::disposition::Terms;
use homeward_domain::party::{self, Instead, Party};
use homeward_domain::site::Site;
use homeward_domain::trip::{Command, Diversion, Elsewhere, Event, SeenBy, Stop, StopStage, Trip};
use homeward_domain::{Refusal, StopId, TripId, code};
use serde_json::json;

/// Where a vehicle is ordered to. There is no default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Towards {
    /// An observation site with beds for everybody concerned.
    Site(code::Receiver),
    /// A gate of a community.
    Gate(code::Gate),
}

/// An order, as the dispatcher gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOrder {
    /// Where to.
    pub to: Towards,
    /// Whose passengers; empty means everybody still aboard.
    pub stops: Vec<StopId>,
    /// Why.
    pub reason: String,
    /// Why a party may have several rooms at the site, where none takes it whole; nothing refuses that.
    pub spread: Option<String>,
    /// The version the trip had on the caller's screen, if the caller says.
    pub version: Option<i64>,
}

impl Dispatcher {
    /// Orders a vehicle elsewhere. Custody stays with it until the hand-over; who was handed over stays handed over.
    pub async fn divert(&self, caller: &Caller, key: &Key, trip: TripId, order: NewOrder) -> Result<Receipt, Halt> {
        let scope = caller.may(Action::Dispatch)?.scope;
        let mut turn = Turn::open(self, caller, key).await?;
        let trip = turn.trip(trip, &scope).await?;
        if let Some(expected) = order.version.filter(|seen| *seen != trip.version) {
            return Err(Refusal::Stale { expected, found: trip.version }.into());
        }
        let (receiver, gate, site) = place(&mut turn, &order.to).await?;
        let (stop, by) = (StopId::new(turn.new_id()), caller.actor.name.clone());
        let (reason, spread) = (order.reason.clone(), order.spread);
        let to = Elsewhere { stops: order.stops, receiver, gate, stop, reason: order.reason, by };
        let events = trip.decide(Command::Divert(to), turn.now)?;
        let mut trip = trip;
        for event in &events {
            if let Event::Diverted(diversion) = event {
                self.tell_the_left(&mut turn, &trip, diversion).await?;
                let riders = riders(&mut turn, &trip, diversion, &scope).await?;
                redirect(&mut turn, riders, diversion, site.as_ref(), (&reason, spread.as_deref())).await?;
                take_back_offer(&mut turn, &trip, diversion, &scope).await?;
                trip = follow(&mut turn, trip, diversion).await?;
            }
        }
        let trip = turn.save_trip(trip, &events).await?;
        turn.close(trip.id.uuid(), trip.version).await
    }

    /// Somebody aboard has seen the order.
    pub async fn see_order(&self, caller: &Caller, key: &Key, trip: TripId) -> Result<Receipt, Halt> {
        let scope = caller.may(Action::Escort)?.scope;
        let mut turn = Turn::open(self, caller, key).await?;
        let trip = turn.trip(trip, &scope).await?;
        let seen = SeenBy { by: caller.actor.name.clone(), at: turn.now };
        self.finish_trip(turn, trip, Command::SeeOrder(seen)).await
    }

    /// The boards of the halts that are left out say why nobody comes.
    async fn tell_the_left(&self, turn: &mut Turn<'_>, trip: &Trip, diversion: &Diversion) -> Result<(), Halt> {
        let now = turn.now;
        let rows = project::diverted_rows(turn.conn(), self, trip, diversion, now).await?;
        for (receiver, row, _) in &rows {
            homeward_store::trip::diverted::keep(turn.conn(), StopId::new(row.stop), receiver, now).await?;
        }
        let order = &diversion.order;
        let body = json!({ "reason": order.reason, "to": diversion.to.gate.as_str(), "people": order.people });
        turn.record(trip.id.uuid(), "diversion.reason", body);
        turn.changed.diverted = rows;
        Ok(())
    }
}

/// What one party that is on the way goes to instead: a room held for it, or a home its new community is asked about.
pub(crate) async fn instead(
    turn: &mut Turn<'_>,
    party: &Party,
    to: &Towards,
    spread: Option<&str>,
) -> Result<Instead, Halt> {
    let (receiver, gate, site) = place(turn, to).await?;
    let_go(turn, party).await?;
    let Some(site) = site else { return asked_anew(turn, party, (&receiver, &gate)).await };
    let held = rooms_for(turn, &site, &mut [party.clone()], party.size(), spread).await?;
    Ok(held.into_iter().next().expect("a room for each party"))
}

/// The receiver and the gate of an order, with the site's rooms if it is one.
async fn place(turn: &mut Turn<'_>, to: &Towards) -> Result<(code::Receiver, code::Gate, Option<Site>), Halt> {
    match to {
        Towards::Site(site) => {
            let site = homeward_store::site::load(turn.conn(), site).await?.ok_or_else(no_such_site)?;
            Ok((site.receiver.clone(), site.gate.clone(), Some(site)))
        }
        Towards::Gate(gate) => {
            let gate = homeward_store::reference::gate_of(turn.conn(), gate).await?.ok_or_else(no_such_gate)?;
            let receiver = homeward_store::reference::receiver_of(turn.conn(), &gate.receiver).await?;
            if receiver.is_none_or(|receiver| receiver.site) {
                return Err(no_such_gate().into());
            }
            Ok((gate.receiver, gate.code, None))
        }
    }
}

/// The parties concerned, the largest first: it finds a room hardest.
async fn riders(turn: &mut Turn<'_>, trip: &Trip, diversion: &Diversion, scope: &Scope) -> Result<Vec<Party>, Halt> {
    let mut riders = Vec::new();
    for stop in trip.stops.iter().filter(|stop| diversion.from.contains(&stop.id)) {
        for id in stop.parties() {
            riders.push(turn.party(id, scope, None).await?);
        }
    }
    riders.sort_by_key(|party| (-party.size(), party.id));
    Ok(riders)
}

/// Who came from another vehicle has a seat there up to the change, and it says where they get off in the end: it follows.
async fn follow(turn: &mut Turn<'_>, trip: Trip, diversion: &Diversion) -> Result<Trip, Halt> {
    let to = &diversion.to;
    let came = |stop: &&Stop| diversion.from.contains(&stop.id) && stop.seats.iter().any(|seat| seat.via.is_some());
    let left: Vec<StopId> = trip.stops.iter().filter(came).map(|stop| stop.id).collect();
    if left.is_empty() {
        return Ok(trip);
    }
    let known = trip.stops.iter().any(|stop| stop.id == to.id);
    let added = if known { Vec::new() } else { vec![Event::StopAdded { stop: to.clone(), before: None }] };
    let trip = turn.save_trip(trip, &added).await?;
    for stop in left {
        homeward_store::trip::change::replace_stop(turn.conn(), stop, to.id).await?;
    }
    Ok(trip)
}

/// Who was offered at the halt that more people get off at now is offered again with them.
async fn take_back_offer(turn: &mut Turn<'_>, trip: &Trip, diversion: &Diversion, scope: &Scope) -> Result<(), Halt> {
    let offered = |stop: &&Stop| stop.id == diversion.to.id && matches!(stop.stage, StopStage::Offered { .. });
    for id in trip.stops.iter().find(offered).map(Stop::parties).unwrap_or_default() {
        let party = turn.party(id, scope, None).await?;
        let events = party.decide(party::Command::TakeBackOffer, turn.now)?;
        turn.save_party(party, &events).await?;
    }
    Ok(())
}

async fn redirect(
    turn: &mut Turn<'_>,
    mut riders: Vec<Party>,
    diversion: &Diversion,
    site: Option<&Site>,
    (reason, spread): (&str, Option<&str>),
) -> Result<(), Halt> {
    for party in &riders {
        let_go(turn, party).await?;
    }
    let rooms = match site {
        Some(site) => Some(rooms_for(turn, site, &mut riders, diversion.order.people, spread).await?),
        None => None,
    };
    let (receiver, gate) = (&diversion.to.receiver, &diversion.to.gate);
    for (place, party) in riders.into_iter().enumerate() {
        let to = match &rooms {
            Some(rooms) => rooms[place].clone(),
            None => asked_anew(turn, &party, (receiver, gate)).await?,
        };
        let command = party::Command::Divert { stop: diversion.to.id, to, reason: reason.to_owned() };
        let events = party.decide(command, turn.now)?;
        turn.save_party(party, &events).await?;
    }
    Ok(())
}

/// Holds rooms for each party, or for none: the refusal says what is short for all of them together, or whom no room takes whole.
/// Puts those whom a room takes whole first, so that nobody who needs several takes it from them.
async fn rooms_for(
    turn: &mut Turn<'_>,
    site: &Site,
    riders: &mut [Party],
    needed: i64,
    spread: Option<&str>,
) -> Result<Vec<Instead>, Halt> {
    // Read anew: a room somebody aboard held there until now may be the one that fits.
    let mut site = homeward_store::site::load(turn.conn(), &site.receiver).await?.ok_or_else(no_such_site)?;
    riders.sort_by_key(|party| site.choose_rooms(party.lodgers(), false).is_err());
    let (free, now) = (site.beds_free(), turn.now);
    let mut held = Vec::with_capacity(riders.len());
    for party in riders.iter() {
        let given = match rooms::choose(&site, party, spread.is_some()) {
            Err(Refusal::SiteFull { .. }) => return Err(Refusal::SiteFull { free, needed }.into()),
            other => other?,
        };
        rooms::hold(turn, &site, party, &given, (now, spread)).await?;
        held.push(Instead::Site { receiver: site.receiver.clone(), gate: site.gate.clone(), room: given.doors() });
        site = rooms::taken(site, party, &given);
    }
    Ok(held)
}

async fn asked_anew(
    turn: &mut Turn<'_>,
    party: &Party,
    (receiver, gate): (&code::Receiver, &code::Gate),
) -> Result<Instead, Halt> {
    let silence = silence_at(turn, receiver).await?;
    let approval = approval_in(turn, &party.district).await?;
    Ok(Instead::Home { receiver: receiver.clone(), gate: gate.clone(), terms: Terms { silence, approval } })
}
