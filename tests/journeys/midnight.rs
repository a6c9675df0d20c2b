//! The list grows at midnight with a vehicle on the road: who waits undecided is tagged anew, who is decided or rides
//! keeps the tag and the version that gave it.

use homeward_tests::cast::Cast;
use homeward_tests::{World, instant, sample};
use serde_json::{Value, json};

const MIDNIGHT: &str = "2020-03-21T00:00:00+08:00";

fn tag(party: &Value) -> (&str, i64) {
    (party["tag"].as_str().expect("a tag"), party["tag_version"].as_i64().expect("its version"))
}

#[tokio::test]
async fn whoever_waits_is_tagged_anew_and_whoever_was_decided_keeps_the_old_list() {
    let world = World::start_at("2020-03-20T23:30:00+08:00").await;
    let cast = Cast::on_duty(&world).await;
    let riding = cast.registered(sample::party(1, 2)).await;
    cast.agreed_home(&riding).await;
    let trip = cast.trip("大巴 1", 19, world.now()).await;
    let stop = cast.seated(&riding, &trip).await;
    cast.departed(&trip).await;
    let decided = cast.registered(sample::party(3, 1)).await;
    cast.agreed_home(&decided).await;
    let waiting = cast.registered(sample::party(4, 1)).await;
    let list = sample::list(instant(MIDNIGHT), &[("JPN", "red"), ("KOR", "red"), ("ITA", "red"), ("USA", "yellow")]);

    let counts = world.administrator().ask("/v1/key-lists/preview", list.clone()).await.expect("a preview");
    assert_eq!(counts, json!({ "affected_count": 1, "affected": [] }), "an administrator sees no party");
    let preview = cast.dispatcher.ask("/v1/key-lists/preview", list.clone()).await.expect("a preview");
    assert_eq!(preview["affected"][0]["party"], waiting);
    world.administrator().publish_list(list).await.expect("the second list");

    assert_eq!(world.pass(29).await.retagged, 0, "not a minute before midnight");
    assert_eq!(world.pass(1).await.retagged, 1, "at midnight, and only who waits");
    assert_eq!(world.pass(1).await.retagged, 0, "once");
    assert_eq!(tag(&cast.dispatcher.party(&waiting).await), ("red", 2));
    assert_eq!(tag(&cast.dispatcher.party(&decided).await), ("yellow", 1));
    assert_eq!(tag(&cast.dispatcher.party(&riding).await), ("yellow", 1));
    let home = cast.dispatcher.ask_home(&waiting, sample::QIAOJIA_GATE).await.expect_err("red now");
    assert_eq!(home.said(), (409, "tag-forbids-home"));
    cast.handed_over(&stop).await;
    assert_eq!(tag(&cast.dispatcher.party(&riding).await), ("yellow", 1), "nothing on the road is called back");
}
