//! A routing engine beside the house: one more factor of an estimate while it answers, and nothing is lost when it does not.
//! The engine is the real OSRM; Valhalla's wire is held against its documents (`crates/routing/src/valhalla.rs`).

use homeward_domain::Point;
use homeward_routing::{Engine, Router, Silence};
use homeward_tests::cast::Cast;
use homeward_tests::osrm::{Osrm, SHARE_OF_LIMIT};
use homeward_tests::{World, instant, sample};
use serde_json::Value;

/// The desk in Pudong T1, a crossing on the way, and the gate at Qiaojia Road, as the reference data has them.
const DESK: (f64, f64) = (31.1496, 121.8010);
const CROSSING: (f64, f64) = (31.1496, 121.6);
const GATE: (f64, f64) = (31.2173, 121.4909);
const SAYS: &str = "routing_engine_osrm_minutes";
const SILENT: &str = "routing_engine_silent_minutes";

fn point((lat, lon): (f64, f64)) -> Point {
    Point::parse(lat, lon).expect("a place")
}

/// How long a straight road of a limit takes, in seconds.
fn seconds(from: (f64, f64), to: (f64, f64), limit: f64) -> f64 {
    point(from).metres_to(point(to)) / (limit * SHARE_OF_LIMIT / 3.6)
}

/// One road from the desk over the crossing to the gate.
fn shanghai() -> Osrm {
    Osrm::on(&[(&[DESK, CROSSING, GATE], 50)])
}

fn router(at: &str) -> Router {
    Router::new(Engine::Osrm, at).expect("an address")
}

async fn eta(cast: &Cast, stop: &str) -> Value {
    cast.leader.stop(stop).await.expect("their stop")["eta"].clone()
}

fn reason(eta: &Value, code: &str) -> Option<f64> {
    let reasons = eta["reasons"].as_array().expect("reasons");
    reasons.iter().find(|it| it["code"] == code).map(|it| it["value"].as_f64().expect("a number"))
}

#[tokio::test]
async fn the_real_osrm_times_every_leg_by_its_own_map() {
    // A short slow road, and a long fast one around it.
    let north = (31.3, 121.6);
    let osrm = Osrm::on(&[(&[DESK, CROSSING], 20), (&[DESK, north, CROSSING], 100), (&[CROSSING, GATE], 60)]);
    let way = [DESK, CROSSING, GATE].map(point);
    let legs = router(osrm.address()).legs(&way, instant("2020-03-20T12:00:00Z")).await.expect("it is there");
    let around = seconds(DESK, north, 100.0) + seconds(north, CROSSING, 100.0);
    let expected = [around, seconds(CROSSING, GATE, 60.0)];
    assert!(around < seconds(DESK, CROSSING, 20.0), "the test's own map");
    for (leg, expected) in legs.iter().zip(expected) {
        // Its turns cost some seconds each.
        assert!((leg - expected).abs() < expected * 0.01 + 10.0, "{legs:?}, expected {expected}");
    }
    assert_eq!(legs.len(), 2);

    let berlin = [point(DESK), point((52.5, 13.4))];
    let said = router(osrm.address()).legs(&berlin, instant("2020-03-20T12:00:00Z")).await;
    assert_eq!(said, Err(Silence::NoRoad), "it would snap Berlin to Shanghai, 9,000 km away");
}

#[tokio::test]
async fn an_engine_is_one_factor_and_stands_beside_the_estimate() {
    let osrm = shanghai();
    let world = World::start_beside(router(osrm.address())).await;
    let cast = Cast::on_duty(&world).await;
    let party = cast.registered(sample::party(1, 1)).await;
    cast.agreed_home(&party).await;
    let trip = cast.trip("大巴 1", 19, world.now()).await;
    let stop = cast.seated(&party, &trip).await;
    let alone = eta(&cast, &stop).await;
    assert_eq!(
        (reason(&alone, SAYS), reason(&alone, SILENT)),
        (None, None),
        "it had no time to answer: nothing is said"
    );

    assert_eq!(world.ask_roads().await, 1, "one question at assignment");
    let both = eta(&cast, &stop).await;
    let whole = (seconds(DESK, CROSSING, 50.0) + seconds(CROSSING, GATE, 50.0)) / 60.0;
    let said = reason(&both, SAYS).expect("its source is recorded");
    assert!((said - whole).abs() < 0.5, "{said} min, the map says {whole}");
    assert_ne!(both["p50"], alone["p50"], "it is a factor");
    world.pass(30).await;
    assert_eq!(world.ask_roads().await, 0, "nobody moved");

    cast.departed(&trip).await;
    cast.escort.position(&trip, CROSSING, world.now()).await.expect("a position");
    world.pass(0).await;
    assert_eq!(world.ask_roads().await, 1, "half way it is asked anew");
    let rest = seconds(CROSSING, GATE, 50.0) / 60.0;
    world.pass(2).await;
    let near = (CROSSING.0 + (GATE.0 - CROSSING.0) * 0.5, CROSSING.1 + (GATE.1 - CROSSING.1) * 0.5);
    cast.escort.position(&trip, near, world.now()).await.expect("a position");
    let board = world.watch(&cast.leader, sample::QIAOJIA).await;
    let shown = reason(&board.row(&stop)["eta"], SAYS).expect("the board says so too");
    assert!(shown < rest + 0.5 && shown > rest * 0.4, "{shown} min of {rest} are left");
    assert_eq!(board.row(&stop)["eta"]["basis"], "position", "the engine is a factor, never the basis");
}

#[tokio::test]
async fn when_the_engine_dies_every_verb_goes_on_and_the_board_says_so() {
    let osrm = shanghai();
    let world = World::start_beside(router(osrm.address())).await;
    let cast = Cast::on_duty(&world).await;
    let party = cast.registered(sample::party(1, 1)).await;
    cast.agreed_home(&party).await;
    let trip = cast.trip("大巴 1", 19, world.now()).await;
    let stop = cast.seated(&party, &trip).await;
    assert_eq!(world.ask_roads().await, 1);
    cast.departed(&trip).await;
    assert!(reason(&eta(&cast, &stop).await, SAYS).is_some());

    drop(osrm);
    world.pass(5).await;
    cast.escort.position(&trip, CROSSING, world.now()).await.expect("a verb asks nobody");
    assert_eq!(world.ask_roads().await, 0, "no word");
    let still = eta(&cast, &stop).await;
    assert!(reason(&still, SAYS).is_some(), "what it said five minutes ago holds on the same road: {still:#}");

    world.pass(6).await;
    let near = (31.19, 121.53);
    cast.escort.position(&trip, near, world.now()).await.expect("a verb asks nobody");
    assert_eq!(world.ask_roads().await, 0);
    let alone = eta(&cast, &stop).await;
    assert_eq!(reason(&alone, SAYS), None, "{alone:#}");
    assert!(reason(&alone, SILENT).is_some_and(|minutes| minutes >= 10.0), "{alone:#}");
    assert_eq!(alone["basis"], "position", "its own model goes on");
    let board = world.watch(&cast.leader, sample::QIAOJIA).await;
    assert!(reason(&board.row(&stop)["eta"], SILENT).is_some(), "said to the board as a fact");
    cast.handed_over(&stop).await;
}

#[tokio::test]
async fn an_engine_that_never_was_holds_nobody_up() {
    let nobody = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = format!("http://{}", nobody.local_addr().expect("bound"));
    drop(nobody);
    let world = World::start_beside(router(&address)).await;
    let cast = Cast::on_duty(&world).await;
    let party = cast.registered(sample::party(1, 1)).await;
    cast.agreed_home(&party).await;
    let trip = cast.trip("大巴 1", 19, world.now()).await;
    let stop = cast.seated(&party, &trip).await;
    let before = eta(&cast, &stop).await;
    assert_eq!(world.ask_roads().await, 0);
    let after = eta(&cast, &stop).await;
    assert_eq!(after["p50"], before["p50"], "our own model, unchanged");
    assert!(reason(&after, SILENT).is_some(), "and it says that the engine is silent: {after:#}");
    cast.departed(&trip).await;
    cast.handed_over(&stop).await;
}
