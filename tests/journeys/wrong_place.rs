//! Another role, another place, nobody at all: refused in a way that tells nothing about what is there.

use homeward_tests::cast::Cast;
use homeward_tests::feed_client::FeedClient;
use homeward_tests::{World, sample};
use serde_json::json;

const NOT_YOURS: u16 = 4403;
const NOT_AUTHENTICATED: u16 = 4401;

#[tokio::test]
async fn another_role_is_told_so_and_changes_nothing() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let party = cast.registered(sample::party(1, 1)).await;
    let asked = format!("/v1/parties/{party}/home");
    let refusals = [
        cast.dispatcher.write("/v1/parties", sample::party(2, 1)).await,
        cast.escort.write(&format!("/v1/parties/{party}/seats"), json!({ "trip": party })).await,
        cast.officer.write("/v1/vehicles", json!({ "name": "大巴 9", "seats": 9 })).await,
        cast.police.write(&format!("/v1/parties/{party}/opinion"), json!({ "agreed": true })).await,
        cast.leader.write(&format!("/v1/parties/{party}/home-check"), json!({ "suitable": true })).await,
        cast.doctor.accept(&party).await,
        cast.dispatcher.acknowledge(&party).await,
        cast.dispatcher.write("/v1/key-lists", sample::first_list(world.now())).await,
        world
            .administrator()
            .write(
                &asked,
                json!({ "gate": sample::QIAOJIA_GATE, "co_residents": 0,
            "own_room": true, "own_toilet": true, "co_residents_consent": true }),
            )
            .await,
    ];
    for refused in refusals {
        assert_eq!(refused.expect_err("another role's verb").said(), (403, "not-your-role"));
    }
    let seen = cast.dispatcher.party(&party).await;
    assert_eq!((&seen["version"], &seen["stage"]), (&json!(1), &json!("waiting")));
    assert_eq!(world.administrator().get(&format!("/v1/parties/{party}")).await.expect_err("no person").status, 403);
}

#[tokio::test]
async fn what_lies_in_another_place_is_not_found() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let party = cast.registered(sample::party(1, 1)).await;
    cast.agreed_home(&party).await;
    let trip = cast.trip("大巴 1", 19, world.now()).await;
    let stop = cast.seated(&party, &trip).await;

    let bund = world.squad_at("310101013", "leader").await;
    let foreign = [
        bund.stop(&stop).await.expect_err("another sub-district's stop"),
        bund.get(&format!("/v1/parties/{party}")).await.expect_err("another sub-district's party"),
        bund.board_page(sample::QIAOJIA).await.expect_err("another sub-district's board"),
        bund.acknowledge(&stop).await.expect_err("another squad's notice"),
        bund.agree(&party).await.expect_err("another sub-district's opinion"),
    ];
    for problem in foreign {
        assert_eq!(problem.said(), (404, "not-found"));
    }
    let nothing = cast.leader.stop("00000000-0000-7000-8000-000000000000").await.expect_err("nothing there");
    assert_eq!(nothing.said(), (404, "not-found"), "the same words as for what is another's");
    let neighbour = world.duty_officer_at("pvg-t2-310101").await;
    assert_eq!(neighbour.register(sample::party(2, 1)).await.expect_err("another desk").status, 404);
    let stranger = world.escort().await;
    assert_eq!(stranger.trip(&trip).await.expect_err("not of the crew").status, 404);
    assert_eq!(stranger.depart(&trip, 1).await.expect_err("not of the crew").status, 404);
}

#[tokio::test]
async fn a_stream_of_another_place_closes_the_socket() {
    let world = World::start().await;
    let bund = world.squad_at("310101013", "leader").await;
    let committee = world.squad_at("310101017012", "committee").await;
    assert_eq!(FeedClient::refused(world.base(), bund.token(), sample::QIAOJIA).await, NOT_YOURS);
    assert_eq!(FeedClient::refused(world.base(), bund.token(), sample::DISTRICT).await, NOT_YOURS);
    assert_eq!(FeedClient::refused(world.base(), committee.token(), "huangpu-xdm-xiyao").await, NOT_YOURS);
    assert_eq!(FeedClient::refused(world.base(), bund.token(), "huangpu-no-such-place").await, NOT_YOURS);
    let administrator = world.administrator().token().to_owned();
    assert_eq!(FeedClient::refused(world.base(), &administrator, sample::DISTRICT).await, NOT_YOURS);
    world.watch(&committee, sample::QIAOJIA).await;
    world.watch(&bund, "huangpu-wt-baoxing").await;
}

#[tokio::test]
async fn who_signs_out_or_is_locked_out_loses_the_open_socket_at_once() {
    let world = World::start().await;
    let (leader, police) = (world.squad("leader").await, world.squad("police").await);
    let leaves = world.watch(&leader, sample::QIAOJIA).await;
    let locked = world.watch(&police, sample::QIAOJIA).await;
    leader.sign_out().await.expect("the shift is over");
    assert_eq!(leaves.closed().await, NOT_AUTHENTICATED);
    world.administrator().disable(&police).await.expect("locked out");
    assert_eq!(locked.closed().await, NOT_AUTHENTICATED);

    for who in [&leader, &police] {
        assert_eq!(who.board_page(sample::QIAOJIA).await.expect_err("no session").said(), (401, "not-signed-in"));
        assert_eq!(FeedClient::refused(world.base(), who.token(), sample::QIAOJIA).await, NOT_AUTHENTICATED);
    }
    leader.back().await.expect("who signed out may come back");
    assert_eq!(police.back().await.err().expect("who is locked out may not").said(), (401, "sign-in-failed"));
}
