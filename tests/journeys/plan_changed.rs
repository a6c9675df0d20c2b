//! A plan that a person changes: timed anew, looked at and named where it breaks a rule, with nothing written; and a new
//! proposal that obeys what was laid down.

use homeward_tests::cast::Cast;
use homeward_tests::{World, sample};
use serde_json::{Value, json};

const GATES: [&str; 3] = [sample::QIAOJIA_GATE, "huangpu-xdm-baidu-g1", "huangpu-hhz-xicheng-g1"];

/// Six parties of two at three gates, a bus of fourteen and a van of six.
async fn evening(cast: &Cast) -> Vec<String> {
    cast.dispatcher.add_vehicle("中巴 1", 14).await.expect("a bus");
    cast.dispatcher.add_vehicle("面包车 2", 6).await.expect("a van");
    let mut parties = Vec::new();
    for number in 0..6 {
        let party = cast.registered(sample::party(2 * number, 2)).await;
        let gate = GATES[usize::try_from(number).expect("small") % GATES.len()];
        cast.dispatcher.ask_home(&party, gate).await.expect("asked");
        parties.push(party);
    }
    parties
}

/// One trip of a vehicle with these riders, as a program sends it.
fn one_trip(plan: &Value, vehicle: &Value, parties: &[String]) -> Value {
    let riders: Vec<Value> = parties.iter().map(|party| json!({ "party": party, "version": 2 })).collect();
    json!({ "as_of": plan["as_of"], "trips": [{ "vehicle": vehicle, "departs_at": plan["as_of"], "riders": riders }] })
}

fn body_of(plan: &Value) -> Value {
    let rider = |it: &Value| json!({ "party": it["party"], "version": it["version"] });
    let trip = |it: &Value| {
        let riders: Vec<Value> = it["riders"].as_array().expect("riders").iter().map(rider).collect();
        json!({ "vehicle": it["vehicle"], "departs_at": it["departs_at"], "riders": riders })
    };
    let trips: Vec<Value> = plan["trips"].as_array().expect("trips").iter().map(trip).collect();
    json!({ "as_of": plan["as_of"], "trips": trips })
}

async fn vehicle(cast: &Cast, name: &str) -> Value {
    let all = cast.dispatcher.get("/v1/vehicles").await.expect("vehicles");
    let all = all["vehicles"].as_array().expect("a list");
    all.iter().find(|it| it["name"] == name).expect("of this name")["id"].clone()
}

#[tokio::test]
async fn a_plan_as_proposed_is_timed_the_same_and_breaks_nothing() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    evening(&cast).await;
    let plan = cast.dispatcher.propose_plan("PVG").await.expect("a plan");
    let looked = cast.dispatcher.ask("/v1/plans/PVG/check", body_of(&plan)).await.expect("looked at");
    assert_eq!((&looked["broken"], &looked["gone"]), (&Value::Null, &json!([])));
    assert_eq!(looked["plan"], plan, "nothing moved, so nothing is timed otherwise");
    let why = &plan["trips"][0]["riders"][0]["why"];
    assert_eq!((&why["waits_for"], &why["free_at"], &why["stop"]), (&json!("boarding"), &Value::Null, &json!(1)));
    assert_eq!(why["same_gate"].as_array().map(Vec::len), Some(1), "two parties go to each gate: {why}");
}

#[tokio::test]
async fn a_changed_plan_is_timed_anew_and_its_broken_rule_is_named() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let parties = evening(&cast).await;
    let plan = cast.dispatcher.propose_plan("PVG").await.expect("a plan");
    let (bus, van) = (vehicle(&cast, "中巴 1").await, vehicle(&cast, "面包车 2").await);
    let check = async |body: Value| cast.dispatcher.ask("/v1/plans/PVG/check", body).await.expect("looked at");

    let some = check(one_trip(&plan, &bus, &parties[..4])).await;
    assert_eq!(some["broken"], Value::Null);
    let left_out = some["plan"]["left_out"].as_array().expect("a list");
    assert_eq!(left_out.iter().map(|it| &it["short"]).collect::<Vec<_>>(), [&json!("not_in_plan"); 2]);
    let full = check(one_trip(&plan, &van, &parties[..4])).await;
    assert_eq!((&full["broken"]["code"], &full["broken"]["trip"]), (&json!("full"), &json!(0)));

    let mut twice = one_trip(&plan, &van, &parties[..2]);
    let second = one_trip(&plan, &van, &parties[2..4])["trips"][0].clone();
    twice["trips"].as_array_mut().expect("trips").push(second);
    let twice = check(twice).await;
    assert_eq!(twice["broken"], Value::Null, "the second trip leaves when the van is back: {twice}");
    let at = |trip: usize| twice["plan"]["trips"][trip]["departs_at"].as_str().expect("an instant").to_owned();
    assert!(at(1) > at(0));
    assert_eq!(twice["plan"]["trips"][1]["riders"][0]["why"]["waits_for"], "trip_before");

    let mut adjusted = body_of(&twice["plan"]);
    adjusted["as_of"] = twice["plan"]["as_of"].clone();
    cast.dispatcher.commit_plan(adjusted).await.expect("what was looked at can be committed");
    let after = check(one_trip(&plan, &bus, &parties)).await;
    assert_eq!(after["gone"], json!(parties[..4]), "they have seats now");
    assert_eq!(after["plan"]["trips"][0]["riders"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn a_new_proposal_obeys_what_was_laid_down() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let parties = evening(&cast).await;
    let van = vehicle(&cast, "面包车 2").await;
    let wishes = json!({ "pinned": [{ "party": parties[0], "vehicle": van }, { "party": parties[1], "vehicle": van }], "left_out": [parties[5]] });
    let plan = cast.dispatcher.ask("/v1/plans/PVG/proposal", wishes).await.expect("a plan");
    for party in &parties[..2] {
        let trips = plan["trips"].as_array().expect("trips");
        let rides =
            |trip: &&Value| trip["riders"].as_array().is_some_and(|it| it.iter().any(|it| it["party"] == *party));
        assert_eq!(trips.iter().find(rides).expect("has a seat")["vehicle"], van, "it keeps the chosen vehicle");
    }
    let left_out = plan["left_out"].as_array().expect("a list");
    assert_eq!(left_out.len(), 1);
    assert_eq!((&left_out[0]["party"], &left_out[0]["short"]), (&json!(parties[5]), &json!("not_in_plan")));
    let family = cast.registered(sample::party(40, 8)).await;
    cast.dispatcher.ask_home(&family, sample::QIAOJIA_GATE).await.expect("asked");
    let wishes = json!({ "pinned": [{ "party": family, "vehicle": van }], "left_out": [] });
    let plan = cast.dispatcher.ask("/v1/plans/PVG/proposal", wishes).await.expect("a plan");
    let left_out = &plan["left_out"][0];
    assert_eq!((&left_out["short"], &left_out["most"]), (&json!("chosen_vehicle_full"), &json!(6)));
}
