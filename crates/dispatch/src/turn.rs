//! One turn at the writer: who writes, when, with which key; at its end the receipt, the projections, the wake-up.

use crate::learn::{self, Came};
use crate::{Caller, Dispatcher, Halt, Key, project, trail};
use chrono::{DateTime, Utc};
use homeward_domain::access::Scope;
use homeward_domain::{Jurisdiction, PartyId, Refusal, StopId, TripId, VehicleId, code, party, trip};
use homeward_store::{Conn, Happened, Unit, idempotency};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The answer to a write: what it was about, and how often that has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    /// The thing that was written.
    pub subject: Uuid,
    /// Its version now.
    pub version: i64,
    /// When.
    pub at: DateTime<Utc>,
}

/// What changed in this turn and must be shown: the subject, and the event that is named for it on the feed.
#[derive(Default)]
pub(crate) struct Changed {
    pub parties: BTreeMap<PartyId, &'static str>,
    pub trips: BTreeMap<TripId, &'static str>,
    pub sites: BTreeMap<code::Receiver, &'static str>,
    pub districts: BTreeMap<Jurisdiction, &'static str>,
    /// Districts whose plans are made by other rules now.
    pub planned: BTreeMap<Jurisdiction, &'static str>,
    /// Rows of halts that are gone, and whose boards are told why.
    pub diverted: Vec<project::Left>,
    pub vehicles: BTreeMap<VehicleId, &'static str>,
}

/// An open turn. Dropped without [`Turn::close`], nothing of it remains.
pub(crate) struct Turn<'d> {
    dispatcher: &'d Dispatcher,
    unit: Unit,
    actor: Option<Uuid>,
    key: Option<Key>,
    pub now: DateTime<Utc>,
    pub changed: Changed,
    before: project::Shown,
    /// What arrival estimates may learn from.
    came: Vec<Came>,
}

impl<'d> Turn<'d> {
    /// Opens a turn for a person. A key that was answered before halts with that answer.
    pub async fn open(dispatcher: &'d Dispatcher, caller: &Caller, key: &Key) -> Result<Self, Halt> {
        let account = caller.actor.account.uuid();
        let mut unit = dispatcher.store.begin().await?;
        if let Some(kept) = idempotency::find(unit.conn(), account, key.text()).await? {
            if kept.fingerprint != key.fingerprint() {
                return Err(Refusal::KeyReused.into());
            }
            return Err(Halt::Replayed(Receipt { subject: kept.subject, version: kept.version, at: kept.at }));
        }
        Ok(Self::of(dispatcher, unit, Some(account), Some(key.clone())))
    }

    /// Opens a turn for a background step, which nobody asked for and nobody repeats; only on the node on duty.
    pub async fn step(dispatcher: &'d Dispatcher) -> Result<Self, Halt> {
        let unit = dispatcher.begin_on_duty().await?;
        Ok(Self::of(dispatcher, unit, None, None))
    }

    /// Opens a turn for what follows from what somebody did, on whichever node they did it.
    pub async fn following(dispatcher: &'d Dispatcher) -> Result<Self, Halt> {
        let unit = dispatcher.store.begin().await?;
        Ok(Self::of(dispatcher, unit, None, None))
    }

    fn of(dispatcher: &'d Dispatcher, unit: Unit, actor: Option<Uuid>, key: Option<Key>) -> Self {
        let now = dispatcher.clock.now();
        let (changed, before) = (Changed::default(), project::Shown::default());
        Self { dispatcher, unit, actor, key, now, changed, before, came: Vec::new() }
    }

    pub fn conn(&mut self) -> &mut Conn {
        self.unit.conn()
    }

    pub fn dispatcher(&self) -> &'d Dispatcher {
        self.dispatcher
    }

    pub fn new_id(&self) -> Uuid {
        self.dispatcher.ids.new_at(self.now)
    }

    /// Adds to the trail. Bodies carry codes, never persons.
    pub fn record(&mut self, subject: Uuid, kind: &'static str, body: serde_json::Value) {
        self.unit.record(Happened { subject, actor: self.actor, kind, at: self.now, body });
    }

    /// Takes a row off a receiver's board.
    pub fn take_down(&mut self, receiver: &code::Receiver, key: String) {
        self.before.forget(receiver.clone(), key);
    }

    /// Saves a party after its events; gives the party as it now is.
    pub async fn save_party(&mut self, party: party::Party, events: &[party::Event]) -> Result<party::Party, Halt> {
        if events.is_empty() {
            return Ok(party);
        }
        project::remember_party(&mut self.before, &party);
        let party = self.save_unseen(party, events).await?;
        self.changed.parties.insert(party.id, leading(events.iter().map(party::Event::code)));
        Ok(party)
    }

    /// Saves a party that no queue and no board shows any more.
    pub async fn save_unseen(&mut self, party: party::Party, events: &[party::Event]) -> Result<party::Party, Halt> {
        let mut party = events.iter().fold(party, party::Party::apply);
        let now = self.now;
        party.version = homeward_store::party::save(self.conn(), &party, now).await?;
        for event in events {
            self.record(party.id.uuid(), event.code(), trail::kept(event, &party));
        }
        Ok(party)
    }

    /// Saves a trip after its events; gives the trip as it now is.
    pub async fn save_trip(&mut self, trip: trip::Trip, events: &[trip::Event]) -> Result<trip::Trip, Halt> {
        if events.is_empty() {
            return Ok(trip);
        }
        project::remember_trip(&mut self.before, &trip);
        let vehicle_before = trip.vehicle.id;
        let mut trip = events.iter().fold(trip, trip::Trip::apply);
        let other_vehicle = trip.vehicle.id != vehicle_before;
        if other_vehicle {
            homeward_store::trip::take_vehicle(self.conn(), &trip).await?;
        }
        trip.version = homeward_store::trip::save(self.conn(), &trip).await?;
        self.came.extend(learn::taught(&trip, events));
        for event in events {
            self.record(trip.id.uuid(), event.code(), trail::of_trip(event));
        }
        self.changed.trips.insert(trip.id, leading(events.iter().map(trip::Event::code)));
        if let Some(last @ (trip::Event::Departed(_) | trip::Event::Completed(_))) = events.last() {
            self.changed.vehicles.insert(trip.vehicle.id, last.code());
            let over = matches!(last, trip::Event::Completed(_));
            for other in homeward_store::trip::under_way::with_crew_of(self.conn(), trip.id, over).await? {
                self.changed.trips.entry(other).or_insert(last.code());
            }
        }
        if other_vehicle {
            self.show_next_of(vehicle_before).await?;
        }
        if other_vehicle || events.iter().any(delays_the_next) {
            self.show_next_of(trip.vehicle.id).await?;
        }
        Ok(trip)
    }

    /// The next trips of a vehicle are shown anew, unless something is named for them already.
    async fn show_next_of(&mut self, vehicle: VehicleId) -> Result<(), Halt> {
        for next in homeward_store::vehicle::loading(self.conn(), vehicle).await? {
            self.changed.trips.entry(next).or_insert("eta.revised");
        }
        Ok(())
    }

    /// Writes what watchers see, remembers the answer, makes it durable, wakes the watchers.
    pub async fn close(mut self, subject: Uuid, version: i64) -> Result<Receipt, Halt> {
        let came = std::mem::take(&mut self.came);
        let lore = learn::take_in(&mut self, came).await?;
        project::publish(&mut self.unit, &self.changed, &self.before, self.dispatcher, self.now).await?;
        let receipt = Receipt { subject, version, at: self.now };
        if let (Some(account), Some(key)) = (self.actor, &self.key) {
            let kept = idempotency::Kept { fingerprint: key.fingerprint(), subject, version, at: self.now };
            idempotency::keep(self.unit.conn(), account, key.text(), &kept).await?;
        }
        let heads = self.unit.commit().await?;
        if let Some(lore) = lore {
            self.dispatcher.lore.put(lore);
        }
        self.dispatcher.under_way.trips_changed(self.changed.trips.keys());
        self.dispatcher.roads.written(self.changed.trips.keys());
        self.dispatcher.feed.wake(&heads);
        Ok(receipt)
    }
}

/// Whether the boards of the vehicle's next trips have to hear of it at once: where it drives is another way, or no way.
const fn delays_the_next(event: &trip::Event) -> bool {
    use trip::change::Event::{BrokeDown, Mended};
    matches!(event, trip::Event::Diverted(_) | trip::Event::Change(BrokeDown(_) | Mended(_)))
}

/// The event a row is announced with: the first that is not the mere passing of custody.
fn leading(mut codes: impl Iterator<Item = &'static str> + Clone) -> &'static str {
    let first = codes.clone().next().unwrap_or("party.registered");
    codes.find(|code| *code != "custody.passed").unwrap_or(first)
}

impl Turn<'_> {
    /// The party inside the scope, at the version the caller saw if it said one.
    pub async fn party(&mut self, id: PartyId, scope: &Scope, seen: Option<i64>) -> Result<party::Party, Halt> {
        let party = homeward_store::party::load(self.conn(), id, scope).await?.ok_or(Refusal::NotFound)?;
        match seen {
            Some(expected) if expected != party.version => {
                Err(Refusal::Stale { expected, found: party.version }.into())
            }
            _ => Ok(party),
        }
    }

    /// The trip inside the scope.
    pub async fn trip(&mut self, id: TripId, scope: &Scope) -> Result<trip::Trip, Halt> {
        Ok(homeward_store::trip::load(self.conn(), id, scope).await?.ok_or(Refusal::NotFound)?)
    }

    /// The trip of a stop inside the scope.
    pub async fn trip_of(&mut self, stop: StopId, scope: &Scope) -> Result<trip::Trip, Halt> {
        let id = homeward_store::trip::of_stop(self.conn(), stop, scope).await?.ok_or(Refusal::NotFound)?;
        self.trip(id, scope).await
    }
}
