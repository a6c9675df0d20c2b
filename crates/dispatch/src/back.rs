//! When a vehicle is back and clean: from where it is on its trip, not from where the trip began. Pure: the trips come in, an
//! instant goes out. What plans reckon with and what boards are told rest on the same word.

use crate::estimate;
use chrono::{DateTime, TimeDelta, Utc};
use homeward_domain::Point;
use homeward_domain::trip::{State, Stop, StopStage, Trip};
use homeward_domain::vehicle::Cleaning;
use homeward_planner::Rules;
use std::borrow::Borrow;

/// Nobody drives back for longer; a vehicle whose trip ended before that stands at the airport.
pub(crate) const WAY_BACK_MAX: TimeDelta = TimeDelta::hours(4);

/// When a vehicle can take people of its next trip aboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Back {
    /// Then, as far as anybody can say.
    At(DateTime<Utc>),
    /// Nobody can say: it stands beside the road.
    Stranded {
        /// Since when.
        since: DateTime<Utc>,
    },
}

/// A trip of a vehicle, and where its stops are, in their order.
pub(crate) struct Ride {
    pub trip: Trip,
    pub gates: Vec<Point>,
}

/// From the trips of one vehicle that have left; nothing where it stands at the airport. Somebody's word that it is disinfected
/// says that it is here.
pub(crate) fn from_road(
    rides: &[impl Borrow<Ride>],
    cleaning: &Cleaning,
    origin: Point,
    now: DateTime<Utc>,
) -> Option<Back> {
    let away = |ride: &&Ride| match ride.trip.state {
        State::EnRoute { .. } => true,
        State::Completed { .. } => matches!(cleaning, Cleaning::Due { .. }),
        _ => false,
    };
    let one = |ride: &Ride| match (&ride.trip.breakdown, &ride.trip.state) {
        (Some(broken), _) => Back::Stranded { since: broken.at },
        (None, State::EnRoute { departed_at, .. } | State::Completed { departed_at, .. }) => {
            Back::At(clean(ride, *departed_at, origin, now))
        }
        (None, _) => Back::At(now),
    };
    rides.iter().map(Borrow::borrow).filter(away).map(one).reduce(later)
}

/// From those that left and then from each that loads, one after the other in the order they are meant to leave.
pub(crate) fn from_all(
    rides: &[impl Borrow<Ride>],
    cleaning: &Cleaning,
    origin: Point,
    now: DateTime<Utc>,
) -> Option<Back> {
    let mut loading: Vec<&Ride> = rides.iter().map(Borrow::borrow).filter(|ride| ride.trip.state.loading()).collect();
    loading.sort_by_key(|ride| order(&ride.trip));
    loading.into_iter().fold(from_road(rides, cleaning, origin, now), |back, ride| match back {
        Some(stranded @ Back::Stranded { .. }) => Some(stranded),
        back => {
            let leaves = leaves(&ride.trip, back).unwrap_or(ride.trip.departs_at).max(now);
            Some(Back::At(clean(ride, leaves, origin, now)))
        }
    })
}

/// The order in which the trips of a vehicle that load leave: who gets on already, then as planned.
pub(crate) fn order(trip: &Trip) -> (bool, DateTime<Utc>, homeward_domain::TripId) {
    (matches!(trip.state, State::Planned), trip.departs_at, trip.id)
}

/// When a trip that loads leaves: as planned, or as soon as its vehicle is back and people got on. `None` where nobody can say.
pub(crate) fn leaves(trip: &Trip, back: Option<Back>) -> Option<DateTime<Utc>> {
    match back {
        None => Some(trip.departs_at),
        Some(Back::At(at)) => Some(trip.departs_at.max(at + seconds(Rules::default().boarding_s))),
        Some(Back::Stranded { .. }) => None,
    }
}

fn later(one: Back, other: Back) -> Back {
    match (one, other) {
        (Back::At(one), Back::At(other)) => Back::At(one.max(other)),
        (stranded @ Back::Stranded { .. }, _) | (_, stranded) => stranded,
    }
}

/// When the vehicle of a trip that leaves, or left, at an instant is back at the point of entry and disinfected.
fn clean(ride: &Ride, leaves: DateTime<Utc>, origin: Point, now: DateTime<Utc>) -> DateTime<Utc> {
    let (mut at, mut here) = (leaves, origin);
    for (stop, gate) in ride.trip.stops.iter().zip(&ride.gates) {
        at = match stop.stage {
            StopStage::HandedOver { at, .. } => at,
            StopStage::Arrived { at } | StopStage::Offered { arrived_at: at, .. } => (at + dwell(stop)).max(now),
            // What has not happened until now lies ahead.
            StopStage::Expected => (at + drive(here, *gate, now)).max(now) + dwell(stop),
        };
        here = *gate;
    }
    at + drive(here, origin, now) + seconds(Rules::default().turnaround_s)
}

/// How long a stop keeps the vehicle.
fn dwell(stop: &Stop) -> TimeDelta {
    let rules = Rules::default();
    let parties = i32::try_from(stop.parties().len()).unwrap_or(i32::MAX);
    seconds(rules.stop_s) + seconds(rules.party_s) * parties
}

/// The best guess for a drive.
pub(crate) fn drive(from: Point, to: Point, now: DateTime<Utc>) -> TimeDelta {
    if from == to {
        return TimeDelta::zero();
    }
    (estimate::drive(from, to, now).p50 - now).max(TimeDelta::zero())
}

pub(crate) fn seconds(seconds: i32) -> TimeDelta {
    TimeDelta::seconds(i64::from(seconds))
}
