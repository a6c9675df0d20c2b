//! Whatever is asked of a party in whatever order: nobody falls between two hands, and a patient never gets a seat.

#[path = "made/family.rs"]
mod family;

use chrono::{DateTime, TimeDelta, Utc};
use family::{family, gate, japan, receiver, start};
use homeward_domain::approval::Mode;
use homeward_domain::custody::{Custody, Holder};
use homeward_domain::disposition::{Disposition, HomeFacts, Terms};
use homeward_domain::party::{Command, Event, Party, Stage, Transport};
use homeward_domain::private_car::{CarState, PickUp, ReleaseCheck};
use homeward_domain::reception::{Step, Tick};
use homeward_domain::{ArrivalId, KeyList, Personal, Refusal, RiskTag, Sensitive, StopId, TripId};
use proptest::prelude::*;
use uuid::Uuid;

fn trip_id() -> TripId {
    TripId::new(Uuid::from_u128(77))
}

/// A list on which Japan is yellow.
fn list(version: u32) -> KeyList {
    KeyList::parse(version, start(), [(japan(), RiskTag::Yellow)], "").expect("a list")
}

fn arrival() -> impl Strategy<Value = ArrivalId> {
    // The fourth belongs to nobody in the party.
    (0u128..4).prop_map(|member| ArrivalId::new(Uuid::from_u128(100 + member)))
}

fn reason() -> impl Strategy<Value = Option<String>> {
    prop_oneof![3 => Just(Some("as they said".to_owned())), 1 => Just(Some(" ".to_owned())), 1 => Just(None)]
}

fn ask_home() -> Command {
    let facts = HomeFacts { co_residents: 1, own_room: true, own_toilet: true, co_residents_consent: true };
    Command::ProposeHome { gate: gate("home"), receiver: receiver("home"), facts, terms: Terms::default() }
}

fn place_at_site() -> Command {
    Command::PlaceAtSite {
        receiver: receiver("site"),
        gate: gate("site"),
        room: "201".into(),
        reason: "no room of their own".into(),
    }
}

fn pick_up(to: &str) -> PickUp {
    PickUp {
        name: Personal::new("Zhao".into()),
        document: Sensitive::new("E12345678".into()),
        phone: Personal::new("+8613800000000".into()),
        plate: "沪A12345".into(),
        gate: gate(to),
    }
}

fn record_car(to: &str) -> Command {
    Command::RecordCar { pick_up: pick_up(to), receiver: receiver(to) }
}

fn release_car(walked_to_car: bool) -> Command {
    let check = ReleaseCheck { plate_seen: "沪A-12345".into(), document_checked: true, walked_to_car };
    Command::ReleaseCar { check, expected_at: start() + TimeDelta::hours(2) }
}

fn referral() -> impl Strategy<Value = Command> {
    proptest::collection::vec(arrival(), 0..3).prop_map(|patients| Command::Refer {
        hospital: "Renji".into(),
        ambulance_plate: "沪120".into(),
        patients,
    })
}

fn opinion() -> impl Strategy<Value = Command> {
    (any::<bool>(), reason()).prop_map(|(agreed, reason)| Command::GiveOpinion { agreed, reason, by: "L".into() })
}

fn home_check() -> impl Strategy<Value = Command> {
    let answer = |(suitable, reason)| Command::AnswerHomeCheck { suitable, reason, by: "C".into() };
    (any::<bool>(), reason()).prop_map(answer)
}

fn at_the_desk() -> impl Strategy<Value = Command> {
    let tag = prop_oneof![Just(RiskTag::Red), Just(RiskTag::Yellow), Just(RiskTag::Green)];
    prop_oneof![
        2 => (arrival(), tag).prop_map(|(arrival, tag)| Command::Tag { arrival, tag, reason: "seen".into() }),
        1 => Just(Command::Retag { list: list(2) }),
        1 => referral(),
        1 => Just(Command::AmbulanceTook),
        6 => Just(ask_home()),
        4 => opinion(),
        4 => home_check(),
        1 => Just(Command::HearSilence),
        1 => prop_oneof![Just(Mode::Manual), Just(Mode::Automatic)].prop_map(|mode| Command::TakeMode { mode, version: 1 }),
        2 => Just(Command::ConfirmHome { by: "D".into() }),
        3 => Just(place_at_site()),
        1 => Just(Command::SendOnward { to: "Suzhou".into(), reason: "lives there".into() }),
        1 => Just(Command::Free { reason: "green".into() }),
        6 => Just(Command::Seat { trip: trip_id(), stop: StopId::new(Uuid::from_u128(88)) }),
        1 => Just(Command::Unseat),
        1 => Just(Command::ExpireHold),
        2 => prop_oneof![Just("home"), Just("site")].prop_map(record_car),
        2 => any::<bool>().prop_map(release_car),
    ]
}

fn on_the_way() -> impl Strategy<Value = Command> {
    let other = TripId::new(Uuid::from_u128(78));
    let aboard = move |(arrival, right)| Command::Board { arrival, trip: if right { trip_id() } else { other } };
    prop_oneof![
        6 => (arrival(), prop::bool::weighted(0.9)).prop_map(aboard),
        1 => arrival().prop_map(|arrival| Command::Unboard { arrival }),
        2 => Just(Command::ReceiveCar),
        1 => Just(Command::RaiseCarAlarm),
        3 => Just(Command::Offer),
        3 => Just(Command::Accept),
        1 => Just(Command::Discharge),
        8 => (arrival(), step()).prop_map(|(arrival, step)| Command::Check { arrival, step, tick: tick() }),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let enrol = |letter_signed| Step::Enrol { temperature_c: 36.4, letter_signed, guide_given: true };
    prop_oneof![
        Just(Step::Verify),
        Just(Step::Inform { language: "ja".into() }),
        prop::bool::weighted(0.8).prop_map(enrol)
    ]
}

fn tick() -> Tick {
    Tick { by: "D".into(), role: "doctor".into(), at: start() }
}

fn commands() -> impl Strategy<Value = Vec<Command>> {
    proptest::collection::vec(prop_oneof![at_the_desk(), on_the_way()], 0..80)
}

/// Where both sides stand before the same person, one command opens and takes the hand.
const fn both_sides_at_once(command: &Command) -> bool {
    use Command as C;
    let hands_over = matches!(command, C::ReleaseCar { .. } | C::ReceiveCar | C::Unboard { .. } | C::Discharge);
    hands_over || matches!(command, C::SendOnward { .. } | C::Free { .. })
}

fn passed_rightly(before: &Custody, after: &Custody, command: &Command) -> Result<(), TestCaseError> {
    if before.holder == after.holder {
        return Ok(());
    }
    let (from, to) = (&before.holder, &after.holder);
    prop_assert!(from.may_pass_to(to), "{from:?} to {to:?}");
    let open = before.offered.as_ref().is_some_and(|offer| offer.to == *to);
    prop_assert!(open || both_sides_at_once(command), "{from:?} to {to:?} by {command:?} without an offer");
    Ok(())
}

fn nobody_is_lost(before: &Party, after: &Party, command: &Command) -> Result<(), TestCaseError> {
    let arrivals = |party: &Party| party.members.iter().map(|member| member.arrival).collect::<Vec<_>>();
    prop_assert_eq!(arrivals(before), arrivals(after));
    for (was, is) in before.members.iter().zip(&after.members) {
        passed_rightly(&was.custody, &is.custody, command)?;
        if let Holder::Receiver { .. } | Holder::Site { .. } = is.custody.holder {
            let by_car =
                matches!(&after.transport, Transport::Car(car) if matches!(car.state, CarState::Received { .. }));
            prop_assert!(by_car || is.reception.missing().is_empty(), "received without the checklist");
        }
    }
    Ok(())
}

fn transport_is_lawful(party: &Party) -> Result<(), TestCaseError> {
    let referred = matches!(party.disposition, Disposition::Referral { .. });
    if referred || party.must_be_referred() {
        prop_assert_eq!(&party.transport, &Transport::None, "a patient with a seat");
    }
    for member in &party.members {
        let holder = &member.custody.holder;
        prop_assert!(!matches!(holder, Holder::Hospital { .. }) || referred, "in hospital without a referral");
        let Holder::Vehicle { trip } = holder else { continue };
        let own = matches!(party.transport, Transport::Seats { trip: seated, .. } if seated == *trip);
        prop_assert!(own, "aboard another trip than their seat's");
    }
    let stage = party.stage();
    prop_assert!(!party.must_be_referred() || matches!(stage, Stage::ToRefer | Stage::Referred), "{stage:?}");
    Ok(())
}

fn asked(party: Party, command: &Command, now: DateTime<Utc>) -> Result<Party, TestCaseError> {
    let decided = party.decide(command.clone(), now);
    prop_assert_eq!(&decided, &party.decide(command.clone(), now), "deciding changed something");
    let Ok(events) = decided else { return Ok(party) };
    let after = events.iter().fold(party.clone(), Party::apply);
    prop_assert_eq!(&after, &events.iter().fold(after.clone(), Party::apply), "an event told twice is another one");
    nobody_is_lost(&party, &after, command)?;
    transport_is_lawful(&after)?;
    Ok(after)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn whatever_is_asked_nobody_falls_between_two_hands(
        size in 1u128..=3, febrile in prop::bool::weighted(0.2), commands in commands()
    ) {
        let mut party = family(size, febrile);
        for (minute, command) in (1..).zip(&commands) {
            party = asked(party, command, start() + TimeDelta::minutes(minute))?;
        }
    }

    #[test]
    fn a_party_with_a_patient_gets_no_way_home(size in 1u128..=3, command in at_the_desk()) {
        let party = family(size, true);
        let decided = party.decide(command.clone(), start());
        let moved = decided.iter().flatten().any(|event| {
            matches!(event, Event::Seated(_) | Event::HomeAsked(_) | Event::Disposed(_) | Event::CarRecorded(_))
        });
        prop_assert!(!moved, "{command:?} gave a patient a way home");
    }
}

fn run(party: Party, commands: impl IntoIterator<Item = Command>) -> Party {
    commands.into_iter().fold(party, |party, command| {
        let events = party.decide(command, start()).expect("the story goes on");
        events.iter().fold(party, Party::apply)
    })
}

fn cleared_home() -> [Command; 3] {
    let opinion = Command::GiveOpinion { agreed: true, reason: None, by: "L".into() };
    [ask_home(), opinion, Command::AnswerHomeCheck { suitable: true, reason: None, by: "C".into() }]
}

fn first() -> ArrivalId {
    ArrivalId::new(Uuid::from_u128(100))
}

#[test]
fn the_door_opens_only_when_both_sides_have_said_so() {
    let seat = Command::Seat { trip: trip_id(), stop: StopId::new(Uuid::from_u128(88)) };
    let aboard = [seat, Command::Board { arrival: first(), trip: trip_id() }];
    let riding = run(family(1, false), cleared_home().into_iter().chain(aboard));
    let open = riding.decide(Command::Accept, start()).expect_err("nobody checked");
    assert_eq!(open, Refusal::ReceptionIncomplete { persons: 1, steps: vec!["enrol", "inform", "verify"] });
    let enrol = Step::Enrol { temperature_c: 36.4, letter_signed: true, guide_given: true };
    let steps = [Step::Verify, Step::Inform { language: "ja".into() }, enrol];
    let checked = run(riding, steps.map(|step| Command::Check { arrival: first(), step, tick: tick() }));
    assert_eq!(checked.decide(Command::Accept, start()), Err(Refusal::NotOffered { to: "receiver" }));
    let home = run(checked, [Command::Offer, Command::Accept]);
    assert_eq!(home.stage(), Stage::HandedOver);
    assert!(home.closed());
}

#[test]
fn a_home_that_was_refused_names_the_reason_and_leads_to_a_site() {
    let no = Command::GiveOpinion { agreed: false, reason: Some("grandmother of 90".into()), by: "L".into() };
    let refused = run(family(2, false), [ask_home(), no]);
    let seat = Command::Seat { trip: trip_id(), stop: StopId::new(Uuid::from_u128(88)) };
    let why = refused.decide(seat, start()).expect_err("refused");
    assert_eq!(why, Refusal::OpinionRefused { reason: "grandmother of 90".into() });
    let placed = run(refused, [place_at_site()]);
    assert!(
        matches!(placed.disposition, Disposition::Site { opinion: Some(reason), .. } if reason == "grandmother of 90")
    );
}

#[test]
fn whoever_turned_red_is_not_driven_home() {
    let red = Command::Tag { arrival: first(), tag: RiskTag::Red, reason: "told of Daegu".into() };
    let party = run(family(1, false), cleared_home().into_iter().chain([red.clone()]));
    let seat = Command::Seat { trip: trip_id(), stop: StopId::new(Uuid::from_u128(88)) };
    assert_eq!(party.decide(seat, start()), Err(Refusal::TagForbidsHome));
    let waiting = run(family(1, false), cleared_home().into_iter().chain([record_car("home"), red]));
    assert_eq!(waiting.decide(release_car(true), start()), Err(Refusal::TagForbidsHome));
}

#[test]
fn who_stays_behind_is_a_party_of_their_own_and_waits_for_a_seat() {
    let seat = Command::Seat { trip: trip_id(), stop: StopId::new(Uuid::from_u128(88)) };
    let seated = run(family(3, false), cleared_home().into_iter().chain([seat]));
    let (stay, left) = seated
        .clone()
        .split(&std::collections::BTreeSet::from([first()]), homeward_domain::PartyId::new(Uuid::from_u128(5)))
        .expect("one of 3");
    assert_eq!((stay.size(), left.size()), (2, 1));
    assert_eq!((left.transport, left.members[0].custody.offered.clone()), (Transport::None, None));
    assert_eq!(left.members[0].arrival, first());
    assert_eq!(stay.transport, seated.transport);
}

#[test]
fn a_room_nobody_set_out_for_is_given_up_with_seats_and_car() {
    let seat = Command::Seat { trip: trip_id(), stop: StopId::new(Uuid::from_u128(88)) };
    for way in [None, Some(seat.clone()), Some(record_car("site"))] {
        let placed = run(family(2, false), std::iter::once(place_at_site()).chain(way));
        let waiting = run(placed, [Command::ExpireHold]);
        let lapsed = Disposition::Lapsed { receiver: receiver("site"), room: "201".into(), at: start() };
        assert_eq!((&waiting.disposition, &waiting.transport), (&lapsed, &Transport::None));
        assert_eq!((waiting.stage(), waiting.disposition.code()), (Stage::Waiting, "undecided"));
        assert!(waiting.members.iter().all(|member| member.custody.offered.is_none()), "no vehicle waits for them");
        assert_eq!(run(waiting, [place_at_site(), seat.clone()]).stage(), Stage::Assigned, "decided anew");
    }
    let aboard = [place_at_site(), seat, Command::Board { arrival: first(), trip: trip_id() }];
    let boarding = run(family(2, false), aboard);
    assert_eq!(boarding.decide(Command::ExpireHold, start()), Ok(Vec::new()), "one of them set out");
}

#[test]
fn only_who_lives_at_a_site_is_discharged_from_it() {
    let coming = run(family(2, false), [place_at_site(), record_car("site"), release_car(true)]);
    assert_eq!(coming.decide(Command::Discharge, start()), Err(Refusal::NotAtSite));
    let living = run(coming, [Command::ReceiveCar]);
    assert_eq!(living.stage(), Stage::HandedOver);
    let gone = run(living, [Command::Discharge]);
    assert_eq!((gone.stage(), gone.closed()), (Stage::Released, true));
    assert_eq!(gone.decide(Command::Discharge, start()), Err(Refusal::NotAtSite));
    let home = run(family(1, false), cleared_home().into_iter().chain([record_car("home"), release_car(true)]));
    assert_eq!(run(home, [Command::ReceiveCar]).decide(Command::Discharge, start()), Err(Refusal::NotAtSite));
}
