//! Asks the planner, and words what it says. Writes nothing.

use super::setting::Setting;
use super::{DayPlan, DayTrip, LeftOut, Rider, Short};
use crate::{Caller, Dispatcher, Halt};
use chrono::TimeDelta;
use homeward_domain::access::Action;
use homeward_planner::{Goals, Plan, PlannedTrip, Rounds, check, solve};

/// Rounds of the search: about a tenth of a second for 300 parties, and the same plan for the same question.
const ROUNDS: u64 = 6_000;

impl Dispatcher {
    /// Trips for everybody at a point of entry who has a destination and no seat.
    pub async fn propose_plan(&self, caller: &Caller, point_of_entry: &str) -> Result<DayPlan, Halt> {
        let scope = caller.may(Action::Dispatch)?.scope;
        let now = self.clock.now();
        let mut reader = self.store.read().await?;
        let setting = Setting::load(reader.conn(), &scope, point_of_entry, now).await?;
        drop(reader);
        let (plan, setting) = tokio::task::spawn_blocking(move || (search(&setting), setting))
            .await
            .expect("the planner does not panic on a validated problem");
        let goals = check(&setting.problem, &plan).expect("the planner proposes only what its own check lets pass");
        Ok(worded(&setting, point_of_entry, &plan, goals))
    }
}

fn search(setting: &Setting) -> Plan {
    solve(&setting.problem, 1, &mut Rounds(ROUNDS)).plan
}

fn worded(setting: &Setting, point_of_entry: &str, plan: &Plan, goals: Goals) -> DayPlan {
    let mut trips: Vec<DayTrip> = plan.trips.iter().map(|trip| one(setting, trip)).collect();
    trips.sort_by_key(|trip| trip.departs_at);
    DayPlan {
        point_of_entry: point_of_entry.to_owned(),
        as_of: setting.now,
        trips,
        left_out: plan.absent.iter().map(|party| left_out(setting, *party as usize)).collect(),
        waiting_minutes: goals.waiting / 60,
        riding_minutes: goals.riding / 60,
        kilometres: goals.metres / 1_000,
    }
}

fn one(setting: &Setting, trip: &PlannedTrip) -> DayTrip {
    let (vehicle, problem) = (&setting.vehicles[trip.vehicle], &setting.problem);
    let (mut now, mut at, mut riders) = (trip.departs, homeward_planner::ORIGIN, Vec::new());
    for stop in &trip.stops {
        let place = usize::from(stop.place);
        now += problem.seconds(at, place) + problem.rules().stop_s;
        for party in &stop.parties {
            let party = &setting.parties[*party as usize];
            riders.push(Rider {
                party: party.id,
                version: party.version,
                label: party.label.clone(),
                people: party.size(),
                gate: setting.gates[place - 1].clone(),
                arrives_in_s: i64::from(now),
            });
        }
        now += problem.rules().party_s * i32::try_from(stop.parties.len()).unwrap_or(i32::MAX);
        at = place;
    }
    let departs_at = setting.now + TimeDelta::seconds(i64::from(trip.departs));
    DayTrip { vehicle: vehicle.id, name: vehicle.name.clone(), seats: vehicle.seats, departs_at, riders }
}

fn left_out(setting: &Setting, index: usize) -> LeftOut {
    let (party, wish) = (&setting.parties[index], &setting.problem.parties()[index]);
    let fleet = setting.problem.vehicles();
    let short = if fleet.iter().all(|vehicle| vehicle.seats < wish.people) {
        Short::NoVehicleWhole
    } else if fleet.iter().all(|vehicle| vehicle.seats < wish.people || vehicle.wheelchairs < wish.wheelchairs) {
        Short::NoWheelchairPlace
    } else {
        Short::NoVehicleInTime
    };
    LeftOut { party: party.id, label: party.label.clone(), people: party.size(), short }
}
