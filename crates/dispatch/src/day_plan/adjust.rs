//! What if: times a plan that a person changed, and says which rule it breaks. Writes nothing; the commit looks again.

use super::open::{OpenTrip, added_to, in_turn, leave, not_chosen, with_seated};
use super::setting::{Setting, stops};
use super::{Adjusted, BrokenRule, Chosen, Short, laid_down, words};
use crate::{Caller, Dispatcher, Halt};
use homeward_domain::access::Action;
use homeward_domain::refusal::Vehicle;
use homeward_domain::{Invalid, PartyId};
use homeward_planner::{Broken, Plan, PlannedTrip, check};
use std::collections::BTreeSet;

impl Dispatcher {
    /// Reckons departures and arrivals of these trips anew, as of now: each leaves as soon as its vehicle can, those that stand
    /// first and not before they were told, then in the order given. Riders who need no seat any more are taken out and named;
    /// whoever waits and rides in none is left out.
    pub async fn adjust_plan(
        &self,
        caller: &Caller,
        point_of_entry: &str,
        chosen: &[Chosen],
    ) -> Result<Adjusted, Halt> {
        let scope = caller.may(Action::Dispatch)?.scope;
        let mut reader = self.store.read().await?;
        let setting = Setting::load_chosen(reader.conn(), &scope, (point_of_entry, self.clock.now()), chosen).await?;
        drop(reader);
        let Indexed { plan, gone, begun } = indexed(&setting, chosen)?;
        let looked = check(&setting.problem, &without_empty(&plan));
        let mut day = words::day_plan(&setting, point_of_entry, &plan);
        day.over_limit = looked.as_ref().map_or(0, |goals| goals.not_served - goals.unserved);
        for (left_out, party) in day.left_out.iter_mut().zip(&plan.absent) {
            let short = words::short(&setting, *party as usize);
            (left_out.short, left_out.most) = short.unwrap_or((Short::NotInPlan, None));
        }
        day.standing = day.trips.split_off(chosen.len());
        let broken = looked.err().map(|broken| named(&setting, broken, &plan, chosen.len()));
        let broken = begun.map(has_begun).or(broken);
        Ok(Adjusted { plan: day, broken, gone })
    }
}

/// The chosen trips in the planner's own numbers, then those that stand and were not chosen; each as early as it can.
#[derive(Default)]
struct Indexed {
    plan: Plan,
    /// Riders who need no seat any more.
    gone: Vec<PartyId>,
    /// Which chosen trip stands no more, or has begun.
    begun: Option<usize>,
}

fn indexed(setting: &Setting, chosen: &[Chosen]) -> Result<Indexed, Halt> {
    let mut looked = Indexed::default();
    for (place, trip) in chosen.iter().enumerate() {
        let stands = added_to(setting, trip);
        let id = stands.map_or(trip.vehicle, |open| open.trip.vehicle.id);
        let vehicle = setting.vehicles.iter().position(|vehicle| vehicle.id == id);
        let unknown = || Invalid::new("unknown", "choose one of your district").at("vehicle").at(place).at("trips");
        let vehicle = vehicle.ok_or_else(unknown)?;
        if trip.trip.is_some() && stands.is_none() {
            looked.begun = looked.begun.or(Some(place));
        }
        let riders = with_seated(setting, stands, riders(setting, stands, trip, &mut looked.gone));
        looked.plan.trips.push(PlannedTrip { vehicle, departs: 0, stops: stops(riders.into_iter()) });
    }
    looked.plan.trips.extend(not_chosen(setting, chosen));
    leave(&setting.problem, in_turn(setting, &mut looked.plan.trips), |_| false);
    let rides: BTreeSet<u32> =
        looked.plan.trips.iter().flat_map(|trip| &trip.stops).flat_map(|it| it.parties.clone()).collect();
    looked.plan.absent = (0..).zip(&setting.parties).map(|(party, _)| party).filter(|it| !rides.contains(it)).collect();
    Ok(looked)
}

/// Who of a trip can still ride, and where each gets off.
fn riders(setting: &Setting, stands: Option<&OpenTrip>, trip: &Chosen, gone: &mut Vec<PartyId>) -> Vec<(u32, u16)> {
    let sits_elsewhere = |party: u32| {
        let it = &setting.problem.parties()[party as usize];
        it.stays && !stands.is_some_and(|open| open.seats(setting.parties[party as usize].id))
    };
    let mut riders = Vec::with_capacity(trip.riders.len());
    for (party, _) in &trip.riders {
        match setting.seat_of(*party) {
            Some(seat) if sits_elsewhere(seat.0) => gone.push(*party),
            Some(seat) => riders.push(seat),
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

fn named(setting: &Setting, broken: Broken, plan: &Plan, chosen: usize) -> BrokenRule {
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
    BrokenRule { code, trip: trip.filter(|at| *at < chosen), words: broken.to_string() }
}

/// People get on it, or it was called off: it is no plan's any more.
fn has_begun(place: usize) -> BrokenRule {
    BrokenRule { code: "begun", trip: Some(place), words: format!("trip {place}: takes nobody more by a plan") }
}
