//! Arrival estimates learn from the trips of their own city: boards say from how many, a process that begins anew knows it,
//! every node adds to the same model, and what an operator says of the roads counts at once and ends by itself.

use chrono::{DateTime, TimeDelta, Utc};
use homeward_store::copy::{Purpose, copy};
use homeward_store::{Keys, Store, check, lesson};
use homeward_tests::cast::Cast;
use homeward_tests::{Engine, Register, World, instant, sample};
use serde_json::{Value, json};

/// The gate at Qiaojia Road, as the reference data has it.
const GATE: (f64, f64) = (31.2173, 121.4909);
/// What a drive to Qiaojia takes in this story; the prior says about fifty minutes.
const DRIVE_MINUTES: i64 = 80;
/// From so many trips on boards tell what was learnt.
const TRIPS: u32 = 20;

fn reason(eta: &Value, code: &str) -> Option<f64> {
    let reasons = eta["reasons"].as_array().expect("reasons");
    reasons.iter().find(|it| it["code"] == code).map(|it| it["value"].as_f64().expect("a number"))
}

fn at(eta: &Value, what: &str) -> DateTime<Utc> {
    instant(eta[what].as_str().expect("an instant"))
}

async fn eta(cast: &Cast, stop: &str) -> Value {
    cast.leader.stop(stop).await.expect("their stop")["eta"].clone()
}

/// A trip with a party of one to Qiaojia that leaves now; gives trip and stop.
async fn leaves(world: &World, cast: &Cast, number: u32) -> (String, String) {
    let party = cast.registered(sample::party(number, 1)).await;
    cast.agreed_home(&party).await;
    let trip = cast.trip(&format!("大巴 {number}"), 19, world.now()).await;
    let stop = cast.seated(&party, &trip).await;
    cast.departed(&trip).await;
    (trip, stop)
}

/// The same, driven so many minutes to the gate and handed over there. A phone says that it is there, if `seen`.
async fn driven(world: &World, cast: &Cast, number: u32, (minutes, seen): (i64, bool)) {
    let (trip, stop) = leaves(world, cast, number).await;
    world.pass(minutes).await;
    if seen {
        cast.escort.position(&trip, GATE, world.now()).await.expect("heard");
    }
    cast.handed_over(&stop).await;
    world.pass(5).await;
}

/// A season in which every drive takes longer than assumed: four waves within one sign-in.
async fn season(world: &World, cast: &Cast) {
    for wave in 0..4 {
        let mut under_way = Vec::new();
        for number in 0..TRIPS / 4 {
            under_way.push(leaves(world, cast, wave * TRIPS + number).await);
        }
        world.pass(DRIVE_MINUTES).await;
        for (trip, stop) in under_way {
            cast.escort.position(&trip, GATE, world.now()).await.expect("heard");
            cast.handed_over(&stop).await;
        }
        world.pass(5).await;
    }
}

/// Of the trip that left now: minutes to the gate by best guess, trips learnt from, and of these to this gate.
async fn told(world: &World, cast: &Cast, stop: &str) -> (i64, Option<f64>, Option<f64>) {
    let eta = eta(cast, stop).await;
    let minutes = (at(&eta, "p50") - world.now()).num_minutes();
    (minutes, reason(&eta, "learnt_trips"), reason(&eta, "learnt_trips_there"))
}

#[tokio::test]
async fn boards_tell_what_trips_have_taught_and_from_how_many() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (_, before) = leaves(&world, &cast, 900).await;
    let (assumed, none, nowhere) = told(&world, &cast, &before).await;
    assert_eq!((none, nowhere), (None, None), "an assumption says that it is one");
    season(&world, &cast).await;
    let (_, stop) = leaves(&world, &cast, 901).await;
    let (minutes, trips, there) = told(&world, &cast, &stop).await;
    assert_eq!((trips, there), (Some(f64::from(TRIPS)), Some(f64::from(TRIPS))));
    // Learnt in the evening, asked by night, when roads are free.
    assert!(minutes > assumed + 5 && minutes < DRIVE_MINUTES, "{assumed}, then {minutes}");

    let again = world.learnt_again().await;
    // Board, leave, delay, drive, who was first, stand; of the two that still drive only the first three.
    assert_eq!((again.lessons, again.differing), (u64::from(TRIPS) * 6 + 2 * 3, 0), "{again:?}");

    let anew = cast.leader.at(&world.restarted().await);
    let eta = anew.get(&format!("/v1/stops/{stop}")).await.expect("their stop")["eta"].clone();
    assert_eq!(reason(&eta, "learnt_trips"), Some(f64::from(TRIPS)), "a process that begins knows it");
}

#[tokio::test]
async fn what_is_odd_teaches_nothing_about_the_road() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    season(&world, &cast).await;
    let learnt = world.learnt_again().await.lessons;
    // The escort said it an hour late, and no phone knows better.
    driven(&world, &cast, 800, (DRIVE_MINUTES + 70, false)).await;
    // Said on the way, and the phone does know better.
    let (trip, stop) = leaves(&world, &cast, 801).await;
    world.pass(DRIVE_MINUTES).await;
    cast.escort.position(&trip, (31.15, 121.7), world.now()).await.expect("heard");
    cast.handed_over(&stop).await;
    // It broke down and went on.
    let (trip, stop) = leaves(&world, &cast, 802).await;
    cast.escort.break_down(&trip, "engine").await.expect("told");
    world.pass(DRIVE_MINUTES).await;
    cast.escort.go_on(&trip, "it starts again").await.expect("told");
    cast.handed_over(&stop).await;
    let (_, stop) = leaves(&world, &cast, 803).await;
    let (_, trips, _) = told(&world, &cast, &stop).await;
    let after = world.learnt_again().await;
    assert_eq!(after.lessons, learnt + 4 * 3 + 3, "departures and hand-overs are what they are");
    assert_eq!(trips, Some(f64::from(TRIPS)), "no drive was learnt since");
    assert_eq!(after.differing, 0);
}

#[tokio::test]
async fn every_node_adds_to_one_model() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let there = world.another_node().await;
    for number in 0..6 {
        let (trip, stop) = leaves(&world, &cast, number).await;
        world.pass(DRIVE_MINUTES).await;
        cast.escort.position(&trip, GATE, world.now()).await.expect("heard");
        // Every second one arrives at the node that has heard of none of these lessons.
        let escort = if number % 2 == 0 { cast.escort.0.clone() } else { cast.escort.at(&there) };
        escort.write(&format!("/v1/stops/{stop}/arrive"), json!({})).await.expect("at the gate");
    }
    let again = world.learnt_again().await;
    assert_eq!(again.differing, 0, "nobody wrote over what another one had learnt: {again:?}");
    assert!(again.lessons >= 6 * 3, "{again:?}");
}

#[tokio::test]
async fn what_is_said_of_the_roads_counts_at_once_and_ends() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (_, stop) = leaves(&world, &cast, 1).await;
    let before = eta(&cast, &stop).await;
    let say = |factor: f64, until: DateTime<Utc>, reason: &str| {
        let body = json!({ "factor": factor, "until": until, "reason": reason });
        async { cast.dispatcher.write("/v1/eta/words", body).await }
    };
    let until = world.now() + TimeDelta::hours(1);
    for (refused, field) in
        [(say(9.0, until, "typhoon").await, "factor"), (say(2.0, world.now(), "typhoon").await, "until")]
    {
        let problem = refused.expect_err("a bound");
        assert_eq!((problem.status, problem.field.as_str()), (422, field), "{problem:?}");
    }
    assert_eq!(say(2.0, until, " ").await.expect_err("a reason").said(), (422, "reason-missing"));
    assert_eq!(eta(&cast, &stop).await["p50"], before["p50"], "what was refused changes nothing");

    let word = say(2.0, until, "台风").await.expect("said").subject;
    let slow = eta(&cast, &stop).await;
    assert_eq!(reason(&slow, "word_factor"), Some(2.0), "{slow}");
    let ride = |eta: &Value| (at(eta, "p50") - world.now()).num_minutes();
    assert!(ride(&slow) > ride(&before) * 17 / 10, "{slow}");
    let told = cast.dispatcher.get("/v1/eta/words").await.expect("the district's words");
    let [one] = told["words"].as_array().expect("a list").as_slice() else { panic!("{told}") };
    assert_eq!((&one["reason"], &one["factor"], &one["district"]), (&json!("台风"), &json!(2.0), &json!("310101")));
    assert!(one["by"].as_str().is_some_and(|by| !by.is_empty()), "{one}");

    cast.dispatcher.write(&format!("/v1/eta/words/{word}/end"), json!({})).await.expect("ended");
    assert_eq!(reason(&eta(&cast, &stop).await, "word_factor"), None, "as fast as ever");
    let twice = cast.dispatcher.write(&format!("/v1/eta/words/{word}/end"), json!({})).await.expect_err("it is over");
    assert_eq!(twice.said(), (404, "not-found"));

    say(1.5, world.now() + TimeDelta::minutes(20), "设卡检查").await.expect("said");
    assert_eq!(reason(&eta(&cast, &stop).await, "word_factor"), Some(1.5));
    let (_, next) = leaves(&world, &cast, 2).await;
    world.pass(21).await;
    assert_eq!(cast.dispatcher.get("/v1/eta/words").await.expect("a list")["words"], json!([]), "it ended by itself");
    let (_, last) = leaves(&world, &cast, 3).await;
    assert_eq!(reason(&eta(&cast, &last).await, "word_factor"), None);
    assert_eq!(reason(&eta(&cast, &next).await, "word_factor"), Some(1.5), "it set out when it held");
}

#[tokio::test]
async fn what_was_learnt_is_carried_over_to_either_engine() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    driven(&world, &cast, 1, (40, true)).await;
    let keys = Keys::from_bytes([7; 32]);
    for engine in Engine::BOTH {
        let target = Register::on(engine).await;
        copy(&world.register_url(), &target.url(), &keys, Purpose::Move, |_, _| ()).await.expect("carried over");
        let mut all = Vec::new();
        for url in [world.register_url(), target.url()] {
            let store = Store::open(&url, keys.clone()).await.expect("a register");
            let mut reader = store.read().await.expect("a reader");
            all.push(lesson::after(reader.conn(), 0, 100).await.expect("lessons"));
            let broken = check::laws(reader.conn()).await.expect("laws").into_iter().filter(|it| it.broken > 0);
            assert_eq!(broken.collect::<Vec<_>>(), Vec::new());
        }
        assert!(!all[0].is_empty() && all[0] == all[1], "{all:?}");
    }
}
