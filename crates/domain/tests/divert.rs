//! A vehicle under way is ordered elsewhere: who was handed over stays, the seats move whole, and the crew says it has seen it.

use chrono::{DateTime, TimeDelta, Utc};
use homeward_domain::refusal::Order as No;
use homeward_domain::trip::{Command, Driver, Elsewhere, NewStop, SeenBy, State, StopStage, Trip, Vehicle};
use homeward_domain::{
    AccountId, ArrivalId, Jurisdiction, PartyId, Personal, Refusal, StopId, TripId, VehicleId, code,
};
use uuid::Uuid;

fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_584_700_000, 0).expect("an instant")
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn receiver(number: u128) -> code::Receiver {
    code::Receiver::parse(&format!("community-{number}")).expect("a code")
}

fn gate(number: u128) -> code::Gate {
    code::Gate::parse(&format!("community-{number}-g1")).expect("a code")
}

fn after(trip: Trip, command: Command) -> Trip {
    let events = trip.decide(command, start() + TimeDelta::minutes(1)).expect("the story goes on");
    events.iter().fold(trip, Trip::apply)
}

/// Three parties of one for gates 0, 1 and 2, aboard; nobody has left.
fn boarding() -> Trip {
    let mut trip = Trip {
        id: TripId::new(id(1)),
        district: Jurisdiction::parse("310101").expect("a district"),
        vehicle: Vehicle { id: VehicleId::new(id(2)), name: "3".into(), seats: 7 },
        plate: Some("沪A12345".into()),
        driver: Some(Driver {
            id: None,
            name: Personal::new("Zhao".into()),
            phone: Personal::new("+8613800000000".into()),
        }),
        escorts: vec![AccountId::new(id(3)), AccountId::new(id(4))],
        departs_at: start(),
        state: State::Planned,
        stops: Vec::new(),
        changes: Vec::new(),
        breakdown: None,
        order: None,
        version: 1,
    };
    for party in 0..3 {
        let (receiver, gate, stop) =
            (receiver(party), gate(party), NewStop { id: StopId::new(id(500 + party)), before: None });
        let arrivals = vec![ArrivalId::new(id(100 + party))];
        trip = after(trip, Command::Seat { party: PartyId::new(id(party)), arrivals, receiver, gate, stop });
    }
    trip = after(trip, Command::OpenBoarding);
    (0..3).fold(trip, |trip, party| after(trip, Command::Board { arrival: ArrivalId::new(id(100 + party)) }))
}

/// On the road, the first party home already.
fn under_way() -> Trip {
    let stop = StopId::new(id(500));
    let trip = after(boarding(), Command::Depart { head_count: 3 });
    [Command::Arrive { stop }, Command::Offer { stop }, Command::Accept { stop }].into_iter().fold(trip, after)
}

fn elsewhere(to: u128, stops: &[u128]) -> Elsewhere {
    let stops = stops.iter().map(|stop| StopId::new(id(*stop))).collect();
    let (reason, by) = ("burst pipe".to_owned(), "Chen".to_owned());
    Elsewhere { stops, receiver: receiver(to), gate: gate(to), stop: StopId::new(id(600)), reason, by }
}

fn refused(trip: &Trip, command: Command) -> Refusal {
    trip.decide(command, start()).expect_err("a refusal")
}

#[test]
fn everybody_aboard_goes_and_who_is_home_stays() {
    let before = under_way();
    let trip = after(before.clone(), Command::Divert(elsewhere(9, &[])));
    assert_eq!(trip.stops.len(), 2);
    assert_eq!(trip.stops[0], before.stops[0]);
    assert!(matches!(trip.stops[0].stage, StopStage::HandedOver { .. }));
    assert_eq!((&trip.stops[1].gate, trip.stops[1].seats.len()), (&gate(9), 2));
    assert_eq!((trip.seats_taken(), trip.boarded()), (3, 3));
    assert_eq!(trip.order.expect("an order").people, 2);
}

#[test]
fn chosen_passengers_join_a_halt_that_is_on_the_way() {
    let trip = after(under_way(), Command::Divert(elsewhere(2, &[501])));
    let ahead = &trip.stops[1];
    assert_eq!((ahead.id, ahead.seats.len()), (StopId::new(id(502)), 2));
    assert_eq!(trip.order.expect("an order").to, ahead.id);
}

#[test]
fn the_crew_sees_the_order_before_the_next_gate_and_says_so_once() {
    let stop = StopId::new(id(600));
    let trip = after(under_way(), Command::Divert(elsewhere(9, &[])));
    assert_eq!(refused(&trip, Command::Arrive { stop }), No::NotSeen { reason: "burst pipe".into() }.into());
    let seen = SeenBy { by: "Li".into(), at: start() };
    let trip = after(trip, Command::SeeOrder(seen.clone()));
    assert_eq!(refused(&trip, Command::SeeOrder(seen)), Refusal::AlreadyAnswered { by: "Li".into(), at: start() });
    assert!(trip.decide(Command::Arrive { stop }, start()).is_ok());
}

#[test]
fn an_order_that_makes_no_sense_is_refused() {
    let trip = under_way();
    let no_reason = Elsewhere { reason: " ".into(), ..elsewhere(9, &[]) };
    assert_eq!(refused(&trip, Command::Divert(no_reason)), Refusal::ReasonMissing);
    assert_eq!(refused(&trip, Command::Divert(elsewhere(9, &[777]))), Refusal::NotFound);
    let handed_over = Refusal::StopStage { stage: "handed_over", needed: "expected" };
    assert_eq!(refused(&trip, Command::Divert(elsewhere(9, &[500]))), handed_over);
    assert!(
        matches!(refused(&trip, Command::Divert(elsewhere(0, &[]))), Refusal::Invalid(bad) if bad.reason == "gate-served")
    );
    assert!(
        matches!(refused(&trip, Command::Divert(elsewhere(2, &[502]))), Refusal::Invalid(bad) if bad.reason == "same-destination")
    );
    assert_eq!(refused(&boarding(), Command::Divert(elsewhere(9, &[]))), No::NotOnTheRoad.into());
    assert_eq!(refused(&trip, Command::SeeOrder(SeenBy { by: "Li".into(), at: start() })), No::Nothing.into());
}
