//! A notice nobody answers is told to the dispatcher, once; one that is answered is not.

use homeward_tests::cast::Cast;
use homeward_tests::{World, sample};

#[tokio::test]
async fn a_notice_nobody_answers_is_escalated_once() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (silent, heard) = (cast.registered(sample::party(1, 1)).await, cast.registered(sample::party(2, 1)).await);
    cast.agreed_home(&silent).await;
    cast.dispatcher.ask_home(&heard, "huangpu-xdm-xiyao-g1").await.expect("asked");
    cast.leader.agree(&heard).await.expect("yes");
    let trip = cast.trip("大巴 1", 19, world.now() + chrono::TimeDelta::hours(1)).await;
    let (silent, heard) = (cast.seated(&silent, &trip).await, cast.seated(&heard, &trip).await);
    cast.committee.acknowledge(&heard).await.expect("received, we are coming");
    let mut district = world.watch(&cast.dispatcher, sample::DISTRICT).await;

    assert_eq!(world.pass(9).await.escalated, 0, "nine minutes are not ten");
    assert_eq!(world.pass(2).await.escalated, 1, "the silent one, not the other");
    assert_eq!(world.pass(30).await.escalated, 0, "once");
    district
        .until("the dispatcher is told", |district| {
            let stops = district.row(&trip)["stops"].as_array().cloned().unwrap_or_default();
            stops.iter().any(|stop| stop["stop"] == silent && stop["notice"]["escalated_at"].is_string())
        })
        .await;
    let stop = cast.leader.stop(&heard).await.expect("their stop");
    assert!(stop["notice"]["escalated_at"].is_null());
    assert!(district.facts().contains(&"notice.escalated"));

    cast.leader.acknowledge(&silent).await.expect("late is better than never");
}
