//! Makes a plan true: new trips, and seats on them, all or nothing.

use super::displaced::{GivenBack, lost};
use super::open::{OpenTrip, added_to, in_turn, is_chosen, leave, not_chosen, open_of, with_seated};
use super::setting::{Setting, seconds, stops};
use super::{Chosen, laid_down};
use crate::assign::seats;
use crate::plan_trip::Crew;
use crate::{Caller, Dispatcher, Halt, Key, Receipt, turn::Turn};
use chrono::{DateTime, TimeDelta, Utc};
use homeward_domain::access::{Action, Scope};
use homeward_domain::party::{Command, Party};
use homeward_domain::refusal::Door;
use homeward_domain::trip::NewStop;
use homeward_domain::{Invalid, PartyId, Refusal, StopId, TripId, trip};
use homeward_planner::{Plan, PlannedTrip, check};

/// A plan is as true as the minute it was made in. Boarding takes five minutes, so that the first trip of a plan this old
/// has not left yet.
const READING: TimeDelta = TimeDelta::minutes(5);

impl Dispatcher {
    /// Plans the trips and seats everybody on them, in one transaction; whoever joins a trip that stands gets off where the plan
    /// says, and whoever had a seat in a vehicle that does not drive gives it back. Refused whole when a party has changed since the plan was made, when people board a trip by now, or when the plan
    /// breaks a rule.
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
        let setting = Setting::load_chosen(turn.conn(), &scope, (point_of_entry, as_of), &chosen).await?;
        for (place, trip) in chosen.iter().enumerate() {
            let open = stands(&setting, trip, place)?;
            let waits = |party: PartyId| !open.is_some_and(|open| open.seats(party));
            for (party, version) in trip.riders.iter().filter(|(party, _)| waits(*party)) {
                let party = turn.party(*party, &scope, Some(*version)).await?;
                if lost(&setting.displaced, party.id).is_none() {
                    party.may_be_seated()?;
                }
            }
        }
        may_be_committed(&setting, &indexed(&setting, &chosen)?)?;
        let (mut last, mut back) = (None, GivenBack::default());
        for trip in chosen {
            for (party, _) in &trip.riders {
                let party = turn.party(*party, &scope, None).await?;
                back.take(&mut turn, &setting.displaced, party).await?;
            }
            last = Some(match trip.trip {
                Some(stands) => join_trip(&mut turn, &scope, stands, trip.riders).await?,
                None => self.commit_trip(&mut turn, &scope, trip).await?,
            });
        }
        back.call_off_the_empty(&mut turn).await?;
        let trip = last.expect("there is at least one trip");
        turn.close(trip.id.uuid(), trip.version).await
    }

    async fn commit_trip(&self, turn: &mut Turn<'_>, scope: &Scope, chosen: Chosen) -> Result<trip::Trip, Halt> {
        let nobody = Crew { driver: None, escorts: Vec::new(), plate: None };
        let mut trip = self.begin_trip(turn, scope, chosen.vehicle, chosen.departs_at, nobody).await?;
        for (party, _) in chosen.riders {
            let party = turn.party(party, scope, None).await?;
            trip = seat(turn, trip, party, None).await?;
        }
        Ok(trip)
    }
}

/// Seats whoever has none yet on a trip that stands, each before the next of those who do.
async fn join_trip(
    turn: &mut Turn<'_>,
    scope: &Scope,
    id: TripId,
    riders: Vec<(PartyId, i64)>,
) -> Result<trip::Trip, Halt> {
    let mut trip = turn.trip(id, scope).await?;
    for (place, (party, _)) in riders.iter().enumerate() {
        if trip.stop_of(*party).is_some() {
            continue;
        }
        let before = riders[place..].iter().find_map(|(next, _)| trip.stop_of(*next)).map(|stop| stop.id);
        let party = turn.party(*party, scope, None).await?;
        trip = seat(turn, trip, party, before).await?;
    }
    Ok(trip)
}

/// Refuses a plan that breaks a rule; one of the district's own is the newest, whatever the plan was made by.
fn may_be_committed(setting: &Setting, plan: &Plan) -> Result<(), Refusal> {
    let Err(broken) = check(&setting.problem, plan) else { return Ok(()) };
    match laid_down::broken(setting, plan, broken) {
        Some(no) => Err(no.into()),
        None => Err(Invalid::new("plan-broken", broken.to_string()).at("trips").into()),
    }
}

async fn seat(turn: &mut Turn<'_>, trip: trip::Trip, party: Party, before: Option<StopId>) -> Result<trip::Trip, Halt> {
    let (gate, receiver) = party.may_be_seated()?;
    let stop = NewStop { id: StopId::new(turn.new_id()), before };
    let events = trip.decide(seats(&party, (gate, receiver), stop), turn.now)?;
    let trip = turn.save_trip(trip, &events).await?;
    let stop = trip.stop_of(party.id).ok_or(Refusal::NotSeated)?.id;
    let events = party.decide(Command::Seat { trip: trip.id, stop }, turn.now)?;
    turn.save_party(party, &events).await?;
    Ok(trip)
}

/// The chosen trips in the planner's own numbers, as they were chosen, and those that stand and were not: they leave later where
/// their vehicle is back later.
fn indexed(setting: &Setting, chosen: &[Chosen]) -> Result<Plan, Halt> {
    let mut trips = Vec::with_capacity(chosen.len());
    for (place, trip) in chosen.iter().enumerate() {
        let stands = stands(setting, trip, place)?;
        let id = stands.map_or(trip.vehicle, |open| open.trip.vehicle.id);
        let vehicle = setting.vehicles.iter().position(|vehicle| vehicle.id == id);
        let vehicle = vehicle.ok_or_else(|| Invalid::new("unknown", "choose one of your district").at("vehicle"))?;
        let riders: Vec<_> =
            trip.riders.iter().map(|(party, _)| rider(setting, *party)).collect::<Result<_, Halt>>()?;
        let stops = stops(with_seated(setting, stands, riders).into_iter());
        trips.push(PlannedTrip { vehicle, departs: seconds(trip.departs_at - setting.now), stops });
    }
    trips.extend(not_chosen(setting, chosen));
    let as_chosen = |trip: &PlannedTrip| open_of(setting, trip).is_none_or(|open| is_chosen(open, chosen));
    leave(&setting.problem, in_turn(setting, &mut trips), as_chosen);
    Ok(Plan { trips, absent: Vec::new() })
}

/// The trip that riders join; nothing for a new one.
fn stands<'s>(setting: &'s Setting, chosen: &Chosen, place: usize) -> Result<Option<&'s OpenTrip>, Halt> {
    let begun =
        || Invalid::new("begun", "people board it, or it is gone; propose again").at("trip").at(place).at("trips");
    match added_to(setting, chosen) {
        None if chosen.trip.is_some() => Err(begun().into()),
        open => Ok(open),
    }
}

fn rider(setting: &Setting, party: PartyId) -> Result<(u32, u16), Halt> {
    if let Some((_, until)) = setting.locked_out.iter().find(|(it, _)| it.id == party) {
        return Err(Refusal::from(Door::GateClosed { until: *until }).into());
    }
    let elsewhere = || Invalid::new("elsewhere", "it waits at another point of entry").at("riders");
    Ok(setting.seat_of(party).ok_or_else(elsewhere)?)
}
