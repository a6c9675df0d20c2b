//! Trips that stand and take more people: a plan adds to them before another vehicle drives. Who has a seat there keeps it and
//! leaves no earlier than told; where others get on, the arrival may move, which has its price.

use super::Chosen;
use super::ground::Ground;
use super::setting::{Setting, seconds};
use super::standing::aboard;
use crate::back::{self, Back, Ride};
use chrono::{DateTime, Utc};
use homeward_domain::party::Party;
use homeward_domain::trip::{State, Trip};
use homeward_domain::{PartyId, VehicleId};
use homeward_planner::{Broken, Plan, PlannedStop, PlannedTrip, Problem, back_of, check};
use std::collections::BTreeMap;

/// A trip that stands and that nobody boards yet.
#[derive(Debug, Clone)]
pub(super) struct OpenTrip {
    pub trip: Trip,
    /// Who has a seat, in the order they get off.
    pub riders: Vec<Party>,
    /// Which of its vehicle's trips it is in a plan, from 0.
    pub nth: u16,
}

impl OpenTrip {
    /// Whether a party has its seat here.
    pub fn seats(&self, party: PartyId) -> bool {
        self.riders.iter().any(|rider| rider.id == party)
    }
}

/// Parties by their id.
pub(super) type Known<'p> = BTreeMap<PartyId, &'p Party>;

/// The open trips of a point of entry, and when each vehicle is back from those before them.
#[derive(Default)]
pub(super) struct Open {
    pub trips: Vec<OpenTrip>,
    back: BTreeMap<VehicleId, DateTime<Utc>>,
}

impl Open {
    /// The last trips of each vehicle that nothing but their departure is waited for; `known` are the parties that are not home.
    pub fn of(ground: &Ground, known: &Known<'_>, now: DateTime<Utc>) -> Self {
        let mut open = Self::default();
        for vehicle in &ground.vehicles {
            let Some(rides) = ground.rides.get(&vehicle.id) else { continue };
            let (mut fixed, mut loading): (Vec<&Ride>, Vec<&Ride>) =
                rides.iter().partition(|ride| !ride.trip.state.loading());
            loading.sort_by_key(|ride| back::order(&ride.trip));
            let mut trips = Vec::new();
            for ride in loading {
                let planned = ride.trip.state == State::Planned;
                match riders(ground, &ride.trip, known).filter(|_| planned) {
                    Some(riders) => trips.push((ride, riders)),
                    // What leaves before a trip that takes nobody more is as fixed as that one.
                    None => fixed.extend(trips.drain(..).map(|(ride, _)| ride).chain([ride])),
                }
            }
            if let Some(Back::At(at)) = back::from_all(&fixed, &vehicle.cleaning, ground.origin, now) {
                open.back.insert(vehicle.id, at);
            }
            let trips = (0..).zip(trips).map(|(nth, (ride, riders))| OpenTrip { trip: ride.trip.clone(), riders, nth });
            open.trips.extend(trips);
        }
        open
    }

    /// When a vehicle can take people aboard, its open trips not counted.
    pub fn back(&self, vehicle: VehicleId, ground: &Ground, now: DateTime<Utc>) -> DateTime<Utc> {
        if self.trips.iter().any(|open| open.trip.vehicle.id == vehicle) {
            return self.back.get(&vehicle).copied().unwrap_or(now);
        }
        ground.away.get(&vehicle).map_or(now, |away| away.from_all)
    }

    /// Without the trips of a vehicle, which are left as they are.
    pub fn without(mut self, vehicle: VehicleId) -> Self {
        self.trips.retain(|open| open.trip.vehicle.id != vehicle);
        self
    }
}

/// Who rides on a trip that a plan may look at, each party once; nothing where none may: people pass to another vehicle or wait
/// elsewhere, or nobody rides yet, and only the person who laid it out knows what for.
pub(super) fn riders(ground: &Ground, trip: &Trip, known: &Known<'_>) -> Option<Vec<Party>> {
    if !trip.changes.is_empty() || trip.manifest().any(|seat| seat.via.is_some()) {
        return None;
    }
    let here = |party: &&Party| ground.has(&party.desk) && party.disposition.bound_for().is_some();
    let riders = aboard(trip).into_iter().map(|party| known.get(&party).copied().filter(here).cloned());
    riders.collect::<Option<Vec<Party>>>().filter(|riders| !riders.is_empty())
}

/// The open trips in the planner's numbers and in their own order, each as early as it may leave.
pub(super) fn as_they_stand(setting: &Setting) -> Vec<PlannedTrip> {
    let mut trips: Vec<PlannedTrip> = Vec::with_capacity(setting.open.len());
    for open in &setting.open {
        let vehicle = setting.vehicles.iter().position(|it| it.id == open.trip.vehicle.id);
        let vehicle = vehicle.expect("open trips are those of vehicles in service");
        let mut stops: Vec<PlannedStop> = Vec::new();
        for (party, place) in open.riders.iter().filter_map(|rider| setting.seat_of(rider.id)) {
            match stops.iter_mut().find(|stop| stop.place == place) {
                Some(stop) => stop.parties.push(party),
                None => stops.push(PlannedStop { place, parties: vec![party] }),
            }
        }
        trips.push(PlannedTrip { vehicle, departs: 0, stops });
    }
    leave(&setting.problem, trips.iter_mut().collect(), |_| false);
    trips
}

/// Lets trips leave as early as their vehicle and their riders can, in the order given; those that are `fixed` as they are.
pub(super) fn leave(problem: &Problem, trips: Vec<&mut PlannedTrip>, fixed: impl Fn(&PlannedTrip) -> bool) {
    let mut free: BTreeMap<usize, i32> = BTreeMap::new();
    for trip in trips {
        let back = *free.entry(trip.vehicle).or_insert(problem.vehicles()[trip.vehicle].free);
        let riders = trip.stops.iter().flat_map(|stop| &stop.parties);
        let ready = riders.map(|party| problem.parties()[*party as usize].ready).max().unwrap_or(0);
        if !fixed(trip) {
            trip.departs = back.max(0).max(ready) + problem.rules().boarding_s;
        }
        if !trip.stops.is_empty() {
            free.insert(trip.vehicle, back_of(problem, trip) + problem.rules().turnaround_s);
        }
    }
}

/// The open trip that a chosen one adds to.
pub(super) fn added_to<'s>(setting: &'s Setting, chosen: &Chosen) -> Option<&'s OpenTrip> {
    setting.open.iter().find(|open| Some(open.trip.id) == chosen.trip)
}

/// Whether somebody chose to add to an open trip.
pub(super) fn is_chosen(open: &OpenTrip, chosen: &[Chosen]) -> bool {
    chosen.iter().any(|trip| trip.trip == Some(open.trip.id))
}

/// The open trips that nobody chose to add to, as they stand.
pub(super) fn not_chosen(setting: &Setting, chosen: &[Chosen]) -> impl Iterator<Item = PlannedTrip> {
    as_they_stand(setting)
        .into_iter()
        .zip(&setting.open)
        .filter(move |(_, open)| !is_chosen(open, chosen))
        .map(|(trip, _)| trip)
}

/// The riders of a trip as a person chose them, behind them whoever sits there and was not named.
pub(super) fn with_seated(setting: &Setting, stands: Option<&OpenTrip>, chosen: Vec<(u32, u16)>) -> Vec<(u32, u16)> {
    let mut riders = chosen;
    for seat in stands.into_iter().flat_map(|open| &open.riders).filter_map(|rider| setting.seat_of(rider.id)) {
        if !riders.contains(&seat) {
            riders.push(seat);
        }
    }
    riders
}

/// Trips in the order they leave: of each vehicle first those that stand.
pub(super) fn in_turn<'t>(setting: &Setting, trips: &'t mut [PlannedTrip]) -> Vec<&'t mut PlannedTrip> {
    let mut trips: Vec<_> =
        trips.iter_mut().map(|trip| (open_of(setting, trip).map_or(u16::MAX, |it| it.nth), trip)).collect();
    trips.sort_by_key(|(nth, _)| *nth);
    trips.into_iter().map(|(_, trip)| trip).collect()
}

/// The vehicle of the first open trip that breaks a rule as it stands: it is not for a plan to mend.
pub(super) fn unsound(setting: &Setting) -> Option<VehicleId> {
    let plan = Plan { trips: as_they_stand(setting), absent: Vec::new() };
    let broken = check(&setting.problem, &plan).err()?;
    let of_party = |party: u32| plan.trips.iter().find(|trip| trip.stops.iter().any(|it| it.parties.contains(&party)));
    let vehicle = match broken {
        Broken::Full { trip }
        | Broken::Luggage { trip }
        | Broken::Wheelchairs { trip }
        | Broken::Escorts { trip }
        | Broken::MustNotMeet { trip }
        | Broken::BackAfterShift { trip } => plan.trips.get(trip).map(|trip| trip.vehicle),
        Broken::NotBack { vehicle } => Some(vehicle),
        Broken::NotReady { party } | Broken::NotItsTrip { party } | Broken::NotItsVehicle { party } => {
            of_party(party).map(|trip| trip.vehicle)
        }
        _ => None,
    };
    // A rule that names no vehicle: one after the other, until it holds.
    let vehicle = vehicle.or_else(|| plan.trips.first().map(|trip| trip.vehicle))?;
    Some(setting.vehicles[vehicle].id)
}

/// Which open trip a trip of a plan is, if it is one.
pub(super) fn open_of<'s>(setting: &'s Setting, trip: &PlannedTrip) -> Option<&'s OpenTrip> {
    let mut riders = trip.stops.iter().flat_map(|stop| &stop.parties).map(|party| *party as usize);
    let sits = riders.find(|party| setting.problem.parties()[*party].stays)?;
    setting.open.iter().find(|open| open.seats(setting.parties[sits].id))
}

/// From when on people of an open trip can board, in seconds from now: for the departure that they were told.
pub(super) fn boards(open: &OpenTrip, now: DateTime<Utc>) -> i32 {
    seconds(open.trip.departs_at - now) - homeward_planner::Rules::default().boarding_s
}
