//! Whether people fit on a trip that a person gives them: the rules of the planner, which whoever seats by hand meets as well.
//! How long anybody waits or rides is that person's matter.

use super::ground::Ground;
use super::laid_down;
use super::setting::{Laid, Setting, stops};
use super::standing::aboard;
use super::words;
use crate::back::{self, Back, seconds};
use crate::project::before;
use crate::turn::Turn;
use crate::{Halt, estimate};
use chrono::{DateTime, Utc};
use homeward_domain::access::Scope;
use homeward_domain::party::Party;
use homeward_domain::planning::InForce;
use homeward_domain::refusal::{Change as Between, Door, Vehicle as No};
use homeward_domain::trip::change::Place;
use homeward_domain::trip::{Stop, Trip};
use homeward_domain::{Point, Refusal, StopId, code};
use homeward_planner::{self as planner, Obstacle, Plan, PlannedTrip, Rules};
use homeward_store::{planning_rules, reference};

/// Refuses a party that the trip cannot take from the airport: with its wheelchairs, its luggage, within the vehicle's hours and
/// through a gate that is open then. Gives before which halt the vehicle stops for it best, if not at one it makes anyway or last.
pub(crate) async fn fits(turn: &mut Turn<'_>, trip: &Trip, party: &Party) -> Result<Option<StopId>, Halt> {
    let (back, ride) = from_airport(turn, trip, party).await?;
    let before = seated(turn, (trip, back), ride, vec![party.clone()]).await?;
    Ok(before.and_then(|gate| trip.stops.iter().find(|stop| stop.gate == gate)).map(|stop| stop.id))
}

/// The same for everybody of a trip that changes to the vehicle it names, on the way that it makes.
pub(crate) async fn fits_all(turn: &mut Turn<'_>, trip: &Trip) -> Result<(), Halt> {
    let mut riders = Vec::new();
    for party in aboard(trip) {
        riders.push(turn.party(party, &Scope::system(), None).await?);
    }
    let Some(party) = riders.first() else { return Ok(()) };
    let (back, ride) = from_airport(turn, trip, party).await?;
    let (ground, setting, all) = setting(turn, (trip, back), ride, riders).await?;
    // Only room is asked of each: the way it would like best is not the one that stands.
    each(&ground, &setting, all, false)?;
    Ok(as_it_drives(&ground, &setting, trip)?)
}

/// From the airport of a party to its gate, as soon as the vehicle of the trip is there; when that is, if it is away.
async fn from_airport(turn: &mut Turn<'_>, trip: &Trip, party: &Party) -> Result<(Option<Back>, Ride), Halt> {
    let now = turn.now;
    let from = reference::desk(turn.conn(), &party.desk).await?.ok_or(Refusal::NotFound)?.location;
    let back = before::back(turn.conn(), trip, from, now).await?;
    let leaves = back::leaves(trip, back).unwrap_or(trip.departs_at).max(now);
    let rules = planning_rules::in_force(turn.conn(), &party.district).await?;
    Ok((back, Ride { from, leaves, to_its_gate: true, rules }))
}

/// Refuses where the way of a trip, halt by halt as it stands, leads to a closed gate or ends after the vehicle's hours.
fn as_it_drives(ground: &Ground, setting: &Setting, trip: &Trip) -> Result<(), Refusal> {
    let seats = trip.stops.iter().flat_map(Stop::parties).filter_map(|party| setting.seat_of(party));
    let driven = PlannedTrip { vehicle: 0, departs: setting.problem.rules().boarding_s, stops: stops(seats) };
    for (stop, arrives) in driven.stops.iter().zip(words::arrivals(setting, &driven)) {
        for party in &stop.parties {
            open_then(ground, setting, *party, arrives)?;
        }
    }
    let (back, until) = (planner::back_of(&setting.problem, &driven), setting.problem.vehicles()[0].until);
    if back > until {
        return Err(No::BackAfterShift { back: setting.at(back), until: setting.at(until) }.into());
    }
    Ok(())
}

/// The same for halts that are handed on to a trip at a change of vehicle. Beside the road only room counts: nobody is left there
/// because of hours, a gate, or who sits next to whom.
pub(crate) async fn fit_on(
    turn: &mut Turn<'_>,
    (first, onto): (&Trip, &Trip),
    place: &Place,
    stops: &[Stop],
) -> Result<(), Halt> {
    let now = turn.now;
    let mut coming = Vec::new();
    for party in stops.iter().flat_map(Stop::parties) {
        coming.push(turn.party(party, &Scope::system(), None).await?);
    }
    let Some(party) = coming.first() else { return Ok(()) };
    let airport = reference::desk(turn.conn(), &party.desk).await?.ok_or(Refusal::NotFound)?.location;
    let (from, leaves) = match place {
        Place::Road { at } => (at.unwrap_or(airport), now),
        Place::Relay { at, .. } => {
            let back = before::back(turn.conn(), first, airport, now).await?;
            let (told, lore) = (turn.dispatcher().under_way.of(first.id), turn.dispatcher().lore.now());
            (*at, estimate::at_change((first, back), &told, (airport, *at), (&lore, now)))
        }
    };
    let back = before::back(turn.conn(), onto, airport, now).await?;
    let leaves = back::leaves(onto, back).unwrap_or(leaves).max(leaves);
    let rules = planning_rules::in_force(turn.conn(), &party.district).await?;
    let ride = match place {
        Place::Relay { .. } => Ride { from, leaves, to_its_gate: true, rules },
        Place::Road { .. } => Ride { from, leaves, to_its_gate: false, rules: laid_down::beside_the_road(rules) },
    };
    seated(turn, (onto, back), ride, coming).await?;
    Ok(())
}

/// How people ride: from where, when, whether the way to the gate is looked at or only the room, and what is laid down for them.
struct Ride {
    from: Point,
    leaves: DateTime<Utc>,
    to_its_gate: bool,
    rules: InForce,
}

/// Gives the gate before which the last of them gets off.
async fn seated(
    turn: &mut Turn<'_>,
    at: (&Trip, Option<Back>),
    ride: Ride,
    coming: Vec<Party>,
) -> Result<Option<code::Gate>, Halt> {
    let to_its_gate = ride.to_its_gate;
    let (ground, setting, new) = setting(turn, at, ride, coming).await?;
    Ok(each(&ground, &setting, new, to_its_gate)?)
}

/// A trip's vehicle and everybody who rides there, those who come first; how many these are.
async fn setting(
    turn: &mut Turn<'_>,
    (trip, back): (&Trip, Option<Back>),
    ride: Ride,
    coming: Vec<Party>,
) -> Result<(Ground, Setting, usize), Halt> {
    if let Some(Back::Stranded { since }) = back {
        return Err(Refusal::from(Between::BrokenDown { at: since }).into());
    }
    let now = turn.now;
    let vehicle = homeward_store::vehicle::load(turn.conn(), trip.vehicle.id).await?.ok_or(Refusal::NotFound)?;
    vehicle.in_service()?;
    let (new, mut parties) = (coming.len(), coming);
    for rider in aboard(trip) {
        if parties.iter().all(|party| party.id != rider) {
            parties.push(turn.party(rider, &Scope::system(), None).await?);
        }
    }
    parties.retain(|party| party.disposition.bound_for().is_some());
    let ground = Ground::of_trip(turn.conn(), (vehicle, ride.rules), ride.from, now).await?;
    // The clock of this problem begins with boarding.
    let boards = ride.leaves - seconds(Rules::default().boarding_s);
    let setting = Setting::of(&ground, parties, |_| boards, boards, Laid::default())?;
    Ok((ground, setting, new))
}

/// Seats the first `new` parties one after the other beside those who have seats. Gives the gate before which the last of them
/// gets off.
fn each(ground: &Ground, setting: &Setting, new: usize, to_its_gate: bool) -> Result<Option<code::Gate>, Refusal> {
    let seats = || setting.parties.iter().filter_map(|party| setting.seat_of(party.id));
    let (mut riders, mut before): (Vec<_>, _) = (seats().skip(new).collect(), None);
    for seat in seats().take(new) {
        let departs = setting.problem.rules().boarding_s;
        let trip = PlannedTrip { vehicle: 0, departs, stops: stops(riders.iter().copied()) };
        let plan = Plan { trips: vec![trip], absent: Vec::new() };
        before = match planner::fit(&setting.problem, &plan, seat.0, 0) {
            Ok(fit) => {
                if to_its_gate {
                    open_then(ground, setting, seat.0, fit.arrives)?;
                }
                fit.before
            }
            Err(Obstacle::BackAfterShift { .. }) if !to_its_gate => None,
            Err(obstacle) => return Err(refused(setting, seat.0, obstacle)),
        };
        riders.insert(rank(&riders, seat.1, before), seat);
    }
    // The first place is the point of entry.
    Ok(before.and_then(|place| setting.gates.get(usize::from(place).wrapping_sub(1)).cloned()))
}

/// Where a rider stands in the order of getting off: behind the others of the same place, or before those of another.
fn rank(riders: &[(u32, u16)], place: u16, before: Option<u16>) -> usize {
    let behind = riders.iter().rposition(|rider| rider.1 == place).map(|last| last + 1);
    let ahead = || riders.iter().position(|rider| Some(rider.1) == before);
    behind.or_else(ahead).unwrap_or(riders.len())
}

/// Refuses whoever would stand before a closed gate.
fn open_then(ground: &Ground, setting: &Setting, party: u32, arrives: i32) -> Result<(), Refusal> {
    let at = setting.at(arrives);
    let Some((gate, _)) = setting.parties[party as usize].disposition.bound_for() else { return Ok(()) };
    let closed = ground.closures.iter().find(|it| it.gate == *gate && it.spell.holds(at));
    closed.map_or(Ok(()), |it| Err(Door::GateClosed { until: it.spell.until() }.into()))
}

/// The planner's word as a refusal, under the name the explanation gives it.
fn refused(setting: &Setting, party: u32, obstacle: Obstacle) -> Refusal {
    let version = setting.rules.version;
    let label = |party: u32| setting.parties[party as usize].label.clone();
    let number = |free: i32, needed: i32| (i64::from(free.max(0)), i64::from(needed));
    match obstacle {
        Obstacle::Wheelchairs { free, needed } => {
            let (free, needed) = number(free, needed);
            No::NoWheelchairPlace { free, needed }.into()
        }
        Obstacle::Luggage { free, needed } => {
            let (free, needed) = number(free, needed);
            No::LuggageFull { free, needed }.into()
        }
        Obstacle::BackAfterShift { back, until } => {
            No::BackAfterShift { back: setting.at(back), until: setting.at(until) }.into()
        }
        Obstacle::Full { free, needed } => {
            let apart = setting.spared(0) >= i64::from(needed) - i64::from(free);
            let (free, needed) = number(free, needed);
            if apart {
                return No::SeatsApart { free, needed, percent: setting.rules.rules.spacing_percent, version }.into();
            }
            Refusal::VehicleFull { free, needed }
        }
        Obstacle::MustNotMeet { party: other } => {
            No::MustNotMeet { label: label(party), with: label(other), version }.into()
        }
        // Crews are not limited by the rules a plan is made with here.
        _ => homeward_domain::Invalid::new("does-not-fit", "choose another trip").at("trip").into(),
    }
}
