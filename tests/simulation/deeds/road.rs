//! Trips: planned, crewed, boarded person by person, driven, handed over gate by gate.

use super::{Deed, community, drivers, told};
use crate::day::{Day, dispatching, escort};
use chrono::TimeDelta;
use homeward_dispatch::{Crew, Halt, OtherVehicle, Staying};
use homeward_domain::access::Scope;
use homeward_domain::fix::Fix;
use homeward_domain::refusal::Driver as No;
use homeward_domain::trip::{Seat, State, Stop, StopStage, Trip};
use homeward_domain::{Point, Refusal, SquadRole, TripId, VehicleId};

fn crew(day: &mut Day, plate: bool) -> Crew {
    let whole = day.chance.percent(85);
    let driver = drivers::some(day);
    let plate = plate.then(|| "沪A88888".to_owned());
    Crew {
        driver: whole.then_some(driver),
        escorts: day.escorts.iter().take(2 + usize::from(whole)).copied().collect(),
        plate,
    }
}

/// The trips that still take people.
pub async fn loading(day: &Day) -> Vec<TripId> {
    open(day).await.into_iter().filter(|trip| trip.state.loading()).map(|trip| trip.id).collect()
}

/// Everything in the plan and on the road.
pub async fn open(day: &Day) -> Vec<Trip> {
    let mut ids = {
        let mut reader = day.store.read().await.expect("a reader");
        homeward_store::trip::ids(reader.conn(), &Scope::system(), true).await.expect("readable trips")
    };
    ids.sort_unstable();
    let mut open = Vec::new();
    for id in ids {
        open.push(load(day, id).await);
    }
    open
}

/// A trip comes into the plan, unless three wait already.
pub async fn plan(day: &mut Day) -> Deed {
    if day.chance.percent(35)
        && let Some(deed) = super::day_plan::for_all(day).await
    {
        return deed;
    }
    if loading(day).await.len() >= 3 {
        return super::steps(day).await;
    }
    let Some(vehicle) = day.chance.pick(&day.vehicles.clone()) else { return "nothing".into() };
    let (crew, key) = (crew(day, false), day.key());
    let departs_at = day.clock.now() + TimeDelta::minutes(60);
    let done = day.dispatcher.plan_trip(&dispatching(), &key, vehicle, departs_at, crew).await;
    if let Ok(receipt) = &done {
        day.trips.push(TripId::new(receipt.subject));
    }
    told("plan", done)
}

/// The trip, whoever asks.
pub async fn load(day: &Day, id: TripId) -> Trip {
    let mut reader = day.store.read().await.expect("a reader");
    let trip = homeward_store::trip::load(reader.conn(), id, &Scope::system()).await.expect("a readable trip");
    trip.expect("a trip never goes away")
}

/// The next sensible thing for some open trip.
pub async fn advance(day: &mut Day) -> Deed {
    let open: Vec<Trip> = open(day).await.into_iter().filter(|trip| trip.seats_taken() > 0).collect();
    let Some(trip) = day.chance.pick(&open) else { return super::desk::advance(day).await };
    next(day, &trip).await
}

/// The next sensible thing for this trip.
pub async fn next(day: &mut Day, trip: &Trip) -> Deed {
    match trip.state {
        State::Planned => prepare(day, trip).await,
        State::Boarding { .. } => load_up(day, trip).await,
        State::EnRoute { .. } if super::divert::unseen(trip) && day.chance.percent(70) => {
            super::divert::see(day, trip).await
        }
        _ => drive(day, trip).await,
    }
}

async fn prepare(day: &mut Day, trip: &Trip) -> Deed {
    let key = day.key();
    match day.chance.below(100) {
        0..=4 => told("cancel", day.dispatcher.cancel_trip(&dispatching(), &key, trip.id, "engine".into()).await),
        5..=8 => other_vehicle(day, trip).await,
        9..=39 => {
            let crew = crew(day, true);
            told("crew", day.dispatcher.crew(&dispatching(), &key, trip.id, crew).await)
        }
        40..=69 if trip.seats_taken() > 0 => {
            let who = if day.chance.percent(50) { dispatching() } else { escort(0) };
            told("boarding", day.dispatcher.open_boarding(&who, &key, trip.id).await)
        }
        _ => super::desk::advance(day).await,
    }
}

/// Another vehicle of the district, whichever that is.
async fn other_vehicle(day: &mut Day, trip: &Trip) -> Deed {
    let mut reader = day.store.read().await.expect("a reader");
    let all = homeward_store::vehicle::of_district(reader.conn(), trip.district.as_str()).await.expect("vehicles");
    drop(reader);
    let others: Vec<VehicleId> = all.into_iter().map(|it| it.id).filter(|it| *it != trip.vehicle.id).collect();
    let Some(vehicle) = day.chance.pick(&others) else { return "other-vehicle nowhere".into() };
    let (driver, key) = (crew(day, true).driver, day.key());
    let other = OtherVehicle { vehicle, driver, plate: Some("沪A55555".into()) };
    told("other-vehicle", day.dispatcher.take_vehicle(&dispatching(), &key, trip.id, other).await)
}

async fn load_up(day: &mut Day, trip: &Trip) -> Deed {
    let (aboard, waiting): (Vec<Seat>, Vec<Seat>) =
        trip.manifest().copied().partition(|seat| seat.boarded_at.is_some());
    let key = day.key();
    if let (Some(seat), true) = (day.chance.pick(&aboard), day.chance.percent(5)) {
        return told("unboard", day.dispatcher.unboard(&escort(0), &key, trip.id, seat.arrival).await);
    }
    if let Some(seat) = day.chance.pick(&waiting) {
        if day.chance.percent(10) {
            return no_show(day, trip, seat).await;
        }
        return told("board", day.dispatcher.board(&escort(0), &key, trip.id, seat.arrival).await);
    }
    if day.chance.percent(15) || trip.plate.is_none() || trip.driver.is_none() {
        let crew = crew(day, true);
        return told("crew", day.dispatcher.crew(&dispatching(), &key, trip.id, crew).await);
    }
    let counted = trip.seats_taken() - i64::from(day.chance.percent(10));
    let done = day.dispatcher.depart(&escort(1), &key, trip.id, counted).await;
    if matches!(done, Err(Halt::Refused(Refusal::Driver(No::Away { .. } | No::OffDuty { .. })))) {
        let (crew, key) = (crew(day, true), day.key());
        return told("another-driver", day.dispatcher.crew(&dispatching(), &key, trip.id, crew).await);
    }
    if done.is_err() && day.chance.percent(60) {
        return answer_riders(day, trip).await;
    }
    told("depart", done)
}

/// Whoever rides without the community's word: ask for it.
async fn answer_riders(day: &mut Day, trip: &Trip) -> Deed {
    let riders: Vec<_> = trip.stops.iter().flat_map(Stop::parties).collect();
    let Some(rider) = day.chance.pick(&riders) else { return "nothing".into() };
    let party = super::desk::load(day, rider).await;
    community::answer(day, &party).await
}

async fn no_show(day: &mut Day, trip: &Trip, seat: Seat) -> Deed {
    let key = day.key();
    // Now and then those who have not boarded yet stay along.
    let along = day.chance.percent(50);
    let others = trip.manifest().filter(|it| along && it.party == seat.party && it.arrival != seat.arrival);
    let with = others.filter(|it| it.boarded_at.is_none()).map(|it| it.arrival).collect();
    let staying = Staying { arrival: seat.arrival, with };
    let done = day.dispatcher.no_show(&escort(0), &key, trip.id, staying, "not at the gate".into()).await;
    if done.is_ok() {
        remember_party_of(day, seat.arrival).await;
    }
    told("no-show", done)
}

/// Who stays behind may be a party of their own now.
pub async fn remember_party_of(day: &mut Day, arrival: homeward_domain::ArrivalId) {
    let mut reader = day.store.read().await.expect("a reader");
    let now_in = homeward_store::party::of_arrival(reader.conn(), arrival).await.expect("readable");
    let party = now_in.expect("who stays behind has a party");
    if !day.parties.contains(&party) {
        day.parties.push(party);
    }
}

async fn drive(day: &mut Day, trip: &Trip) -> Deed {
    if day.chance.percent(12) {
        return position(day, trip).await;
    }
    let ahead: Vec<Stop> =
        trip.stops.iter().filter(|stop| !matches!(stop.stage, StopStage::HandedOver { .. })).cloned().collect();
    // Everybody of it may pass to another vehicle.
    let Some(stop) = day.chance.pick(&ahead) else { return position(day, trip).await };
    match stop.stage {
        StopStage::Expected => come(day, &stop).await,
        StopStage::Arrived { .. } | StopStage::Offered { .. } => hand_over(day, &stop).await,
        StopStage::HandedOver { .. } => unreachable!("filtered out"),
    }
}

async fn position(day: &mut Day, trip: &Trip) -> Deed {
    let point = Point::parse(31.20, 121.60).expect("a point on the way");
    let fix = Fix { point, told_at: day.clock.now(), accuracy_metres: None };
    let told = day.dispatcher.report_position(&escort(0), trip.id, fix).await;
    format!("position {}", if told.is_ok() { "told" } else { "refused" })
}

async fn come(day: &mut Day, stop: &Stop) -> Deed {
    let key = day.key();
    let role = day.chance.pick(&SquadRole::EXPECTED).expect("a role");
    let squad = community::standing(stop.receiver.as_str(), role);
    match day.chance.below(10) {
        0..=3 => told("acknowledge", day.dispatcher.acknowledge(&squad, &key, stop.id).await),
        4 => told("muster", day.dispatcher.muster(&squad, &key, stop.id).await),
        _ => told("arrive", day.dispatcher.arrive(&escort(0), &key, stop.id).await),
    }
}

async fn hand_over(day: &mut Day, stop: &Stop) -> Deed {
    let receiver = stop.receiver.as_str();
    let key = day.key();
    let offered = matches!(stop.stage, StopStage::Offered { .. });
    if !offered && day.chance.percent(40) {
        return offer(day, stop).await;
    }
    for seat in &stop.seats {
        let party = super::desk::load(day, seat.party).await;
        let member = party.member(seat.arrival).expect("who sits there belongs to the party");
        let open = member.reception.missing();
        let next = community::reception(receiver).into_iter().find(|(_, step)| open.contains(&step.code()));
        if let Some((who, step)) = next {
            return told("check", day.dispatcher.check_off(&who, &key, stop.id, seat.arrival, step).await);
        }
    }
    if !offered && day.chance.percent(80) {
        return offer(day, stop).await;
    }
    told("accept", day.dispatcher.accept(&community::accepting(receiver), &key, stop.id).await)
}

/// The escort's side; where the home check is missing, somebody goes and looks.
async fn offer(day: &mut Day, stop: &Stop) -> Deed {
    let key = day.key();
    let done = day.dispatcher.offer(&escort(0), &key, stop.id).await;
    if done.is_err() && day.chance.percent(70) {
        let party = super::desk::load(day, stop.seats[0].party).await;
        return community::answer(day, &party).await;
    }
    told("offer", done)
}
