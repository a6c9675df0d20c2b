//! A plan that was committed too early is taken back in one go, as long as no receiver prepares for it; the server itself
//! looks, whatever a screen believes. And who is pinned to a trip of the preview is proposed there again.

use homeward_tests::cast::Cast;
use homeward_tests::{World, sample};
use serde_json::{Value, json};

async fn waiting(cast: &Cast, first: u32) -> String {
    let party = cast.registered(sample::party(first, 2)).await;
    cast.agreed_home(&party).await;
    party
}

async fn seats_of(cast: &Cast, parties: &[&String]) -> Value {
    let mut riders = Vec::new();
    for party in parties {
        riders.push(json!({ "party": party, "version": cast.dispatcher.party(party).await["version"] }));
    }
    json!({ "riders": riders, "reason": "the flight is late" })
}

#[tokio::test]
async fn seats_on_two_trips_are_taken_back_together_and_who_was_there_before_stays() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (before, one, two) = (waiting(&cast, 1).await, waiting(&cast, 3).await, waiting(&cast, 5).await);
    let (shared, own) = (cast.trip("大巴 1", 9, world.now()).await, cast.trip("大巴 2", 9, world.now()).await);
    cast.seated(&before, &shared).await;
    cast.seated(&one, &shared).await;
    cast.seated(&two, &own).await;

    let body = seats_of(&cast, &[&one, &two]).await;
    let elsewhere = cast.dispatcher.delete("/v1/plans/SHA", body.clone()).await.expect_err("they wait in Pudong");
    assert_eq!((elsewhere.said().0, elsewhere.field.as_str()), (422, "riders"));
    cast.dispatcher.delete("/v1/plans/PVG", body.clone()).await.expect("nobody prepares yet");
    for party in [&one, &two] {
        let row = cast.dispatcher.party(party).await;
        assert_eq!((&row["trip"], &row["stage"]), (&Value::Null, &json!("disposed")), "it waits again");
    }
    assert_eq!(cast.dispatcher.party(&before).await["trip"], json!(shared), "a stranger to the plan keeps the seat");
    assert_eq!(cast.dispatcher.trip(&own).await["stage"], "cancelled", "nobody else rides there");
    assert_eq!(cast.dispatcher.trip(&shared).await["seats_taken"], json!(2));
    assert_eq!(cast.dispatcher.ledger().await["closes"], json!(true));
    let again = cast.dispatcher.delete("/v1/plans/PVG", body).await.expect_err("they were seen with seats");
    assert_eq!(again.said(), (409, "stale"));
}

#[tokio::test]
async fn once_a_receiver_has_acknowledged_nothing_of_it_is_taken_back() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (one, two) = (waiting(&cast, 1).await, waiting(&cast, 3).await);
    let site = cast.placed(10, 1).await;
    let (first, second) = (cast.trip("大巴 1", 9, world.now()).await, cast.trip("大巴 2", 9, world.now()).await);
    let stop = cast.seated(&one, &first).await;
    cast.seated(&two, &second).await;
    cast.seated(&site, &first).await;
    cast.leader.acknowledge(&stop).await.expect("we are coming");

    let body = seats_of(&cast, &[&two, &one]).await;
    let refused = cast.dispatcher.delete("/v1/plans/PVG", body).await.expect_err("somebody prepares for them");
    assert_eq!(refused.said(), (409, "seats-acknowledged"));
    assert!(refused.body["by"].is_string() && refused.body["at"].is_string(), "who and when: {}", refused.body);
    for party in [&one, &two] {
        assert!(cast.dispatcher.party(party).await["trip"].is_string(), "all or none");
    }
    let other = seats_of(&cast, &[&site]).await;
    cast.dispatcher.delete("/v1/plans/PVG", other).await.expect("its own receiver has not answered");
    cast.escort.open_boarding(&second).await.expect("boarding");
    let boarding = cast.dispatcher.delete("/v1/plans/PVG", seats_of(&cast, &[&two]).await).await;
    assert_eq!(boarding.expect_err("they get on already").said(), (409, "wrong-stage"));
    let mute = json!({ "riders": seats_of(&cast, &[&one]).await["riders"], "reason": " " });
    assert_eq!(cast.dispatcher.delete("/v1/plans/PVG", mute).await.expect_err("why?").field, "reason");
}

#[tokio::test]
async fn who_is_pinned_to_a_trip_is_proposed_there_again() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let van = cast.dispatcher.add_vehicle("面包车 2", 4).await.expect("a van").subject;
    let mut parties = Vec::new();
    for first in [1, 3, 5, 7] {
        parties.push(waiting(&cast, first).await);
    }
    let pin = |party: &String, trip: u16| json!({ "party": party, "vehicle": van, "trip": trip });
    // The first and the last to come ride first: nobody would propose that.
    let pinned = json!([pin(&parties[0], 0), pin(&parties[3], 0), pin(&parties[1], 1), pin(&parties[2], 1)]);
    let plan = cast.dispatcher.ask("/v1/plans/PVG/proposal", json!({ "pinned": pinned, "left_out": [] })).await;
    let plan = plan.expect("a plan");
    let riders = |trip: usize| {
        let riders = plan["trips"][trip]["riders"].as_array().unwrap_or_else(|| panic!("two trips: {plan}"));
        let mut all: Vec<String> = riders.iter().filter_map(|it| it["party"].as_str().map(str::to_owned)).collect();
        all.sort();
        all
    };
    let sorted = |a: usize, b: usize| {
        let mut both = vec![parties[a].clone(), parties[b].clone()];
        both.sort();
        both
    };
    assert_eq!((riders(0), riders(1)), (sorted(0, 3), sorted(1, 2)));
}
