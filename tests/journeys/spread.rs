//! A family larger than any room of a site: it gets several rooms when a person says why, at the desk and on the road, and a vehicle
//! is not kept from eighty free beds by one family.

use homeward_tests::cast::{Cast, arrivals, taken_in};
use homeward_tests::{World, sample};
use serde_json::{Value, json};

const WHY: &str = "five of one family, rooms next to each other";

async fn at_site(world: &World, cast: &Cast) -> Value {
    world.watch(&cast.dispatcher, sample::SITE_1).await.row(sample::SITE_1).clone()
}

#[tokio::test]
async fn a_red_family_of_five_has_two_rooms_next_door_when_a_person_says_why() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let family = cast.registered(sample::family_of_five("ITA", 40)).await;
    let free = at_site(&world, &cast).await["free"].as_i64().expect("beds");
    let whole =
        cast.dispatcher.place_at_site(&family, sample::SITE_1, "from Italy").await.expect_err("no room of five");
    assert_eq!(whole.said(), (409, "no-room-whole"));
    assert_eq!((&whole.body["free"], &whole.body["needed"]), (&json!(free), &json!(5)));
    let label = &cast.dispatcher.party(&family).await["label"];
    assert_eq!((&whole.body["label"], &whole.body["field"]), (label, &json!("spread")));
    let why_not = cast.dispatcher.get(&format!("/v1/parties/{family}/proposals")).await.expect("an explanation");
    assert_eq!(why_not["sites"][0]["because"]["code"], "no_room_whole");
    let empty = cast.dispatcher.spread_at_site(&family, sample::SITE_1, " ").await.expect_err("no reason, no rooms");
    assert_eq!(empty.said(), (409, "no-room-whole"));

    cast.dispatcher.spread_at_site(&family, sample::SITE_1, WHY).await.expect("two rooms");
    assert_eq!(cast.dispatcher.party(&family).await["destination"]["room"], "202 + 203");
    assert_eq!(at_site(&world, &cast).await["held"], 7, "both rooms are theirs");
    let told = cast.dispatcher.decisions(&family).await;
    let spread = told.iter().find(|it| it["kind"] == "party.spread").expect("a decision of its own");
    assert_eq!((&spread["reason"], &spread["to"]), (&json!(WHY), &json!("202 + 203")));
    assert!(spread["by"].is_string() && spread["at"] == json!(world.now()), "{spread}");
    assert_eq!(world.broken_laws().await, Vec::<String>::new());
}

#[tokio::test]
async fn they_move_in_and_out_together_and_the_site_sees_one_family() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let manager = world.site_manager(sample::SITE_1).await;
    let family = cast.registered(sample::family_of_five("ITA", 40)).await;
    cast.dispatcher.spread_at_site(&family, sample::SITE_1, WHY).await.expect("two rooms");
    let stays = manager.stays(sample::SITE_1).await.expect("who comes");
    let holds = stays["holds"].as_array().expect("a list");
    assert_eq!((holds.len(), &holds[0]["room"], &holds[0]["people"]), (1, &json!("202 + 203"), &json!(5)));

    let trip = cast.trip("中巴 1", 7, world.now()).await;
    let stop = cast.seated(&family, &trip).await;
    cast.departed(&trip).await;
    taken_in(&cast.escort, &manager, &stop).await;
    let living = manager.stays(sample::SITE_1).await.expect("who lives there")["stays"].clone();
    assert_eq!((&living[0]["room"], &living[1]), (&json!("202 + 203"), &Value::Null));
    assert_eq!(at_site(&world, &cast).await["occupied"], 7);
    manager.discharge(&family, "early", Some("moved to a hotel of the consulate")).await.expect("they leave");
    let site = at_site(&world, &cast).await;
    assert_eq!((&site["occupied"], &site["free"]), (&json!(0), &site["capacity"]), "both rooms are free");
    assert_eq!(world.broken_laws().await, Vec::<String>::new());
}

#[tokio::test]
async fn who_has_rooms_and_fits_no_vehicle_is_split_and_each_part_keeps_the_site() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let manager = world.site_manager(sample::SITE_1).await;
    let family = cast.registered(sample::family_of_five("ITA", 40)).await;
    cast.dispatcher.spread_at_site(&family, sample::SITE_1, WHY).await.expect("two rooms");
    let until =
        |stays: Value| stays["holds"].as_array().expect("a list").iter().map(|it| it["expires_at"].clone()).collect();
    let before: Vec<Value> = until(manager.stays(sample::SITE_1).await.expect("who comes"));
    world.pass(30).await;
    manager.close_site(sample::SITE_1, "disinfection").await.expect("nobody new");
    let people = arrivals(&cast.dispatcher.party(&family).await["members"]);
    let leaving = [people[1].clone(), people[4].clone()];
    let part = cast.dispatcher.split(&family, &leaving, "no car takes five").await.expect("split").subject;

    for (party, people) in [(&family, 3), (&part, 2)] {
        let to = cast.dispatcher.party(party).await;
        assert_eq!((&to["destination"]["receiver"], &to["people"]["total"]), (&json!(sample::SITE_1), &json!(people)));
        let room = to["destination"]["room"].as_str().expect("a room");
        assert!(!room.contains('+'), "one room is enough for {people}: {room}");
    }
    let after: Vec<Value> = until(manager.stays(sample::SITE_1).await.expect("who comes"));
    assert_eq!(after, [before[0].clone(), before[0].clone()], "the rooms wait no longer than the first ones");
    for (party, name) in [(&family, "轿车 1"), (&part, "轿车 2")] {
        let trip = cast.trip(name, 4, world.now()).await;
        let stop = cast.seated(party, &trip).await;
        cast.departed(&trip).await;
        taken_in(&cast.escort, &manager, &stop).await;
    }
    assert_eq!(cast.dispatcher.ledger().await["handed_over"], 5);
    assert_eq!(world.broken_laws().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_split_the_site_has_no_room_for_changes_nothing() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let pair = cast.placed(40, 2).await;
    cast.fill(sample::SITE_1, 100).await;
    let before = cast.dispatcher.party(&pair).await;
    let people = arrivals(&before["members"]);
    let full = cast.dispatcher.split(&pair, &people[..1], "two cars").await.expect_err("one room for two parties");
    assert_eq!((full.said(), &full.body["needed"]), ((409, "site-full"), &json!(1)));
    assert_eq!(cast.dispatcher.party(&pair).await, before);
    assert_eq!(world.broken_laws().await, Vec::<String>::new());
}

#[tokio::test]
async fn one_large_family_does_not_keep_a_vehicle_from_free_beds() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let family = cast.registered(sample::family_of_five("JPN", 40)).await;
    cast.agreed_home(&family).await;
    let pair = cast.registered(sample::party(60, 2)).await;
    cast.agreed_home(&pair).await;
    let trip = cast.trip("中巴 1", 14, world.now()).await;
    for party in [&family, &pair] {
        cast.seated(party, &trip).await;
    }
    cast.departed(&trip).await;
    let order = json!({ "site": sample::SITE_1, "reason": "the lane is closed off" });
    let blocked = cast.dispatcher.divert(&trip, order.clone()).await.expect_err("no room of five");
    assert_eq!(blocked.said(), (409, "no-room-whole"));
    let label = cast.dispatcher.party(&family).await["label"].clone();
    assert_eq!((&blocked.body["label"], &blocked.body["needed"]), (&label, &json!(5)), "it says whom");
    assert_eq!(cast.dispatcher.party(&pair).await["destination"]["kind"], "home", "nothing was done by halves");

    let mut decided = order;
    decided["spread"] = json!(WHY);
    cast.dispatcher.divert(&trip, decided).await.expect("beds for all of them");
    assert_eq!(cast.dispatcher.party(&family).await["destination"]["room"], "202 + 203");
    assert!(
        cast.dispatcher.decisions(&family).await.iter().any(|it| it["kind"] == "party.spread" && it["reason"] == WHY)
    );
    assert!(!cast.dispatcher.decisions(&pair).await.iter().any(|it| it["kind"] == "party.spread"), "one room for two");
    let manager = world.site_manager(sample::SITE_1).await;
    cast.escort.see_order(&trip).await.expect("seen");
    let stop = cast.dispatcher.party(&pair).await["stop"].as_str().expect("a stop").to_owned();
    taken_in(&cast.escort, &manager, &stop).await;
    assert_eq!(cast.dispatcher.ledger().await["handed_over"], 7);
    assert_eq!(world.broken_laws().await, Vec::<String>::new());
}
