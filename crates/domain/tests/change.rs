//! Whatever both escorts do in whatever order: everybody who was to pass sits in exactly one of the two vehicles, both count
//! the same, and neither leaves while somebody stands between them.

use chrono::{DateTime, TimeDelta, Utc};
use homeward_domain::refusal::Change as Between;
use homeward_domain::trip::change::{Command as Change, Kept, Place, Stage};
use homeward_domain::trip::{Command, Driver, NewStop, State, Stop, Trip, Vehicle};
use homeward_domain::{
    AccountId, ArrivalId, ChangeId, Jurisdiction, PartyId, Personal, Point, Refusal, StopId, TripId, VehicleId, code,
};
use proptest::prelude::*;
use uuid::Uuid;

const RIDERS: u128 = 4;

fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_584_700_000, 0).expect("an instant")
}

fn id() -> ChangeId {
    ChangeId::new(Uuid::from_u128(77))
}

fn trip(number: u128, seats: i64) -> Trip {
    Trip {
        id: TripId::new(Uuid::from_u128(number)),
        district: Jurisdiction::parse("310101").expect("a district"),
        vehicle: Vehicle { id: VehicleId::new(Uuid::from_u128(100 + number)), name: number.to_string(), seats },
        plate: Some("沪A12345".into()),
        driver: Some(Driver {
            id: None,
            name: Personal::new("Zhao".into()),
            phone: Personal::new("13800000000".into()),
        }),
        escorts: (0..2).map(|escort| AccountId::new(Uuid::from_u128(200 + number * 10 + escort))).collect(),
        departs_at: start(),
        state: State::Planned,
        stops: Vec::new(),
        changes: Vec::new(),
        breakdown: None,
        order: None,
        version: 1,
    }
}

fn arrival(rider: u128) -> ArrivalId {
    ArrivalId::new(Uuid::from_u128(1000 + rider))
}

fn done(trip: Trip, command: Command) -> Trip {
    let events = trip.decide(command, start()).expect("possible");
    events.iter().fold(trip, Trip::apply)
}

fn change(command: Change) -> Command {
    Command::Change(command)
}

/// A bus under way with everybody aboard, and a van that boards; all of them pass at a relay point.
fn planned() -> (Trip, Trip) {
    let seat = |rider: u128| Command::Seat {
        party: PartyId::new(Uuid::from_u128(rider)),
        arrivals: vec![arrival(rider)],
        receiver: code::Receiver::parse("community-1").expect("a code"),
        gate: code::Gate::parse("community-1-g1").expect("a code"),
        stop: NewStop { id: StopId::new(Uuid::from_u128(500)), before: None },
    };
    let bus = (0..RIDERS).fold(trip(1, 9), |bus, rider| done(bus, seat(rider)));
    let mut bus = done(bus, Command::OpenBoarding);
    for rider in 0..RIDERS {
        bus = done(bus, Command::Board { arrival: arrival(rider) });
    }
    let bus = done(bus, Command::Depart { head_count: 4 });
    let van = done(trip(2, 6), Command::OpenBoarding);
    let stops = bus.stops.clone();
    let at = Point::parse(31.2, 121.5).expect("a point");
    let place = Place::Relay { point: code::RelayPoint::parse("relay-1").expect("a code"), at };
    let pairs = stops.iter().map(|stop| (stop.id, van.halt_for(stop))).collect();
    let bus = done(bus, change(Change::HandOn { change: id(), onto: (van.id, van.vehicle.id), place, stops: pairs }));
    let van = done(van, change(Change::TakeOn { change: id(), stops }));
    (bus, van)
}

/// What one of the escorts tries.
#[derive(Debug, Clone, Copy)]
enum Deed {
    Meet,
    Offer(u128),
    TakeOver(u128),
    Keep(u128),
    Close(i64),
    Leave(i64),
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![
        2 => Just(Deed::Meet),
        6 => (0..RIDERS).prop_map(Deed::Offer),
        6 => (0..RIDERS).prop_map(Deed::TakeOver),
        1 => (0..RIDERS).prop_map(Deed::Keep),
        2 => (0..5i64).prop_map(Deed::Close),
        2 => (0..5i64).prop_map(Deed::Leave),
    ];
    prop::collection::vec(deed, 0..60)
}

fn keep(bus: &Trip, van: &Trip, rider: u128) -> Option<(Command, Command)> {
    let halt = van.stops.iter().find(|stop| stop.seats.iter().any(|seat| seat.arrival == arrival(rider)))?;
    let halt = Stop { id: StopId::new(Uuid::from_u128(600)), seats: Vec::new(), ..halt.clone() };
    let halt = Stop { id: bus.halt_for(&halt), ..halt };
    let party = PartyId::new(Uuid::from_u128(rider));
    let kept = Kept { arrival: arrival(rider), party, label: "P".into(), reason: "gone".into(), at: start() };
    let forgo = Change::Forgo { change: id(), arrival: arrival(rider), reason: "gone".into() };
    Some((change(Change::Keep { change: id(), kept, halt: Box::new(halt) }), change(forgo)))
}

/// What the deed asks of each trip; a deed is done when both say yes.
fn asked(bus: &Trip, van: &Trip, deed: Deed) -> Option<(Option<Command>, Option<Command>)> {
    Some(match deed {
        Deed::Meet => (Some(change(Change::Meet { change: id() })), None),
        Deed::Offer(rider) => (Some(change(Change::Offer { change: id(), arrival: arrival(rider) })), None),
        Deed::TakeOver(rider) => {
            let arrival = arrival(rider);
            let sides = (Change::Pass { change: id(), arrival }, Change::Take { change: id(), arrival });
            (Some(change(sides.0)), Some(change(sides.1)))
        }
        Deed::Keep(rider) => {
            let (on_bus, on_van) = keep(bus, van, rider)?;
            (Some(on_bus), Some(on_van))
        }
        Deed::Close(head_count) => (Some(change(Change::Close { change: id(), head_count })), None),
        Deed::Leave(head_count) => (None, Some(Command::Depart { head_count })),
    })
}

fn tried(bus: Trip, van: Trip, deed: Deed, now: DateTime<Utc>) -> (Trip, Trip) {
    let Some((on_bus, on_van)) = asked(&bus, &van, deed) else { return (bus, van) };
    let decide = |trip: &Trip, command: Option<Command>| command.map_or(Ok(Vec::new()), |it| trip.decide(it, now));
    match (decide(&bus, on_bus), decide(&van, on_van)) {
        (Ok(first), Ok(second)) => (first.iter().fold(bus, Trip::apply), second.iter().fold(van, Trip::apply)),
        _ => (bus, van),
    }
}

fn sits_in(trip: &Trip, rider: u128) -> bool {
    let passed =
        |it: &homeward_domain::trip::change::Rider| it.seat.arrival == arrival(rider) && it.passed_at.is_some();
    let gone = trip.changes.iter().flat_map(|change| &change.riders).any(passed);
    trip.seat_of(arrival(rider)).is_some_and(|seat| seat.boarded_at.is_some()) && !gone
}

proptest! {
    #[test]
    fn everybody_sits_in_exactly_one_vehicle_and_neither_leaves_early(deeds in deeds()) {
        let (mut bus, mut van) = planned();
        for (minute, deed) in (1..).zip(deeds) {
            (bus, van) = tried(bus, van, deed, start() + TimeDelta::minutes(minute));
            for rider in 0..RIDERS {
                prop_assert!(sits_in(&bus, rider) != sits_in(&van, rider), "rider {rider} after {deed:?}");
            }
            prop_assert_eq!(bus.seats_taken(), 4, "the bus's manifest is who left with it");
            let counts = bus.change_of(id()).expect("a change").counts();
            prop_assert_eq!((counts.total, counts.passed), (4, van.aboard()));
            prop_assert_eq!(bus.aboard() + van.aboard(), 4);
            let left = !matches!(van.state, State::Boarding { .. });
            let closed = matches!(bus.change_of(id()).expect("a change").stage, Stage::Closed { .. });
            prop_assert!(counts.open() == 0 || !(left || closed), "somebody stood between: {counts:?}");
        }
    }
}

#[test]
fn a_bus_does_not_go_on_while_somebody_stands_between() {
    let (bus, _) = planned();
    let bus = done(bus, change(Change::Meet { change: id() }));
    let early = bus.decide(change(Change::Close { change: id(), head_count: 4 }), start());
    assert_eq!(early, Err(Refusal::Change(Between::Open { open: 4, passed: 0, kept: 0 })));
}

#[test]
fn a_vehicle_that_cannot_go_on_arrives_nowhere_and_meets_nobody_elsewhere() {
    let (bus, _) = planned();
    let broken = done(bus, change(Change::BreakDown { reason: "engine".into(), by: "E".into() }));
    let at = Between::BrokenDown { at: start() };
    assert_eq!(broken.decide(change(Change::Meet { change: id() }), start()), Err(Refusal::Change(at)));
    let again = change(Change::BreakDown { reason: "engine".into(), by: "E".into() });
    assert_eq!(broken.decide(again, start()), Err(Refusal::Change(at)));
    let mended = done(broken, change(Change::Mend { reason: "starts".into() }));
    assert!(mended.decide(change(Change::Meet { change: id() }), start()).is_ok());
}
