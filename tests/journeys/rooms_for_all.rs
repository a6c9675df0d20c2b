//! Rooms for everybody who has to go to a site: a proposal that writes nothing, a person's word that makes it true whole or not
//! at all.

use futures_util::future::join;
use homeward_tests::cast::Cast;
use homeward_tests::{World, sample};
use serde_json::{Value, json};

async fn proposed(cast: &Cast) -> Value {
    cast.dispatcher.get("/v1/room-plan").await.expect("a proposal")
}

/// Everybody of a proposal for whom it found a room, and who must have one.
fn as_proposed(plan: &Value) -> Vec<Value> {
    let guests = plan["guests"].as_array().expect("guests").iter();
    let musts = guests.filter(|guest| guest["must"] == true && !guest["room"].is_null());
    let placement = |it: &Value| json!({ "party": it["party"], "version": it["version"], "site": it["room"]["site"] });
    musts.map(placement).collect()
}

fn body(placements: impl Into<Value>) -> Value {
    json!({ "placements": placements.into(), "reason": "red tags of this evening" })
}

#[tokio::test]
async fn everybody_who_must_go_to_a_site_gets_the_room_that_was_proposed() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let single = cast.registered(sample::from_country("ITA", 1, 1)).await;
    let four = cast.registered(sample::from_country("ITA", 10, 4)).await;
    let refused = cast.registered(sample::party(20, 2)).await;
    cast.dispatcher.ask_home(&refused, sample::QIAOJIA_GATE).await.expect("asked");
    cast.leader.refuse(&refused, "five people in two rooms").await.expect("no");
    let yellow = cast.registered(sample::party(30, 1)).await;
    let asked = cast.registered(sample::party(40, 1)).await;
    cast.dispatcher.ask_home(&asked, sample::QIAOJIA_GATE).await.expect("asked");

    let plan = proposed(&cast).await;
    let told: Vec<_> = plan["guests"].as_array().expect("guests").iter().collect();
    let who = |it: &&Value| (it["party"].clone(), it["wanted"].clone(), it["must"].clone());
    assert_eq!(
        told.iter().map(who).collect::<Vec<_>>(),
        [
            (json!(single), json!("red_tag"), json!(true)),
            (json!(four), json!("red_tag"), json!(true)),
            (json!(refused), json!("home_refused"), json!(true)),
            (json!(yellow), json!("undecided"), json!(false)),
        ]
    );
    let door = |nth: usize| (told[nth]["room"]["site"].clone(), told[nth]["room"]["door"].clone());
    let at = |door: &str| (json!(sample::SITE_1), json!(door));
    assert_eq!([door(0), door(1), door(2), door(3)], [at("204"), at("202"), at("207"), at("205")]);
    assert!(told[0]["room"]["way_minutes"].as_i64().expect("minutes") > 0);
    let nothing = &cast.dispatcher.party(&single).await;
    assert_eq!(
        (&nothing["stage"], &nothing["version"]),
        (&json!("waiting"), &told[0]["version"]),
        "nothing is written"
    );

    cast.dispatcher.write("/v1/room-plan", body(as_proposed(&plan))).await.expect("all of them");
    cast.dispatcher.again_with(body(as_proposed(&plan))).await.expect("the same answer again");
    for (party, room) in [(&single, "204"), (&four, "202"), (&refused, "207")] {
        let to = cast.dispatcher.party(party).await["destination"].clone();
        let is = (&to["receiver"], &to["room"], &to["reason"]);
        assert_eq!(is, (&json!(sample::SITE_1), &json!(room), &json!("red tags of this evening")));
    }
    let opinion = cast.dispatcher.party(&refused).await["destination"]["opinion"].clone();
    assert_eq!(opinion, "five people in two rooms", "the community's no stays beside it");
    assert_eq!(cast.dispatcher.party(&yellow).await["stage"], "waiting", "nobody chose for it");
    let site = world.watch(&cast.dispatcher, sample::SITE_1).await.row(sample::SITE_1).clone();
    assert_eq!(site["held"], 7);
    let left = proposed(&cast).await;
    assert_eq!(left["guests"].as_array().expect("guests").len(), 1);
    assert_eq!(world.broken_laws().await, Vec::<String>::new());
}

#[tokio::test]
async fn one_that_cannot_be_placed_is_named_and_nobody_is() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let single = cast.registered(sample::from_country("ITA", 1, 1)).await;
    let family = cast.registered(sample::family_of_five("ITA", 40)).await;
    let plan = proposed(&cast).await;
    let five = &plan["guests"][1];
    assert_eq!((&five["room"], &five["short"]), (&Value::Null, &json!("not_whole")));

    let one = |party: &str, site: &str| json!({ "party": party, "version": 1, "site": site });
    let both = [one(&single, sample::SITE_1), one(&family, sample::SITE_1)];
    let no_room = cast.dispatcher.write("/v1/room-plan", body(both)).await.expect_err("no room of five");
    assert_eq!(no_room.said(), (409, "no-room-for"));
    assert_eq!(
        (no_room.body["field"].as_str(), &no_room.body["why"]),
        (Some("placements/1/site"), &json!("not_whole"))
    );
    assert_eq!(no_room.body["label"], five["label"]);
    let stale = [json!({ "party": single, "version": 7, "site": sample::SITE_1 })];
    let stale = cast.dispatcher.write("/v1/room-plan", body(stale)).await.expect_err("another version");
    assert_eq!(stale.said(), (409, "stale"));
    let community = cast.dispatcher.write("/v1/room-plan", body([one(&single, sample::QIAOJIA)])).await;
    assert_eq!(community.expect_err("no site").field, "placements/0/site");
    let nobody = cast.dispatcher.write("/v1/room-plan", body(json!([]))).await.expect_err("nobody");
    assert_eq!(nobody.field, "placements");
    let silent = json!({ "placements": [one(&single, sample::SITE_1)], "reason": " " });
    let silent = cast.dispatcher.write("/v1/room-plan", silent).await.expect_err("no reason");
    assert_eq!(silent.said(), (422, "reason-missing"));
    assert_eq!(cast.dispatcher.party(&single).await["stage"], "waiting", "nothing of it was written");

    cast.dispatcher.write("/v1/room-plan", body([one(&single, sample::SITE_1)])).await.expect("it alone");
    let again = [json!({ "party": single, "version": 2, "site": sample::SITE_1 })];
    let again = cast.dispatcher.write("/v1/room-plan", body(again)).await.expect_err("it has a room");
    assert_eq!((again.said(), again.body["field"].as_str()), ((409, "needs-no-room"), Some("placements/0/party")));
    assert_eq!(world.broken_laws().await, Vec::<String>::new());
}

#[tokio::test]
async fn the_last_rooms_go_to_the_largest_and_the_beds_that_are_short_are_told() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    cast.fill(sample::SITE_1, 1_000).await;
    cast.dispatcher
        .write(&format!("/v1/sites/{}/close", sample::SITE_2), json!({ "reason": "a leak" }))
        .await
        .expect("closed");
    cast.registered(sample::from_country("ITA", 1, 1)).await;
    let plan = proposed(&cast).await;
    let open: Vec<_> = plan["sites"].as_array().expect("sites").iter().map(|it| it["receiver"].clone()).collect();
    assert_eq!(open, [json!(sample::SITE_1)]);
    let guests = plan["guests"].as_array().expect("guests");
    assert!(!guests.is_empty() && guests.iter().all(|it| it["short"] == "full"), "{plan:#}");
}

#[tokio::test]
async fn of_two_dispatchers_one_places_them_and_the_other_is_told() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let other = world.dispatcher().await;
    for number in 0..5 {
        cast.registered(sample::from_country("ITA", number * 10, 2)).await;
    }
    let placements = as_proposed(&proposed(&cast).await);
    let both = join(
        cast.dispatcher.write("/v1/room-plan", body(placements.clone())),
        other.write("/v1/room-plan", body(placements)),
    );
    let (one, two) = both.await;
    let late = [one, two].into_iter().filter_map(Result::err).collect::<Vec<_>>();
    assert_eq!(late.len(), 1, "one of them was first");
    assert_eq!(late[0].said(), (409, "stale"));
    let site = world.watch(&cast.dispatcher, sample::SITE_1).await.row(sample::SITE_1).clone();
    assert_eq!(site["held"], 10, "five rooms of two beds, each once");
    assert_eq!(world.broken_laws().await, Vec::<String>::new());
}
