//! A room waits for its party, but not for ever: who does not set out is undecided again, and somebody else gets the bed.

use chrono::TimeDelta;
use homeward_tests::actor::{Dispatcher, DutyOfficer};
use homeward_tests::cast::Cast;
use homeward_tests::{World, sample};
use serde_json::{Value, json};

#[tokio::test]
async fn a_room_nobody_comes_for_is_given_up_and_the_next_party_gets_it() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let manager = world.site_manager(sample::SITE_1).await;
    let late = cast.placed(1, 4).await;
    let held = manager.stays(sample::SITE_1).await.expect("its own site")["holds"][0].clone();
    let room = held["room"].clone();
    assert_eq!((&held["people"], &held["party"]), (&json!(4), &json!(late)));
    assert_eq!(held["expires_at"], json!(world.now() + TimeDelta::hours(4)));
    let mut queue = world.watch(&cast.dispatcher, sample::DISTRICT).await;
    let mut site = world.watch(&manager, sample::SITE_1).await;

    assert_eq!(world.pass(239).await.expired, 0, "four hours are not over");
    assert_eq!(world.pass(1).await.expired, 1);
    assert_eq!(world.pass(1).await.expired, 0, "once is enough");
    queue.until("the party is undecided again", |seen| seen.row(&late)["stage"] == "waiting").await;
    let row = queue.row(&late).clone();
    assert_eq!((&row["destination"], &row["lapsed"]["room"]), (&Value::Null, &room));
    assert_eq!(row["lapsed"]["receiver"], sample::SITE_1);
    assert!(queue.facts().contains(&"hold.expired"), "{:?}", queue.facts());
    site.until("the site's board shows the bed", |seen| seen.row(sample::SITE_1)["held"] == 0).await;

    let officer = DutyOfficer(cast.officer.back().await.expect("a new session"));
    let dispatcher = Dispatcher(cast.dispatcher.back().await.expect("a new session"));
    let next = officer.register(sample::from_country("ITA", 11, 4)).await.expect("registered").subject;
    dispatcher.place_at_site(&next, sample::SITE_1, "from Italy").await.expect("a room");
    assert_eq!(dispatcher.party(&next).await["destination"]["room"], room, "the bed was free");
    dispatcher.place_at_site(&late, sample::SITE_1, "came after all").await.expect("another room");
    assert_eq!(dispatcher.party(&late).await["lapsed"], Value::Null, "decided anew");
}

#[tokio::test]
async fn who_has_seats_is_waited_for_and_who_set_out_keeps_the_room() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (waits, rides) = (cast.placed(1, 2).await, cast.placed(11, 2).await);
    let later = cast.trip("中巴 1", 7, world.now() + TimeDelta::hours(3)).await;
    let now = cast.trip("中巴 2", 7, world.now()).await;
    cast.seated(&waits, &later).await;
    cast.seated(&rides, &now).await;
    cast.departed(&now).await;

    assert_eq!(world.pass(6 * 60).await.expired, 0, "the later trip should have left three hours ago");
    assert_eq!(world.pass(60).await.expired, 1, "and nobody set out in four");
    let dispatcher = Dispatcher(cast.dispatcher.back().await.expect("a new session"));
    let given_up = dispatcher.party(&waits).await;
    assert_eq!((&given_up["stage"], &given_up["trip"]), (&json!("waiting"), &Value::Null));
    assert_eq!(dispatcher.trip(&later).await["seats_taken"], 0, "its seats are free too");
    assert_eq!(dispatcher.party(&rides).await["stage"], "riding");
    let holds = dispatcher.stays(sample::SITE_1).await.expect("of the district")["holds"].clone();
    let holds = holds.as_array().expect("a list");
    assert_eq!((holds.len(), &holds[0]["party"], &holds[0]["expires_at"]), (1, &json!(rides), &Value::Null));
}
