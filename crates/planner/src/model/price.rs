//! One number for everything, so that plans can be compared: thousandths of a traveller's second.
//!
//! The goals stand above each other (product.md): nobody unserved or over a limit; then travellers' minutes; then
//! kilometres at the district's rate. A person who is not properly served costs more than a day of anybody's time, so
//! that no sum of minutes buys one.

use super::{Party, Rules, Vehicle};

/// A second of one traveller.
pub(crate) const SECOND: i64 = 1_000;
/// A person who is over a limit (waited or rode too long, or came to a closed gate) where a kilometre is worth a minute or less.
const PERSON: i64 = 20_000_000;
/// A second over a limit, on top: leads the search back to where the limit is kept.
pub(crate) const LATE_SECOND: i64 = 4_000;
/// A person who is left behind is worse than so many who are late, because nobody has them.
pub(crate) const UNSERVED: i64 = 10;
/// The party can never ride there.
pub(crate) const IMPOSSIBLE: i64 = i64::MAX / 4;

/// A person who is over a limit: dearer where kilometres are, so that no price of theirs buys one.
pub(super) fn person(rules: &Rules) -> i64 {
    PERSON.max(PERSON / 60 * i64::from(rules.km_s))
}

/// What each party costs on each vehicle, whatever the way.
pub(super) fn table(parties: &[Party], vehicles: &[Vehicle], rules: &Rules) -> Vec<i64> {
    let spoken = vehicles.iter().fold(0, |all, vehicle| all | vehicle.languages);
    let pair = |party: &Party, index: usize, vehicle: &Vehicle| {
        if ride(party, index, vehicle, rules) {
            i64::from(party.people) * SECOND * i64::from(wishes(party, index, vehicle, spoken, rules))
        } else {
            IMPOSSIBLE
        }
    };
    let row = |party| vehicles.iter().enumerate().map(move |(index, vehicle)| pair(party, index, vehicle));
    parties.iter().flat_map(row).collect()
}

fn ride(party: &Party, index: usize, vehicle: &Vehicle, rules: &Rules) -> bool {
    party.people <= rules.seats(vehicle.seats)
        && party.luggage <= vehicle.luggage
        && party.wheelchairs <= vehicle.wheelchairs
        && vehicle.escorts >= rules.escorts_min
        && party.pinned.is_none_or(|pinned| pinned == index)
}

/// Seconds of each traveller: a language counts only where some escort of the fleet speaks it.
fn wishes(party: &Party, index: usize, vehicle: &Vehicle, spoken: u64, rules: &Rules) -> i32 {
    let moved = party.told.is_some_and(|told| told != index);
    let mute = party.languages & spoken != 0 && party.languages & vehicle.languages == 0;
    i32::from(moved) * rules.told_s + i32::from(mute) * rules.language_s
}
