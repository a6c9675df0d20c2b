//! An answer counts as long as the vehicle comes when it answered to.

use chrono::{DateTime, TimeDelta, Utc};
use homeward_domain::SquadRole;
use homeward_domain::notice::{Ack, Notice, Told};
use proptest::prelude::*;

/// 20:00 on the evening of the story.
fn at(minutes: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_584_705_600, 0).expect("an instant") + TimeDelta::minutes(minutes)
}

fn told(gate: i64, go: i64) -> Told {
    Told { gate_at: at(gate), go_at: at(go) }
}

fn ack(role: SquadRole, told: Told) -> Ack {
    Ack { role, by: "L".into(), at: at(-30), told: Some(told) }
}

/// Sent at 19:20; the leader answered "20:30, go at 20:18".
fn answered() -> Notice {
    Notice::sent(at(-40)).acknowledge(ack(SquadRole::Leader, told(30, 18))).expect("the first answer")
}

#[test]
fn ten_minutes_later_is_the_same_arrangement_and_eleven_are_another() {
    let notice = answered();
    assert!(!notice.overtaken_by(&told(40, 28), at(0)));
    assert!(notice.overtaken_by(&told(41, 29), at(0)));
    let renewed = notice.renewed(&told(41, 29), at(0));
    assert_eq!(renewed.renewed_at, Some(at(0)));
    assert_eq!(renewed.deadline_at, at(10), "as long as for a first notice");
    assert!(renewed.acks.is_empty() && renewed.lapsed[0].told == Some(told(30, 18)), "what it answered to is kept");
    assert!(!renewed.overdue(at(9)) && renewed.overdue(at(10)), "its silence is escalated like a first one");
    assert!(!renewed.overtaken_by(&told(60, 48), at(1)), "nobody has answered who could be wrong");
}

#[test]
fn earlier_counts_once_it_eats_the_time_to_gather() {
    let notice = answered();
    assert!(!notice.overtaken_by(&told(20, 8), at(-8)), "a quarter of an hour is enough and one minute more is left");
    assert!(notice.overtaken_by(&told(20, 8), at(-7)));
    assert!(!notice.overtaken_by(&told(29, 17), at(5)), "one minute is noise");
    assert!(notice.overtaken_by(&told(28, 16), at(5)));
    assert!(!notice.overtaken_by(&told(19, 10), at(18)), "who should have gone already knows enough");
}

#[test]
fn a_vehicle_that_is_nearly_there_leaves_less_time_to_answer() {
    let renewed = |go| answered().renewed(&told(go + 12, go), at(5)).deadline_at;
    assert_eq!(renewed(12), at(12), "before it has to go");
    assert_eq!(renewed(3), at(7), "two minutes at least");
    assert_eq!(renewed(40), at(15), "ten at most");
}

#[test]
fn each_role_is_held_to_what_it_answered_to() {
    let later = ack(SquadRole::Doctor, told(38, 26));
    let notice = answered().acknowledge(later.clone()).expect("the doctor's own answer");
    let renewed = notice.renewed(&told(44, 32), at(0));
    assert_eq!(renewed.acks, [later], "six minutes off what the doctor answered to");
    assert_eq!(renewed.lapsed.iter().map(|gone| gone.role).collect::<Vec<_>>(), [SquadRole::Leader]);
    let again = renewed.acknowledge(ack(SquadRole::Leader, told(44, 32))).expect("the leader may answer again");
    assert!(again.lapsed.is_empty() && again.acks.len() == 2);
    assert!(!again.overtaken_by(&told(48, 36), at(1)));
}

#[test]
fn who_stands_at_the_gate_is_not_asked_and_old_answers_hold() {
    let there = answered().muster(at(1)).expect("in place");
    assert!(!there.overtaken_by(&told(90, 78), at(2)));
    let unknown = Ack { told: None, ..ack(SquadRole::Leader, told(0, 0)) };
    let before = Notice::sent(at(-40)).acknowledge(unknown).expect("an answer");
    assert!(!before.overtaken_by(&told(90, 78), at(0)), "nobody knows what it answered to");
}

#[test]
fn a_notice_of_an_earlier_version_is_read() {
    let written = r#"{"sent_at":"2020-03-20T11:20:00Z","renewed_at":null,"deadline_at":"2020-03-20T11:30:00Z",
        "acks":[{"role":"leader","by":"L","at":"2020-03-20T11:25:00Z"}],"mustered_at":null,"escalated_at":null}"#;
    let notice: Notice = serde_json::from_str(written).expect("as it was written");
    assert!(notice.lapsed.is_empty() && notice.acks[0].told.is_none());
}

proptest! {
    #[test]
    fn renewing_settles_it(gate in -60_i64..120, lead in 0_i64..30, now in -30_i64..60) {
        let new = told(gate, gate - lead);
        let notice = answered();
        if notice.overtaken_by(&new, at(now)) {
            let renewed = notice.renewed(&new, at(now));
            prop_assert!(!renewed.overtaken_by(&new, at(now)), "asked once for one change");
            let again = renewed.acknowledge(ack(SquadRole::Leader, new)).expect("free to answer");
            prop_assert!(!again.overtaken_by(&new, at(now)));
        }
    }
}
