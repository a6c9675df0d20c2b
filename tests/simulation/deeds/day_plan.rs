//! The plan for everybody who waits: what was proposed this instant stands, whether it begins trips or adds to those that stand.

use super::{Deed, road, told};
use crate::day::{Day, dispatching};
use homeward_dispatch::{Chosen, DayTrip};
use homeward_domain::TripId;

/// More trips than this do not wait at once.
const WAITING_MAX: usize = 3;

/// Commits what is proposed: everybody who joins a trip that stands, and new trips as long as few wait. Nothing where there is
/// neither.
pub async fn for_all(day: &mut Day) -> Option<Deed> {
    let plan = day.dispatcher.propose_plan(&dispatching(), "PVG").await.expect("a proposal");
    let before = road::loading(day).await;
    let (joins, new): (Vec<DayTrip>, Vec<DayTrip>) = plan.trips.into_iter().partition(|trip| trip.trip.is_some());
    let name = if joins.is_empty() { "plan-for-all" } else { "plan-joins" };
    let few = WAITING_MAX.saturating_sub(before.len());
    let chosen: Vec<Chosen> = joins.into_iter().chain(new.into_iter().take(few)).map(chosen).collect();
    if chosen.is_empty() {
        return None;
    }
    let key = day.key();
    let done = day.dispatcher.commit_plan(&dispatching(), &key, ("PVG", plan.as_of), chosen).await;
    let deed = told(name, done);
    assert_eq!(deed, name, "what was proposed this instant stands");
    let begun: Vec<TripId> = road::loading(day).await.into_iter().filter(|trip| !before.contains(trip)).collect();
    day.trips.extend(begun);
    Some(deed)
}

fn chosen(trip: DayTrip) -> Chosen {
    let riders = trip.riders.into_iter().map(|rider| (rider.party, rider.version)).collect();
    Chosen { trip: trip.trip, vehicle: trip.vehicle, departs_at: trip.departs_at, riders }
}
