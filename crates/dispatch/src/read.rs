//! What a caller may look at. Every look takes the scope of the caller's right; how much of a person is shown follows
//! from the same decision, so the screen cannot ask for more.

use crate::project::{TripContext, car_row, gate, party_row, trip_row};
use crate::{Caller, Dispatcher, Halt};
use chrono::NaiveDate;
use homeward_domain::access::{Action, Fields, Scope};
use homeward_domain::party::{Party, Transport};
use homeward_domain::trip::Trip;
use homeward_domain::{Document, PartyId, Refusal, StopId, TripId};
use homeward_feed::row::{PartyRow, PrivateCarRow, TripRow};
use homeward_store::ledger::Ledger;
use homeward_store::{Conn, party, traveller, trip};

/// A party, and how much of its people the caller sees.
#[derive(Debug, Clone)]
pub struct Shown<T> {
    /// The thing itself.
    pub it: T,
    /// How much of a person.
    pub fields: Fields,
}

/// A list, and how many it leaves out.
#[derive(Debug, Clone)]
pub struct Listed<T> {
    /// Those it shows.
    pub some: Vec<T>,
    /// How many more there are.
    pub not_listed: i64,
}

impl<T> Listed<T> {
    /// Of `all` that there are, in the same snapshot.
    fn of(some: Vec<T>, all: i64) -> Self {
        let shown = i64::try_from(some.len()).expect("a list is short");
        Self { some, not_listed: (all - shown).max(0) }
    }
}

/// A trip, the parties that ride on it, and the row that shows it.
pub type TripView = (Trip, Vec<Party>, TripRow);

/// Why a party was found while typing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoundBy {
    /// The same document.
    Document,
    /// The same name and birth date.
    NameAndBirth,
}

/// What the desk typed so far.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// A document, once it is whole.
    pub document: Option<Document>,
    /// A name and a birth date, once both are there.
    pub person: Option<(String, NaiveDate)>,
}

impl Dispatcher {
    /// One party.
    pub async fn party(&self, caller: &Caller, id: PartyId) -> Result<Shown<(Party, PartyRow)>, Halt> {
        let decision = caller.may(Action::ReadParties)?;
        let mut reader = self.store.read().await?;
        let it = party::load(reader.conn(), id, &decision.scope).await?.ok_or(Refusal::NotFound)?;
        let handed_over_at = party::handed_over_at(reader.conn(), id).await?;
        let fields = decision.fields_after(&caller.actor.grant, handed_over_at, self.clock.now());
        let row = party_row(&it);
        Ok(Shown { it: (it, row), fields })
    }

    /// The parties inside the caller's scope: the open ones, all of them, or all there ever were, the newest of them.
    pub async fn parties(&self, caller: &Caller, open_only: bool) -> Result<Listed<(Party, PartyRow)>, Halt> {
        let scope = caller.may(Action::ReadParties)?.scope;
        let mut reader = self.store.read().await?;
        let shown = |party: Party| {
            let row = party_row(&party);
            (party, row)
        };
        if open_only {
            let parties = party::open(reader.conn(), &scope).await?;
            return Ok(Listed { some: parties.into_iter().map(shown).collect(), not_listed: 0 });
        }
        let mut some = Vec::new();
        for id in party::ids(reader.conn(), &scope).await? {
            some.extend(party::load(reader.conn(), id, &scope).await?.map(shown));
        }
        Ok(Listed::of(some, party::count(reader.conn(), &scope).await?))
    }

    /// One trip with the parties that ride on it.
    pub async fn trip(&self, caller: &Caller, id: TripId) -> Result<Shown<TripView>, Halt> {
        let decision = caller.may(Action::ReadTrips)?;
        let mut reader = self.store.read().await?;
        let trip = trip::load(reader.conn(), id, &decision.scope).await?.ok_or(Refusal::NotFound)?;
        let riders = riders(reader.conn(), &trip, None).await?;
        let row = self.row_of(reader.conn(), &trip).await?;
        Ok(Shown { it: (trip, riders, row), fields: decision.fields })
    }

    /// The trips inside the caller's scope: the open ones, all of them, or all there ever were, those that left last.
    pub async fn trips(&self, caller: &Caller, open_only: bool) -> Result<Listed<(Trip, TripRow)>, Halt> {
        let scope = caller.may(Action::ReadTrips)?.scope;
        let mut reader = self.store.read().await?;
        let mut trips = Vec::new();
        for id in trip::ids(reader.conn(), &scope, open_only).await? {
            let Some(trip) = trip::load(reader.conn(), id, &scope).await? else { continue };
            let row = self.row_of(reader.conn(), &trip).await?;
            trips.push((trip, row));
        }
        if open_only {
            return Ok(Listed { some: trips, not_listed: 0 });
        }
        Ok(Listed::of(trips, trip::count(reader.conn(), &scope).await?))
    }

    /// One stop with the parties that get off there.
    pub async fn stop(&self, caller: &Caller, id: StopId) -> Result<Shown<TripView>, Halt> {
        let decision = caller.may(Action::ReadBoard)?;
        let mut reader = self.store.read().await?;
        let of = trip::of_stop(reader.conn(), id, &decision.scope).await?.ok_or(Refusal::NotFound)?;
        let trip = trip::load(reader.conn(), of, &decision.scope).await?.ok_or(Refusal::NotFound)?;
        let riders = riders(reader.conn(), &trip, Some(id)).await?;
        let handed_over_at = match riders.first() {
            Some(first) => party::handed_over_at(reader.conn(), first.id).await?,
            None => None,
        };
        let fields = decision.fields_after(&caller.actor.grant, handed_over_at, self.clock.now());
        let row = self.row_of(reader.conn(), &trip).await?;
        Ok(Shown { it: (trip, riders, row), fields })
    }

    /// A private car that comes to a receiver of the caller's, or came, with its people.
    pub async fn car(&self, caller: &Caller, id: PartyId) -> Result<Shown<(Party, PrivateCarRow)>, Halt> {
        let decision = caller.may(Action::ReadBoard)?;
        let mut reader = self.store.read().await?;
        let party = party::load(reader.conn(), id, &decision.scope).await?.ok_or(Refusal::NotFound)?;
        let handed_over_at = party::handed_over_at(reader.conn(), id).await?;
        let fields = decision.fields_after(&caller.actor.grant, handed_over_at, self.clock.now());
        let Transport::Car(car) = &party.transport else { return Err(Refusal::CarNotRecorded.into()) };
        let gate = gate(reader.conn(), &car.pick_up.gate).await?;
        let row = car_row(&party, car, gate);
        Ok(Shown { it: (party, row), fields })
    }

    async fn row_of(&self, conn: &mut Conn, trip: &Trip) -> Result<TripRow, Halt> {
        let context = TripContext::gather(conn, self, trip, self.clock.now()).await?;
        Ok(trip_row(trip, &context))
    }

    /// The numbers inside the caller's scope.
    pub async fn ledger(&self, caller: &Caller) -> Result<Ledger, Halt> {
        let scope = caller.may(Action::ReadLedger)?.scope;
        Ok(homeward_store::ledger::count(self.store.read().await?.conn(), &scope).await?)
    }

    /// Who came with this document, or with this name and birth date, to the district of the caller's desk.
    pub async fn look_up(&self, caller: &Caller, typed: Typed) -> Result<Vec<(Party, FoundBy)>, Halt> {
        let scope = caller.may(Action::Register)?.scope;
        let mut reader = self.store.read().await?;
        let district = desk_district(reader.conn(), &scope).await?;
        let mut found = Vec::new();
        if let Some(document) = &typed.document {
            let ids = traveller::parties_by_document(reader.conn(), &district, document).await?;
            found.extend(ids.into_iter().map(|id| (id, FoundBy::Document)));
        }
        if let Some((name, born_on)) = &typed.person {
            let ids = traveller::parties_by_person(reader.conn(), &district, name, *born_on).await?;
            let new = ids.into_iter().filter(|id| found.iter().all(|(known, _)| known != id)).collect::<Vec<_>>();
            found.extend(new.into_iter().map(|id| (id, FoundBy::NameAndBirth)));
        }
        let mut parties = Vec::with_capacity(found.len());
        for (id, by) in found {
            // Wider than the desk's own scope on purpose: the same person at the other terminal is the point. Only the
            // label and the custody are shown.
            let party = party::load(reader.conn(), id, &Scope::system()).await?;
            parties.extend(party.map(|party| (party, by)));
        }
        Ok(parties)
    }
}

async fn desk_district(conn: &mut Conn, scope: &Scope) -> Result<String, Halt> {
    let code = scope.desk().ok_or(Refusal::NotYourRole)?;
    let code = homeward_domain::code::Desk::parse(code)?;
    let desk = homeward_store::reference::desk(conn, &code).await?.ok_or(Refusal::NotFound)?;
    Ok(desk.district.to_string())
}

async fn riders(conn: &mut Conn, trip: &Trip, only: Option<StopId>) -> Result<Vec<Party>, Halt> {
    let mut riders = Vec::new();
    let at =
        |only| trip.stops.iter().filter(move |stop| stop.id == only).flat_map(homeward_domain::trip::Stop::parties);
    for id in only.map_or_else(|| trip.parties(), |only| at(only).collect()) {
        riders.extend(party::load(conn, id, &Scope::system()).await?);
    }
    Ok(riders)
}
