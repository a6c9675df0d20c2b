//! What the register keeps of a driver: nothing anybody can read, the same on a copy, and nothing at all of who was erased.

use homeward_store::copy::{Purpose, copy};
use homeward_store::{Keys, Store, check, driver};
use homeward_tests::cast::Cast;
use homeward_tests::{Engine, Register, World, sample};
use serde_json::json;

use super::{QIAN, ZHAO, added, driver_of, round, vehicle};

#[tokio::test]
async fn neither_the_trail_nor_a_column_tells_a_name_or_a_phone() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let bus = vehicle(&cast, "大巴 1").await;
    let zhao = added(&cast, ZHAO, Some(&bus)).await;
    cast.dispatcher.keep_driver(&zhao, "correct", json!({ "name": "赵刚", "phone": ZHAO.1 })).await.expect("corrected");
    for what in ["off", "on"] {
        cast.dispatcher.keep_driver(&zhao, what, json!({})).await.expect(what);
    }
    let words = [ZHAO.0, "赵刚", ZHAO.1];
    for (piece, bytes) in world.written_down().await {
        for word in words {
            assert!(!bytes.windows(word.len()).any(|window| window == word.as_bytes()), "{word} lies open in {piece}");
        }
    }
    let (trip, _) = round(&world, &cast, &bus, (1, &json!({ "id": zhao }))).await;
    cast.departed(&trip).await;
    cast.dispatcher.keep_driver(&zhao, "correct", json!({ "name": ZHAO.0, "phone": ZHAO.1 })).await.expect("again");
    let store = Store::open(&world.register_url(), Keys::from_bytes([7; 32])).await.expect("the same register");
    let mut reader = store.read().await.expect("a reader");
    let trail: Vec<(String, String)> =
        reader.conn().sql("select kind, cast(body as text) from event").all().await.expect("the trail");
    let told = |kind: &str| trail.iter().filter(|(it, _)| it == kind).count();
    assert_eq!((told("driver.added"), told("driver.corrected"), told("driver.off_duty")), (1, 3, 1), "{trail:?}");
    for (kind, body) in &trail {
        assert!(words.iter().all(|word| !body.contains(word)), "{kind}: {body}");
    }
    let sealed: Vec<(Vec<u8>,)> = reader.conn().sql("select driver from trip").all().await.expect("the trips");
    let open = |word: &str| sealed.iter().any(|(it,)| it.windows(word.len()).any(|window| window == word.as_bytes()));
    assert!(!sealed.is_empty() && words.iter().all(|word| !open(word)));
}

#[tokio::test]
async fn a_copy_on_either_engine_knows_who_drives() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let bus = vehicle(&cast, "大巴 1").await;
    let zhao = added(&cast, ZHAO, Some(&bus)).await;
    let (trip, _) = round(&world, &cast, &bus, (1, &json!({ "id": zhao }))).await;
    cast.departed(&trip).await;
    for engine in Engine::BOTH {
        let (target, keys) = (Register::on(engine).await, Keys::from_bytes([7; 32]));
        let copied = copy(&world.register_url(), &target.url(), &keys, Purpose::Move, |_, _| ()).await.expect("whole");
        assert!(copied.rows.contains(&("driver".to_owned(), 1)), "{copied:?}");
        let store = Store::open(&target.url(), keys).await.expect("the copy");
        let mut reader = store.read().await.expect("a reader");
        let drivers = driver::of_district(reader.conn(), "310101").await.expect("opened with the same key");
        assert_eq!(drivers[0].name.reveal(), ZHAO.0);
        let driven = driver::open_trips(reader.conn(), "310101").await.expect("the open trips");
        assert_eq!((driven[0].driver, driven[0].trip.to_string()), (drivers[0].id, trip.clone()));
        let broken = check::laws(reader.conn()).await.expect("laws").into_iter().filter(|finding| finding.broken > 0);
        assert_eq!(broken.collect::<Vec<_>>(), Vec::new());
    }
}

#[tokio::test]
async fn who_left_is_erased_and_the_trip_keeps_that_somebody_drove() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let bus = vehicle(&cast, "大巴 1").await;
    let zhao = added(&cast, ZHAO, Some(&bus)).await;
    let qian = added(&cast, QIAN, None).await;
    let (trip, stop) = round(&world, &cast, &bus, (1, &json!({ "id": zhao }))).await;
    let erase = async || cast.dispatcher.keep_driver(&zhao, "erase", json!({})).await;
    assert_eq!(erase().await.expect_err("on duty").said(), (409, "driver-not-off"));
    cast.departed(&trip).await;
    cast.dispatcher.keep_driver(&zhao, "off", json!({})).await.expect("off duty");
    let refused = erase().await.expect_err("on the road");
    assert_eq!((refused.said(), &refused.body["vehicle"]), ((409, "driver-named"), &json!("大巴 1")));
    let mut board = world.watch(&cast.leader, sample::QIAOJIA).await;
    assert_eq!(board.row(&stop)["driver"]["name"], ZHAO.0);
    cast.handed_over(&stop).await;
    erase().await.expect("erased");

    board.until("the board forgets", |board| board.row(&stop)["driver"]["name"] == "").await;
    let told = driver_of(&cast, &trip).await;
    assert_eq!((&told["id"], &told["name"], &told["phone"]), (&json!(zhao), &json!(""), &json!(null)));
    let ride = world.watch(&cast.escort, &format!("trip:{trip}")).await;
    assert_eq!((&ride.row(&trip)["driver"]["name"], &ride.row(&trip)["stage"]), (&json!(""), &json!("completed")));
    let left = cast.dispatcher.drivers().await;
    assert_eq!(left.iter().map(|one| &one["id"]).collect::<Vec<_>>(), [&json!(qian)]);
    assert_eq!(erase().await.expect_err("gone").said(), (404, "not-found"));
    assert_eq!(cast.dispatcher.keep_driver(&zhao, "on", json!({})).await.expect_err("gone").said(), (404, "not-found"));
    nothing_opens_to(&world, &[ZHAO.0, ZHAO.1]).await;
    assert_eq!(world.broken_laws().await, Vec::<String>::new());
    let again = cast.dispatcher.add_driver(ZHAO.0, ZHAO.1, None).await.expect("the phone is nobody's").subject;
    assert_ne!(again, zhao);
}

/// No entry and no row of any stream says these words, opened with the key.
async fn nothing_opens_to(world: &World, words: &[&str]) {
    let store = Store::open(&world.register_url(), Keys::from_bytes([7; 32])).await.expect("the register");
    let mut reader = store.read().await.expect("a reader");
    let streams: Vec<(String,)> = reader.sql("select id from stream order by id").all().await.expect("streams");
    let mut entries = 0;
    for (name,) in streams {
        let stream = homeward_store::Stream::parse(&name).expect("a stream");
        let told = homeward_store::log::entries_after(&mut reader, &stream, 0, 10_000).await.expect("the log");
        let shown = homeward_store::log::snapshot(&mut reader, &stream).await.expect("the rows");
        entries += told.len();
        let told = told.into_iter().filter_map(|entry| entry.row);
        for row in told.chain(shown.rows.into_iter().map(|(_, row)| row)) {
            assert!(words.iter().all(|word| !row.get().contains(word)), "{name}: {row}");
        }
    }
    assert!(entries > 10, "streams told something");
}
