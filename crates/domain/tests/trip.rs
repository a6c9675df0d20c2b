//! Whatever is asked of a trip in whatever order: seats are given once, and nobody leaves uncounted.

use chrono::{DateTime, TimeDelta, Utc};
use homeward_domain::notice::{Ack, Told};
use homeward_domain::trip::{Command, Driver, ESCORTS_MIN, Event, NewStop, State, StopStage, Trip, Vehicle, change};
use homeward_domain::{
    AccountId, ArrivalId, Jurisdiction, PartyId, Personal, Refusal, SquadRole, StopId, TripId, VehicleId, code,
};
use proptest::prelude::*;
use std::collections::BTreeSet;
use uuid::Uuid;

const SEATS: i64 = 7;

fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_584_700_000, 0).expect("an instant")
}

fn planned() -> Trip {
    Trip {
        id: TripId::new(Uuid::from_u128(1)),
        district: Jurisdiction::parse("310101").expect("a district"),
        vehicle: Vehicle { id: VehicleId::new(Uuid::from_u128(2)), name: "3".into(), seats: SEATS },
        plate: None,
        driver: None,
        escorts: Vec::new(),
        departs_at: start(),
        state: State::Planned,
        stops: Vec::new(),
        order: None,
        changes: Vec::new(),
        breakdown: None,
        version: 1,
    }
}

fn arrival(party: u128, member: u128) -> ArrivalId {
    ArrivalId::new(Uuid::from_u128(1000 + party * 10 + member))
}

/// Party 0 has one member, party 1 two, party 2 three, party 3 one again …
fn seat(party: u128, gate: u8) -> Command {
    seat_before(party, gate, None)
}

fn stop_at(gate: u8) -> StopId {
    StopId::new(Uuid::from_u128(500 + u128::from(gate)))
}

fn seat_before(party: u128, gate: u8, before: Option<u8>) -> Command {
    Command::Seat {
        party: PartyId::new(Uuid::from_u128(party)),
        arrivals: (0..=party % 3).map(|member| arrival(party, member)).collect(),
        receiver: code::Receiver::parse(&format!("community-{gate}")).expect("a code"),
        gate: code::Gate::parse(&format!("community-{gate}-g1")).expect("a code"),
        stop: NewStop { id: stop_at(gate), before: before.map(stop_at) },
    }
}

fn stop_id() -> impl Strategy<Value = StopId> {
    (0u128..3).prop_map(|gate| StopId::new(Uuid::from_u128(500 + gate)))
}

fn arrival_id() -> impl Strategy<Value = ArrivalId> {
    (0u128..5).prop_flat_map(|party| (0..=party % 3).prop_map(move |member| arrival(party, member)))
}

fn crew(driver: bool, escorts: u128, plate: bool) -> Command {
    let driver = driver.then(|| Driver {
        id: None,
        name: Personal::new("Zhao".into()),
        phone: Personal::new("+8613800000000".into()),
    });
    let escorts = (0..escorts).map(|escort| AccountId::new(Uuid::from_u128(900 + escort))).collect();
    Command::Crew { driver, escorts, plate: plate.then(|| "沪A12345".into()) }
}

fn other_vehicle(id: u128, seats: i64) -> Command {
    let vehicle = Vehicle { id: VehicleId::new(Uuid::from_u128(id)), name: id.to_string(), seats };
    Command::TakeVehicle { vehicle, plate: None, driver: None }
}

fn before_the_road() -> impl Strategy<Value = Command> {
    prop_oneof![
        4 => (0u128..5, 0u8..3, proptest::option::of(0u8..3)).prop_map(|(party, gate, before)| seat_before(party, gate, before)),
        1 => (0u128..5).prop_map(|party| Command::Unseat { party: PartyId::new(Uuid::from_u128(party)) }),
        2 => (any::<bool>(), 0u128..4, any::<bool>()).prop_map(|(driver, escorts, plate)| crew(driver, escorts, plate)),
        2 => Just(crew(true, 2, true)),
        2 => Just(Command::OpenBoarding),
        1 => (2u128..5, 1..=SEATS).prop_map(|(vehicle, seats)| other_vehicle(vehicle, seats)),
        8 => arrival_id().prop_map(|arrival| Command::Board { arrival }),
        1 => arrival_id().prop_map(|arrival| Command::Unboard { arrival }),
        1 => arrival_id().prop_map(|arrival| Command::NoShow { arrival, reason: "did not come".into() }),
        4 => (0..=SEATS).prop_map(|head_count| Command::Depart { head_count }),
    ]
}

fn on_the_road() -> impl Strategy<Value = Command> {
    let ack = Ack { role: SquadRole::Doctor, by: "D".into(), at: start(), told: None };
    prop_oneof![
        3 => stop_id().prop_map(|stop| Command::Arrive { stop }),
        3 => stop_id().prop_map(|stop| Command::Offer { stop }),
        3 => stop_id().prop_map(|stop| Command::Accept { stop }),
        1 => stop_id().prop_map(move |stop| Command::Acknowledge { stop, ack: ack.clone() }),
        1 => stop_id().prop_map(|stop| Command::Muster { stop }),
        1 => stop_id().prop_map(|stop| Command::Escalate { stop }),
    ]
}

fn commands() -> impl Strategy<Value = Vec<Command>> {
    let cancel = Just(Command::Cancel { reason: "broken down".into() });
    let one = prop_oneof![60 => before_the_road(), 40 => on_the_road(), 1 => cancel];
    proptest::collection::vec(one, 0..150)
}

fn seats_are_given_once(trip: &Trip) -> Result<(), TestCaseError> {
    let numbers: BTreeSet<i64> = trip.manifest().map(|seat| seat.number).collect();
    let people: BTreeSet<ArrivalId> = trip.manifest().map(|seat| seat.arrival).collect();
    let gates: BTreeSet<_> = trip.stops.iter().map(|stop| &stop.gate).collect();
    prop_assert_eq!(numbers.len(), trip.manifest().count(), "a seat given twice");
    prop_assert_eq!(people.len(), trip.manifest().count(), "a person seated twice");
    prop_assert_eq!(gates.len(), trip.stops.len(), "a gate on the way twice");
    prop_assert!(numbers.iter().all(|number| (1..=trip.vehicle.seats).contains(number)));
    prop_assert!(trip.seats_free() >= 0 && trip.seats_taken() + trip.seats_free() == trip.vehicle.seats);
    prop_assert!(trip.stops.iter().all(|stop| !stop.seats.is_empty()), "a halt where nobody gets off");
    Ok(())
}

fn departed_whole(trip: &Trip) -> Result<(), TestCaseError> {
    if trip.state.departed_at().is_none() {
        prop_assert!(trip.stops.iter().all(|stop| stop.stage == StopStage::Expected), "at a gate before departure");
        return Ok(());
    }
    prop_assert!(trip.driver.is_some() && trip.plate.is_some() && trip.escorts.len() >= ESCORTS_MIN);
    prop_assert_eq!(trip.boarded(), trip.seats_taken());
    if let State::EnRoute { head_count, .. } = trip.state {
        prop_assert_eq!(head_count, trip.seats_taken());
        prop_assert!(head_count > 0);
    }
    Ok(())
}

fn handed_over_by_both(before: &Trip, after: &Trip) -> Result<(), TestCaseError> {
    for stop in &after.stops {
        let was = before.stops.iter().find(|known| known.id == stop.id).map(|known| known.stage);
        match stop.stage {
            stage if Some(stage) == was => {}
            StopStage::Expected => prop_assert!(was.is_none()),
            StopStage::Arrived { .. } => prop_assert_eq!(was, Some(StopStage::Expected)),
            StopStage::Offered { arrived_at, at } => {
                prop_assert_eq!(was, Some(StopStage::Arrived { at: arrived_at }));
                prop_assert!(arrived_at < at);
            }
            StopStage::HandedOver { arrived_at, offered_at, at } => {
                prop_assert_eq!(was, Some(StopStage::Offered { arrived_at, at: offered_at }));
                prop_assert!(offered_at < at);
            }
        }
    }
    let all = after.stops.iter().all(|stop| matches!(stop.stage, StopStage::HandedOver { .. }));
    prop_assert_eq!(matches!(after.state, State::Completed { .. }), all && after.state.departed_at().is_some());
    Ok(())
}

fn step(trip: Trip, command: &Command, now: DateTime<Utc>) -> Result<Trip, TestCaseError> {
    let decided = trip.decide(command.clone(), now);
    prop_assert_eq!(&decided, &trip.decide(command.clone(), now), "deciding changed something");
    let Ok(events) = decided else { return Ok(trip) };
    let after = events.iter().fold(trip.clone(), Trip::apply);
    seats_are_given_once(&after)?;
    departed_whole(&after)?;
    handed_over_by_both(&trip, &after)?;
    let moved = events.iter().any(|event| matches!(event, Event::SeatsGiven { .. } | Event::SeatsTakenBack(_)));
    prop_assert!(!moved || trip.state.loading(), "seats moved on the road");
    prop_assert!(trip.state.open() || after.state == trip.state, "an ended trip moved");
    Ok(after)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn whatever_is_asked_nobody_leaves_uncounted(commands in commands()) {
        let mut trip = planned();
        for (minute, command) in (1..).zip(&commands) {
            trip = step(trip, command, start() + TimeDelta::minutes(minute))?;
        }
    }
}

fn then(trip: Trip, command: Command) -> Trip {
    let events = trip.decide(command, start()).expect("the story goes on");
    events.iter().fold(trip, Trip::apply)
}

fn run(commands: impl IntoIterator<Item = Command>) -> Trip {
    commands.into_iter().enumerate().fold(planned(), |trip, (minute, command)| {
        let now = start() + TimeDelta::minutes(i64::try_from(minute).expect("a short story"));
        let events = trip.decide(command, now).expect("the story goes on");
        events.iter().fold(trip, Trip::apply)
    })
}

#[test]
fn departure_names_what_is_missing_in_turn() {
    let boarded = [seat(1, 0), Command::OpenBoarding, Command::Board { arrival: arrival(1, 0) }];
    let depart = |trip: &Trip, head_count| trip.decide(Command::Depart { head_count }, start()).expect_err("too early");
    let trip = run(boarded.clone());
    assert_eq!(depart(&trip, 2), Refusal::CrewIncomplete { driver: false, escorts: 0 });
    let trip = run(boarded.clone().into_iter().chain([crew(true, 1, true)]));
    assert_eq!(depart(&trip, 2), Refusal::CrewIncomplete { driver: true, escorts: 1 });
    let trip = run(boarded.clone().into_iter().chain([crew(true, 2, false)]));
    assert_eq!(depart(&trip, 2), Refusal::PlateMissing);
    let trip = run(boarded.clone().into_iter().chain([crew(true, 2, true)]));
    assert_eq!(depart(&trip, 2), Refusal::NotBoarded { boarded: 1, manifest: 2 });
    let all = [crew(true, 2, true), Command::Board { arrival: arrival(1, 1) }];
    let trip = run(boarded.into_iter().chain(all));
    assert_eq!(depart(&trip, 3), Refusal::HeadCountDiffers { counted: 3, manifest: 2 });
    assert!(trip.decide(Command::Depart { head_count: 2 }, start()).is_ok());
}

#[test]
fn an_escort_named_twice_is_one_escort() {
    let twice = vec![AccountId::new(Uuid::from_u128(900)); 2];
    let trip = run([Command::Crew { driver: None, escorts: twice, plate: None }]);
    assert_eq!(trip.escorts.len(), 1);
}

#[test]
fn a_halt_is_made_where_it_was_put_and_once() {
    let halts = |trip: Trip| trip.stops.into_iter().map(|stop| stop.id).collect::<Vec<_>>();
    let trip = run([seat(0, 0), seat_before(3, 1, Some(0))]);
    assert_eq!(halts(trip), [stop_at(1), stop_at(0)], "before the one that was named");
    let trip = run([seat(0, 0), seat_before(3, 1, Some(2))]);
    assert_eq!(halts(trip), [stop_at(0), stop_at(1)], "last, when that is no halt of this trip");
    let trip = run([seat(0, 0), seat(3, 1), seat_before(4, 1, Some(0))]);
    assert_eq!(halts(trip), [stop_at(0), stop_at(1)], "a halt that is made anyway stays where it is");
}

#[test]
fn the_last_seats_are_told_in_numbers() {
    let trip = run([seat(2, 0), seat(1, 1)]);
    let full = trip.decide(seat(5, 2), start()).expect_err("three do not fit into two");
    assert_eq!(full, Refusal::VehicleFull { free: 2, needed: 3 });
}

#[test]
fn a_squad_is_asked_anew_until_the_vehicle_comes_and_not_while_it_is_broken_down() {
    let told = |minutes| Told {
        gate_at: start() + TimeDelta::minutes(minutes),
        go_at: start() + TimeDelta::minutes(minutes - 10),
    };
    let mut trip = planned();
    let mut ask = |command: Command| {
        let events = trip.decide(command, start()).expect("allowed");
        trip = events.iter().fold(trip.clone(), Trip::apply);
        (trip.clone(), events)
    };
    ask(seat(1, 0));
    let (seated, _) = ask(crew(true, 2, true));
    let stop = seated.stops[0].id;
    let ack = Ack { role: SquadRole::Leader, by: "L".into(), at: start(), told: Some(told(60)) };
    ask(Command::Acknowledge { stop, ack });
    let (answered, nothing) = ask(Command::Show { times: vec![(stop, told(70))] });
    assert!(nothing.is_empty(), "ten minutes are the same promise");
    let show = Command::Show { times: vec![(stop, told(71))] };
    let broken = change::Breakdown { reason: "engine".into(), by: "D".into(), at: start() };
    let standing = Trip { breakdown: Some(broken), ..answered.clone() };
    assert_eq!(standing.decide(show.clone(), start()), Ok(Vec::new()), "no time is worth an answer");
    let (renewed, events) = ask(show);
    assert_eq!(events.iter().map(Event::code).collect::<Vec<_>>(), ["notice.renewed"]);
    assert!(renewed.stops[0].notice.acks.is_empty());
    let mut there = answered;
    there.stops[0].stage = StopStage::Arrived { at: start() };
    let late = Command::Show { times: vec![(stop, told(90))] };
    assert_eq!(there.decide(late, start()), Ok(Vec::new()), "it is there");
}

#[test]
fn another_vehicle_takes_everybody_who_has_a_seat_or_nobody() {
    let trip =
        run([seat(2, 0), seat(1, 1), crew(true, 2, true), Command::Unseat { party: PartyId::new(Uuid::from_u128(2)) }]);
    let trip = then(trip, Command::OpenBoarding);
    let small = trip.decide(other_vehicle(3, 1), start()).expect_err("two sit there");
    assert_eq!(small, Refusal::VehicleFull { free: 1, needed: 2 });
    assert!(matches!(trip.decide(other_vehicle(2, 9), start()), Err(Refusal::Invalid(_))), "it is that one already");
    let taken = then(trip.clone(), other_vehicle(3, 2));
    assert_eq!((taken.vehicle.name.as_str(), &taken.state, taken.escorts.len()), ("3", &State::Planned, 2));
    assert_eq!((taken.plate.as_ref(), taken.driver.as_ref()), (None, None), "they stay with their vehicle");
    assert_eq!(taken.manifest().map(|seat| seat.number).collect::<Vec<_>>(), [1, 2]);
    let aboard = then(trip, Command::Board { arrival: arrival(1, 0) });
    assert_eq!(aboard.decide(other_vehicle(3, 9), start()), Err(Refusal::AlreadyUnderWay));
}
