//! The chain of custody: exactly one pair of hands, and no change without both sides.

use chrono::{DateTime, TimeDelta, Utc};
use homeward_domain::custody::{Custody, Holder, Offer};
use homeward_domain::{Refusal, TripId, code};
use proptest::prelude::*;
use std::fmt::Write as _;
use uuid::Uuid;

fn receiver() -> code::Receiver {
    code::Receiver::parse("huangpu-xdm-qiaojia").expect("a code")
}

fn holders() -> [Holder; 7] {
    [
        Holder::Desk,
        Holder::Vehicle { trip: TripId::new(Uuid::from_u128(7)) },
        Holder::Receiver { receiver: receiver() },
        Holder::Site { receiver: receiver() },
        Holder::Hospital { name: "Renji".into() },
        Holder::PrivateCar,
        Holder::Released,
    ]
}

/// Exhaustive, so that a new pair of hands does not compile until it stands in the table below.
const fn column(holder: &Holder) -> usize {
    match holder {
        Holder::Desk => 0,
        Holder::Vehicle { .. } => 1,
        Holder::Receiver { .. } => 2,
        Holder::Site { .. } => 3,
        Holder::Hospital { .. } => 4,
        Holder::PrivateCar => 5,
        Holder::Released => 6,
    }
}

const MOVES: &str = "
from        desk vehi rece site hosp priv rele
desk        .    x    .    .    x    x    x
vehicle     x    .    x    x    x    .    .
receiver    .    .    .    x    x    .    x
site        .    .    x    .    x    .    x
hospital    .    .    x    x    .    .    x
private_car .    .    x    x    x    .    .
released    .    .    .    .    .    .    .
";

#[test]
fn the_chain_knows_these_moves_and_no_other() {
    let mut table = format!("\n{:<12}", "from");
    table += &holders().map(|holder| holder.code().chars().take(4).collect::<String>()).join(" ");
    for (row, from) in holders().iter().enumerate() {
        assert_eq!(column(from), row);
        let cells = holders().map(|to| if from.may_pass_to(&to) { "x" } else { "." });
        write!(table, "\n{:<12}{}", from.code(), cells.join("    ")).expect("a string takes any text");
    }
    assert_eq!(table + "\n", MOVES);
}

fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_584_700_000, 0).expect("an instant")
}

/// What one of the two sides does.
#[derive(Debug, Clone, Copy)]
enum Deed {
    Offer(usize),
    Accept(usize),
    Withdraw,
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![(0usize..7).prop_map(Deed::Offer), (0usize..7).prop_map(Deed::Accept), Just(Deed::Withdraw)];
    proptest::collection::vec(deed, 0..60)
}

fn offered(custody: Custody, to: Holder, at: DateTime<Utc>) -> Result<Custody, TestCaseError> {
    let done = custody.clone().offer(to.clone(), at);
    if !custody.holder.may_pass_to(&to) {
        prop_assert_eq!(done, Err(Refusal::CustodyGap { from: custody.holder.code(), to: to.code() }));
        return Ok(custody);
    }
    let after = done.expect("a known move can be offered");
    prop_assert_eq!((&after.holder, after.since), (&custody.holder, custody.since));
    let again = custody.offered.filter(|open| open.to == to);
    prop_assert_eq!(after.offered.clone(), Some(again.unwrap_or(Offer { to, at })));
    Ok(after)
}

fn accepted(custody: Custody, to: &Holder, at: DateTime<Utc>) -> Result<Custody, TestCaseError> {
    let done = custody.clone().accept(to, at);
    if custody.offered.as_ref().is_none_or(|open| open.to != *to) {
        prop_assert_eq!(done, Err(Refusal::NotOffered { to: to.code() }));
        return Ok(custody);
    }
    let after = done.expect("what is offered can be taken");
    prop_assert!(custody.holder.may_pass_to(&after.holder), "{:?} to {:?}", custody.holder, after.holder);
    prop_assert_eq!(after.clone(), Custody { holder: to.clone(), since: at, offered: None });
    Ok(after)
}

proptest! {
    #[test]
    fn hands_change_only_when_both_sides_say_so(deeds in deeds()) {
        let mut custody = Custody::at_desk(start());
        for (minute, deed) in (1..).zip(deeds) {
            let at = start() + TimeDelta::minutes(minute);
            custody = match deed {
                Deed::Offer(to) => offered(custody, holders()[to].clone(), at)?,
                Deed::Accept(to) => accepted(custody, &holders()[to], at)?,
                Deed::Withdraw => {
                    let (holder, since) = (custody.holder.clone(), custody.since);
                    let closed = custody.withdraw();
                    prop_assert_eq!(&closed, &Custody { holder, since, offered: None });
                    closed
                }
            };
            prop_assert!(custody.since <= at);
        }
    }
}

#[test]
fn a_changed_mind_replaces_the_open_offer() {
    let trip = Holder::Vehicle { trip: TripId::new(Uuid::from_u128(7)) };
    let custody = Custody::at_desk(start()).offer(trip.clone(), start()).expect("a seat");
    let custody = custody.offer(Holder::Hospital { name: "Renji".into() }, start()).expect("an ambulance");
    assert_eq!(custody.accept(&trip, start()), Err(Refusal::NotOffered { to: "vehicle" }));
}

#[test]
fn a_person_passes_between_two_vehicles_and_never_to_the_one_they_sit_in() {
    let [bus, van] = [7, 8].map(|id| Holder::Vehicle { trip: TripId::new(Uuid::from_u128(id)) });
    let aboard = Custody::at_desk(start()).offer(bus.clone(), start()).and_then(|it| it.accept(&bus, start()));
    let aboard = aboard.expect("a seat on the bus");
    let passed = aboard.clone().offer(van.clone(), start()).and_then(|it| it.accept(&van, start()));
    assert_eq!(passed.expect("aboard the van").holder, van);
    assert_eq!(aboard.offer(bus, start()), Err(Refusal::CustodyGap { from: "vehicle", to: "vehicle" }));
}
