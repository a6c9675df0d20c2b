//! From the planner's numbers to trips with names, instants and reasons. Asks and decides nothing.

use super::displaced::lost;
use super::open::{as_they_stand, open_of};
use super::setting::Setting;
use super::why::{self, Place};
use super::{DayPlan, DayTrip, LeftOut, Rider, Short, WaitsFor};
use crate::back::seconds;
use chrono::{DateTime, TimeDelta, Utc};
use homeward_domain::party::Party;
use homeward_planner::{self as planner, ORIGIN, Plan, PlannedTrip, Policy};

/// The plan in words, its trips in the planner's order.
pub(super) fn day_plan(setting: &Setting, point_of_entry: &str, plan: &Plan) -> DayPlan {
    let way = |trip: &PlannedTrip| Way::of(setting, trip);
    let ways: Vec<Way> = plan.trips.iter().map(way).collect();
    let stand: Vec<Way> = as_they_stand(setting).iter().map(way).collect();
    let sum = |of: fn(&Way) -> i64| ways.iter().map(of).sum::<i64>() - stand.iter().map(of).sum::<i64>();
    let trips = plan.trips.iter().enumerate().map(|(index, trip)| day_trip(setting, plan, index, trip));
    let absent = plan.absent.iter().filter_map(|party| left_out(setting, *party as usize));
    DayPlan {
        point_of_entry: point_of_entry.to_owned(),
        as_of: setting.now,
        rules: setting.rules.clone(),
        trips: trips.collect(),
        standing: Vec::new(),
        left_out: absent
            .chain(setting.set_aside.iter().filter_map(by_hand))
            .chain(setting.locked_out.iter().filter_map(at_closed_gate))
            .collect(),
        later: setting.later,
        waiting_minutes: sum(|way| way.waiting) / 60,
        riding_minutes: sum(|way| way.riding) / 60,
        kilometres: sum(|way| way.metres) / 1_000,
        over_limit: 0,
        settled: false,
    }
}

/// A trip, driven: what it takes of everybody's time.
struct Way {
    /// Seconds from now at each stop.
    at: Vec<i32>,
    waiting: i64,
    riding: i64,
    metres: i64,
}

impl Way {
    fn of(setting: &Setting, trip: &PlannedTrip) -> Self {
        let (problem, mut now, mut here) = (&setting.problem, trip.departs, ORIGIN);
        let mut way = Self { at: Vec::with_capacity(trip.stops.len()), waiting: 0, riding: 0, metres: 0 };
        for stop in &trip.stops {
            let place = usize::from(stop.place);
            if place != here {
                now += problem.seconds(here, place) + problem.rules().stop_s;
                way.metres += i64::from(problem.metres(here, place));
            }
            way.at.push(now);
            for party in &stop.parties {
                let party = &problem.parties()[*party as usize];
                way.waiting += i64::from(party.people) * i64::from(trip.departs - party.ready.max(0));
                way.riding += i64::from(party.people) * i64::from(now - trip.departs);
            }
            now += problem.rules().party_s * i32::try_from(stop.parties.len()).unwrap_or(i32::MAX);
            here = place;
        }
        way.metres += i64::from(problem.metres(here, ORIGIN));
        way
    }
}

fn day_trip(setting: &Setting, plan: &Plan, index: usize, trip: &PlannedTrip) -> DayTrip {
    let vehicle = &setting.vehicles[trip.vehicle];
    let way = Way::of(setting, trip);
    let waits_for = why::waits_for(setting, plan, index);
    let riders =
        trip.stops.iter().enumerate().flat_map(|(stop, _)| riders(setting, trip, stop, way.at[stop], waits_for));
    let departs_at = setting.at(trip.departs);
    DayTrip {
        trip: open_of(setting, trip).map(|open| open.trip.id),
        vehicle: vehicle.id,
        name: vehicle.name.clone(),
        seats: vehicle.seats,
        usable_seats: setting.rules.rules.seats(vehicle.seats),
        wheelchair_places: vehicle.wheelchair_places,
        departs_at,
        decide_by: departs_at - tell_before(),
        riders: riders.collect(),
    }
}

/// Seconds from now at each stop of a trip.
pub(super) fn arrivals(setting: &Setting, trip: &PlannedTrip) -> Vec<i32> {
    Way::of(setting, trip).at
}

/// How long before a trip leaves its riders are told (decision 0020).
fn tell_before() -> TimeDelta {
    seconds(Policy::default().tell_before_s)
}

/// Who gets off at one stop.
fn riders(
    setting: &Setting,
    trip: &PlannedTrip,
    stop: usize,
    at: i32,
    waits_for: (WaitsFor, i64),
) -> impl Iterator<Item = Rider> {
    trip.stops[stop].parties.iter().map(move |party| {
        let index = *party as usize;
        let party = &setting.parties[index];
        Rider {
            party: party.id,
            version: party.version,
            label: party.label.clone(),
            people: party.size(),
            wheelchairs: i64::from(setting.problem.parties()[index].wheelchairs),
            seated: setting.problem.parties()[index].stays,
            lost: lost(&setting.displaced, party.id).map(|it| it.vehicle.clone()),
            gate: setting.gates[usize::from(trip.stops[stop].place) - 1].clone(),
            arrives_in_s: i64::from(at),
            gate_closed_at: closed_at(setting, trip.stops[stop].place, at),
            why: why::here(setting, trip, Place { stop, party: index }, waits_for),
        }
    })
}

/// Since when a gate has been closed at a second of the plan.
fn closed_at(setting: &Setting, place: u16, at: i32) -> Option<DateTime<Utc>> {
    let closes = setting.problem.places()[usize::from(place)].closes;
    (at > closes).then(|| setting.at(closes))
}

/// A party that a person set aside.
fn by_hand(party: &Party) -> Option<LeftOut> {
    without_seat(party, Short::NotInPlan, None)
}

/// A party whose gate lets nobody in.
fn at_closed_gate((party, until): &(Party, DateTime<Utc>)) -> Option<LeftOut> {
    without_seat(party, Short::GateClosed, None).map(|it| LeftOut { until: Some(*until), ..it })
}

/// A party without a seat, and what is short.
fn left_out(setting: &Setting, index: usize) -> Option<LeftOut> {
    let (short, most) = short(setting, index).unwrap_or((Short::NoVehicleInTime, None));
    without_seat(&setting.parties[index], short, most)
}

/// `None` for a party that is bound for nowhere, which no setting holds.
fn without_seat(party: &Party, short: Short, most: Option<i64>) -> Option<LeftOut> {
    let (gate, _) = party.disposition.bound_for()?;
    let wheelchairs = party.members.iter().filter(|member| member.needs.wheelchair).count();
    Some(LeftOut {
        party: party.id,
        version: party.version,
        label: party.label.clone(),
        people: party.size(),
        wheelchairs: i64::try_from(wheelchairs).unwrap_or(i64::MAX),
        gate: gate.clone(),
        short,
        most,
        until: None,
    })
}

/// What no plan can mend: a party that no vehicle takes, with the most that any has.
pub(super) fn short(setting: &Setting, index: usize) -> Option<(Short, Option<i64>)> {
    let (wish, fleet) = (&setting.problem.parties()[index], setting.problem.vehicles());
    let usable = |vehicle: &planner::Vehicle| setting.problem.rules().seats(vehicle.seats);
    let takes = |it: &planner::Vehicle| wish.people <= usable(it) && wish.wheelchairs <= it.wheelchairs;
    if wish.pinned.is_some_and(|at| !takes(&fleet[at])) {
        return Some((Short::ChosenVehicleFull, wish.pinned.map(|at| i64::from(usable(&fleet[at])))));
    }
    let seats = fleet.iter().map(usable).max().unwrap_or(0);
    if seats < wish.people {
        return Some((Short::NoVehicleWhole, Some(i64::from(seats))));
    }
    if fleet.iter().any(takes) {
        return None;
    }
    let places = fleet.iter().filter(|vehicle| usable(vehicle) >= wish.people).map(|vehicle| vehicle.wheelchairs).max();
    Some((Short::NoWheelchairPlace, places.map(i64::from)))
}
