//! The plan that is at hand before anybody asks: what was proposed last at a point of entry, gone on with in slices while
//! dispatchers look there. Kept in this node's memory, because it is a proposal: nobody was told anything of it, and a node
//! that has none begins one with the first question.

use super::open::as_they_stand;
use super::setting::{AHEAD, Setting, stops};
use crate::{Dispatcher, Halt};
use chrono::{DateTime, TimeDelta, Utc};
use homeward_domain::access::Scope;
use homeward_domain::planning::InForce;
use homeward_domain::{PartyId, TripId, VehicleId, code};
use homeward_planner::{self as planner, Plan, PlannedStop, PlannedTrip, Rounds};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Rounds of a new plan: about a tenth of a second for 300 parties.
const ROUNDS: u64 = 12_000;
/// Rounds of a slice: about a fiftieth of a second for 80 parties.
const SLICE: u64 = 4_000;
/// A plan nobody has asked for in so long is forgotten.
const ASKED_WITHIN: TimeDelta = TimeDelta::minutes(10);
/// After so many slices that found nothing better it is left alone until something changes that it was made for.
const SETTLED_AFTER: u32 = 40;
/// A vehicle or a gate that slips by less is the same to the search: departures follow it anyway. Boarding takes as long.
const SLIP: TimeDelta = TimeDelta::minutes(5);

/// The plans of a node.
#[derive(Default)]
pub(crate) struct AtHand(Mutex<Vec<Kept>>);

/// One of them.
#[derive(Clone)]
struct Kept {
    scope: Scope,
    entry: String,
    trips: Vec<KeptTrip>,
    asked_at: DateTime<Utc>,
    made_for: MadeFor,
    /// Slices so far: each draws its own chances.
    slices: u64,
    /// Slices since the last one that found something.
    in_vain: u32,
}

/// Names instead of numbers, which are other ones at the next look.
type KeptTrip = (VehicleId, Vec<PartyId>);
/// A party and the place it is brought to, in the planner's numbers.
type Seat = (u32, u16);
/// From when until when a vehicle can drive.
type Hours = (DateTime<Utc>, DateTime<Utc>);
/// When a gate closes, if it will.
type Closes = (code::Gate, Option<DateTime<Utc>>);

/// What a plan was made for.
#[derive(Clone, Default)]
struct MadeFor {
    at: DateTime<Utc>,
    /// What the district laid down.
    rules: InForce,
    /// Who waits, at which version.
    parties: Vec<(PartyId, i64)>,
    /// The vehicles in service that are not beside the road, at which version.
    vehicles: Vec<(VehicleId, i64)>,
    /// From when until when each can drive: back from its trips, during its hours.
    free: Vec<Hours>,
    /// Where they are brought, and when each gate closes.
    gates: Vec<Closes>,
    /// The trips that stand and take more people, and when each leaves.
    open: Vec<(TripId, DateTime<Utc>)>,
}

impl MadeFor {
    fn of(setting: &Setting) -> Self {
        let (problem, now) = (&setting.problem, setting.now);
        let at = |second: i32| setting.at(second);
        let closes = |closes: i32| (at(closes) < now + AHEAD).then(|| at(closes));
        Self {
            at: now,
            rules: setting.rules.clone(),
            parties: setting.parties.iter().map(|party| (party.id, party.version)).collect(),
            vehicles: setting.vehicles.iter().map(|vehicle| (vehicle.id, vehicle.version)).collect(),
            free: problem.vehicles().iter().map(|it| (at(it.free), at(it.until))).collect(),
            // The first place is the point of entry.
            gates: setting
                .gates
                .iter()
                .cloned()
                .zip(problem.places()[1..].iter().map(|it| closes(it.closes)))
                .collect(),
            open: setting.open.iter().map(|open| (open.trip.id, open.trip.departs_at)).collect(),
        }
    }

    /// Whether a plan that was made for this is still one for what there is now. A vehicle that stood ready then stands
    /// ready still, though its instant is another one.
    fn holds(&self, now: &Self) -> bool {
        let near = |one: DateTime<Utc>, other: DateTime<Utc>| (one - other).abs() <= SLIP;
        let (soonest, horizon) = (now.at, now.at + AHEAD);
        let free = |(one, other): (&Hours, &Hours)| {
            near(one.0.max(soonest), other.0.max(soonest)) && near(one.1.min(horizon), other.1.min(horizon))
        };
        let closes = |(one, other): (&Closes, &Closes)| {
            one.0 == other.0
                && match (one.1, other.1) {
                    (Some(one), Some(other)) => near(one, other),
                    (one, other) => one == other,
                }
        };
        self.rules == now.rules
            && self.parties == now.parties
            && self.vehicles == now.vehicles
            && self.open == now.open
            && self.gates.len() == now.gates.len()
            && self.free.iter().zip(&now.free).all(free)
            && self.gates.iter().zip(&now.gates).all(closes)
    }
}

/// A plan that was found, and whether the search has stopped to find better ones.
pub(super) struct Found {
    pub plan: Plan,
    pub settled: bool,
}

impl AtHand {
    fn all(&self) -> MutexGuard<'_, Vec<Kept>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is at hand for a question, which is noted.
    fn asked(&self, scope: &Scope, entry: &str, now: DateTime<Utc>) -> Option<Kept> {
        let mut all = self.all();
        let kept = all.iter_mut().find(|it| it.scope == *scope && it.entry == entry)?;
        kept.asked_at = now;
        Some(kept.clone())
    }

    fn keep(&self, kept: Kept) {
        let mut all = self.all();
        match all.iter_mut().find(|it| it.scope == kept.scope && it.entry == kept.entry) {
            // Somebody may have asked while the slice ran.
            Some(old) => *old = Kept { asked_at: old.asked_at.max(kept.asked_at), ..kept },
            None => all.push(kept),
        }
    }

    /// Those that somebody looks at; the others are forgotten.
    fn looked_at(&self, now: DateTime<Utc>) -> Vec<Kept> {
        let mut all = self.all();
        all.retain(|it| now - it.asked_at < ASKED_WITHIN);
        all.clone()
    }
}

impl Dispatcher {
    /// The best plan there is for a setting: the one at hand gone on with, or a new one. Only what nobody laid anything down
    /// for is kept.
    pub(super) async fn find_plan(
        &self,
        (scope, entry): (&Scope, &str),
        setting: Setting,
        keep: bool,
    ) -> (Found, Setting) {
        let kept = self.at_hand.asked(scope, entry, setting.now);
        let fresh = Kept::nothing(scope, entry, setting.now);
        let kept = kept.unwrap_or(fresh);
        // What has settled is not looked at again: the answer comes at once.
        let rounds = if kept.settled_for(&setting) { 0 } else { ROUNDS };
        let (kept, found, setting) = searched(kept, setting, rounds).await;
        if keep {
            self.at_hand.keep(kept);
        }
        (found, setting)
    }

    /// Goes on with the plans that dispatchers look at, a slice each; writes nothing. Gives how many became better. Every
    /// node does, for those who ask it.
    pub async fn step_improve(&self) -> Result<usize, Halt> {
        let now = self.clock.now();
        let mut better = 0;
        for kept in self.at_hand.looked_at(now) {
            let mut reader = self.store.read().await?;
            let setting = Setting::load(reader.conn(), &kept.scope, &kept.entry, now).await?;
            drop(reader);
            if kept.settled_for(&setting) {
                continue;
            }
            let (kept, _, _) = searched(kept, setting, SLICE).await;
            better += usize::from(kept.in_vain == 0);
            self.at_hand.keep(kept);
        }
        Ok(better)
    }
}

impl Kept {
    fn nothing(scope: &Scope, entry: &str, now: DateTime<Utc>) -> Self {
        Self {
            scope: scope.clone(),
            entry: entry.to_owned(),
            trips: Vec::new(),
            asked_at: now,
            made_for: MadeFor::default(),
            slices: 0,
            in_vain: 0,
        }
    }

    /// Whether the search has stopped to find better ones, and what it was made for is the same since.
    fn settled_for(&self, setting: &Setting) -> bool {
        self.in_vain >= SETTLED_AFTER && self.made_for.holds(&MadeFor::of(setting))
    }

    /// The same after one more search.
    fn after(self, setting: &Setting, made_for: MadeFor, plan: &Plan, better: bool) -> Self {
        let trip = |it: &PlannedTrip| {
            let riders =
                it.stops.iter().flat_map(|stop| &stop.parties).map(|party| setting.parties[*party as usize].id);
            (setting.vehicles[it.vehicle].id, riders.collect())
        };
        Self {
            trips: plan.trips.iter().map(trip).collect(),
            made_for,
            slices: self.slices + 1,
            in_vain: if better { 0 } else { self.in_vain + 1 },
            ..self
        }
    }
}

async fn searched(kept: Kept, setting: Setting, rounds: u64) -> (Kept, Found, Setting) {
    tokio::task::spawn_blocking(move || {
        let (kept, found) = search(kept, &setting, rounds);
        (kept, found, setting)
    })
    .await
    .expect("the planner does not panic on a validated problem")
}

fn search(kept: Kept, setting: &Setting, rounds: u64) -> (Kept, Found) {
    let (problem, seed) = (&setting.problem, kept.slices + 1);
    let made_for = MadeFor::of(setting);
    let same = kept.made_for.holds(&made_for);
    // By other rules another plan: begun anew, it does not lean on trips that were good by the old ones.
    let trips = if kept.made_for.rules == made_for.rules { &kept.trips[..] } else { &[] };
    let gone_on = (!trips.is_empty())
        .then(|| planner::improve(problem, &as_planned(setting, trips), Vec::new(), seed, &mut Rounds(rounds)).ok())
        .flatten();
    let better = !same || gone_on.as_ref().is_none_or(|found| found.cost < found.before);
    let found = gone_on.unwrap_or_else(|| begun(setting, seed));
    let kept = kept.after(setting, made_for, &found.plan, better);
    let settled = kept.in_vain >= SETTLED_AFTER;
    (kept, Found { plan: found.plan, settled })
}

/// A new plan around the trips that stand.
fn begun(setting: &Setting, seed: u64) -> planner::Outcome {
    let stands = Plan { trips: as_they_stand(setting), absent: Vec::new() };
    let found = planner::solve_around(&setting.problem, &stands, seed, &mut Rounds(ROUNDS));
    found.expect("a setting holds only trips that keep every rule as they stand")
}

/// The trips that stand, and the kept ones in the planner's own numbers: without riders who need no seat any more, without
/// vehicles that are gone, and without whoever is pinned, who has to be seated anew.
fn as_planned(setting: &Setting, kept: &[KeptTrip]) -> Plan {
    let mut trips = as_they_stand(setting);
    for (nth, (vehicle, riders)) in (0..).zip(kept) {
        let Some(vehicle) = setting.vehicles.iter().position(|it| it.id == *vehicle) else { continue };
        let riders: Vec<Seat> = riders.iter().filter_map(|rider| setting.seat_of(*rider)).collect();
        let sits = riders.iter().find(|rider| setting.problem.parties()[rider.0 as usize].stays);
        if let Some(stands) = sits.and_then(|sits| trips.iter_mut().find(|trip| seats_of(trip).contains(sits))) {
            stands.stops = joined(setting, stands, &riders);
            continue;
        }
        let stops = stops(riders.into_iter().filter(|rider| free(setting, *rider)));
        // Only the order of departures counts, behind those that stand: each trip leaves as early as it can.
        let departs = i32::MAX / 2 + nth;
        trips.extend((!stops.is_empty()).then_some(PlannedTrip { vehicle, departs, stops }));
    }
    Plan { trips, absent: Vec::new() }
}

/// A trip that stands with whoever joined it: in the kept order if the same people sit there still, else behind them.
fn joined(setting: &Setting, stands: &PlannedTrip, kept: &[Seat]) -> Vec<PlannedStop> {
    let sit = seats_of(stands);
    let stays = |rider: &&Seat| sit.contains(rider);
    if kept.iter().filter(stays).eq(&sit) {
        return stops(kept.iter().copied().filter(|rider| sit.contains(rider) || free(setting, *rider)));
    }
    stops(sit.iter().copied().chain(kept.iter().copied().filter(|rider| free(setting, *rider))))
}

/// Whoever is not pinned.
fn free(setting: &Setting, rider: Seat) -> bool {
    setting.problem.parties()[rider.0 as usize].pinned.is_none()
}

fn seats_of(trip: &PlannedTrip) -> Vec<Seat> {
    trip.stops.iter().flat_map(|stop| stop.parties.iter().map(|party| (*party, stop.place))).collect()
}
