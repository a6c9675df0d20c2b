//! What a district has laid down for its plans, in the planner's words; and who breaks it, in a person's.

use super::setting::Setting;
use homeward_domain::planning::{Apart, InForce, Pair, Rules};
use homeward_domain::refusal::Vehicle as No;
use homeward_planner::{self as planner, Broken, Plan, PlannedTrip};

/// The district's rules among those that are the same everywhere.
pub(super) fn rules(of: &Rules) -> planner::Rules {
    let mut apart = [0; 8];
    for [milder, stricter] in of.apart.pairs().map(Pair::tags) {
        apart[milder as usize] |= 1 << stricter as u8;
        apart[stricter as usize] |= 1 << milder as u8;
    }
    planner::Rules {
        apart,
        spacing_percent: small(of.spacing_percent),
        wait_max_s: small(of.wait_max_minutes * 60),
        ride_max_s: small(of.ride_max_minutes * 60),
        km_s: small(of.km_seconds),
        ..planner::Rules::default()
    }
}

/// Beside the road every seat is used, whoever sits next to whom: nobody is left there.
pub(super) fn beside_the_road(district: InForce) -> InForce {
    let InForce { version, rules } = district;
    InForce { version, rules: Rules { apart: Apart::default(), spacing_percent: 100, ..rules } }
}

/// The refusal of a plan that breaks what the district has laid down; `None` when it breaks something else.
pub(super) fn broken(setting: &Setting, plan: &Plan, broken: Broken) -> Option<No> {
    match broken {
        Broken::Full { trip } => too_close(setting, &plan.trips[trip]),
        Broken::MustNotMeet { trip } => must_not_meet(setting, &plan.trips[trip]),
        _ => None,
    }
}

/// Seats are there, but not so many may be used.
fn too_close(setting: &Setting, trip: &PlannedTrip) -> Option<No> {
    let (seats, rules) = (setting.vehicles[trip.vehicle].seats, &setting.rules);
    let needed = riders(trip).map(|party| setting.parties[party].size()).sum();
    let (free, percent, version) = (rules.rules.seats(seats), rules.rules.spacing_percent, rules.version);
    (needed <= seats).then_some(No::SeatsApart { free, needed, percent, version })
}

fn must_not_meet(setting: &Setting, trip: &PlannedTrip) -> Option<No> {
    let tag = |party: usize| setting.parties[party].tag().tag;
    let label = |party: usize| setting.parties[party].label.clone();
    let mut pairs = riders(trip).flat_map(|one| riders(trip).map(move |other| (one, other)));
    let (one, other) = pairs.find(|(one, other)| setting.rules.rules.apart.holds(tag(*one), tag(*other)))?;
    Some(No::MustNotMeet { label: label(one), with: label(other), version: setting.rules.version })
}

fn riders(trip: &PlannedTrip) -> impl Iterator<Item = usize> {
    trip.stops.iter().flat_map(|stop| &stop.parties).map(|party| *party as usize)
}

fn small(number: i64) -> i32 {
    i32::try_from(number).expect("the bounds of a rule are small")
}

#[cfg(test)]
mod tests {
    use super::*;
    use homeward_domain::RiskTag;

    #[test]
    fn the_default_of_a_district_is_the_planners() {
        assert_eq!(rules(&Rules::default()), planner::Rules::default());
    }

    #[test]
    fn a_pair_is_kept_apart_from_both_sides() {
        let pair = Pair::new(RiskTag::Red, RiskTag::Yellow).expect("two tags");
        let apart = Apart::from_iter([pair]);
        assert_eq!(rules(&Rules { apart, ..Rules::default() }).apart[..3], [0, 0b100, 0b010]);
    }
}
