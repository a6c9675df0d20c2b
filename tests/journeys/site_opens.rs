//! A city opens an observation site in the evening, and people sleep there the same night; a room is out of use for a while.

use homeward_tests::actor::Problem;
use homeward_tests::cast::Cast;
use homeward_tests::{World, sample};
use serde_json::{Value, json};

const SITE_3: &str = "huangpu-site-3";

/// Forty rooms on two floors: accessible, family and single ones.
fn forty() -> Vec<(String, &'static str, i64)> {
    let floor = |floor: u32| {
        (1..=20u32).map(move |door| {
            let (kind, beds) = match door {
                1 => ("accessible", 2),
                2..=5 => ("family", 4),
                _ => ("single", 1),
            };
            (format!("{floor}{door:02}"), kind, beds)
        })
    };
    [2, 3].into_iter().flat_map(floor).collect()
}

/// Two accessible rooms of two beds, eight family rooms of four, thirty single ones.
const BEDS: i64 = 2 * 2 + 8 * 4 + 30;

#[tokio::test]
async fn a_site_opens_in_the_evening_and_takes_people_at_once() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let mut queue = world.watch(&cast.dispatcher, sample::DISTRICT).await;
    let opened = world.administrator().add_site(sample::site_3(&forty())).await.expect("a new site");
    assert_eq!(opened.version, 40, "the receipt counts the rooms");
    assert!(world.administrator().again().await.expect("the same answer").replayed);

    queue.until("the dispatcher's open page sees it", |seen| seen.rows().contains_key(SITE_3)).await;
    let row = queue.row(SITE_3);
    assert_eq!((&row["capacity"], &row["free"], &row["open"]), (&json!(BEDS), &json!(BEDS), &json!(true)));
    let known = cast.dispatcher.get("/v1/reference").await.expect("the reference data");
    let of = |list: &str, key: &str, code: &str| {
        known[list].as_array().expect("a list").iter().find(|it| it[key] == code).cloned().expect("it is there")
    };
    assert_eq!(of("receivers", "code", SITE_3)["name"]["en"], "Huangpu Observation Site 3");
    assert_eq!(of("gates", "receiver", SITE_3)["code"], "huangpu-site-3-g1");

    let family = cast.registered(sample::from_country("ITA", 1, 4)).await;
    cast.dispatcher.place_at_site(&family, SITE_3, "opened tonight").await.expect("a room");
    assert_eq!(cast.dispatcher.party(&family).await["destination"]["room"], "202");
    let trip = cast.trip("大巴 1", 19, world.now()).await;
    cast.seated(&family, &trip).await;
    let manager = world.site_manager(SITE_3).await;
    let board = world.watch(&manager, SITE_3).await;
    assert!(board.rows().values().any(|row| row["kind"] == "stop"), "who comes stands on the new site's board");
    assert_eq!(board.row(SITE_3)["held"], 4);
    assert_eq!(manager.forecast(SITE_3).await.expect("its own site")["days"][13]["free"], BEDS - 4);
    let other = world.site_manager(sample::SITE_1).await;
    assert_eq!(other.rooms(SITE_3).await.expect_err("not theirs").said(), (404, "not-found"));

    let twice = world.administrator().add_site(sample::site_3(&forty())).await.expect_err("it is there");
    assert_eq!((twice.said(), twice.field.as_str()), ((409, "taken"), "code"));
    assert_eq!(world.broken_laws().await, [""; 0]);
}

fn lines(refused: &Problem) -> Vec<(u64, String)> {
    let line = |it: &Value| (it["line"].as_u64().expect("from 1"), it["reason"].as_str().expect("a code").to_owned());
    refused.body["lines"].as_array().expect("every line").iter().map(line).collect()
}

#[tokio::test]
async fn a_bad_list_changes_nothing_and_a_good_one_can_be_sent_again() {
    let world = World::start().await;
    let admin = world.administrator();
    let bad = [
        ("201".to_owned(), "single", 1),
        ("2 02".into(), "single", 1),
        ("203".into(), "suite", 1),
        ("204".into(), "family", 0),
        ("201".into(), "single", 1),
    ];
    let wrong = [(2, "number".to_owned()), (3, "kind".into()), (4, "beds".into()), (5, "twice".into())];
    let refused = admin.add_site(sample::site_3(&bad)).await.expect_err("a bad list");
    assert_eq!((refused.said(), lines(&refused)), ((422, "rooms-wrong"), wrong.to_vec()));
    let places = admin.get("/v1/places").await.expect("the places");
    assert_eq!(places["sites"].as_array().map(Vec::len), Some(2), "no site without its rooms");

    admin.add_site(sample::site_3(&[])).await.expect("rooms may come later");
    let dispatcher = world.dispatcher().await;
    let mut queue = world.watch(&dispatcher, sample::DISTRICT).await;
    assert_eq!(admin.add_rooms(SITE_3, sample::rooms(&forty())).await.expect("a good list").version, 40);
    queue.until("beds", |seen| seen.row(SITE_3)["free"] == BEDS).await;
    let told = queue.seen().len();
    assert_eq!(admin.add_rooms(SITE_3, sample::rooms(&forty())).await.expect("the same again").version, 40);
    let mut more = forty();
    more[3].2 = 3;
    more.push(("401".into(), "single", 1));
    let refused = admin.add_rooms(SITE_3, sample::rooms(&more)).await.expect_err("one is there otherwise");
    assert_eq!(lines(&refused), [(4, "differs".to_owned())]);
    let line = &refused.body["lines"][0];
    assert_eq!((&line["number"], &line["kind"], &line["beds"]), (&json!("204"), &json!("family"), &json!(4)));
    assert_eq!(admin.rooms(SITE_3).await.expect("rooms")["rooms"].as_array().map(Vec::len), Some(40));
    more[3].2 = 4;
    assert_eq!(admin.add_rooms(SITE_3, sample::rooms(&more)).await.expect("one more").version, 41);
    queue.until("one more bed", |seen| seen.row(SITE_3)["free"] == BEDS + 1).await;
    assert_eq!(queue.seen().len(), told + 1, "what changed nothing told nobody");
    let nothing = admin.add_rooms(SITE_3, json!([])).await.expect_err("no list");
    assert_eq!((nothing.status, nothing.field.as_str()), (422, "rooms"));
    let nowhere = admin.add_rooms(sample::QIAOJIA, sample::rooms(&forty())).await.expect_err("a community");
    assert_eq!(nowhere.said(), (404, "not-found"));
}

#[tokio::test]
async fn a_place_that_cannot_be_right_is_refused_with_words() {
    let world = World::start().await;
    let admin = world.administrator();
    let with = |pointer: &str, value: Value| {
        let mut site = sample::site_3(&forty());
        *site.pointer_mut(pointer).expect("a field") = value;
        site
    };
    let swapped = with("/gate/location", json!({ "lat": 121.5019, "lon": 31.2112 }));
    let far = with("/gate/location", json!({ "lat": 39.9042, "lon": 116.4074 }));
    for (site, said, field) in [
        (swapped, (422, "point-swapped"), "gate/location/lat"),
        (far, (422, "point-too-far"), "gate/location/lat"),
        (with("/gate/location/lat", json!(95.0)), (422, "invalid-field"), "gate/location/lat"),
        (with("/code", json!("Site Three")), (422, "invalid-field"), "code"),
        (with("/code", json!("huangpu-xdm-qiaojia")), (409, "taken"), "code"),
        (with("/name/en", json!(" ")), (422, "invalid-field"), "name/en"),
        (with("/gate/compound/zh", json!("")), (422, "invalid-field"), "gate/compound/zh"),
        (with("/district", json!("310104")), (422, "invalid-field"), "district"),
        (with("/district", json!("310101017")), (422, "invalid-field"), "district"),
    ] {
        let refused = admin.add_site(site).await.expect_err(field);
        assert_eq!((refused.said(), refused.field.as_str()), (said, field));
    }
    let dispatcher = world.dispatcher().await;
    let refused = dispatcher.write("/v1/sites", sample::site_3(&forty())).await.expect_err("another role");
    assert_eq!(refused.said(), (403, "not-your-role"));
}

#[tokio::test]
async fn a_room_out_of_use_is_given_to_nobody_and_who_lives_there_stays() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let manager = world.site_manager(sample::SITE_1).await;
    let mut queue = world.watch(&cast.dispatcher, sample::DISTRICT).await;
    let lives = cast.living(&manager, 1, 4).await;
    queue.until("they live there", |seen| seen.row(sample::SITE_1)["occupied"] == 4).await;
    let free = queue.row(sample::SITE_1)["free"].as_i64().expect("beds");

    manager.take_room_out(sample::SITE_1, "202", "broken shower").await.expect("its own site");
    assert_eq!(cast.dispatcher.party(&lives).await["stage"], "handed_over", "who lives there stays");
    queue.until("told", |seen| seen.row(sample::SITE_1)["rooms_out"] == 1).await;
    assert_eq!(queue.row(sample::SITE_1)["free"], free, "no bed less is free: somebody has them");
    let days = manager.forecast(sample::SITE_1).await.expect("days");
    assert_eq!(days["days"][13]["free"], days["days"][0]["free"], "nobody moves in after them");
    cast.dispatcher.take_room_out(sample::SITE_1, "302", "mould").await.expect("a dispatcher, too");
    world.administrator().take_room_out(sample::SITE_1, "402", "mould").await.expect("and an administrator");
    queue.until("eight beds less", |seen| seen.row(sample::SITE_1)["free"] == free - 8).await;
    assert_eq!(queue.row(sample::SITE_1)["out"], 8);

    let four = cast.registered(sample::from_country("ITA", 11, 4)).await;
    let refused = cast.dispatcher.place_at_site(&four, sample::SITE_1, "from Italy").await.expect_err("no room");
    assert_eq!(refused.said(), (409, "no-room-whole"));
    manager.discharge(&lives, "early", Some("dialysis")).await.expect("leaves");
    queue.until("empty, and out of use", |seen| seen.row(sample::SITE_1)["out"] == 12).await;
    let refused = cast.dispatcher.place_at_site(&four, sample::SITE_1, "from Italy").await.expect_err("no room");
    assert_eq!(refused.said(), (409, "no-room-whole"));

    let again = manager.take_room_out(sample::SITE_1, "302", "mould").await.expect_err("before");
    assert_eq!(again.said(), (409, "out-of-use-already"));
    assert!(again.body["by"].as_str().is_some_and(|by| by.starts_with("DISPATCHER")), "{}", again.body);
    let unsaid = manager.put_room_back(sample::SITE_1, "302", " ").await.expect_err("a reason is needed");
    assert_eq!((unsaid.status, unsaid.field.as_str()), (422, "reason"));
    manager.put_room_back(sample::SITE_1, "302", "painted").await.expect("its own site");
    assert_eq!(
        manager.put_room_back(sample::SITE_1, "302", "painted").await.expect_err("in use").said(),
        (409, "in-use")
    );
    cast.dispatcher.place_at_site(&four, sample::SITE_1, "from Italy").await.expect("the room is back");
    assert_eq!(cast.dispatcher.party(&four).await["destination"]["room"], "302");
    for (site, room) in [("huangpu-site-2", "301"), (sample::SITE_1, "999"), (sample::QIAOJIA, "201")] {
        let refused = manager.take_room_out(site, room, "why").await.expect_err("not theirs, or no room");
        assert_eq!(refused.said(), (404, "not-found"), "{site} {room}");
    }
    let rooms = manager.rooms(sample::SITE_1).await.expect("rooms");
    let room = |number: &str| {
        let rooms = rooms["rooms"].as_array().expect("a list");
        rooms.iter().find(|room| room["number"] == number).cloned().expect("a room")
    };
    assert_eq!((&room("302")["use"], &room("302")["out"]), (&json!("held"), &Value::Null));
    assert_eq!((&room("202")["use"], &room("202")["out"]["reason"]), (&json!("free"), &json!("broken shower")));
    assert_eq!(world.broken_laws().await, [""; 0]);
}

#[tokio::test]
async fn a_relay_point_opens_and_one_out_of_use_keeps_the_changes_it_has() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let admin = world.administrator();
    admin.add_relay_point(sample::relay_point()).await.expect("a new one");
    let twice = admin.add_relay_point(sample::relay_point()).await.expect_err("it is there");
    assert_eq!((twice.said(), twice.field.as_str()), ((409, "taken"), "code"));
    let mut swapped = sample::relay_point();
    swapped["code"] = json!("huangpu-relay-4");
    swapped["location"] = json!({ "lat": 121.4920, "lon": 31.2085 });
    let refused = admin.add_relay_point(swapped).await.expect_err("the wrong way round");
    assert_eq!((refused.said(), refused.field.as_str()), ((422, "point-swapped"), "location/lat"));

    let bound = async |number: u32, name: &str| {
        let party = cast.registered(sample::party(number, 1)).await;
        cast.agreed_home(&party).await;
        let trip = cast.trip(name, 9, world.now()).await;
        cast.seated(&party, &trip).await;
        trip
    };
    let (first, second) = (bound(1, "1").await, bound(2, "2").await);
    let van = cast.dispatcher.add_vehicle("3", 9).await.expect("a van").subject;
    let body = json!({ "vehicle": van, "relay_point": "huangpu-relay-3" });
    cast.dispatcher.plan_change(&first, body.clone()).await.expect("a change at the new point");
    admin.take_relay_point_out("huangpu-relay-3", "dug up").await.expect("out of use");
    let known = cast.dispatcher.get("/v1/reference").await.expect("the reference data");
    let point = known["relay_points"].as_array().expect("points").iter().find(|it| it["code"] == "huangpu-relay-3");
    assert_eq!(point.map(|it| &it["in_use"]), Some(&json!(false)));
    let change = &cast.dispatcher.trip(&first).await["changes"][0];
    assert_eq!(
        change["place"]["relay_point"].as_str().or(change["relay_point"].as_str()),
        Some("huangpu-relay-3"),
        "{change}"
    );
    let refused = cast.dispatcher.plan_change(&second, body.clone()).await.expect_err("out of use");
    assert_eq!((refused.said(), &refused.body["reason"]), ((409, "relay-point-out"), &json!("dug up")));
    let again = admin.take_relay_point_out("huangpu-relay-3", "dug up").await.expect_err("before");
    assert_eq!(again.said(), (409, "out-of-use-already"));
    admin.put_relay_point_back("huangpu-relay-3", "paved").await.expect("in use");
    assert_eq!(
        admin.put_relay_point_back("huangpu-relay-3", "paved").await.expect_err("in use").said(),
        (409, "in-use")
    );
    let nowhere = admin.take_relay_point_out("huangpu-relay-8", "dug up").await.expect_err("none");
    assert_eq!(nowhere.said(), (404, "not-found"));
}

/// 2 comes before 10: in every list, and for who gets the first of several rooms that are as good.
#[tokio::test]
async fn rooms_are_listed_and_given_in_the_order_of_their_doors() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let rooms = ["10", "A10", "2", "A2", "9", "12"].map(|number| (number.to_owned(), "single", 1));
    world.administrator().add_site(sample::site_3(&rooms)).await.expect("a new site");
    let shown = cast.dispatcher.rooms(SITE_3).await.expect("the rooms");
    let doors: Vec<&str> =
        shown["rooms"].as_array().expect("a list").iter().filter_map(|room| room["number"].as_str()).collect();
    assert_eq!(doors, ["2", "9", "10", "12", "A2", "A10"]);
    for (number, door) in (0..).zip(["2", "9", "10"]) {
        let one = cast.registered(sample::from_country("ITA", number, 1)).await;
        cast.dispatcher.place_at_site(&one, SITE_3, "from Italy").await.expect("a room");
        assert_eq!(cast.dispatcher.party(&one).await["destination"]["room"], door);
    }
    let held = cast.dispatcher.stays(SITE_3).await.expect("who comes");
    let waiting: Vec<&str> =
        held["holds"].as_array().expect("a list").iter().filter_map(|hold| hold["room"].as_str()).collect();
    assert_eq!(waiting, ["2", "9", "10"]);
}
