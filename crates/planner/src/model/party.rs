//! People who travel together and are never split.

use super::{Defect, ORIGIN, Place, SECONDS_MAX};

/// A party, as the planner sees it: how much room it needs, from when, and where it may go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Party {
    /// People; an infant has a seat of its own.
    pub people: i32,
    /// Pieces of luggage.
    pub luggage: i32,
    /// Wheelchair places, in addition to the seat.
    pub wheelchairs: i32,
    /// From when it can board, in seconds.
    pub ready: i32,
    /// Where it may be brought: its home, or the observation sites to choose from. A destination is never made up here.
    pub places: Vec<u16>,
    /// Its tag, 0 to 7; which tags share a vehicle is a rule ([`super::Rules::apart`]).
    pub tag: u8,
    /// The languages that it speaks, a bit each; 0 when any escort will do.
    pub languages: u64,
    /// The only vehicle it may ride in, when a person said so.
    pub pinned: Option<usize>,
    /// Which of that vehicle's trips, from 0 by departure, when a person said so. Everybody pinned to the same one rides
    /// together, nobody pinned to another comes along, and no more trips than these leave before it.
    pub pinned_trip: Option<u16>,
    /// The vehicle it was told already.
    pub told: Option<usize>,
    /// It has its seat on the trip that it is pinned to: others may join that trip, nobody takes it off.
    pub stays: bool,
}

pub(super) fn check(parties: &[Party], places: &[Place], vehicles: usize, max: usize) -> Result<(), Defect> {
    if parties.len() > max {
        return Err(Defect::Parties { found: parties.len(), max });
    }
    for (index, party) in parties.iter().enumerate() {
        if let Some(field) = fault(party, places, vehicles) {
            return Err(Defect::Field { of: "party", index, field });
        }
    }
    Ok(())
}

fn fault(party: &Party, places: &[Place], vehicles: usize) -> Option<&'static str> {
    let known = |place: &u16| usize::from(*place) != ORIGIN && usize::from(*place) < places.len();
    let checks = [
        (!(1..=1_000).contains(&party.people), "people"),
        (!(0..=10_000).contains(&party.luggage), "luggage"),
        (!(0..=party.people).contains(&party.wheelchairs), "wheelchairs"),
        (party.ready.abs() > SECONDS_MAX, "ready"),
        (party.places.is_empty() || !party.places.iter().all(known), "places"),
        (party.tag > 7, "tag"),
        (party.pinned.is_some_and(|it| it >= vehicles), "pinned"),
        (party.pinned_trip.is_some() && party.pinned.is_none(), "pinned_trip"),
        (party.told.is_some_and(|it| it >= vehicles), "told"),
        (party.stays && party.pinned_trip.is_none(), "stays"),
    ];
    checks.into_iter().find_map(|(broken, field)| broken.then_some(field))
}
