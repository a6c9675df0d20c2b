//! Many desks register in the same moment: they enter together, and still each has its own answer, number and neighbours'
//! mistakes nowhere.

use futures_util::future::join_all;
use homeward_tests::cast::Cast;
use homeward_tests::{World, sample};
use serde_json::json;
use std::collections::BTreeSet;

#[tokio::test]
async fn whoever_is_refused_is_refused_alone_and_no_number_is_lost() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let desks = join_all((0..6).map(|_| world.duty_officer())).await;
    let asked = desks.iter().zip(0..).map(|(desk, number)| {
        let mut party = sample::party(100 + number, 2);
        if number % 3 == 2 {
            party["responsible"] = json!("310999");
        }
        desk.register(party)
    });
    let answers = join_all(asked).await;
    let (written, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
    assert_eq!((written.len(), refused.len()), (4, 2));
    for refusal in refused {
        assert_eq!(refusal.expect_err("refused").said(), (422, "invalid-field"));
    }
    let shown = cast.dispatcher.get("/v1/parties").await.expect("the queue");
    let labels: BTreeSet<&str> =
        shown["parties"].as_array().expect("parties").iter().filter_map(|row| row["label"].as_str()).collect();
    assert_eq!(labels, BTreeSet::from(["P1-001", "P1-002", "P1-003", "P1-004"]), "a refused one takes no number");
    assert_eq!(cast.dispatcher.ledger().await["registered"], 8);
}

/// The same person at two desks in one moment is one traveller, and the same request sent twice in one moment is one party.
#[tokio::test]
async fn the_same_in_one_moment_is_one() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let other = world.duty_officer().await;
    let (one, two) = tokio::join!(cast.officer.register(sample::party(1, 1)), other.register(sample::party(1, 1)));
    assert_ne!(one.expect("registered").subject, two.expect("two intents are two parties").subject);
    let again = join_all((0..5).map(|_| cast.officer.again())).await;
    assert!(again.iter().all(|answer| answer.as_ref().is_ok_and(|receipt| receipt.replayed)));
    assert_eq!(cast.dispatcher.ledger().await["registered"], 2);
}

/// What a registration costs the writer, which is what fills its time. Thirteen: the key, desks, places, lists, the desk's
/// number, travellers, parties, arrivals, the answer, the trail, the stream, its entries, its rows.
#[tokio::test]
async fn a_set_costs_hardly_more_statements_than_one() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let before = world.statements();
    cast.officer.register(sample::party(1, 3)).await.expect("registered");
    let alone = world.statements() - before;
    assert_eq!(alone, 13, "a party of three, alone");
    let desks = join_all((0..16).map(|_| world.duty_officer())).await;
    let before = world.statements();
    let answers = join_all(desks.iter().zip(2..).map(|(desk, number)| desk.register(sample::party(number, 1)))).await;
    assert!(answers.iter().all(Result::is_ok));
    let together = world.statements() - before;
    // How many meet in a set is chance; what a set costs is not.
    assert!(together <= 16 * alone && together.is_multiple_of(alone), "{together} statements for 16");
}
