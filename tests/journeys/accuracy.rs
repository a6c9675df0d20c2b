//! What was told to the gates, counted beside when the vehicles came.

use chrono::TimeDelta;
use homeward_domain::access::{Action, Actor, Grant, decide};
use homeward_domain::{AccountId, Jurisdiction};
use homeward_store::trip::came::between;
use homeward_store::{Keys, Store};
use homeward_tests::cast::Cast;
use homeward_tests::{World, sample};
use serde_json::{Value, json};

async fn of(who: &homeward_tests::actor::Actor, query: &str) -> Value {
    who.get(&format!("/v1/accuracy{query}")).await.expect("who may see numbers")
}

#[tokio::test]
async fn an_evening_is_counted_by_its_district_and_named_nobody() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let empty = of(&cast.dispatcher, "").await;
    assert_eq!((&empty["from"], &empty["to"]), (&json!("2020-03-14"), &json!("2020-03-20")), "the last seven days");
    assert_eq!((&empty["kept"]["rides"], &empty["lead"]), (&json!(0), &Value::Null));

    let party = cast.registered(sample::party(1, 2)).await;
    cast.agreed_home(&party).await;
    let trip = cast.trip("大巴 1", 19, world.now()).await;
    let stop = cast.seated(&party, &trip).await;
    world.pass(10).await;
    cast.departed(&trip).await;
    world.pass(50).await;
    cast.handed_over(&stop).await;

    let told = of(&cast.dispatcher, "?from=2020-03-20&to=2020-03-20").await;
    assert_eq!((&told["kept"]["rides"], &told["untold"]), (&json!(1), &json!(0)), "{told:#}");
    let stages: Vec<&Value> = told["by_stage"].as_array().expect("stages").iter().map(|it| &it["stage"]).collect();
    assert_eq!(stages, [&json!("waiting"), &json!("under_way")], "boarding opened and closed at once");
    assert_eq!(told["by_horizon"][0]["minutes_before"], 60, "nobody knew of it 90 minutes before");
    assert_eq!(told["weeks"], json!([{ "monday": "2020-03-16", "kept": told["kept"] }]));
    assert_eq!(
        told["receivers"],
        json!([{ "receiver": sample::QIAOJIA, "lead": { "rides": 1, "p10_minutes": 60, "p50_minutes": 60, "short": 1 } }])
    );
    for name in ["WANG", "王", "大巴", "沪", &trip, &stop] {
        assert!(!told.to_string().contains(name), "{name} stands in {told:#}");
    }

    let command = world.hire(json!({ "role": "command", "district": "310101" })).await;
    assert_eq!(of(&command, "").await["kept"], told["kept"]);
    assert_eq!(of(world.administrator(), "").await["kept"], told["kept"], "numbers name nobody");
    assert_eq!((came_to(&world, "310101").await, came_to(&world, "310104").await), (1, 0), "another district's");
    assert_eq!(of(&cast.dispatcher, "?to=2020-03-19").await["kept"]["rides"], 0, "by the day it came");
}

/// How many rides a dispatcher of a district would count; the reference data knows one district only.
async fn came_to(world: &World, district: &str) -> usize {
    let grant = Grant::Dispatcher { district: Jurisdiction::parse(district).expect("a district") };
    let actor = Actor { account: AccountId::new(uuid::Uuid::nil()), name: "N".into(), grant };
    let scope = decide(&actor, Action::ReadAccuracy).expect("their right").scope;
    let span = (world.now() - TimeDelta::days(1), world.now() + TimeDelta::days(1));
    let store = Store::open(&world.register_url(), Keys::from_bytes([7; 32])).await.expect("the same register");
    between(store.read().await.expect("a snapshot").conn(), &scope, span).await.expect("the stops").len()
}

#[tokio::test]
async fn days_that_cannot_be_are_named() {
    let world = World::start().await;
    let dispatcher = world.dispatcher().await;
    let wrong = [
        ("?from=soon", "from"),
        ("?to=2020-02-30", "to"),
        ("?from=2020-03-21&to=2020-03-20", "from"),
        ("?from=2019-01-01&to=2020-03-20", "from"),
        ("?from=-99999-01-01", "from"),
    ];
    for (query, field) in wrong {
        let problem = dispatcher.get(&format!("/v1/accuracy{query}")).await.expect_err(query);
        assert_eq!((problem.said(), problem.field.as_str()), ((422, "invalid-field"), field), "{query}");
    }
}
