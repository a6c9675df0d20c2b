//! What if: times a plan that a person changed, and says which rule it breaks. Writes nothing; the commit looks again.

use super::setting::{Setting, stops};
use super::{Adjusted, BrokenRule, Chosen, Short, laid_down, words};
use crate::{Caller, Dispatcher, Halt};
use homeward_domain::access::Action;
use homeward_domain::refusal::Vehicle;
use homeward_domain::{Invalid, PartyId};
use homeward_planner::{Broken, Plan, PlannedTrip, back_of, check};
use std::collections::BTreeMap;

impl Dispatcher {
    /// Reckons departures and arrivals of these trips anew, as of now: each leaves as soon as its vehicle can, in the order
    /// given. Riders who need no seat any more are taken out and named; whoever waits and rides in none is left out.
    pub async fn adjust_plan(
        &self,
        caller: &Caller,
        point_of_entry: &str,
        chosen: &[Chosen],
    ) -> Result<Adjusted, Halt> {
        let scope = caller.may(Action::Dispatch)?.scope;
        let mut reader = self.store.read().await?;
        let setting = Setting::load(reader.conn(), &scope, point_of_entry, self.clock.now()).await?;
        drop(reader);
        let (plan, gone) = indexed(&setting, chosen)?;
        let looked = check(&setting.problem, &without_empty(&plan));
        let mut day = words::day_plan(&setting, point_of_entry, &plan);
        day.over_limit = looked.as_ref().map_or(0, |goals| goals.not_served - goals.unserved);
        for (left_out, party) in day.left_out.iter_mut().zip(&plan.absent) {
            let short = words::short(&setting, *party as usize);
            (left_out.short, left_out.most) = short.unwrap_or((Short::NotInPlan, None));
        }
        let broken = looked.err().map(|broken| named(&setting, broken, &plan));
        Ok(Adjusted { plan: day, broken, gone })
    }
}

/// The chosen trips in the planner's own numbers, each as early as its vehicle can; and who is not waiting any more.
fn indexed(setting: &Setting, chosen: &[Chosen]) -> Result<(Plan, Vec<PartyId>), Halt> {
    let (mut plan, mut gone, mut free) = (Plan::default(), Vec::new(), BTreeMap::new());
    let mut absent = vec![true; setting.parties.len()];
    for (place, trip) in chosen.iter().enumerate() {
        let vehicle = setting.vehicles.iter().position(|vehicle| vehicle.id == trip.vehicle);
        let unknown = || Invalid::new("unknown", "choose one of your district").at("vehicle").at(place).at("trips");
        let vehicle = vehicle.ok_or_else(unknown)?;
        let stops = stops(riders(setting, trip, &mut absent, &mut gone).into_iter());
        let ready = *free.entry(vehicle).or_insert(setting.problem.vehicles()[vehicle].free);
        let departs = ready.max(0) + setting.problem.rules().boarding_s;
        let trip = PlannedTrip { vehicle, departs, stops };
        if !trip.stops.is_empty() {
            free.insert(vehicle, back_of(&setting.problem, &trip) + setting.problem.rules().turnaround_s);
        }
        plan.trips.push(trip);
    }
    let absent = (0..).zip(absent).filter_map(|(party, absent)| absent.then_some(party));
    plan.absent = absent.collect();
    Ok((plan, gone))
}

/// Who of a trip can still ride, and where each gets off.
fn riders(setting: &Setting, trip: &Chosen, absent: &mut [bool], gone: &mut Vec<PartyId>) -> Vec<(u32, u16)> {
    let mut riders = Vec::with_capacity(trip.riders.len());
    for (party, _) in &trip.riders {
        match setting.seat_of(*party) {
            Some(seat) => {
                absent[seat.0 as usize] = false;
                riders.push(seat);
            }
            // Before a closed gate it still waits, and is left out with that reason.
            None if setting.locked_out.iter().any(|(it, _)| it.id == *party) => {}
            None => gone.push(*party),
        }
    }
    riders
}

/// A trip whose riders are all gone stays on the screen and is nothing to the check.
fn without_empty(plan: &Plan) -> Plan {
    let mut plan = plan.clone();
    plan.trips.retain(|trip| !trip.stops.is_empty());
    plan
}

fn named(setting: &Setting, broken: Broken, plan: &Plan) -> BrokenRule {
    let full: Vec<usize> = (0..plan.trips.len()).filter(|at| !plan.trips[*at].stops.is_empty()).collect();
    let of = |party: u32| {
        let rides = |trip: &PlannedTrip| trip.stops.iter().any(|stop| stop.parties.contains(&party));
        plan.trips.iter().position(rides)
    };
    let at = |trip: usize| full.get(trip).copied();
    let apart = matches!(laid_down::broken(setting, &without_empty(plan), broken), Some(Vehicle::SeatsApart { .. }));
    let (code, trip) = match broken {
        Broken::Full { trip } if apart => ("seats_apart", at(trip)),
        Broken::Full { trip } => ("full", at(trip)),
        Broken::Luggage { trip } => ("luggage", at(trip)),
        Broken::Wheelchairs { trip } => ("wheelchairs", at(trip)),
        Broken::Escorts { trip } => ("escorts", at(trip)),
        Broken::MustNotMeet { trip } => ("must_not_meet", at(trip)),
        Broken::BackAfterShift { trip } => ("back_after_shift", at(trip)),
        Broken::Twice { party } => ("twice", of(party)),
        Broken::NotItsVehicle { party } => ("not_its_vehicle", of(party)),
        Broken::NotItsTrip { party } => ("not_its_trip", of(party)),
        Broken::NotBack { vehicle } => ("not_back", plan.trips.iter().rposition(|trip| trip.vehicle == vehicle)),
        Broken::NoBed { .. } => ("no_bed", None),
        _ => ("other", None),
    };
    BrokenRule { code, trip, words: broken.to_string() }
}
