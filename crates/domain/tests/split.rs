//! One party becomes two because a person says so, and who may not be left.

#[path = "made/family.rs"]
mod family;

use chrono::NaiveDate;
use family::{family, gate, receiver, start};
use homeward_domain::disposition::{Answer, Disposition, HomeFacts, Terms};
use homeward_domain::party::{Command, Event, Party, Stage, Transport};
use homeward_domain::private_car::PickUp;
use homeward_domain::refusal::Order;
use homeward_domain::{ArrivalId, PartyId, Personal, Refusal, RiskTag, Sensitive, StopId, TripId};
use std::collections::BTreeSet;
use uuid::Uuid;

/// A grandmother, two parents and two children, at the desk.
fn five() -> Party {
    let mut party = family(5, false);
    for (member, year) in party.members.iter_mut().zip([1950, 1985, 1987, 2012, 2018]) {
        member.person.born_on = Personal::new(NaiveDate::from_ymd_opt(year, 3, 20).expect("a day"));
    }
    party
}

fn these<const N: usize>(members: [u128; N]) -> BTreeSet<ArrivalId> {
    members.into_iter().map(|member| ArrivalId::new(Uuid::from_u128(100 + member))).collect()
}

fn other() -> PartyId {
    PartyId::new(Uuid::from_u128(9))
}

fn split<const N: usize>(members: [u128; N]) -> Command {
    Command::Split { leaving: these(members), room: None, reason: "no car takes five".into() }
}

fn run(party: Party, commands: impl IntoIterator<Item = Command>) -> Party {
    commands.into_iter().fold(party, |party, command| {
        let events = party.decide(command, start()).expect("allowed");
        events.iter().fold(party, Party::apply)
    })
}

fn ask_home() -> Command {
    let facts = HomeFacts { co_residents: 1, own_room: true, own_toilet: true, co_residents_consent: true };
    Command::ProposeHome { gate: gate("home"), receiver: receiver("home"), facts, terms: Terms::default() }
}

fn agree() -> Command {
    Command::GiveOpinion { agreed: true, reason: None, by: "L".into() }
}

#[test]
fn both_parts_keep_everybody_and_everything_that_was_said() {
    let whole = run(five(), [ask_home(), agree()]);
    let goes = whole.part(&these([0, 3]), other());
    let stays = run(whole.clone(), [split([0, 3])]);

    assert_eq!((stays.size(), goes.size()), (3, 2));
    let everybody: BTreeSet<ArrivalId> = stays.members.iter().chain(&goes.members).map(|it| it.arrival).collect();
    assert_eq!(everybody, these([0, 1, 2, 3, 4]));
    for member in stays.members.iter().chain(&goes.members) {
        assert_eq!(whole.member(member.arrival), Some(member), "tag, custody, checklist and identity");
    }
    assert_eq!((&stays.disposition, &goes.disposition), (&whole.disposition, &whole.disposition));
    let Disposition::Home(home) = &goes.disposition else { panic!("the same home") };
    assert!(matches!(home.opinion, Answer::Yes { .. }) && home.check.is_pending());
    assert_eq!(
        (goes.answer_due_at(), goes.registered_at),
        (whole.answer_due_at(), whole.registered_at),
        "clocks go on"
    );
    assert_eq!((stays.id, stays.label.as_str()), (whole.id, "P1-037"));
    assert_eq!((goes.id, goes.label.as_str(), goes.version), (other(), "P1-037e", 1));
}

#[test]
fn who_is_undecided_stays_undecided() {
    let goes = five().part(&these([1]), other());
    let stays = run(five(), [split([1])]);
    assert_eq!((stays.stage(), goes.stage()), (Stage::Waiting, Stage::Waiting));
    assert_eq!((stays.disposition, goes.disposition), (Disposition::Undecided, Disposition::Undecided));
    let twice = run(five(), [split([1])]).part(&these([0]), other());
    assert_eq!(twice.label, "P1-037d", "another letter each time");
}

#[test]
fn the_event_says_who_went_what_they_are_called_and_why() {
    let events = five().decide(split([1, 4]), start()).expect("each part has an adult");
    let [event @ Event::Split { leaving, label, to, reason }] = &events[..] else { panic!("one event") };
    assert_eq!((leaving, label.as_str(), reason.as_str()), (&these([1, 4]), "P1-037e", "no car takes five"));
    assert_eq!((to, event.code()), (&Disposition::Undecided, "party.split"));
}

#[test]
fn nobody_under_age_is_left_without_an_adult() {
    let alone = Err(Refusal::from(Order::MinorsAlone));
    assert_eq!(five().decide(split([3, 4]), start()), alone, "two children");
    assert_eq!(five().decide(split([0, 1, 2]), start()), alone, "the children are those who stay");
    assert_eq!(five().decide(split([4]), start()), alone);
    let mut of_age = five();
    of_age.members[3].person.born_on = Personal::new(NaiveDate::from_ymd_opt(2002, 3, 20).expect("a day"));
    assert!(of_age.decide(split([3, 4]), start()).is_ok(), "eighteen on the day of landing");
    of_age.members[3].person.born_on = Personal::new(NaiveDate::from_ymd_opt(2002, 3, 21).expect("a day"));
    assert_eq!(of_age.decide(split([3, 4]), start()), alone, "a day younger");
    let mut marked = five();
    marked.members[0].needs.infant = true;
    assert_eq!(marked.decide(split([0, 3]), start()), alone, "an infant is no adult, whatever the document says");
}

#[test]
fn who_does_not_come_parts_no_child_from_every_adult() {
    let parted = |on_the_way| Err(Refusal::from(Order::MinorsParted { on_the_way }));
    let whole = five();
    for left in [these([3]), these([3, 4]), these([0, 1, 2])] {
        assert_eq!(whole.may_stay_behind(&left), parted(false), "{left:?}");
        assert_eq!(whole.may_be_kept(&left, None), parted(true), "{left:?}");
        assert_eq!(whole.may_be_kept(&left, Some(" ")), parted(true), "nobody is named");
        assert_eq!(whole.may_be_kept(&left, Some("an escort")), Ok(()), "{left:?}");
    }
    for kept in [these([0]), these([0, 3]), these([1, 2, 4]), these([0, 1, 2, 3, 4])] {
        assert_eq!((whole.may_stay_behind(&kept), whole.may_be_kept(&kept, None)), (Ok(()), Ok(())), "{kept:?}");
    }
    let minors = Party { members: whole.members[3..].to_vec(), ..whole.clone() };
    assert_eq!(minors.may_stay_behind(&these([3])), parted(false), "two who have nobody stay together");
    assert_eq!(minors.may_stay_behind(&these([3, 4])), Ok(()));
    let stranger = Err(Refusal::NotInParty);
    assert_eq!(
        (whole.may_stay_behind(&these([9])), whole.may_be_kept(&these([9]), Some("an escort"))),
        (stranger.clone(), stranger)
    );
}

#[test]
fn both_parts_have_somebody_and_only_who_belongs_there_leaves() {
    let nobody = Err(Refusal::from(Order::NobodyLeft));
    assert_eq!(five().decide(split([]), start()), nobody);
    assert_eq!(five().decide(split([0, 1, 2, 3, 4]), start()), nobody);
    assert_eq!(five().decide(split([0, 7]), start()), Err(Refusal::NotInParty));
    let unsaid = Command::Split { leaving: these([0]), room: None, reason: " ".into() };
    assert_eq!(five().decide(unsaid, start()), Err(Refusal::ReasonMissing));
}

#[test]
fn only_who_waits_at_the_desk_without_transport_is_split() {
    let trip = TripId::new(Uuid::from_u128(77));
    let seat = Command::Seat { trip, stop: StopId::new(Uuid::from_u128(88)) };
    let seated = run(five(), [ask_home(), agree(), seat]);
    assert_eq!(seated.decide(split([0]), start()), Err(Refusal::AlreadySeated));
    let boarding = run(seated, [Command::Board { arrival: ArrivalId::new(Uuid::from_u128(100)), trip }]);
    assert_eq!(boarding.decide(split([0]), start()), Err(Refusal::AlreadyUnderWay));

    let pick_up = PickUp {
        name: Personal::new("Zhao".into()),
        document: Sensitive::new("E12345678".into()),
        phone: Personal::new("+8613800000000".into()),
        plate: "沪A12345".into(),
        gate: gate("home"),
    };
    let car = run(five(), [Command::RecordCar { pick_up, receiver: receiver("home") }]);
    assert_eq!(car.decide(split([0]), start()), Err(Refusal::OtherTransport));

    let mut ill = family(3, true);
    for member in &mut ill.members {
        member.person.born_on = Personal::new(NaiveDate::from_ymd_opt(1980, 1, 1).expect("a day"));
    }
    assert_eq!(ill.decide(split([1]), start()), Err(Refusal::MustBeReferred), "companions go along");
    let patients = vec![ArrivalId::new(Uuid::from_u128(100))];
    let refer = Command::Refer { hospital: "R".into(), ambulance_plate: "沪120".into(), patients };
    assert_eq!(run(ill, [refer]).decide(split([1]), start()), Err(Refusal::AlreadyReferred));
}

#[test]
fn at_a_site_each_part_has_a_room_of_its_own_and_the_same_site() {
    let place = Command::PlaceAtSite {
        receiver: receiver("site"),
        gate: gate("site"),
        room: "201 + 202".into(),
        reason: "no room of their own".into(),
    };
    let placed = run(five(), [place]);
    let apart = Command::Split { leaving: these([0]), room: Some("202".into()), reason: "no car takes five".into() };
    let stays = run(placed.clone(), [apart]);
    let goes = placed.part(&these([0]), other());
    let goes = goes.disposition.in_room(Some("203".into()));
    for (to, number) in [(&stays.disposition, "202"), (&goes, "203")] {
        let Disposition::Site { receiver: site, room, reason, .. } = to else { panic!("still the site") };
        assert_eq!((site, room.as_str(), reason.as_str()), (&receiver("site"), number, "no room of their own"));
    }
    assert_eq!(stays.transport, Transport::None);
    assert_eq!(Disposition::Undecided.in_room(Some("203".into())), Disposition::Undecided, "no room is made up");
}

#[test]
fn a_part_goes_by_its_own_tag() {
    let red = Command::Tag {
        arrival: ArrivalId::new(Uuid::from_u128(100)),
        tag: RiskTag::Red,
        reason: "told of Daegu".into(),
    };
    let party = run(five(), [red]);
    assert_eq!(party.decide(ask_home(), start()), Err(Refusal::TagForbidsHome));
    let stays = run(party.clone(), [split([0])]);
    assert!(stays.decide(ask_home(), start()).is_ok());
    let goes = party.part(&these([0]), other());
    assert_eq!(goes.decide(ask_home(), start()), Err(Refusal::TagForbidsHome));
}
