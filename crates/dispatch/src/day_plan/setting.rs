//! From the register to the planner's problem: who is to be brought where, which vehicles are free when, and the roads
//! between the gates they go to.

use super::displaced::{Displaced, displaced};
use super::ground::Ground;
use super::open::{self, Known, Open, OpenTrip};
use super::tongues::Tongues;
use super::{Chosen, Wishes, laid_down, words};
use crate::back::{self, drive};
use crate::longest::{Later, longest};
use crate::{Halt, estimate};
use chrono::{DateTime, TimeDelta, Utc};
use homeward_domain::access::Scope;
use homeward_domain::party::Party;
use homeward_domain::planning::InForce;
use homeward_domain::vehicle::Vehicle;
use homeward_domain::{Invalid, PartyId, Point, VehicleId, code};
use homeward_planner as planner;
use homeward_store::Conn;
use std::borrow::Cow;

/// How much longer a road is than the straight line, on average here (the benchmark's roads: 1.28 to 1.42).
pub(super) const DETOUR: f64 = 1.35;
/// How far ahead a plan looks: a shift.
pub(super) const AHEAD: TimeDelta = TimeDelta::hours(12);
/// A vehicle of which nobody wrote down what it takes is not limited by luggage.
const ANY_LUGGAGE: i32 = 100_000;

/// Who is to be brought somewhere, and with what.
pub(super) struct Setting {
    pub parties: Vec<Party>,
    pub vehicles: Vec<Vehicle>,
    pub gates: Vec<code::Gate>,
    pub problem: planner::Problem,
    pub now: DateTime<Utc>,
    /// What the district lays down: what of the problem's rules is its own.
    pub rules: InForce,
    /// Who waits, and shall not be planned.
    pub set_aside: Vec<Party>,
    /// Who would stand before a closed gate however soon they leave, and until when it is closed.
    pub locked_out: Vec<(Party, DateTime<Utc>)>,
    /// Trips that stand and take more people; who rides there is among the parties, and stays.
    pub open: Vec<OpenTrip>,
    /// Who of the parties has a seat in a vehicle that does not drive.
    pub displaced: Vec<Displaced>,
    /// Who waits too, less long than these parties and more than one plan looks at.
    pub later: Later,
}

/// What a person says before anything is planned.
#[derive(Clone, Copy)]
pub(super) struct Said<'s> {
    /// What was laid down.
    pub wishes: &'s Wishes,
    /// The trips that were chosen; who rides there is looked at, however many wait longer.
    pub chosen: &'s [Chosen],
}

impl Said<'_> {
    fn names(&self, party: &Party) -> bool {
        self.wishes.pinned.iter().any(|pin| pin.party == party.id)
            || self.chosen.iter().any(|trip| trip.riders.iter().any(|(rider, _)| *rider == party.id))
    }
}

/// What stands before anybody is asked.
#[derive(Default)]
pub(super) struct Laid<'w> {
    /// What a person laid down.
    pub wishes: Cow<'w, Wishes>,
    /// Trips that take more people.
    pub open: Vec<OpenTrip>,
}

impl Setting {
    /// Everybody who waits, the longest waits first if they are too many, and the trips they could join. Seconds of the problem
    /// count from `now`.
    pub async fn load(conn: &mut Conn, scope: &Scope, entry: &str, now: DateTime<Utc>) -> Result<Self, Halt> {
        Self::load_chosen(conn, scope, (entry, now), &[]).await
    }

    /// The same, with the trips that a person chose.
    pub async fn load_chosen(
        conn: &mut Conn,
        scope: &Scope,
        at: (&str, DateTime<Utc>),
        chosen: &[Chosen],
    ) -> Result<Self, Halt> {
        Self::load_with(conn, scope, at, Said { wishes: &Wishes::default(), chosen }).await
    }

    /// The same, with what a person said.
    pub async fn load_with(
        conn: &mut Conn,
        scope: &Scope,
        (entry, now): (&str, DateTime<Utc>),
        said: Said<'_>,
    ) -> Result<Self, Halt> {
        let wishes = said.wishes;
        let ground = Ground::load(conn, scope, entry, now).await?;
        let all = homeward_store::party::open(conn, scope).await?;
        let known: Known<'_> = all.iter().map(|party| (party.id, party)).collect();
        let displaced = displaced(&ground, &known, now);
        let mut open = Open::of(&ground, &known, now);
        let waits = |party: &&Party| party.may_be_seated().is_ok() && ground.has(&party.desk);
        let lost = displaced.iter().map(|it| &it.party);
        let mut parties: Vec<Party> = all.iter().filter(waits).chain(lost).cloned().collect();
        parties.sort_by_key(|party| (party.registered_at, party.id));
        let (set_aside, parties) = parties.into_iter().partition(|party| wishes.left_out.contains(&party.id));
        let (parties, locked_out) = locked_out(&ground, parties, now);
        let (parties, later) = longest(parties, |party| said.names(party), |party| party);
        let mut setting = loop {
            let riders = open.trips.iter().flat_map(|it| &it.riders);
            let parties = parties.iter().chain(riders).cloned().collect();
            let laid = Laid { wishes: Cow::Borrowed(wishes), open: open.trips.clone() };
            let setting = Self::of(&ground, parties, |vehicle| open.back(vehicle, &ground, now), now, laid)?;
            match open::unsound(&setting) {
                Some(vehicle) => open = open.without(vehicle),
                None => break setting,
            }
        };
        setting.tell();
        Ok(Self { set_aside, locked_out, displaced, later, ..setting })
    }

    /// Whoever has a seat was told when they arrive, as the trips stand.
    fn tell(&mut self) {
        for trip in open::as_they_stand(self) {
            let arrivals = words::arrivals(self, &trip);
            for (stop, at) in trip.stops.iter().zip(arrivals) {
                stop.parties.iter().for_each(|party| self.problem.tell(*party as usize, trip.vehicle, at));
            }
        }
    }

    /// These parties, and every vehicle in service from when it is `back` on.
    pub fn of(
        ground: &Ground,
        parties: Vec<Party>,
        back: impl Fn(VehicleId) -> DateTime<Utc>,
        now: DateTime<Utc>,
        laid: Laid<'_>,
    ) -> Result<Self, Halt> {
        let (gates, points) = gates(&parties, ground);
        let vehicles = ground.vehicles.clone();
        let tongues = Tongues::of(parties.iter().flat_map(|party| &party.languages));
        let spoken = |vehicle: &Vehicle| ground.spoken.get(&vehicle.id).map_or(0, |tags| tongues.spoken(tags));
        let fleet = vehicles
            .iter()
            .map(|vehicle| planner::Vehicle { languages: spoken(vehicle), ..cab(vehicle, back(vehicle.id), now) });
        let index = |vehicle: VehicleId| vehicles.iter().position(|it| it.id == vehicle);
        let waiting = parties.iter().map(|party| {
            let sits = laid.open.iter().find(|open| open.seats(party.id));
            let wished = laid.wishes.pinned.iter().find(|pin| pin.party == party.id);
            let pin = sits.map(|open| (open.trip.vehicle.id, Some(open.nth)));
            let pin = pin.or_else(|| wished.map(|pin| (pin.vehicle, pin.trip)));
            let pinned = pin.and_then(|(vehicle, _)| index(vehicle));
            planner::Party {
                pinned,
                pinned_trip: pin.filter(|_| pinned.is_some()).and_then(|(_, trip)| trip),
                stays: sits.is_some() && pinned.is_some(),
                ready: sits.map_or(seconds(party.registered_at - now).min(0), |open| open::boards(open, now)),
                languages: tongues.wished(&party.languages),
                ..wish(party, &gates)
            }
        });
        let end = seconds(AHEAD);
        // The first place is the point of entry.
        let closes = |at: usize| {
            let closure = ground.closes(gates.get(at.wrapping_sub(1))?, earliest(ground, points[at], now));
            closure.map(|it| seconds(it.spell.begins - now).max(0))
        };
        let places = (0..points.len()).map(|at| planner::Place {
            opens: 0,
            closes: closes(at).unwrap_or(end).min(end),
            beds: None,
        });
        let places = places.collect();
        let (roads, rules) = (roads(&points, now), laid_down::rules(&ground.rules.rules));
        let problem = planner::Problem::new(places, roads, fleet.collect(), waiting.collect(), rules, end);
        let problem = problem.map_err(|defect| Invalid::new("cannot-be-planned", defect.to_string()))?;
        let (rules, set_aside, locked_out) = (ground.rules.clone(), Vec::new(), Vec::new());
        let (open, displaced, later) = (laid.open, Vec::new(), Later::default());
        Ok(Self { parties, vehicles, gates, problem, now, rules, set_aside, locked_out, open, displaced, later })
    }

    /// The instant of one of the planner's seconds.
    pub fn at(&self, second: i32) -> DateTime<Utc> {
        self.now + back::seconds(second)
    }

    /// Seats of a vehicle that stay free so that people sit apart.
    pub fn spared(&self, vehicle: usize) -> i64 {
        let seats = self.vehicles[vehicle].seats;
        seats - self.rules.rules.seats(seats)
    }

    /// The number of a party that waits, and the place it is brought to.
    pub fn seat_of(&self, party: PartyId) -> Option<(u32, u16)> {
        let index = self.parties.iter().position(|it| it.id == party)?;
        let place = *self.problem.parties()[index].places.first()?;
        Some((u32::try_from(index).expect("a problem has at most 20,000 parties"), place))
    }
}

/// The stops of a trip: riders who get off at the same place one after the other share one.
pub(super) fn stops(riders: impl Iterator<Item = (u32, u16)>) -> Vec<planner::PlannedStop> {
    let mut stops: Vec<planner::PlannedStop> = Vec::new();
    for (party, place) in riders {
        match stops.last_mut().filter(|stop| stop.place == place) {
            Some(stop) => stop.parties.push(party),
            None => stops.push(planner::PlannedStop { place, parties: vec![party] }),
        }
    }
    stops
}

/// The earliest that anybody who boards now can be at a gate.
fn earliest(ground: &Ground, at: Point, now: DateTime<Utc>) -> DateTime<Utc> {
    now + back::seconds(planner::Rules::default().boarding_s) + drive(ground.origin, at, now)
}

/// Parties that can be let in, and those that cannot yet, each with the instant its gate opens.
fn locked_out(ground: &Ground, parties: Vec<Party>, now: DateTime<Utc>) -> (Vec<Party>, Vec<(Party, DateTime<Utc>)>) {
    if ground.closures.is_empty() {
        return (parties, Vec::new());
    }
    let shut = |party: &Party| {
        let (gate, _) = party.disposition.bound_for()?;
        let earliest = earliest(ground, ground.place(gate)?, now);
        ground.closes(gate, earliest).filter(|it| it.spell.holds(earliest)).map(|it| it.spell.until())
    };
    let (mut open, mut locked) = (Vec::new(), Vec::new());
    for party in parties {
        match shut(&party) {
            Some(until) => locked.push((party, until)),
            None => open.push(party),
        }
    }
    (open, locked)
}

/// Every gate once, and all points with the point of entry first.
fn gates(parties: &[Party], ground: &Ground) -> (Vec<code::Gate>, Vec<Point>) {
    let mut gates: Vec<code::Gate> =
        parties.iter().filter_map(|party| party.disposition.bound_for()).map(|(gate, _)| gate.clone()).collect();
    gates.sort();
    gates.dedup();
    let points = gates.iter().map(|gate| ground.place(gate).unwrap_or(ground.origin));
    let points = std::iter::once(ground.origin).chain(points).collect();
    (gates, points)
}

fn roads(points: &[Point], now: DateTime<Utc>) -> planner::Roads {
    let pairs = || points.iter().flat_map(|from| points.iter().map(move |to| (*from, *to)));
    planner::Roads {
        seconds: pairs().map(|(from, to)| seconds(drive(from, to, now))).collect(),
        metres: pairs().map(|(from, to)| metres(from, to)).collect(),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "no two points of the earth are 2,000,000 km apart")]
fn metres(from: Point, to: Point) -> i32 {
    (from.metres_to(to) * DETOUR).round() as i32
}

/// Whole seconds, at most a week.
pub(super) fn seconds(span: TimeDelta) -> i32 {
    i32::try_from(span.num_seconds().clamp(-604_800, 604_800)).expect("a week of seconds fits")
}

/// A vehicle that is back and clean at an instant, in the planner's words: free from then on or from the beginning of its
/// hours, until they end.
fn cab(vehicle: &Vehicle, back: DateTime<Utc>, now: DateTime<Utc>) -> planner::Vehicle {
    let (opens, closes) = match vehicle.shift {
        None => (back, back + AHEAD * 2),
        Some(shift) => {
            let time = estimate::local_time(back);
            (back + shift.opens_in(time), back + shift.closes_in(time))
        }
    };
    planner::Vehicle {
        seats: small(vehicle.seats),
        luggage: vehicle.luggage_places.map_or(ANY_LUGGAGE, small),
        wheelchairs: small(vehicle.wheelchair_places),
        free: seconds(opens - now),
        until: seconds(closes - now),
        escorts: 2,
        languages: 0,
    }
}

fn wish(party: &Party, gates: &[code::Gate]) -> planner::Party {
    let to = party.disposition.bound_for().and_then(|(gate, _)| gates.iter().position(|it| it == gate));
    let wheelchairs = party.members.iter().filter(|member| member.needs.wheelchair).count();
    planner::Party {
        people: small(party.size()),
        luggage: party.members.iter().map(|member| i32::from(member.needs.luggage)).sum(),
        wheelchairs: i32::try_from(wheelchairs).unwrap_or(i32::MAX),
        tag: party.tag().tag as u8,
        places: to.and_then(|at| u16::try_from(at + 1).ok()).into_iter().collect(),
        ..planner::Party::default()
    }
}

fn small(number: i64) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
