//! The matrix of rights as a table a person can read, and what follows from it.

use chrono::{DateTime, TimeDelta, Utc};
use homeward_domain::access::{AFTER_HANDOVER, Action, Actor, Fields, Grant, decide};
use homeward_domain::{AccountId, Jurisdiction, Refusal, SquadRole, code};
use std::fmt::Write as _;
use uuid::Uuid;

/// Every action. [`row`] is exhaustive, so a new action does not compile until it has a row here.
const ACTIONS: [Action; 30] = [
    Action::Register,
    Action::ReadParties,
    Action::Dispose,
    Action::GiveOpinion,
    Action::AnswerHomeCheck,
    Action::ReadRules,
    Action::ChooseSilence,
    Action::ChooseApproval,
    Action::Dispatch,
    Action::ReadTrips,
    Action::Escort,
    Action::ReadBoard,
    Action::Answer,
    Action::Receive,
    Action::AcceptCustody,
    Action::ReadSites,
    Action::CloseSites,
    Action::Discharge,
    Action::ReadLists,
    Action::PublishLists,
    Action::PreviewLists,
    Action::ManageAccounts,
    Action::ReadLedger,
    Action::Export,
    Action::ConfirmClean,
    Action::SayOfRoads,
    Action::ReadRoads,
    Action::ReadAccuracy,
    Action::CloseGates,
    Action::ManageSites,
];

const fn row(action: Action) -> usize {
    match action {
        Action::Register => 0,
        Action::ReadParties => 1,
        Action::Dispose => 2,
        Action::GiveOpinion => 3,
        Action::AnswerHomeCheck => 4,
        Action::ReadRules => 5,
        Action::ChooseSilence => 6,
        Action::ChooseApproval => 7,
        Action::Dispatch => 8,
        Action::ReadTrips => 9,
        Action::Escort => 10,
        Action::ReadBoard => 11,
        Action::Answer => 12,
        Action::Receive => 13,
        Action::AcceptCustody => 14,
        Action::ReadSites => 15,
        Action::CloseSites => 16,
        Action::Discharge => 17,
        Action::ReadLists => 18,
        Action::PublishLists => 19,
        Action::PreviewLists => 20,
        Action::ManageAccounts => 21,
        Action::ReadLedger => 22,
        Action::Export => 23,
        Action::ConfirmClean => 24,
        Action::SayOfRoads => 25,
        Action::ReadRoads => 26,
        Action::ReadAccuracy => 27,
        Action::CloseGates => 28,
        Action::ManageSites => 29,
    }
}

fn district() -> Jurisdiction {
    Jurisdiction::parse("310101").expect("a district")
}

fn squad(role: SquadRole) -> Grant {
    Grant::Squad { place: Jurisdiction::parse("310101017").expect("a sub-district"), role }
}

fn desk() -> Grant {
    Grant::DutyOfficer { desk: code::Desk::parse("pvg-t1-310101").expect("a desk") }
}

fn site() -> Grant {
    Grant::SiteManager { site: code::Receiver::parse("huangpu-site-1").expect("a site") }
}

fn grants() -> [(&'static str, Grant); 14] {
    [
        ("desk", desk()),
        ("disp", Grant::Dispatcher { district: district() }),
        ("esco", Grant::Escort { district: district() }),
        ("lead", squad(SquadRole::Leader)),
        ("duty", squad(SquadRole::DutyOfficer)),
        ("comm", squad(SquadRole::Committee)),
        ("doct", squad(SquadRole::Doctor)),
        ("poli", squad(SquadRole::Police)),
        ("inte", squad(SquadRole::Interpreter)),
        ("site", site()),
        ("dist", Grant::Command { district: district() }),
        ("audi", Grant::Auditor),
        ("admi", Grant::Administrator),
        ("expo", Grant::Export { district: district() }),
    ]
}

/// Exhaustive, so that a new role does not compile until it has a column.
const fn columns(grant: &Grant) -> usize {
    match grant {
        Grant::Squad { .. } => SquadRole::EXPECTED.len() + 1,
        Grant::DutyOfficer { .. }
        | Grant::Dispatcher { .. }
        | Grant::Escort { .. }
        | Grant::SiteManager { .. }
        | Grant::Command { .. }
        | Grant::Export { .. }
        | Grant::Auditor
        | Grant::Administrator => 1,
    }
}

fn actor(grant: Grant) -> Actor {
    Actor { account: AccountId::new(Uuid::from_u128(1)), name: "A".into(), grant }
}

const RIGHTS: &str = "
                 desk disp esco lead duty comm doct poli inte site dist audi admi expo
Register         x    .    .    .    .    .    .    .    .    .    .    .    .    .
ReadParties      x    x    .    x    x    x    x    x    x    x    x    .    .    .
Dispose          .    x    .    .    .    .    .    .    .    .    .    .    .    .
GiveOpinion      .    .    .    x    x    .    .    .    .    .    .    .    .    .
AnswerHomeCheck  .    .    .    .    .    x    .    .    .    .    .    .    .    .
ReadRules        .    x    .    x    x    x    x    x    x    .    x    .    .    .
ChooseSilence    .    .    .    x    .    .    .    .    .    .    x    .    .    .
ChooseApproval   .    x    .    .    .    .    .    .    .    .    x    .    .    .
Dispatch         .    x    .    .    .    .    .    .    .    .    .    .    .    .
ReadTrips        .    x    x    .    .    .    .    .    .    .    x    .    .    .
Escort           .    .    x    .    .    .    .    .    .    .    .    .    .    .
ReadBoard        .    x    .    x    x    x    x    x    x    x    x    .    .    .
Answer           .    .    .    x    x    x    x    x    x    x    .    .    .    .
Receive          .    .    .    x    x    x    x    x    x    x    .    .    .    .
AcceptCustody    .    .    .    x    x    x    .    .    .    x    .    .    .    .
ReadSites        .    x    .    .    .    .    .    .    .    x    x    .    .    .
CloseSites       .    x    .    .    .    .    .    .    .    x    .    .    .    .
Discharge        .    .    .    .    .    .    .    .    .    x    .    .    .    .
ReadLists        x    x    x    x    x    x    x    x    x    x    x    x    x    x
PublishLists     .    .    .    .    .    .    .    .    .    .    .    .    x    .
PreviewLists     .    x    .    .    .    .    .    .    .    .    .    .    x    .
ManageAccounts   .    .    .    .    .    .    .    .    .    .    .    .    x    .
ReadLedger       x    x    .    .    .    .    .    .    .    .    x    x    x    .
Export           .    .    .    .    .    .    .    .    .    .    .    .    .    x
ConfirmClean     .    x    x    .    .    .    .    .    .    .    .    .    .    .
SayOfRoads       .    x    .    .    .    .    .    .    .    .    .    .    x    .
ReadRoads        .    x    .    .    .    .    .    .    .    .    x    .    x    .
ReadAccuracy     .    x    .    .    .    .    .    .    .    .    x    x    x    .
CloseGates       .    x    .    x    .    .    .    .    .    .    .    .    .    .
ManageSites      .    .    .    .    .    .    .    .    .    .    .    .    x    .
";

#[test]
fn the_matrix_of_rights_reads() {
    let mut table = format!("\n{:<17}{}", "", grants().map(|(name, _)| name).join(" "));
    for (place, action) in ACTIONS.into_iter().enumerate() {
        assert_eq!(row(action), place);
        let cell = |(_, grant)| match decide(&actor(grant), action) {
            Ok(_) => "x",
            Err(refusal) => {
                assert_eq!(refusal, Refusal::NotYourRole);
                "."
            }
        };
        write!(table, "\n{:<17}{}", format!("{action:?}"), grants().map(cell).join("    "))
            .expect("a string takes any text");
    }
    assert_eq!(table + "\n", RIGHTS);
    let of_its_kind = |(_, grant): &(_, Grant)| 60 / columns(grant);
    assert_eq!(grants().iter().map(of_its_kind).sum::<usize>(), 9 * 60, "each of the nine roles has all its columns");
}

const FIELDS: &str = "desk Sensitive, disp Personal, esco Personal, lead Personal, duty Personal, comm Personal, \
    doct Sensitive, poli Personal, inte Personal, site Personal, dist Operational, audi Operational, admi Operational, expo Operational";

#[test]
fn how_much_of_a_person_each_role_sees() {
    let seen = grants().map(|(name, grant)| {
        let decision = decide(&actor(grant), Action::ReadLists).expect("everybody reads the lists");
        format!("{name} {:?}", decision.fields)
    });
    assert_eq!(seen.join(", "), FIELDS);
}

#[test]
fn whoever_keeps_accounts_or_the_trail_sees_no_person() {
    for grant in [Grant::Administrator, Grant::Auditor] {
        let scope = decide(&actor(grant.clone()), Action::ReadLists).expect("a right").scope;
        assert!(scope.is_nothing());
        let receiver = code::Receiver::parse("huangpu-xdm-qiaojia").expect("a code");
        assert!(!scope.covers_receiver(&receiver, &district()) && !scope.covers_district(&district(), None));
        assert_eq!(decide(&actor(grant), Action::ReadParties), Err(Refusal::NotYourRole));
    }
}

#[test]
fn a_board_lies_inside_its_own_place_only() {
    let here = (
        code::Receiver::parse("huangpu-xdm-qiaojia").expect("a code"),
        Jurisdiction::parse("310101017012").expect("a place"),
    );
    let there = (
        code::Receiver::parse("huangpu-wt-baoxing").expect("a code"),
        Jurisdiction::parse("310101013018").expect("a place"),
    );
    let covers = |grant: Grant, board: &(code::Receiver, Jurisdiction)| {
        decide(&actor(grant), Action::ReadLists).expect("a right").scope.covers_receiver(&board.0, &board.1)
    };
    assert!(covers(squad(SquadRole::Doctor), &here) && !covers(squad(SquadRole::Doctor), &there));
    assert!(covers(Grant::Dispatcher { district: district() }, &there));
    let other = Grant::Command { district: Jurisdiction::parse("310104").expect("a district") };
    assert!(!covers(other, &here) && !covers(site(), &here) && !covers(desk(), &here));
}

#[test]
fn a_day_after_the_hand_over_a_squad_sees_numbers_only() {
    let at = DateTime::from_timestamp(1_584_700_000, 0).expect("an instant");
    let seen = |grant: Grant, handed_over: Option<DateTime<Utc>>, now| {
        let decision = decide(&actor(grant.clone()), Action::ReadLists).expect("a right");
        decision.fields_after(&grant, handed_over, now)
    };
    let (last, after) = (at + AFTER_HANDOVER, at + AFTER_HANDOVER + TimeDelta::microseconds(1));
    let doctor = squad(SquadRole::Doctor);
    assert_eq!(seen(doctor.clone(), Some(at), last), Fields::Sensitive);
    assert_eq!(seen(doctor.clone(), Some(at), after), Fields::Operational);
    assert_eq!(seen(doctor, None, after), Fields::Sensitive);
    assert_eq!(seen(site(), Some(at), after), Fields::Personal);
}
