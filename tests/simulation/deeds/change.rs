//! Vehicles that meet: a bus hands people to a van at a relay point, a replacement takes over where one broke down.

use super::{Deed, road, told};
use crate::day::{Day, dispatching, escort};
use homeward_dispatch::{KeptBack, NewChange, Onto, Staying};
use homeward_domain::code::RelayPoint;
use homeward_domain::trip::change::{Change, Place, Rider, Stage};
use homeward_domain::trip::{State, Trip};
use homeward_domain::{StopId, VehicleId};

/// The next sensible thing about a change or a breakdown; where there is none, one is planned.
pub async fn advance(day: &mut Day) -> Deed {
    let open = road::open(day).await;
    let pairs =
        |trip: &Trip| trip.changes.iter().filter(|it| !it.closed()).map(|it| (trip.clone(), it.clone())).collect();
    let begun: Vec<(Trip, Change)> = open.iter().flat_map(|trip| -> Vec<_> { pairs(trip) }).collect();
    let broken: Vec<Trip> = open.iter().filter(|trip| trip.breakdown.is_some()).cloned().collect();
    match (day.chance.pick(&begun), day.chance.pick(&broken)) {
        (Some((first, change)), _) if day.chance.percent(75) => step(day, &first, &change).await,
        (_, Some(trip)) if day.chance.percent(70) => mend(day, &trip).await,
        _ if day.over => road::advance(day).await,
        _ => begin(day, &open).await,
    }
}

/// A relay for a bus, or a bus that cannot go on.
async fn begin(day: &mut Day, open: &[Trip]) -> Deed {
    let filled: Vec<Trip> = open.iter().filter(|trip| trip.seats_taken() > 0).cloned().collect();
    let Some(trip) = day.chance.pick(&filled) else { return road::plan(day).await };
    if matches!(trip.state, State::EnRoute { .. }) && trip.breakdown.is_none() && day.chance.percent(40) {
        let who = if day.chance.percent(50) { dispatching() } else { escort(0) };
        let key = day.key();
        return told("break-down", day.dispatcher.break_down(&who, &key, trip.id, "engine".into()).await);
    }
    let point = RelayPoint::parse("huangpu-relay-1").expect("a relay point");
    let point = trip.breakdown.is_none().then_some(point);
    plan(day, &trip, point, if trip.breakdown.is_some() { "replace" } else { "change" }).await
}

async fn mend(day: &mut Day, trip: &Trip) -> Deed {
    if day.chance.percent(70) {
        return plan(day, trip, None, "replace").await;
    }
    let key = day.key();
    told("go-on", day.dispatcher.go_on(&escort(0), &key, trip.id, "starts again".into()).await)
}

async fn plan(day: &mut Day, trip: &Trip, relay_point: Option<RelayPoint>, name: &str) -> Deed {
    let loading = road::loading(day).await;
    let others: Vec<VehicleId> = day.vehicles.iter().filter(|it| **it != trip.vehicle.id).copied().collect();
    let onto = match (day.chance.pick(&loading), day.chance.pick(&others)) {
        (Some(other), _) if other != trip.id && day.chance.percent(60) => Onto::Trip(other),
        (_, Some(vehicle)) => Onto::Vehicle(vehicle),
        _ => return "nothing".into(),
    };
    let open: Vec<StopId> = trip.stops.iter().filter(|stop| !stop.seats.is_empty()).map(|stop| stop.id).collect();
    let some: Vec<StopId> = open.iter().filter(|_| day.chance.percent(50)).copied().collect();
    let one = if some.is_empty() || trip.breakdown.is_some() { open } else { some };
    let key = day.key();
    told(
        name,
        day.dispatcher
            .plan_change(&dispatching(), &key, NewChange { trip: trip.id, stops: one, onto, relay_point })
            .await,
    )
}

async fn step(day: &mut Day, first: &Trip, change: &Change) -> Deed {
    let key = day.key();
    let under_way = matches!(first.state, State::EnRoute { .. });
    match change.stage {
        Stage::Expected if day.chance.percent(6) => {
            told("change-off", day.dispatcher.call_off_change(&dispatching(), &key, change.id, "plans".into()).await)
        }
        Stage::Expected if under_way => told("change-meet", day.dispatcher.meet(&escort(0), &key, change.id).await),
        Stage::Expected => road::next(day, first).await,
        Stage::Met { .. } => pass(day, first, change).await,
        Stage::Closed { .. } => unreachable!("filtered out"),
    }
}

async fn pass(day: &mut Day, first: &Trip, change: &Change) -> Deed {
    let key = day.key();
    let onto = road::load(day, change.onto).await;
    if onto.state == State::Planned && day.chance.percent(10) {
        let id = change.id;
        return told("change-off", day.dispatcher.call_off_change(&dispatching(), &key, id, "too long".into()).await);
    }
    if onto.state == State::Planned {
        return told("boarding", day.dispatcher.open_boarding(&escort(0), &key, onto.id).await);
    }
    let waiting: Vec<Rider> = change.riders.iter().filter(|rider| rider.passed_at.is_none()).copied().collect();
    let Some(rider) = day.chance.pick(&waiting) else {
        let counted = first.aboard() + i64::from(day.chance.percent(10));
        return told("change-close", day.dispatcher.close_change(&escort(1), &key, change.id, counted).await);
    };
    let arrival = rider.seat.arrival;
    match (rider.offered_at, day.chance.below(100)) {
        (_, 0..=7) => keep(day, change, arrival).await,
        (None, 8..=94) => told("change-offer", day.dispatcher.offer_onward(&escort(0), &key, change.id, arrival).await),
        _ => told("change-pass", day.dispatcher.take_over(&escort(1), &key, change.id, arrival).await),
    }
}

async fn keep(day: &mut Day, change: &Change, arrival: homeward_domain::ArrivalId) -> Deed {
    let key = day.key();
    let name = if matches!(change.place, Place::Road { .. }) { "replace-keep" } else { "change-keep" };
    let why = KeptBack { reason: "not there".into(), looked_after_by: None };
    let along = day.chance.percent(50);
    let party = change.riders.iter().find(|rider| rider.seat.arrival == arrival).map(|rider| rider.seat.party);
    let others = change.riders.iter().filter(|it| along && Some(it.seat.party) == party && it.passed_at.is_none());
    let with = others.map(|it| it.seat.arrival).filter(|it| *it != arrival).collect();
    let done = day.dispatcher.keep(&escort(1), &key, change.id, Staying { arrival, with }, why).await;
    if done.is_ok() {
        road::remember_party_of(day, arrival).await;
    }
    told(name, done)
}
