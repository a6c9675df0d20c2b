//! A family that fits no vehicle whole: a person makes two parties of it and says why. Both keep what was decided and answered,
//! both ride and are handed over, and nobody under age is left alone.

use homeward_tests::cast::{Cast, arrivals};
use homeward_tests::{World, sample};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const WHY: &str = "no car takes five; the mother goes with the small one";

/// A family of five at the desk whose home was agreed to, two cars of four seats; its id and its people.
async fn too_many_for_a_car(cast: &Cast) -> (String, Vec<String>) {
    for name in ["轿车 1", "轿车 2"] {
        cast.dispatcher.add_vehicle(name, 4).await.expect("a car");
    }
    let family = cast.registered(sample::family_of_five("JPN", 40)).await;
    cast.agreed_home(&family).await;
    let people = arrivals(&cast.dispatcher.party(&family).await["members"]);
    (family, people)
}

/// The mother and the small child.
fn two_of(people: &[String]) -> Vec<String> {
    vec![people[1].clone(), people[4].clone()]
}

#[tokio::test]
async fn five_who_fit_no_car_are_two_parties_that_both_come_home() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (family, people) = too_many_for_a_car(&cast).await;
    let plan = cast.dispatcher.propose_plan("PVG").await.expect("a plan");
    assert_eq!(plan["left_out"][0]["short"], "no_vehicle_whole");
    let before = cast.dispatcher.party(&family).await;

    let part = cast.dispatcher.split(&family, &two_of(&people), WHY).await.expect("split").subject;
    assert_eq!(
        cast.dispatcher.again().await.expect("the same answer").subject,
        part,
        "a second tap is no second split"
    );

    let (stays, goes) = (cast.dispatcher.party(&family).await, cast.dispatcher.party(&part).await);
    assert_eq!(goes["label"], json!(format!("{}e", before["label"].as_str().expect("a label"))));
    assert_eq!(arrivals(&goes["members"]), two_of(&people));
    assert_eq!(arrivals(&stays["members"]), [0, 2, 3].map(|it: usize| people[it].clone()));
    for same in ["destination", "registered_at", "flight", "languages", "stage", "responsible", "address"] {
        assert_eq!((&stays[same], &goes[same]), (&before[same], &before[same]), "{same}");
    }
    let known = |arrival: &String| before["members"].as_array()?.iter().find(|it| it["arrival"] == json!(arrival));
    for member in [&stays, &goes].into_iter().flat_map(|it| it["members"].as_array().expect("people")) {
        let arrival = member["arrival"].as_str().expect("an arrival").to_owned();
        assert_eq!(Some(member), known(&arrival), "tag, custody, checklist, identity");
    }

    let plan = cast.dispatcher.propose_plan("PVG").await.expect("a plan");
    assert_eq!(plan["left_out"], json!([]), "both fit now");
    come_home(&world, &cast, &[&family, &part], &people).await;
}

/// One car for each, boarded by the passes people have, driven and handed over; the numbers close.
async fn come_home(world: &World, cast: &Cast, parties: &[&str; 2], people: &[String]) {
    for (number, party) in parties.iter().enumerate() {
        let trip = cast.trip(&format!("面包车 {number}"), 4, world.now()).await;
        let stop = cast.seated(party, &trip).await;
        let manifest = arrivals(&cast.dispatcher.trip(&trip).await["manifest"]);
        assert!(manifest.iter().all(|arrival| people.contains(arrival)), "the pass of everybody still opens the door");
        cast.departed(&trip).await;
        cast.handed_over(&stop).await;
        assert_eq!(cast.dispatcher.party(party).await["stage"], "handed_over");
    }
    let ledger = cast.dispatcher.ledger().await;
    assert_eq!((&ledger["registered"], &ledger["handed_over"]), (&json!(5), &json!(5)), "{ledger}");
    assert_eq!(world.broken_laws().await, Vec::<String>::new());
}

#[tokio::test]
async fn the_trail_of_both_says_who_split_them_and_why() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (family, people) = too_many_for_a_car(&cast).await;
    let part = cast.dispatcher.split(&family, &two_of(&people), WHY).await.expect("split").subject;
    for party in [&family, &part] {
        let told = cast.dispatcher.decisions(party).await.pop().expect("a decision");
        assert_eq!((&told["kind"], &told["reason"]), (&json!("party.split"), &json!(WHY)));
        assert_eq!(told["at"], json!(world.now()));
        assert!(told["by"].is_string() && told["list_version"] == 1, "{told}");
        let label = cast.dispatcher.party(&family).await["label"].as_str().expect("a label").to_owned();
        assert_eq!((&told["from"], &told["to"]), (&json!(label), &json!(format!("{label}e"))));
    }
    let board = world.watch(&cast.dispatcher, sample::DISTRICT).await;
    assert_eq!((&board.row(&family)["people"]["total"], &board.row(&part)["people"]["total"]), (&json!(3), &json!(2)));
}

#[tokio::test]
async fn questions_that_are_open_stand_on_the_board_for_both_with_the_same_clock() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let family = cast.registered(sample::family_of_five("JPN", 40)).await;
    cast.dispatcher.ask_home(&family, sample::QIAOJIA_GATE).await.expect("asked");
    cast.committee.home_is_suitable(&family).await.expect("visited");
    let people = arrivals(&cast.dispatcher.party(&family).await["members"]);
    world.pass(10).await;
    let part = cast.dispatcher.split(&family, &two_of(&people), WHY).await.expect("split").subject;

    let board = world.watch(&cast.leader, sample::QIAOJIA).await;
    let (stays, goes) = (board.row(&family), board.row(&part));
    assert_eq!((&stays["people"]["total"], &goes["people"]["total"]), (&json!(3), &json!(2)));
    for same in ["asked_at", "deadline_at", "home_check", "opinion"] {
        assert_eq!(stays[same], goes[same], "{same}");
    }
    assert_eq!((&goes["home_check"], &goes["opinion"]), (&json!("suitable"), &json!("pending")));
    cast.leader.agree(&part).await.expect("agreed to two");
    assert_eq!(cast.dispatcher.party(&part).await["destination"]["opinion"], "agreed");
    assert_eq!(cast.dispatcher.party(&family).await["destination"]["opinion"], "pending");
    assert_eq!(world.pass(40).await.silenced, 1, "only who is still not answered is overdue");
    assert_eq!(world.broken_laws().await, Vec::<String>::new());
}

#[tokio::test]
async fn what_must_not_be_split_is_refused_and_stays_as_it_is() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (family, people) = too_many_for_a_car(&cast).await;
    let before = cast.dispatcher.party(&family).await;
    let some = |places: &[usize]| places.iter().map(|it| people[*it].clone()).collect::<Vec<_>>();
    let stranger = cast.registered(sample::party(70, 1)).await;
    let stranger = arrivals(&cast.dispatcher.party(&stranger).await["members"]);
    let long = "because ".repeat(30);
    let refused: [(Vec<String>, &str, (u16, &str)); 8] = [
        (some(&[3, 4]), WHY, (409, "minors-alone")),
        (some(&[0, 1, 2]), WHY, (409, "minors-alone")),
        (some(&[]), WHY, (422, "nobody-left")),
        (people.clone(), WHY, (422, "nobody-left")),
        (stranger, WHY, (409, "not-in-party")),
        (some(&[0]), " ", (422, "reason-missing")),
        (some(&[0]), &long, (422, "invalid-field")),
        (some(&[0]), "two\u{7}lines", (422, "invalid-field")),
    ];
    for (leaving, why, said) in refused {
        let problem = cast.dispatcher.split(&family, &leaving, why).await.expect_err("refused");
        assert_eq!(problem.said(), said, "{leaving:?} {why:?}");
    }
    assert_eq!(cast.dispatcher.party(&family).await, before, "nothing was done by halves");

    let path = format!("/v1/parties/{family}/split");
    let officer = cast.officer.write(&path, json!({ "arrivals": two_of(&people), "reason": WHY })).await;
    assert_eq!(officer.expect_err("a dispatcher's deed").said(), (403, "not-your-role"));
    let bus = cast.trip("中巴 3", 9, world.now()).await;
    cast.seated(&family, &bus).await;
    let seated = cast.dispatcher.split(&family, &two_of(&people), WHY).await.expect_err("they have seats");
    assert_eq!(seated.said(), (409, "already-seated"));
    cast.dispatcher.unassign(&family, "another vehicle").await.expect("taken back first");
    cast.dispatcher.split(&family, &two_of(&people), WHY).await.expect("now they are two");
}

#[tokio::test]
async fn two_dispatchers_at_once_split_once() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (other, (family, people)) = (world.dispatcher().await, too_many_for_a_car(&cast).await);
    let version = cast.dispatcher.party(&family).await["version"].clone();
    let body = |who: usize| json!({ "arrivals": [people[who]], "reason": WHY, "version": version });
    let path = format!("/v1/parties/{family}/split");
    let (one, two) = tokio::join!(cast.dispatcher.write(&path, body(0)), other.write(&path, body(1)));
    let (won, lost) = match (one, two) {
        (Ok(won), Err(lost)) | (Err(lost), Ok(won)) => (won.subject, lost),
        both => panic!("{both:?}"),
    };
    assert_eq!(lost.said(), (409, "stale"));
    assert_eq!(cast.dispatcher.party(&won).await["people"]["total"], 1);
    assert_eq!(cast.dispatcher.party(&family).await["people"]["total"], 4);

    let trip = cast.trip("面包车 9", 9, world.now()).await;
    let version = cast.dispatcher.party(&family).await["version"].clone();
    let still = arrivals(&cast.dispatcher.party(&family).await["members"]);
    let grown_up = json!({ "arrivals": [still[1]], "reason": WHY, "version": version });
    let seats = json!({ "trip": trip, "version": version });
    let seated = format!("/v1/parties/{family}/seats");
    let raced = tokio::join!(cast.dispatcher.write(&path, grown_up), other.write(&seated, seats));
    assert!(raced.0.is_ok() != raced.1.is_ok(), "{raced:?}");
    assert_eq!(world.broken_laws().await, Vec::<String>::new());
}

#[tokio::test]
async fn who_was_split_once_is_split_again_and_everybody_has_another_name() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let (family, people) = too_many_for_a_car(&cast).await;
    let first = cast.dispatcher.split(&family, &people[..1], WHY).await.expect("the grandmother").subject;
    let second = cast.dispatcher.split(&family, &people[2..4], WHY).await.expect("the father with one").subject;
    let mut labels = BTreeSet::new();
    for party in [&family, &first, &second] {
        let party: Value = cast.dispatcher.party(party).await;
        labels.insert(party["label"].as_str().expect("a label").to_owned());
    }
    assert_eq!(labels.len(), 3, "{labels:?}");
    let none = cast.dispatcher.split(&first, &people[..1], WHY).await.expect_err("she is alone");
    assert_eq!(none.said(), (422, "nobody-left"));
}
