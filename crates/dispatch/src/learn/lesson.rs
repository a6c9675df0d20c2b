//! Which stages of which trips teach, and which do not. What is odd teaches nothing: a trip whose people change vehicles or
//! that broke down, a leg during which the vehicle was ordered elsewhere, two gates at once, a private car (it has no trip).

use super::lore::spoken;
use crate::Halt;
use crate::turn::Turn;
use crate::under_way::Told;
use chrono::{DateTime, TimeDelta, Utc};
use homeward_domain::access::Scope;
use homeward_domain::trip::{Event, Seat, Stop, StopStage, Trip};
use homeward_domain::{Point, StopId, TripId, fence};
use homeward_eta::{BEFORE_PLAN, Basis, Lesson, Part, Promised, Took, Witness, Word, prior, stands_there};
use homeward_store::lesson as rows;
use homeward_store::trip::promise;
use homeward_store::{decision, reference, word};

/// A live position farther from the gate than this says that the vehicle is somewhere else.
const ELSEWHERE_METRES: f64 = 2_000.0;
/// How the trail calls it.
const BROKEN_DOWN: &str = "trip.broken_down";

/// What came to an end, with the trip as it was then.
#[derive(Debug, Clone)]
pub(crate) enum Came {
    /// Everybody is aboard and it left.
    Departed(Trip),
    /// It stands at a gate.
    Arrived(Trip, StopId),
    /// It is done at a gate.
    Left(Trip, StopId),
}

impl Came {
    pub fn trip(&self) -> &Trip {
        match self {
            Self::Departed(trip) | Self::Arrived(trip, _) | Self::Left(trip, _) => trip,
        }
    }
}

/// What ended with these events. `trip` is the trip after them.
pub(crate) fn taught(trip: &Trip, events: &[Event]) -> Vec<Came> {
    if odd(trip) {
        return Vec::new();
    }
    let came = |event: &Event| match event {
        Event::Departed(_) => Some(Came::Departed(trip.clone())),
        Event::Arrived(stop, _) => Some(Came::Arrived(trip.clone(), *stop)),
        Event::Accepted(stop, _) => Some(Came::Left(trip.clone(), *stop)),
        _ => None,
    };
    events.iter().filter_map(came).collect()
}

fn odd(trip: &Trip) -> bool {
    trip.breakdown.is_some() || !trip.changes.is_empty() || trip.manifest().any(|seat| seat.via.is_some())
}

/// The lessons of what came, each with what else is known of it.
pub(super) async fn of(turn: &mut Turn<'_>, came: &Came) -> Result<Vec<(Lesson, Witness)>, Halt> {
    let Some(airport) = airport(turn, came.trip()).await? else { return Ok(Vec::new()) };
    match came {
        Came::Departed(trip) => departure(turn, trip, airport).await,
        Came::Left(trip, stop) => standing(turn, trip, *stop, airport).await,
        Came::Arrived(trip, stop) => {
            let Some(drive) = drive(turn, trip, *stop, airport).await? else { return Ok(Vec::new()) };
            let witness = witness(turn, trip, drive.to);
            let first = first(turn, *stop).await?.map(|first| (first, witness));
            Ok([(Lesson::Took(drive), witness)].into_iter().chain(first).collect())
        }
    }
}

/// Where the trip begins: the desk of its first party.
async fn airport(turn: &mut Turn<'_>, trip: &Trip) -> Result<Option<Point>, Halt> {
    let Some(first) = trip.parties().into_iter().min() else { return Ok(None) };
    let party = turn.party(first, &Scope::system(), None).await?;
    Ok(reference::desk(turn.conn(), &party.desk).await?.map(|desk| desk.location))
}

async fn gate(turn: &mut Turn<'_>, stop: Option<&Stop>) -> Result<Option<Point>, Halt> {
    let Some(stop) = stop else { return Ok(None) };
    Ok(reference::gate_of(turn.conn(), &stop.gate).await?.map(|gate| gate.location))
}

/// Registered to on board, party by party, all of them together counting as one trip; on board to departed; and how the plan was
/// kept.
async fn departure(turn: &mut Turn<'_>, trip: &Trip, from: Point) -> Result<Vec<(Lesson, Witness)>, Halt> {
    let Some(departed_at) = trip.state.departed_at() else { return Ok(Vec::new()) };
    let Some(to) = gate(turn, trip.stops.first()).await? else { return Ok(Vec::new()) };
    let took = |part, began_at, ended_at, weight| {
        Lesson::Took(Took { part, from, to, began_at, ended_at, words: 1.0, weight })
    };
    let (mut lessons, parties) = (Vec::new(), trip.parties());
    let share = 1.0 / f64::from(u32::try_from(parties.len()).unwrap_or(u32::MAX));
    for id in parties {
        let registered_at = turn.party(id, &Scope::system(), None).await?.registered_at;
        let aboard = boarded(trip.manifest().filter(|seat| seat.party == id));
        lessons.extend(aboard.map(|aboard| took(Part::Board, registered_at, aboard, share)));
    }
    lessons.extend(boarded(trip.manifest()).map(|aboard| took(Part::Leave, aboard, departed_at, 1.0)));
    lessons.push(took(Part::Delay, trip.departs_at - BEFORE_PLAN, departed_at, 1.0));
    Ok(lessons.into_iter().map(|lesson| (lesson, Witness::Nobody)).collect())
}

/// When the last of them got on.
fn boarded<'s>(seats: impl Iterator<Item = &'s Seat>) -> Option<DateTime<Utc>> {
    seats.filter_map(|seat| seat.boarded_at).max()
}

/// Arrived to handed over.
async fn standing(turn: &mut Turn<'_>, trip: &Trip, stop: StopId, from: Point) -> Result<Vec<(Lesson, Witness)>, Halt> {
    let stop = trip.stops.iter().find(|halt| halt.id == stop);
    let Some(StopStage::HandedOver { arrived_at, at, .. }) = stop.map(|stop| stop.stage) else {
        return Ok(Vec::new());
    };
    let Some(to) = gate(turn, stop).await? else { return Ok(Vec::new()) };
    let took = Took { part: Part::Stand, from, to, began_at: arrived_at, ended_at: at, words: 1.0, weight: 1.0 };
    Ok(vec![(Lesson::Took(took), Witness::Nobody)])
}

/// From where it set out, or from the gate it left last, to here.
async fn drive(turn: &mut Turn<'_>, trip: &Trip, stop: StopId, airport: Point) -> Result<Option<Took>, Halt> {
    let Some((left, began_at)) = set_out(trip, stop) else { return Ok(None) };
    let ended_at = turn.now;
    if trip.order.as_ref().is_some_and(|order| began_at <= order.at) {
        return Ok(None);
    }
    // One that broke down and goes on is whole again; only its trail says that it stood.
    if decision::happened(turn.conn(), trip.id.uuid(), BROKEN_DOWN, began_at).await? {
        return Ok(None);
    }
    let from = match left {
        Some(left) => gate(turn, Some(left)).await?,
        None => Some(airport),
    };
    let to = gate(turn, trip.stops.iter().find(|halt| halt.id == stop)).await?;
    let (Some(from), Some(to)) = (from, to) else { return Ok(None) };
    let said: Vec<Word> = word::holding(turn.conn(), began_at)
        .await?
        .iter()
        .filter(|word| word.concerns(&trip.district))
        .map(spoken)
        .collect();
    let words = Word::factor_at(&said, began_at);
    Ok(Some(Took { part: Part::Drive, from, to, began_at, ended_at, words, weight: 1.0 }))
}

/// The gate a trip left last before it came to `stop`, none if it came from where it departed; and when. `None` if it stands at
/// another gate, too: then nobody knows from where it came.
fn set_out(trip: &Trip, stop: StopId) -> Option<(Option<&Stop>, DateTime<Utc>)> {
    let mut last = (None, trip.state.departed_at()?);
    for halt in trip.stops.iter().filter(|halt| halt.id != stop) {
        match halt.stage {
            StopStage::Arrived { .. } | StopStage::Offered { .. } => return None,
            StopStage::HandedOver { at, .. } if at >= last.1 => last = (Some(halt), at),
            StopStage::Expected | StopStage::HandedOver { .. } => {}
        }
    }
    Some(last)
}

fn witness(turn: &Turn<'_>, trip: &Trip, gate: Point) -> Witness {
    let Told { position, accuracy_metres, .. } = turn.dispatcher().under_way.of(trip.id);
    match position.filter(|position| (turn.now - position.at).as_seconds_f64() <= prior::LIVE_SECONDS_MAX) {
        Some(position) if fence::inside(true, position.point, accuracy_metres, gate) => Witness::There,
        Some(position) if position.point.metres_to(gate) - accuracy_metres > ELSEWHERE_METRES => Witness::Elsewhere,
        Some(_) | None => Witness::Nobody,
    }
}

/// Who was first: the vehicle, or a squad that did as it was told. A person's word about the arrival is that person's matter.
async fn first(turn: &mut Turn<'_>, stop: StopId) -> Result<Option<Lesson>, Halt> {
    let promises = promise::of_stop(turn.conn(), stop).await?;
    let promised = |it: &promise::Promise| Promised { at: it.at, go_at: it.go_at, lead: it.lead };
    let squad = stands_there(&promises.iter().map(promised).collect::<Vec<_>>(), turn.now);
    let in_force = match squad {
        Some((_, by)) => promises.iter().find(|promise| promise.at == by.at),
        None => promises.last(),
    };
    let Some(in_force) = in_force.filter(|promise| promise.basis != Basis::Manual.as_str()) else { return Ok(None) };
    let lead_minutes = minutes(in_force.lead);
    let vehicle = squad.is_none_or(|(there, _)| turn.now < there);
    Ok(Some(Lesson::First { lead_minutes, vehicle, at: turn.now }))
}

fn minutes(lead: TimeDelta) -> f64 {
    lead.as_seconds_f64() / 60.0
}

/// A lesson as it is stored.
pub(super) fn kept(trip: TripId, lesson: &Lesson) -> rows::Lesson {
    match *lesson {
        Lesson::First { lead_minutes, vehicle, at } => {
            rows::Lesson { trip, ended_at: at, what: rows::What::First { lead_minutes, vehicle } }
        }
        Lesson::Took(Took { part, from, to, began_at, ended_at, words, weight }) => {
            let part = part.as_str().to_owned();
            rows::Lesson { trip, ended_at, what: rows::What::Took { part, from, to, began_at, words, weight } }
        }
    }
}

/// And back; `None` for a stage that only another version of the program knows.
pub(super) fn read(kept: &rows::Lesson) -> Option<Lesson> {
    Some(match kept.what {
        rows::What::First { lead_minutes, vehicle } => Lesson::First { lead_minutes, vehicle, at: kept.ended_at },
        rows::What::Took { ref part, from, to, began_at, words, weight } => {
            let part = Part::find(part)?;
            Lesson::Took(Took { part, from, to, began_at, ended_at: kept.ended_at, words, weight })
        }
    })
}
