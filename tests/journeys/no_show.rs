//! One of two does not come: with a reason they stay at the desk as a party of their own, and the other rides.

use homeward_tests::cast::{Cast, arrivals};
use homeward_tests::{World, sample};
use serde_json::json;

#[tokio::test]
async fn who_does_not_come_stays_behind_with_a_reason_and_rides_later() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let party = cast.registered(sample::party(1, 2)).await;
    cast.agreed_home(&party).await;
    let trip = cast.trip("大巴 1", 19, world.now()).await;
    let stop = cast.seated(&party, &trip).await;
    let riders = arrivals(&cast.dispatcher.trip(&trip).await["manifest"]);
    cast.escort.open_boarding(&trip).await.expect("boarding");
    cast.escort.board(&trip, &riders[0]).await.expect("aboard");

    let waiting = cast.escort.depart(&trip, 2).await.expect_err("one is missing");
    assert_eq!((waiting.said(), &waiting.body["boarded"]), ((409, "not-boarded"), &json!(1)));
    let why = cast.escort.no_show(&trip, &riders[1], " ").await.expect_err("without a reason");
    assert_eq!(why.said(), (422, "reason-missing"));
    let aboard = cast.escort.no_show(&trip, &riders[0], "?").await.expect_err("sits in the vehicle");
    assert_eq!(aboard.said(), (409, "already-under-way"));
    cast.escort.no_show(&trip, &riders[1], "waits for luggage").await.expect("stays behind");
    let miscounted = cast.escort.depart(&trip, 2).await.expect_err("one too many");
    assert_eq!((miscounted.said(), &miscounted.body["manifest"]), ((409, "head-count-differs"), &json!(1)));
    cast.escort.depart(&trip, 1).await.expect("everybody who came");

    let queue = cast.dispatcher.get("/v1/parties").await.expect("the queue");
    let others = queue["parties"].as_array().expect("parties").iter().filter(|row| row["party"] != party.as_str());
    let left = others.map(|row| row["party"].as_str().expect("an id").to_owned()).next().expect("a party of its own");
    let seen = cast.dispatcher.party(&left).await;
    assert_eq!((&seen["members"][0]["arrival"], &seen["stage"]), (&json!(riders[1]), &json!("disposed")));
    assert_eq!(cast.dispatcher.party(&party).await["people"]["total"], 1);
    assert_eq!(cast.dispatcher.ledger().await["closes"], true);

    cast.handed_over(&stop).await;
    let later = cast.trip("大巴 2", 19, world.now()).await;
    let second = cast.seated(&left, &later).await;
    cast.departed(&later).await;
    cast.handed_over(&second).await;
    let ledger = cast.dispatcher.ledger().await;
    assert_eq!((&ledger["handed_over"], &ledger["closes"]), (&json!(2), &json!(true)));
}

/// Two parents and a child on a bus that loads; their stop, the trip and the three in that order.
async fn three_at_a_bus(world: &World, cast: &Cast) -> (String, String, Vec<String>) {
    let mut family = sample::party(1, 3);
    family["members"][2]["born_on"] = json!("2014-06-01");
    let party = cast.registered(family).await;
    cast.agreed_home(&party).await;
    let trip = cast.trip("大巴 1", 19, world.now()).await;
    cast.seated(&party, &trip).await;
    cast.escort.open_boarding(&trip).await.expect("boarding");
    let riders = arrivals(&cast.dispatcher.trip(&trip).await["manifest"]);
    (party, trip, riders)
}

#[tokio::test]
async fn a_child_that_does_not_come_is_not_left_at_the_airport_alone() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (party, trip, riders) = three_at_a_bus(&world, &cast).await;
    let [father, mother, child] = &riders[..] else { panic!("three") };
    let alone = cast.escort.no_show(&trip, child, "ran off").await.expect_err("somebody looks for it");
    assert_eq!((alone.said(), &alone.body["field"]), ((409, "minors-parted"), &json!("with")));
    let stranger = cast.escort.stay_behind(&trip, child, &[&party], "ran off").await.expect_err("nobody of theirs");
    assert_eq!(stranger.said(), (409, "not-in-party"));
    cast.escort.board(&trip, mother).await.expect("aboard");
    let aboard = cast.escort.stay_behind(&trip, child, &[mother], "ran off").await.expect_err("sits in the vehicle");
    assert_eq!(aboard.said(), (409, "already-under-way"));
    cast.escort.write(&format!("/v1/trips/{trip}/unboard"), json!({ "arrival": mother })).await.expect("off");
    assert_eq!(cast.dispatcher.party(&party).await["people"]["total"], 3, "nothing was written");

    cast.escort.stay_behind(&trip, child, &[mother], "ran off").await.expect("both stay");
    cast.escort.board(&trip, father).await.expect("aboard");
    cast.escort.depart(&trip, 1).await.expect("the father rides");
    let queue = cast.dispatcher.get("/v1/parties").await.expect("the queue");
    let others = queue["parties"].as_array().expect("parties").iter().filter(|row| row["party"] != party.as_str());
    let left: Vec<_> = others.map(|row| row["party"].as_str().expect("an id").to_owned()).collect();
    assert_eq!(left.len(), 1, "one party of two");
    let seen = cast.dispatcher.party(&left[0]).await;
    assert_eq!((arrivals(&seen["members"]), &seen["stage"]), (vec![mother.clone(), child.clone()], &json!("disposed")));
    assert_eq!(cast.dispatcher.ledger().await["closes"], true);
    let later = cast.trip("大巴 2", 19, world.now()).await;
    let stop = cast.seated(&left[0], &later).await;
    cast.departed(&later).await;
    cast.handed_over(&stop).await;
}

#[tokio::test]
async fn a_child_whose_parents_do_not_come_does_not_ride_alone() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (party, trip, riders) = three_at_a_bus(&world, &cast).await;
    let [father, mother, child] = &riders[..] else { panic!("three") };
    cast.escort.no_show(&trip, father, "waits for luggage").await.expect("the mother rides with the child");
    let alone = cast.escort.no_show(&trip, mother, "looks for him").await.expect_err("the child would ride alone");
    assert_eq!(alone.said(), (409, "minors-parted"));
    cast.escort.stay_behind(&trip, mother, &[child], "looks for him").await.expect("both stay");
    let stays = cast.dispatcher.party(&party).await;
    assert_eq!(
        (&stays["people"]["total"], &stays["trip"], &stays["stage"]),
        (&json!(2), &json!(null), &json!("disposed"))
    );
    assert_eq!(cast.dispatcher.trip(&trip).await["seats_taken"], 0);
    assert_eq!(cast.dispatcher.ledger().await["closes"], true);
}
