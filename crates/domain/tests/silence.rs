//! Nobody answers about a home: what each rule makes of it, what a new rule or mode reaches, and what it never touches.

#[path = "made/family.rs"]
mod family;

use chrono::{DateTime, TimeDelta, Utc};
use family::{family, gate, receiver, start};
use homeward_domain::approval::{Approval, Choice, Mode};
use homeward_domain::disposition::{Answer, Disposition, Home, HomeFacts, Terms};
use homeward_domain::party::{Command, Event, Party, Stage};
use homeward_domain::silence::{Means, Rule};
use homeward_domain::{ArrivalId, Jurisdiction, Refusal, RiskTag, StopId, TripId};
use uuid::Uuid;

const SUITS: HomeFacts = HomeFacts { co_residents: 1, own_room: true, own_toilet: true, co_residents_consent: true };

fn place(code: &str) -> Jurisdiction {
    Jurisdiction::parse(code).expect("a place")
}

fn rule(means: Means, before: Option<&Rule>) -> Rule {
    let why = (means, "so decided on Monday");
    Rule::choose(place("310101017"), before, why, "Leader Wang".into(), start()).expect("a rule")
}

fn manual() -> Approval {
    Approval { mode: Mode::Manual, version: 3, confirmed: None }
}

fn after(party: Party, command: Command, minutes: i64) -> Party {
    let events = party.decide(command, at(minutes)).expect("the story goes on");
    events.iter().fold(party, Party::apply)
}

fn at(minutes: i64) -> DateTime<Utc> {
    start() + TimeDelta::minutes(minutes)
}

fn asked(facts: HomeFacts, terms: Terms) -> Party {
    let command = Command::ProposeHome { gate: gate("home"), receiver: receiver("home"), facts, terms };
    after(family(2, false), command, 0)
}

fn under(means: Means) -> Party {
    asked(SUITS, Terms { silence: rule(means, None).silence(), ..Terms::default() })
}

fn home(party: &Party) -> &Home {
    match &party.disposition {
        Disposition::Home(home) => home,
        other => panic!("not a home: {other:?}"),
    }
}

fn agree() -> Command {
    Command::GiveOpinion { agreed: true, reason: None, by: "L".into() }
}

fn suitable() -> Command {
    Command::AnswerHomeCheck { suitable: true, reason: None, by: "C".into() }
}

fn silent(party: &Party, minutes: i64) -> Vec<Event> {
    party.decide(Command::HearSilence, at(minutes)).expect("a step is never refused")
}

#[test]
fn before_the_deadline_silence_means_nothing() {
    for means in [Means::AskAgain, Means::Agree, Means::Site] {
        assert_eq!(silent(&under(means), 39), []);
    }
}

#[test]
fn asked_again_every_ten_minutes_and_told_once_until_two_hours_are_over() {
    let mut party = under(Means::AskAgain);
    let mut rings = Vec::new();
    for minute in 0..240 {
        if !silent(&party, minute).is_empty() {
            rings.push(minute);
        }
        party = after(party, Command::HearSilence, minute);
        assert_eq!(silent(&party, minute), [], "nothing happens twice");
    }
    assert_eq!(rings, (0..12).map(|ring| 40 + 10 * ring).collect::<Vec<_>>());
    let overdue = home(&party).overdue.expect("overdue");
    assert_eq!((overdue.escalated_at, overdue.asked_again), (at(40), Home::ASK_AGAIN_MAX));
    assert_eq!(home(&party).opinion, Answer::Pending, "nobody decided");
    let late = after(party, agree(), 300);
    assert_eq!(late.stage(), Stage::Disposed, "a late answer is an answer");
}

#[test]
fn a_rule_agrees_in_the_name_of_who_chose_it() {
    let party = after(after(under(Means::Agree), suitable(), 20), Command::HearSilence, 41);
    let Answer::Yes { by, at: when, rule: Some(cited) } = &home(&party).opinion else { panic!("{party:?}") };
    assert_eq!((by.as_str(), *when, cited.version), ("Leader Wang", at(41), 1));
    assert_eq!(party.stage(), Stage::Disposed);
    assert_eq!(party.answer_due_at(), None, "nobody is waited for");
    let refused = party.decide(agree(), at(42)).expect_err("the rule has decided");
    assert_eq!(refused, Refusal::DecidedByRule { rule: cited.clone(), at: at(41), agreed: true });
}

#[test]
fn a_rule_for_a_site_says_no_and_chooses_no_site() {
    let party = after(under(Means::Site), Command::HearSilence, 40);
    assert_eq!(home(&party).no(), Some("so decided on Monday"));
    assert_eq!((party.stage(), home(&party).overdue.map(|it| it.asked_again)), (Stage::Asked, Some(0)));
    let refused = party.decide(agree(), at(50)).expect_err("the rule has decided");
    assert!(matches!(refused, Refusal::DecidedByRule { agreed: false, .. }), "{refused:?}");
    let asked_anew = after(
        party,
        Command::ProposeHome { gate: gate("home"), receiver: receiver("home"), facts: SUITS, terms: Terms::default() },
        51,
    );
    assert_eq!(after(asked_anew, agree(), 52).stage(), Stage::Disposed, "asked anew, a person decides");
}

#[test]
fn no_rule_agrees_to_a_home_that_does_not_suit_or_is_forbidden() {
    let terms = Terms { silence: rule(Means::Agree, None).silence(), ..Terms::default() };
    let shared = asked(HomeFacts { own_toilet: false, ..SUITS }, terms);
    let red = Command::Tag { arrival: ArrivalId::new(Uuid::from_u128(100)), tag: RiskTag::Red, reason: "Daegu".into() };
    for party in [shared, after(under(Means::Agree), red, 5)] {
        let party = after(party, Command::HearSilence, 40);
        assert_eq!((&home(&party).opinion, party.stage()), (&Answer::Pending, Stage::Asked));
        assert_eq!(home(&party).overdue.map(|it| it.escalated_at), Some(at(40)), "a person is told");
    }
}

#[test]
fn a_missing_visit_is_told_and_never_made_up() {
    for means in [Means::Agree, Means::Site] {
        let party = after(after(under(means), agree(), 10), Command::HearSilence, 40);
        assert_eq!(home(&party).check, Answer::Pending);
        assert!(home(&party).overdue.is_some());
    }
}

#[test]
fn a_newer_rule_reaches_back_to_the_open_and_not_over_the_deadline() {
    let newer = rule(Means::Site, Some(&rule(Means::Agree, None)));
    let take = Command::TakeRule { silence: newer.silence() };
    let in_time = after(after(under(Means::Agree), take.clone(), 39), Command::HearSilence, 40);
    assert_eq!(home(&in_time).opinion.rule().map(|it| it.version), Some(2));
    let party = under(Means::AskAgain);
    for minutes in [40, 60] {
        assert_eq!(party.decide(take.clone(), at(minutes)), Ok(Vec::new()), "decided beforehand or not at all");
    }
    let answered = after(party, agree(), 1);
    assert_eq!(answered.decide(take, at(2)), Ok(Vec::new()), "an answer is not asked about again");
}

#[test]
fn manual_approval_waits_for_a_dispatcher_and_automatic_does_not() {
    let seat = Command::Seat { trip: TripId::new(Uuid::from_u128(7)), stop: StopId::new(Uuid::from_u128(8)) };
    let confirm = Command::ConfirmHome { by: "D".into() };
    let party = asked(SUITS, Terms { approval: manual(), ..Terms::default() });
    assert_eq!(party.decide(seat.clone(), at(1)), Err(Refusal::OpinionPending), "manual: not before the answer");
    assert_eq!(party.decide(confirm.clone(), at(1)), Err(Refusal::OpinionPending));
    let party = after(after(party, agree(), 2), suitable(), 3);
    assert_eq!(party.stage(), Stage::ToConfirm);
    assert_eq!(party.decide(seat.clone(), at(4)), Err(Refusal::NotConfirmed));
    assert_eq!(party.cleared_to_depart(), Err(Refusal::NotConfirmed), "no private car leaves either");
    let party = after(party, confirm.clone(), 5);
    assert_eq!(party.stage(), Stage::Disposed);
    assert_eq!(party.decide(confirm.clone(), at(6)), Err(Refusal::AlreadyAnswered { by: "D".into(), at: at(5) }));
    assert!(party.decide(seat, at(6)).is_ok());
    let automatic = after(asked(SUITS, Terms::default()), agree(), 1);
    assert_eq!(automatic.decide(confirm, at(2)), Err(Refusal::NothingAsked));
}

#[test]
fn a_switched_mode_counts_for_what_is_open_and_leaves_what_was_cleared() {
    let to_manual = Command::TakeMode { mode: Mode::Manual, version: 1 };
    let open = after(asked(SUITS, Terms::default()), to_manual.clone(), 1);
    let open = after(open, agree(), 2);
    assert_eq!(open.stage(), Stage::ToConfirm, "the answers were under way");
    let cleared = after(asked(SUITS, Terms::default()), agree(), 1);
    assert_eq!(cleared.decide(to_manual, at(2)), Ok(Vec::new()), "cleared stays cleared");
    let back = after(open, Command::TakeMode { mode: Mode::Automatic, version: 2 }, 3);
    assert_eq!((back.stage(), home(&back).terms.approval.version), (Stage::Disposed, 2));
}

#[test]
fn a_rule_and_a_mode_have_a_place_a_person_and_a_reason() {
    let choose = |code, why| Rule::choose(place(code), None, (Means::Agree, why), "W".into(), start());
    assert!(matches!(choose("310101", "so"), Err(Refusal::Invalid(bad)) if bad.field == "place"));
    assert_eq!(choose("310101017", " "), Err(Refusal::ReasonMissing));
    assert!(matches!(choose("310101017", &"长".repeat(201)), Err(Refusal::Invalid(bad)) if bad.field == "reason"));
    let mode = |code| Choice::choose(place(code), None, (Mode::Manual, "the list grew"), "D".into(), start());
    assert!(matches!(mode("310101017"), Err(Refusal::Invalid(bad)) if bad.field == "district"));
    let first = mode("310101").expect("a choice");
    let second = Choice::choose(place("310101"), Some(&first), (Mode::Automatic, "calm"), "D".into(), start());
    assert_eq!(second.map(|it| it.version), Ok(2));
}

#[test]
fn a_home_of_before_the_rules_is_read_as_asked_again() {
    let asked = serde_json::to_value(&under(Means::Agree).disposition).expect("a document");
    let mut old = asked;
    old.as_object_mut().expect("an object").remove("terms");
    let read: Disposition = serde_json::from_value(old).expect("an older document");
    assert!(matches!(read, Disposition::Home(home) if home.terms == Terms::default() && home.overdue.is_none()));
}
