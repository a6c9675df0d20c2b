//! Makes a plan true: new trips, and seats on them, all or nothing.

use super::setting::{Setting, seconds, stops};
use super::{Chosen, laid_down};
use crate::assign::seats;
use crate::plan_trip::Crew;
use crate::{Caller, Dispatcher, Halt, Key, Receipt, turn::Turn};
use chrono::{DateTime, TimeDelta, Utc};
use homeward_domain::access::{Action, Scope};
use homeward_domain::party::Command;
use homeward_domain::refusal::Door;
use homeward_domain::trip::NewStop;
use homeward_domain::{Invalid, PartyId, Refusal, StopId, trip};
use homeward_planner::{Plan, PlannedTrip, check};

/// A plan is as true as the minute it was made in. Boarding takes five minutes, so that the first trip of a plan this old
/// has not left yet.
const READING: TimeDelta = TimeDelta::minutes(5);

impl Dispatcher {
    /// Plans the trips and seats everybody on them, in one transaction. Refused whole when a party has changed since the
    /// plan was made, or when the plan breaks a rule.
    pub async fn commit_plan(
        &self,
        caller: &Caller,
        key: &Key,
        (point_of_entry, as_of): (&str, DateTime<Utc>),
        chosen: Vec<Chosen>,
    ) -> Result<Receipt, Halt> {
        let scope = caller.may(Action::Dispatch)?.scope;
        let mut turn = Turn::open(self, caller, key).await?;
        if chosen.is_empty() {
            return Err(Invalid::new("empty", "choose at least one trip").at("trips").into());
        }
        if as_of > turn.now || turn.now - as_of > READING {
            return Err(Invalid::new("too-old", "the plan is older than five minutes; propose again")
                .at("as_of")
                .into());
        }
        let setting = Setting::load(turn.conn(), &scope, point_of_entry, as_of).await?;
        for trip in &chosen {
            for (party, version) in &trip.riders {
                turn.party(*party, &scope, Some(*version)).await?.may_be_seated()?;
            }
        }
        may_be_committed(&setting, &indexed(&setting, &chosen)?)?;
        let mut last = None;
        for trip in chosen {
            last = Some(self.commit_trip(&mut turn, &scope, trip).await?);
        }
        let trip = last.expect("there is at least one trip");
        turn.close(trip.id.uuid(), trip.version).await
    }

    async fn commit_trip(&self, turn: &mut Turn<'_>, scope: &Scope, chosen: Chosen) -> Result<trip::Trip, Halt> {
        let nobody = Crew { driver: None, escorts: Vec::new(), plate: None };
        let mut trip = self.begin_trip(turn, scope, chosen.vehicle, chosen.departs_at, nobody).await?;
        for (party, version) in chosen.riders {
            let party = turn.party(party, scope, Some(version)).await?;
            trip = seat(turn, trip, party).await?;
        }
        Ok(trip)
    }
}

/// Refuses a plan that breaks a rule; one of the district's own is the newest, whatever the plan was made by.
fn may_be_committed(setting: &Setting, plan: &Plan) -> Result<(), Refusal> {
    let Err(broken) = check(&setting.problem, plan) else { return Ok(()) };
    match laid_down::broken(setting, plan, broken) {
        Some(no) => Err(no.into()),
        None => Err(Invalid::new("plan-broken", broken.to_string()).at("trips").into()),
    }
}

async fn seat(turn: &mut Turn<'_>, trip: trip::Trip, party: homeward_domain::party::Party) -> Result<trip::Trip, Halt> {
    let (gate, receiver) = party.may_be_seated()?;
    let stop = NewStop { id: StopId::new(turn.new_id()), before: None };
    let events = trip.decide(seats(&party, (gate, receiver), stop), turn.now)?;
    let trip = turn.save_trip(trip, &events).await?;
    let stop = trip.stops.iter().find(|stop| stop.parties().contains(&party.id)).ok_or(Refusal::NotSeated)?.id;
    let events = party.decide(Command::Seat { trip: trip.id, stop }, turn.now)?;
    turn.save_party(party, &events).await?;
    Ok(trip)
}

/// The chosen trips in the planner's own numbers.
fn indexed(setting: &Setting, chosen: &[Chosen]) -> Result<Plan, Halt> {
    let mut trips = Vec::with_capacity(chosen.len());
    for trip in chosen {
        let vehicle = setting.vehicles.iter().position(|vehicle| vehicle.id == trip.vehicle);
        let vehicle = vehicle.ok_or_else(|| Invalid::new("unknown", "choose one of your district").at("vehicle"))?;
        let riders: Vec<_> =
            trip.riders.iter().map(|(party, _)| rider(setting, *party)).collect::<Result<_, Halt>>()?;
        let stops = stops(riders.into_iter());
        trips.push(PlannedTrip { vehicle, departs: seconds(trip.departs_at - setting.now), stops });
    }
    Ok(Plan { trips, absent: Vec::new() })
}

fn rider(setting: &Setting, party: PartyId) -> Result<(u32, u16), Halt> {
    if let Some((_, until)) = setting.locked_out.iter().find(|(it, _)| it.id == party) {
        return Err(Refusal::from(Door::GateClosed { until: *until }).into());
    }
    let elsewhere = || Invalid::new("elsewhere", "it waits at another point of entry").at("riders");
    Ok(setting.seat_of(party).ok_or_else(elsewhere)?)
}
