//! Where a trip's own way begins: at the airport, at the place where it takes people over, or where it broke down. While the
//! first vehicle is still on its way, an estimate is made of both ways and the change between them.

use super::{DWELL_MINUTES, journey, of_vehicle, stands};
use crate::back::Back;
use crate::learn::Lore;
use crate::under_way::Told;
use chrono::{DateTime, Utc};
use homeward_domain::Point;
use homeward_domain::trip::change::{Change, Stage};
use homeward_domain::trip::{State, Trip};
use homeward_eta as eta;

/// Where the way begins, and who has to come there first.
#[derive(Debug, Clone)]
pub(crate) struct Start {
    /// Where the vehicle itself sets out from.
    pub from: Point,
    /// The vehicle whose people it waits for.
    pub first: Option<First>,
    /// When the vehicle is back from the trips before this one, as long as it does not load.
    pub back: Option<Back>,
}

/// The first vehicle on its way to the change.
#[derive(Debug, Clone)]
pub(crate) struct First {
    origin: Point,
    change: Point,
    stage: eta::Stage,
    vehicle_known: bool,
}

/// The start of a trip. `meetings` are the changes that lead to it, each with its first trip and what that trip told.
pub(crate) fn start<'m>(
    (trip, back): (&Trip, Option<Back>),
    meetings: impl Iterator<Item = ((&'m Trip, Option<Back>), &'m Change, Told)>,
    airport: Point,
    told: &Told,
) -> Start {
    let mut start = Start { from: set_out(trip, airport), first: None, back };
    for ((first, back), change, told) in meetings {
        let Some(at) = change.place.location() else { continue };
        if trip.last_met().is_none() {
            start.from = at;
        }
        let on_its_way = change.stage == Stage::Expected && !matches!(trip.state, State::EnRoute { .. });
        if on_its_way {
            let stage = of_vehicle(first, back, &told);
            let origin = set_out(first, airport);
            start.first = Some(First { origin, change: at, stage, vehicle_known: !stands(first, back) });
        }
    }
    if let (Some(_), Some(position)) = (&trip.breakdown, told.position) {
        start.from = position.point;
    }
    start
}

/// The last place a vehicle is known to have set out from: the airport, or where it handed people on.
fn set_out(trip: &Trip, airport: Point) -> Point {
    trip.last_met().and_then(|(change, _)| change.place.location()).unwrap_or(airport)
}

impl First {
    /// The whole way to a gate, over the change and the gates before it.
    pub fn through(&self, before: Vec<eta::StopBefore>, gate: Point) -> eta::Journey {
        let change = eta::StopBefore { point: self.change, dwell_minutes: DWELL_MINUTES, since: None };
        let stops = std::iter::once(change).chain(before).collect();
        journey(self.origin, stops, gate, self.stage, None, None, self.vehicle_known)
    }
}

/// When the first vehicle of a change is expected there.
pub(crate) fn at_change(
    (first, back): (&Trip, Option<Back>),
    told: &Told,
    (airport, at): (Point, Point),
    (lore, now): (&Lore, DateTime<Utc>),
) -> DateTime<Utc> {
    let way = journey(set_out(first, airport), Vec::new(), at, of_vehicle(first, back, told), None, None, true);
    lore.estimate(&first.district, now, &way).p50
}
