//! The sub-district does not answer in time: what each rule makes of it, who is told, and who is told what when the answer
//! comes after all. And what a mode does that is switched while answers are under way.

use homeward_tests::actor::Squad;
use homeward_tests::cast::Cast;
use homeward_tests::{World, sample};
use serde_json::{Value, json};

const WHY: &str = "decided at the morning meeting";

/// Asks about a home at Qiaojia Road, two minutes before anything else happens.
async fn asked(world: &World, cast: &Cast) -> String {
    let party = cast.registered(sample::party(1, 2)).await;
    cast.dispatcher.ask_home(&party, sample::QIAOJIA_GATE).await.expect("asked");
    world.pass(2).await;
    party
}

async fn home(cast: &Cast, party: &str) -> Value {
    cast.dispatcher.party(party).await["destination"].clone()
}

async fn request(world: &World, who: &Squad, party: &str) -> Option<Value> {
    let board = world.watch(who, sample::QIAOJIA).await;
    board.rows().get(party).cloned()
}

fn kinds(decisions: &[Value]) -> Vec<&str> {
    decisions.iter().filter_map(|one| one["kind"].as_str()).collect()
}

#[tokio::test]
async fn without_a_rule_silence_means_nothing_but_is_told_and_asked_again() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let party = asked(&world, &cast).await;
    assert_eq!(world.pass(37).await.silenced, 0, "39 minutes are not 40");
    assert_eq!(world.pass(1).await.silenced, 1);
    assert_eq!(world.pass(0).await.silenced, 0, "nothing happens twice");
    let home = home(&cast, &party).await;
    assert_eq!((&home["opinion"], &home["silence"]["means"]), (&json!("pending"), &json!("ask_again")));
    let told = request(&world, &cast.duty, &party).await.expect("the question stands on the board")["silence"].clone();
    assert!(told["escalated_at"].is_string() && told["place"].is_null(), "{told}");
    assert_eq!((&told["asked_again"], &told["decided"]), (&json!(1), &json!(false)));
    assert_eq!(world.pass(10).await.silenced, 1, "asked again");
    assert_eq!(self::home(&cast, &party).await["silence"]["asked_again"], 2);
    cast.leader.agree(&party).await.expect("late is better than never");
    assert_eq!(cast.dispatcher.party(&party).await["stage"], "disposed");
    let decisions = cast.dispatcher.decisions(&party).await;
    assert_eq!(kinds(&decisions), ["party.asked", "answer.overdue", "answer.overdue", "opinion.given"]);
    assert_eq!((&decisions[3]["list_version"], &decisions[3]["answer"]), (&json!(1), &json!("yes")));
}

#[tokio::test]
async fn a_rule_that_says_ask_again_is_named_where_it_keeps_somebody_waiting() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    cast.leader.choose_rule("ask_again", WHY).await.expect("a rule");
    let party = asked(&world, &cast).await;
    world.pass(38).await;
    let silence = home(&cast, &party).await["silence"].clone();
    assert_eq!((&silence["place"], &silence["rule_version"]), (&json!("310101017"), &json!(1)));
    assert!(silence["escalated_at"].is_string(), "the dispatcher is told: {silence}");
}

#[tokio::test]
async fn a_rule_that_agrees_clears_the_home_in_the_leaders_name() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let mut district = world.watch(&cast.dispatcher, sample::DISTRICT).await;
    cast.leader.choose_rule("ask_again", "first").await.expect("version 1");
    cast.leader.choose_rule("agree", WHY).await.expect("version 2");
    let party = asked(&world, &cast).await;
    cast.committee.home_is_suitable(&party).await.expect("the visit is answered in time");
    let trip = cast.trip("大巴 1", 19, world.now()).await;
    assert_eq!(world.pass(38).await.silenced, 1);
    district.until("the dispatcher is told", |it| it.row(&party)["destination"]["silence"]["decided"] == true).await;
    assert!(district.facts().contains(&"opinion.by_rule"), "{:?}", district.facts());
    assert!(request(&world, &cast.leader, &party).await.is_none(), "nobody is asked any more");
    let late = cast.leader.refuse(&party, "five people in two rooms").await.expect_err("the rule has decided");
    assert_eq!(late.said(), (409, "decided-by-rule"));
    assert_eq!((&late.body["version"], &late.body["agreed"]), (&json!(2), &json!(true)));
    assert_eq!(late.body["place"], "310101017");
    let decisions = cast.dispatcher.decisions(&party).await;
    let by_rule = decisions.iter().find(|one| one["kind"] == "opinion.by_rule").expect("in the trail");
    assert_eq!((&by_rule["rule_place"], &by_rule["rule_version"]), (&json!("310101017"), &json!(2)));
    assert_eq!((&by_rule["list_version"], &by_rule["answer"]), (&json!(1), &json!("yes")));
    assert!(by_rule["by"].as_str().is_some_and(|by| by.starts_with("LEADER")), "a named person: {by_rule}");
    cast.seated(&party, &trip).await;
    cast.departed(&trip).await;
}

#[tokio::test]
async fn a_rule_for_a_site_hands_the_party_back_to_the_dispatcher_with_its_reason() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let command = world.hire(json!({ "role": "command", "district": "310101" })).await;
    let body = json!({ "place": "310101017", "means": "site", "reason": WHY, "version": 0 });
    command.write("/v1/opinion-rules", body.clone()).await.expect("the district's command may choose too");
    let again = command.write("/v1/opinion-rules", body).await.expect_err("somebody chose in between");
    assert_eq!(again.said(), (409, "stale"));
    let party = asked(&world, &cast).await;
    assert_eq!(world.pass(38).await.silenced, 1);
    let home = home(&cast, &party).await;
    assert_eq!(
        (&home["kind"], &home["opinion"], &home["opinion_reason"]),
        (&json!("home"), &json!("refused"), &json!(WHY))
    );
    assert!(home["silence"]["escalated_at"].is_string() && home["silence"]["decided"] == true, "{home}");
    let late = cast.leader.agree(&party).await.expect_err("the rule has decided");
    assert_eq!((late.said(), &late.body["agreed"]), ((409, "decided-by-rule"), &json!(false)));
    assert_eq!(world.pass(60).await.silenced, 0, "nobody is asked again after a no");

    cast.dispatcher.place_at_site(&party, sample::SITE_1, "by the sub-district's rule").await.expect("a room");
    assert_eq!(self::home(&cast, &party).await["opinion"], WHY, "the rule's reason stays beside it");
    cast.dispatcher.ask_home(&party, sample::QIAOJIA_GATE).await.expect("or asked anew");
    cast.leader.agree(&party).await.expect("a person decides");
}

#[tokio::test]
async fn a_rule_chosen_while_the_question_is_open_counts_and_one_chosen_later_does_not() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (early, late) = (asked(&world, &cast).await, cast.registered(sample::party(2, 1)).await);
    world.pass(36).await;
    cast.dispatcher.ask_home(&late, sample::QIAOJIA_GATE).await.expect("asked");
    world.pass(2).await;
    cast.leader.choose_rule("agree", WHY).await.expect("a rule");
    assert_eq!(home(&cast, &early).await["silence"]["means"], "ask_again", "decided beforehand or not at all");
    let row = request(&world, &cast.leader, &late).await.expect("on the board");
    assert_eq!(row["silence"]["means"], "agree", "the board says what silence will mean");
    world.pass(40).await;
    assert_eq!(home(&cast, &early).await["opinion"], "pending");
    assert_eq!(home(&cast, &late).await["opinion"], "agreed");
}

#[tokio::test]
async fn manual_approval_asks_the_dispatcher_and_a_switch_reaches_what_is_under_way() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let mut district = world.watch(&cast.dispatcher, sample::DISTRICT).await;
    let (open, cleared) = (asked(&world, &cast).await, cast.registered(sample::party(2, 1)).await);
    cast.agreed_home(&cleared).await;
    cast.dispatcher.choose_mode("manual", "the list grew to 24 countries").await.expect("switched");
    district.until("every dispatcher sees the mode", |it| it.row("approval")["mode"] == "manual").await;
    assert_eq!(district.row("approval")["reason"], "the list grew to 24 countries");
    assert_eq!(cast.dispatcher.party(&cleared).await["stage"], "disposed", "cleared stays cleared");

    let trip = cast.trip("大巴 1", 19, world.now()).await;
    let early = cast.dispatcher.confirm_home(&open).await.expect_err("nobody agreed yet");
    assert_eq!(early.said(), (409, "opinion-pending"));
    cast.leader.agree(&open).await.expect("yes");
    cast.committee.home_is_suitable(&open).await.expect("yes");
    assert_eq!(cast.dispatcher.party(&open).await["stage"], "to_confirm");
    let seat = cast.dispatcher.assign(&open, &trip).await.expect_err("not before the confirmation");
    assert_eq!(seat.said(), (409, "not-confirmed"));
    cast.dispatcher.confirm_home(&open).await.expect("confirmed");
    let confirmed = cast.dispatcher.confirm_home(&open).await.expect_err("once");
    assert_eq!(confirmed.said(), (409, "already-answered"));
    cast.seated(&open, &trip).await;

    let third = cast.registered(sample::party(3, 1)).await;
    cast.agreed_home(&third).await;
    assert_eq!(cast.dispatcher.party(&third).await["stage"], "to_confirm");
    cast.dispatcher.choose_mode("automatic", "calm again").await.expect("switched back");
    assert_eq!(cast.dispatcher.party(&third).await["stage"], "disposed", "cleared by the mode");
    let decisions = cast.dispatcher.decisions(&open).await;
    let confirmed = decisions.iter().find(|one| one["kind"] == "home.confirmed").expect("in the trail");
    assert_eq!((&confirmed["mode"], &confirmed["list_version"]), (&json!("manual"), &json!(1)));
}

#[tokio::test]
async fn a_visit_that_is_late_is_told_and_never_made_up() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    cast.leader.choose_rule("agree", WHY).await.expect("a rule");
    let party = asked(&world, &cast).await;
    assert_eq!(world.pass(38).await.silenced, 1);
    let row = request(&world, &cast.committee, &party).await.expect("the visit is still asked for");
    assert_eq!((&row["opinion"], &row["home_check"]), (&json!("agreed"), &json!("pending")));
    assert!(row["silence"]["escalated_at"].is_string());
    assert_eq!(world.pass(10).await.silenced, 1, "asked again");
    cast.committee.home_is_suitable(&party).await.expect("late is better than never");
    assert_eq!(world.pass(10).await.silenced, 0, "nobody is waited for");
}
