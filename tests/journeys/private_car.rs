//! Picked up by private car: five fields, a check before the release, and an alarm when the gate never sees them.

use homeward_tests::cast::Cast;
use homeward_tests::{World, sample};
use serde_json::{Value, json};

#[tokio::test]
async fn a_car_that_never_comes_raises_the_alarm_once_and_may_still_be_received() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let party = cast.registered(sample::party(1, 2)).await;
    cast.agreed_home(&party).await;
    cast.officer.record_car(&party, sample::pick_up(sample::QIAOJIA_GATE)).await.expect("five fields");
    let mut board = world.watch(&cast.leader, sample::QIAOJIA).await;

    let other = cast.officer.release_car(&party, "沪C54321").await.expect_err("another car");
    assert_eq!((other.said(), other.field.as_str()), ((422, "plate-differs"), "plate_seen"));
    cast.officer.release_car(&party, "沪C·12345").await.expect("the same plate, written otherwise");
    let key = format!("{party}:car");
    board.until("the car is on its way", |board| board.row(&key)["expected_at"].is_string()).await;

    assert_eq!(world.pass(60).await.alarmed, 0, "an hour is no reason for an alarm yet");
    assert_eq!(world.pass(90).await.alarmed, 1, "two and a half hours are");
    assert_eq!(world.pass(30).await.alarmed, 0, "one alarm is enough");
    board.until("the alarm", |board| board.row(&key)["overdue"] == true).await;
    let alarms = board.facts().iter().filter(|fact| **fact == "private_car.overdue").count();
    assert_eq!(alarms, 1);
    assert_eq!(cast.dispatcher.ledger().await["private_car"], 2, "nobody is lost between two lists");

    cast.leader.receive_car(&party).await.expect("they came after all");
    board.until("nobody is expected any more", |board| board.row(&key)["received_at"].is_string()).await;
    assert_eq!(board.row(&key)["open_steps"], json!({ "verify": 2, "inform": 2, "enrol": 2 }));
    assert_eq!(board.facts().last(), Some(&"private_car.received"));
    let again = cast.duty.receive_car(&party).await.expect_err("once is enough");
    assert_eq!(again.said(), (409, "already-received"));
    let ledger = cast.dispatcher.ledger().await;
    assert_eq!((&ledger["handed_over"], &ledger["closes"]), (&json!(2), &json!(true)));
}

#[tokio::test]
async fn each_of_the_five_fields_is_needed_and_named() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let party = cast.registered(sample::party(1, 1)).await;
    for field in ["name", "document", "phone", "plate", "destination_gate"] {
        let mut pick_up = sample::pick_up(sample::QIAOJIA_GATE);
        pick_up[field] = json!("");
        let problem = cast.officer.record_car(&party, pick_up).await.expect_err("an empty field");
        assert_eq!((problem.status, problem.field), (422, format!("pick_up/{field}")));
    }
    let early = cast.officer.release_car(&party, "沪C12345").await.expect_err("nothing recorded");
    assert_eq!(early.said(), (409, "car-not-recorded"));
}

#[tokio::test]
async fn a_car_that_nobody_brings_is_dropped_with_a_reason_and_the_party_waits_for_seats() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let party = cast.registered(sample::party(1, 1)).await;
    cast.agreed_home(&party).await;
    cast.officer.record_car(&party, sample::pick_up(sample::QIAOJIA_GATE)).await.expect("five fields");
    let path = format!("/v1/parties/{party}/private-car");
    let unsaid = cast.officer.delete(&path, json!({ "reason": " " })).await.expect_err("a reason is needed");
    assert_eq!(unsaid.said(), (422, "reason-missing"));
    cast.officer.delete(&path, json!({ "reason": "the brother is ill" })).await.expect("dropped");
    let shown = cast.dispatcher.get(&format!("/v1/parties/{party}")).await.expect("the party");
    assert_eq!((&shown["stage"], &shown["private_car"]), (&json!("disposed"), &json!(null)));

    cast.officer.record_car(&party, sample::pick_up(sample::QIAOJIA_GATE)).await.expect("the sister comes");
    cast.officer.release_car(&party, "沪C12345").await.expect("let go");
    let late = cast.officer.delete(&path, json!({ "reason": "too late" })).await.expect_err("it has left");
    assert_eq!(late.said(), (409, "already-under-way"));
}

/// Who comes by private car is received first, for nobody stands beside them, and then verified, informed and enrolled like
/// everybody else: each role its own step, and the board shows what is left until nothing is.
#[tokio::test]
async fn who_came_by_car_is_checked_by_role_and_stays_on_the_board_until_all_is_done() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let party = cast.registered(sample::party(1, 2)).await;
    cast.agreed_home(&party).await;
    cast.officer.record_car(&party, sample::pick_up(sample::QIAOJIA_GATE)).await.expect("five fields");
    cast.officer.release_car(&party, "沪C12345").await.expect("let go");
    let mut board = world.watch(&cast.leader, sample::QIAOJIA).await;
    let key = format!("{party}:car");
    let shown = cast.leader.get(&format!("/v1/parties/{party}/private-car")).await.expect("the car");
    let people: Vec<String> =
        shown["people_list"].as_array().expect("a list").iter().map(|one| text(&one["arrival"])).collect();
    assert_eq!(
        (people.len(), &shown["plate"], &shown["driver"]["phone"]),
        (2, &json!("沪C12345"), &json!("13900000009"))
    );

    let verify = |arrival: &str| json!({ "arrival": arrival, "step": "verify" });
    let inform = |arrival: &str| json!({ "arrival": arrival, "step": "inform", "language": "ja" });
    let enrol = |arrival: &str| json!({ "arrival": arrival, "step": "enrol", "temperature_c": 36.5, "letter_signed": true, "guide_given": true });
    let early = cast.committee.check_off_in_car(&party, verify(&people[0])).await.expect_err("nobody is there");
    assert_eq!(early.said(), (409, "car-not-received"));
    cast.leader.receive_car(&party).await.expect("they are there");
    let other = cast.police.check_off_in_car(&party, verify(&people[0])).await.expect_err("not the step of the police");
    assert_eq!(other.said(), (403, "step-of-another-role"));
    let stranger = world.squad_at("310101013", "committee").await;
    assert_eq!(
        stranger.check_off_in_car(&party, verify(&people[0])).await.expect_err("elsewhere").said(),
        (404, "not-found")
    );
    let unsigned = json!({ "arrival": people[0], "step": "enrol", "temperature_c": 36.5, "letter_signed": false, "guide_given": true });
    assert_eq!(
        cast.doctor.check_off_in_car(&party, unsigned).await.expect_err("unsigned").said(),
        (422, "letter-not-signed")
    );

    for arrival in &people {
        cast.committee.check_off_in_car(&party, verify(arrival)).await.expect("verified");
        cast.police.check_off_in_car(&party, inform(arrival)).await.expect("informed");
    }
    let again = cast.duty.check_off_in_car(&party, verify(&people[0])).await.expect_err("once is enough");
    assert_eq!(again.said(), (409, "step-already-checked"));
    let left = json!({ "verify": 0, "inform": 0, "enrol": 2 });
    board.until("the doctor is waited for", |board| board.row(&key)["open_steps"] == left).await;
    for arrival in &people {
        cast.doctor.check_off_in_car(&party, enrol(arrival)).await.expect("enrolled");
    }
    board.until("nothing is left", |board| board.row(&key).is_null()).await;
    let of = cast.dispatcher.party(&party).await["members"][1]["reception"].clone();
    assert_eq!((&of["verified"]["role"], &of["enrolled"]["role"]), (&json!("committee"), &json!("doctor")));
    assert_eq!(cast.dispatcher.ledger().await["closes"], true);
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}
