//! What watchers see after a turn: for everything that changed, the rows as they now are, on every stream they belong to;
//! and the rows that went away. Reads and snapshots show the same rows: there is one projection.

pub(crate) mod before;
mod diverted_row;
mod meetings;
mod party_row;
mod stop_row;
mod trip_row;
mod vehicle_row;

pub(crate) use diverted_row::{Left, diverted_rows};
pub(crate) use party_row::{car_row, gate, party_row};
pub(crate) use trip_row::{TripContext, trip_row};

use crate::turn::Changed;
use crate::{Dispatcher, Halt};
use chrono::{DateTime, Utc};
use homeward_domain::access::Scope;
use homeward_domain::approval::Choice;
use homeward_domain::disposition::Disposition;
use homeward_domain::party::{Party, Transport};
use homeward_domain::site::Closure;
use homeward_domain::trip::{Command, State, Trip};
use homeward_domain::{DriverId, Jurisdiction, PartyId, TripId, VehicleId, code};
use homeward_feed::row::{ApprovalRow, Closed, PlanningRow, Row, SiteRow};
use homeward_store::trip::ROWS_STAY;
use homeward_store::{Happened, Publication, Stream, Unit};
use serde_json::json;
use serde_json::value::to_raw_value;
use std::collections::BTreeSet;

/// The rows that stood on receivers' boards before the turn, so that those which are gone can be removed.
#[derive(Default)]
pub(crate) struct Shown {
    rows: BTreeSet<(code::Receiver, String)>,
}

impl Shown {
    /// A row that shall be gone after this turn.
    pub fn forget(&mut self, receiver: code::Receiver, key: String) {
        self.rows.insert((receiver, key));
    }
}

pub(crate) fn remember_party(shown: &mut Shown, party: &Party) {
    for (receiver, key) in party_keys(party) {
        shown.forget(receiver, key);
    }
}

pub(crate) fn remember_trip(shown: &mut Shown, trip: &Trip) {
    for stop in &trip.stops {
        shown.forget(stop.receiver.clone(), stop.id.to_string());
    }
}

/// The rows a party has on receivers' boards: an open request, a private car that comes, or came and is not done with.
fn party_keys(party: &Party) -> Vec<(code::Receiver, String)> {
    let mut keys = Vec::new();
    if let Disposition::Home(home) = &party.disposition
        && (home.opinion.is_pending() || home.check.is_pending())
        && !party.closed()
    {
        keys.push((home.receiver.clone(), party.id.to_string()));
    }
    if let Transport::Car(car) = &party.transport
        && (!party.closed() || !party.open_steps().none())
        && car.state != homeward_domain::private_car::CarState::Recorded
    {
        keys.push((car.receiver.clone(), format!("{}:car", party.id)));
    }
    keys
}

/// Writes the row of a party that was just registered: it waits in its district's queue and stands on no board yet.
pub(crate) fn publish_new(unit: &mut Unit, party: &Party, kind: &'static str, now: DateTime<Utc>) {
    debug_assert!(party_keys(party).is_empty() && !party.closed(), "a new party waits at its desk");
    let row = Row::Party(Box::new(party_row(party)));
    let mut out = Outbox { unit, now, driver: None, gone: Vec::new() };
    out.tell(Stream::district(party.district.as_str()), party.id.to_string(), kind, Some(&row));
}

/// Writes the turn's rows into the unit.
pub(crate) async fn publish(
    unit: &mut Unit,
    changed: &Changed,
    before: &Shown,
    dispatcher: &Dispatcher,
    now: DateTime<Utc>,
) -> Result<(), Halt> {
    let mut out = Outbox { unit, now, driver: None, gone: before.rows.iter().cloned().collect() };
    let mut trips = changed.trips.clone();
    for (&id, &kind) in &changed.parties {
        if let Some(trip) = out.party(id, kind).await? {
            trips.entry(trip).or_insert(kind);
        }
    }
    for (&id, &kind) in &changed.vehicles {
        for trip in out.vehicle(id, kind).await? {
            trips.entry(trip).or_insert(kind);
        }
    }
    for (&id, &kind) in &trips {
        out.trip(dispatcher, id, kind).await?;
        out.driver = None;
    }
    for (receiver, row, driver) in &changed.diverted {
        out.driver = *driver;
        out.tell_receiver(receiver, row.stop.to_string(), "trip.diverted", &Row::Stop(Box::new(row.clone())));
    }
    out.driver = None;
    for (site, &kind) in &changed.sites {
        out.site(site, kind).await?;
    }
    for (district, &kind) in &changed.districts {
        out.approval(district, kind).await?;
    }
    for (district, &kind) in &changed.planned {
        out.planning(district, kind).await?;
    }
    out.remove_the_gone(changed);
    Ok(())
}

struct Outbox<'u> {
    unit: &'u mut Unit,
    now: DateTime<Utc>,
    /// The known driver whom the rows of the trip at hand name.
    driver: Option<DriverId>,
    gone: Vec<(code::Receiver, String)>,
}

impl Outbox<'_> {
    fn tell(&mut self, stream: Stream, key: String, kind: &'static str, row: Option<&Row>) {
        let row = row.map(|row| to_raw_value(row).expect("a row has string keys only"));
        let driver = self.driver.filter(|_| row.is_some()).map(DriverId::uuid);
        self.unit.publish(Publication { stream, key, kind, at: self.now, row, driver });
    }

    fn tell_receiver(&mut self, receiver: &code::Receiver, key: String, kind: &'static str, row: &Row) {
        self.gone.retain(|gone| gone != &(receiver.clone(), key.clone()));
        self.tell(Stream::receiver(receiver.as_str()), key, kind, Some(row));
    }

    /// Tells the district and, where it has rows there, the community. Gives the trip that shows the party too.
    async fn party(&mut self, id: PartyId, kind: &'static str) -> Result<Option<TripId>, Halt> {
        let Some(party) = homeward_store::party::load(self.unit.conn(), id, &Scope::system()).await? else {
            return Ok(None);
        };
        let row = Row::Party(Box::new(party_row(&party)));
        let open = (!party.closed()).then_some(&row);
        self.tell(Stream::district(party.district.as_str()), id.to_string(), kind, open);
        for (receiver, key) in party_keys(&party) {
            if let Some(row) = party_row::on_board(self.unit.conn(), &party, &key).await? {
                self.tell_receiver(&receiver, key, kind, &row);
            }
        }
        match party.transport {
            Transport::Seats { trip, .. } => Ok(Some(trip)),
            _ => Ok(None),
        }
    }

    /// Tells the district, the trip's own stream and each receiver's board about its own stop.
    async fn trip(&mut self, dispatcher: &Dispatcher, id: TripId, kind: &'static str) -> Result<(), Halt> {
        let Some(trip) = homeward_store::trip::load(self.unit.conn(), id, &Scope::system()).await? else {
            return Ok(());
        };
        let context = TripContext::gather(self.unit.conn(), dispatcher, &trip, self.now).await?;
        context.publish_estimates(self.unit.conn(), &trip).await?;
        let (trip, kind) = self.ask_anew(trip, &context, kind).await?;
        let row = trip_row(&trip, &context);
        self.driver = trip.driver.as_ref().filter(|driver| !driver.is_erased()).and_then(|driver| driver.id);
        let now = self.now;
        let shown = |row: &&homeward_feed::row::StopRow| row.handed_over_at.is_none_or(|at| now < at + ROWS_STAY);
        for (stop, row) in trip.stops.iter().zip(&row.stops).filter(|(_, row)| shown(row)) {
            let row = Row::Stop(Box::new(row.clone()));
            self.tell_receiver(&stop.receiver, stop.id.to_string(), kind, &row);
        }
        let open = trip.state.open();
        // A row is written down; where a vehicle is never is. Watchers hear it by ticks.
        let row = Row::Trip(Box::new(homeward_feed::row::TripRow { position: None, ..row }));
        self.tell(Stream::district(trip.district.as_str()), id.to_string(), kind, open.then_some(&row));
        self.tell(Stream::trip(id.uuid()), id.to_string(), kind, Some(&row));
        Ok(())
    }

    /// Asks squads anew whose answers are overtaken by what is published now. Gives the trip as it then is, and the event its
    /// rows are announced with.
    async fn ask_anew(
        &mut self,
        trip: Trip,
        context: &TripContext,
        kind: &'static str,
    ) -> Result<(Trip, &'static str), Halt> {
        let events = trip.decide(Command::Show { times: context.times() }, self.now)?;
        if events.is_empty() {
            return Ok((trip, kind));
        }
        let mut trip = events.iter().fold(trip, Trip::apply);
        trip.version = homeward_store::trip::save(self.unit.conn(), &trip).await?;
        for event in &events {
            let subject = trip.id.uuid();
            self.unit.record(Happened { subject, actor: None, kind: event.code(), at: self.now, body: json!({}) });
        }
        Ok((trip, if kind == "eta.revised" { "notice.renewed" } else { kind }))
    }

    /// Tells the district. Gives the trips that show the vehicle too.
    async fn vehicle(&mut self, id: VehicleId, kind: &'static str) -> Result<Vec<TripId>, Halt> {
        let conn = self.unit.conn();
        let Some(vehicle) = homeward_store::vehicle::load(conn, id).await? else { return Ok(Vec::new()) };
        let trips = homeward_store::vehicle::loading(conn, id).await?;
        let row = Row::Vehicle(Box::new(vehicle_row::fleet_row(&vehicle)));
        self.tell(Stream::district(vehicle.district.as_str()), id.to_string(), kind, Some(&row));
        Ok(trips)
    }

    async fn site(&mut self, receiver: &code::Receiver, kind: &'static str) -> Result<(), Halt> {
        let Some(at) = homeward_store::reference::receiver_of(self.unit.conn(), receiver).await? else {
            return Ok(());
        };
        let row = Row::Site(Box::new(site_row(self.unit.conn(), receiver).await?));
        self.tell(Stream::receiver(receiver.as_str()), receiver.to_string(), kind, Some(&row));
        if let Some(district) = at.jurisdiction.district() {
            self.tell(Stream::district(district.as_str()), receiver.to_string(), kind, Some(&row));
        }
        Ok(())
    }

    async fn approval(&mut self, district: &Jurisdiction, kind: &'static str) -> Result<(), Halt> {
        let Some(choice) = homeward_store::approval_mode::newest(self.unit.conn(), district).await? else {
            return Ok(());
        };
        let row = Row::Approval(Box::new(approval_row(choice)));
        self.tell(Stream::district(district.as_str()), "approval".into(), kind, Some(&row));
        Ok(())
    }

    async fn planning(&mut self, district: &Jurisdiction, kind: &'static str) -> Result<(), Halt> {
        let Some(choice) = homeward_store::planning_rules::newest(self.unit.conn(), district).await? else {
            return Ok(());
        };
        let row = Row::Planning(Box::new(PlanningRow {
            district: choice.district.to_string(),
            version: choice.version,
            reason: choice.reason,
            by: choice.by,
            at: choice.at,
        }));
        self.tell(Stream::district(district.as_str()), "planning".into(), kind, Some(&row));
        Ok(())
    }

    fn remove_the_gone(&mut self, changed: &Changed) {
        let kind = changed.parties.values().chain(changed.trips.values()).next().copied().unwrap_or("row.retired");
        for (receiver, key) in std::mem::take(&mut self.gone) {
            self.tell(Stream::receiver(receiver.as_str()), key, kind, None);
        }
    }
}

/// Beds of a site as a row.
pub(crate) async fn site_row(
    conn: &mut homeward_store::Conn,
    receiver: &code::Receiver,
) -> Result<SiteRow, homeward_store::Error> {
    let beds = homeward_store::site::beds(conn, receiver).await?;
    let closed = homeward_store::site::closure::of(conn, receiver).await?;
    Ok(SiteRow {
        receiver: receiver.to_string(),
        capacity: beds.capacity,
        held: beds.held,
        occupied: beds.occupied,
        out: beds.out,
        rooms_out: beds.rooms_out,
        free: beds.capacity - beds.held - beds.occupied - beds.out,
        open: closed.is_none(),
        closed: closed.map(closed_row),
    })
}

/// Why a site takes nobody new, as a row shows it.
pub(crate) fn closed_row(closure: Closure) -> Closed {
    Closed { reason: closure.reason, by: closure.by, at: closure.at }
}

/// A district's choice as a row.
fn approval_row(choice: Choice) -> ApprovalRow {
    ApprovalRow {
        district: choice.district.to_string(),
        mode: choice.mode.code().to_owned(),
        version: choice.version,
        reason: choice.reason,
        by: choice.by,
        at: choice.at,
    }
}

/// Whether the trip still moves people.
pub(crate) fn under_way(trip: &Trip) -> bool {
    matches!(trip.state, State::EnRoute { .. })
}
