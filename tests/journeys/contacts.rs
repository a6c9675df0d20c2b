//! Nobody answers at a gate: the dispatcher of the district sees whom to call, and nobody else does.

use homeward_tests::actor::SiteManager;
use homeward_tests::cast::Cast;
use homeward_tests::{World, sample};
use serde_json::{Value, json};

async fn contacts(cast: &Cast, receiver: &str) -> Vec<(String, String)> {
    let told = cast.dispatcher.get(&format!("/v1/receivers/{receiver}/contacts")).await.expect("whom to call");
    let text = |one: &Value, member: &str| one[member].as_str().unwrap_or_default().to_owned();
    let all = told["contacts"].as_array().expect("a list").iter();
    all.map(|one| (text(one, "role"), text(one, "phone"))).collect()
}

#[tokio::test]
async fn a_dispatcher_sees_whom_to_call_at_a_gate_and_at_a_site() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let hire = async |name: &str, phone: &str, grant: Value| world.hire_as((name, phone), grant).await;
    let committee = json!({ "role": "squad", "place": "310101017012", "squad_role": "interpreter" });
    hire("Interpreter", "02155550001", committee).await;
    let elsewhere = json!({ "role": "squad", "place": "310101002", "squad_role": "leader" });
    hire("Of another place", "02155550002", elsewhere).await;
    let manager =
        SiteManager(hire("Manager", "02155550003", json!({ "role": "site_manager", "site": sample::SITE_1 })).await);
    let left =
        hire("Left", "02155550004", json!({ "role": "squad", "place": "310101017", "squad_role": "doctor" })).await;
    world.administrator().disable(&left).await.expect("disabled");

    let squad = contacts(&cast, sample::QIAOJIA).await;
    let roles: Vec<&str> = squad.iter().map(|(role, _)| role.as_str()).collect();
    assert!(roles.starts_with(&["leader", "duty_officer", "committee", "doctor", "police"]), "{roles:?}");
    let phones: Vec<&str> = squad.iter().map(|(_, phone)| phone.as_str()).collect();
    assert!(!phones.contains(&"02155550002") && !phones.contains(&"02155550004"), "{phones:?}");
    assert_eq!(contacts(&cast, sample::SITE_1).await, [("site_manager".to_owned(), "02155550003".to_owned())]);
    let path = format!("/v1/receivers/{}/contacts", sample::QIAOJIA);
    assert_eq!(manager.get(&path).await.expect_err("no dispatcher").status, 403);
    let next = json!({ "role": "dispatcher", "district": "3101" });
    let stranger = hire("Of another district", "02155550005", next).await;
    assert_eq!(stranger.get(&path).await.expect_err("not theirs").said(), (404, "not-found"));
    let unknown = cast.dispatcher.get("/v1/receivers/nowhere/contacts").await.expect_err("no such place");
    assert_eq!(unknown.said(), (404, "not-found"));
}
