//! A trip as a row, and everything that has to be gathered for it.

use super::before;
use super::meetings::{self, Meeting, breakdown_row, change_rows};
use super::party_row::gate as named;
use super::stop_row::stop_row;
use super::vehicle_row::of_trip;
use crate::back::Back;
use crate::{Dispatcher, Halt, estimate, times};
use chrono::{DateTime, Utc};
use homeward_domain::access::Scope;
use homeward_domain::driver::outside_hours;
use homeward_domain::notice::Told;
use homeward_domain::party::Party;
use homeward_domain::trip::{Driver, Order, State, StopStage, Trip};
use homeward_domain::vehicle::Shift;
use homeward_domain::{DriverId, PartyId, Point, StopId, code};
use homeward_feed::row::{
    Contact, CrewAway, DriverRow, EscortRow, Eta, Gate, GateClosed, Name, OrderRow, OutsideHours, Spot, TripRow,
    VehicleRow,
};
use homeward_store::trip::under_way::{self, Who};
use homeward_store::trip::{Estimate, promise};
use homeward_store::{Conn, gate_closure, reference};
use std::collections::BTreeMap;

/// What a trip's rows are made of besides the trip.
pub(crate) struct TripContext {
    pub(super) parties: BTreeMap<PartyId, Party>,
    driver: Option<DriverRow>,
    /// Their hours, if they have any.
    shift: Option<Shift>,
    pub(super) escorts: Vec<EscortRow>,
    pub(super) estimates: BTreeMap<StopId, Eta>,
    pub(super) meetings: Vec<Meeting>,
    gates: BTreeMap<code::Gate, Gate>,
    /// Which of them are closed, or will be.
    pub(super) closed: BTreeMap<code::Gate, GateClosed>,
    /// Where the trip starts, and its gates in order.
    pub places: Option<(estimate::Start, Vec<Point>)>,
    position: Option<Spot>,
    vehicle: VehicleRow,
    /// What boards shall be told from now on, by the places of the stops.
    fresh: Vec<(usize, Eta)>,
    now: DateTime<Utc>,
}

impl TripContext {
    /// Gathers it, and estimates every stop anew: what was published stays unless it is no longer true.
    pub async fn gather(
        conn: &mut Conn,
        dispatcher: &Dispatcher,
        trip: &Trip,
        now: DateTime<Utc>,
    ) -> Result<Self, Halt> {
        let vehicle = homeward_store::vehicle::load(conn, trip.vehicle.id).await?;
        let mut context = Self {
            parties: BTreeMap::new(),
            driver: None,
            shift: None,
            escorts: Vec::new(),
            estimates: BTreeMap::new(),
            meetings: meetings::of(conn, trip).await?,
            gates: BTreeMap::new(),
            closed: closed(conn, trip, now).await?,
            places: None,
            position: dispatcher.under_way.spot(trip.id),
            vehicle: of_trip(&trip.vehicle, vehicle.as_ref()),
            fresh: Vec::new(),
            now,
        };
        for id in trip.parties() {
            let party = homeward_store::party::load(conn, id, &Scope::system()).await?;
            context.parties.extend(party.map(|party| (id, party)));
        }
        let driver;
        (driver, context.escorts) = crew(conn, trip).await?;
        (context.driver, context.shift) = driver.map_or((None, None), |(row, shift)| (Some(row), shift));
        for stop in &trip.stops {
            context.gates.insert(stop.gate.clone(), named(conn, &stop.gate).await?);
        }
        context.estimate(conn, dispatcher, trip).await?;
        Ok(context)
    }

    async fn estimate(&mut self, conn: &mut Conn, dispatcher: &Dispatcher, trip: &Trip) -> Result<(), Halt> {
        let now = self.now;
        let Some(from) = self.origin(conn).await? else { return Ok(()) };
        let back = match &self.vehicle.out {
            // Nobody can say when it drives: to boards it is as if it stood beside the road.
            Some(out) if trip.state.loading() => Some(Back::Stranded { since: out.at }),
            _ => before::back(conn, trip, from, now).await?,
        };
        meetings::wait(conn, trip, &mut self.meetings, from, now).await?;
        let start = meetings::start(dispatcher, (trip, back), &mut self.meetings, from, now);
        let gates = before::gates(conn, trip, from).await?;
        let told = dispatcher.under_way.of(trip.id);
        let road = dispatcher.roads.look(trip.id, &estimate::way_left(trip, start.from, &gates, &told), now);
        let estimates = estimate::stops(trip, &start, &gates, &told, (&road, &dispatcher.lore.now()), now);
        for (place, fresh) in estimates.into_iter().enumerate() {
            let stop = &trip.stops[place];
            let before = homeward_store::trip::estimate(conn, stop.id).await?;
            let published: Option<Eta> = before.and_then(|before| serde_json::from_value(before.document).ok());
            let arriving = estimate::arriving(trip, place, gates[place], &told, published.as_ref(), now);
            let (eta, anew) = times::published((trip, stop), published, &fresh, arriving, now);
            if anew {
                self.fresh.push((place, eta.clone()));
            }
            self.estimates.insert(stop.id, eta);
        }
        self.places = Some((start, gates));
        Ok(())
    }

    /// Where the trip starts: the desk of its first party.
    async fn origin(&self, conn: &mut Conn) -> Result<Option<Point>, Halt> {
        let Some(party) = self.parties.values().next() else { return Ok(None) };
        Ok(reference::desk(conn, &party.desk).await?.map(|desk| desk.location))
    }

    /// The times the boards show from now on.
    pub fn times(&self) -> Vec<(StopId, Told)> {
        self.estimates.iter().map(|(stop, eta)| (*stop, times::told(eta))).collect()
    }

    /// Whether an estimate changed enough to be told.
    pub fn has_news(&self) -> bool {
        !self.fresh.is_empty()
    }

    /// Keeps the estimates that changed, and what they promise of stops that are still expected.
    pub async fn publish_estimates(&self, conn: &mut Conn, trip: &Trip) -> Result<(), Halt> {
        for (place, eta) in &self.fresh {
            let stop = &trip.stops[*place];
            let document = serde_json::to_value(eta).expect("an estimate has string keys only");
            homeward_store::trip::set_estimate(conn, stop.id, &Estimate { document, at: self.now }).await?;
            if stop.stage == StopStage::Expected && trip.state.open() {
                promise::add(conn, &estimate::promise(trip, stop, eta, self.now)).await?;
            }
        }
        Ok(())
    }

    pub(super) fn gate_name(&self, code: &code::Gate) -> Gate {
        let unnamed = || Gate { code: code.to_string(), compound: Name { zh: code.to_string(), en: code.to_string() } };
        self.gates.get(code).cloned().unwrap_or_else(unnamed)
    }
}

/// Who drives and who rides along; while people get on or it drives, also who is said to be on the road with another vehicle.
async fn crew(conn: &mut Conn, trip: &Trip) -> Result<(Option<(DriverRow, Option<Shift>)>, Vec<EscortRow>), Halt> {
    let begun = matches!(trip.state, State::Boarding { .. } | State::EnRoute { .. });
    let elsewhere = if begun { under_way::crew_elsewhere(conn, trip.id).await? } else { Vec::new() };
    let away = |who: Who| {
        let there = elsewhere.iter().find(|it| it.who == who);
        there.map(|it| CrewAway { vehicle: it.vehicle.clone(), since: it.since })
    };
    let driver = match &trip.driver {
        Some(driver) => Some(driver_row(conn, trip, driver, away(Who::Driver)).await?),
        None => None,
    };
    let mut escorts = Vec::with_capacity(trip.escorts.len());
    for escort in &trip.escorts {
        let Some(account) = homeward_store::account::load(conn, *escort).await? else { continue };
        escorts.push(EscortRow {
            account: account.id.uuid(),
            name: account.display_name,
            phone: account.phone,
            away: away(Who::Escort(account.id)),
        });
    }
    Ok((driver, escorts))
}

/// The driver; of a trip that is not over, also that they are off duty, and their hours. Whether it keeps within these is said
/// when it is known when it ends.
async fn driver_row(
    conn: &mut Conn,
    trip: &Trip,
    driver: &Driver,
    away: Option<CrewAway>,
) -> Result<(DriverRow, Option<Shift>), Halt> {
    let known = match driver.id.filter(|_| trip.state.open()) {
        Some(id) => homeward_store::driver::load(conn, id).await?,
        None => None,
    };
    let Contact { name, phone } = contact(driver);
    let (shift, off) = known.map_or((None, None), |known| (known.shift, known.off));
    let off_since = off.map(|off| off.since);
    Ok((DriverRow { id: driver.id.map(DriverId::uuid), name, phone, off_since, away, outside: None }, shift))
}

/// The hours of the driver, where the trip begins before them or is expected to end after them.
fn outside(trip: &Trip, context: &TripContext) -> Option<OutsideHours> {
    let shift = context.shift?;
    let begins = trip.state.departed_at().unwrap_or(trip.departs_at.max(context.now));
    let last = trip.stops.iter().filter_map(|stop| context.estimates.get(&stop.id)).map(|eta| eta.p50).max();
    let ends_at = last.unwrap_or(begins).max(begins);
    outside_hours(shift, estimate::local_time(begins), ends_at - begins).then(|| OutsideHours {
        from: shift.from(),
        until: shift.until(),
        ends_at,
    })
}

/// The earliest closure of each gate the trip comes to.
async fn closed(conn: &mut Conn, trip: &Trip, now: DateTime<Utc>) -> Result<BTreeMap<code::Gate, GateClosed>, Halt> {
    let mut closed = BTreeMap::new();
    for it in gate_closure::standing(conn, now).await? {
        if trip.stops.iter().any(|stop| stop.gate == it.gate) {
            let row =
                GateClosed { from: it.spell.begins, until: it.spell.ends, reason: it.spell.reason, by: it.spell.by };
            closed.entry(it.gate).or_insert(row);
        }
    }
    Ok(closed)
}

/// The trip with all its stops.
pub(crate) fn trip_row(trip: &Trip, context: &TripContext) -> TripRow {
    TripRow {
        trip: trip.id.uuid(),
        version: trip.version,
        district: trip.district.to_string(),
        stage: trip.state.code().to_owned(),
        vehicle: context.vehicle.clone(),
        plate: trip.plate.clone(),
        driver: context.driver.clone().map(|row| DriverRow { outside: outside(trip, context), ..row }),
        escorts: context.escorts.clone(),
        departs_at: trip.departs_at,
        departed_at: trip.state.departed_at(),
        seats_taken: trip.seats_taken(),
        boarded: trip.boarded(),
        stops: trip.stops.iter().map(|stop| stop_row(trip, stop, context)).collect(),
        changes: change_rows(&context.meetings),
        breakdown: breakdown_row(trip),
        position: context.position,
        order: trip.order.as_ref().map(order_row),
    }
}

fn order_row(order: &Order) -> OrderRow {
    OrderRow {
        to: order.to.uuid(),
        people: order.people,
        reason: order.reason.clone(),
        by: order.by.clone(),
        at: order.at,
        seen_by: order.seen.as_ref().map(|seen| seen.by.clone()),
        seen_at: order.seen.as_ref().map(|seen| seen.at),
    }
}

pub(super) fn contact(driver: &Driver) -> Contact {
    let phone = Some(driver.phone.reveal().clone()).filter(|phone| !phone.is_empty());
    Contact { name: driver.name.reveal().clone(), phone }
}
