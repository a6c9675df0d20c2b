//! On an escort's phone: nobody under 18 is left behind, or rides on, without an adult of their party.

use homeward_tests::World;
use homeward_tests::actor::{Actor, Escort};
use homeward_tests::browser::{Browser, Language, View};
use homeward_tests::cast::{Cast, arrivals};
use homeward_tests::sample;
use serde_json::json;

use crate::team;

/// Somebody with a username the phone can be signed in with.
async fn escort(world: &World, username: &str) -> Escort {
    let grant = json!({ "role": "escort", "district": "310101" });
    let account = world.administrator().add_account(username, grant).await.expect("an account").subject;
    Escort(Actor::sign_in(world.base(), username, account).await.expect("a right password"))
}

/// A mother and her child with seats on a bus; the bus and the two.
async fn mother_and_child(world: &World, cast: &Cast, first: u32, name: &str) -> (String, Vec<String>) {
    let mut two = sample::party(first, 2);
    two["members"][1]["born_on"] = json!("2014-06-01");
    let party = cast.registered(two).await;
    cast.agreed_home(&party).await;
    let bus = cast.trip(name, 19, world.now()).await;
    cast.seated(&party, &bus).await;
    let riders = arrivals(&cast.dispatcher.trip(&bus).await["manifest"]);
    (bus, riders)
}

#[tokio::test(flavor = "multi_thread")]
async fn who_stays_with_a_child_is_ticked() {
    let world = World::start().await;
    team::hire(&world).await;
    let mut cast = Cast::on_duty(&world).await;
    cast.escort = escort(&world, "bus-escort").await;
    for (view, first, name, words, picture) in [
        (View::phone(), 1, "大巴 1", "勾选谁留下陪同", "absent-child-zh-day"),
        (
            View::phone().language(Language::English).dark(),
            10,
            "大巴 2",
            "Tick who stays with them",
            "absent-child-en-night",
        ),
    ] {
        let (bus, riders) = mother_and_child(&world, &cast, first, name).await;
        cast.escort.open_boarding(&bus).await.expect("boarding");
        let phone = Browser::start().page(view).await;
        team::sign_in(&phone, &world, "bus-escort", &format!("/trip/{bus}")).await;
        phone.tap(&format!("#no-show-{}", riders[0])).await;
        phone.until_shown("dialog").await;
        phone.type_text("dialog textarea", "looks for luggage").await;
        phone.tap("dialog [type=submit]").await;
        phone.until_text("dialog fieldset .field__error", words).await;
        // The browser itself writes a refused request down.
        phone.assert_no_console_errors_but(&["409"]).await;
        team::inspect(&phone, picture).await;
        phone.tap(&format!("dialog [name=with][value='{}']", riders[1])).await;
        team::confirm(&phone).await;
        assert_eq!(cast.dispatcher.trip(&bus).await["seats_taken"], 0, "both stay");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_looks_after_a_child_between_two_vehicles_is_named() {
    let world = World::start().await;
    team::hire(&world).await;
    let mut cast = Cast::on_duty(&world).await;
    cast.escort = escort(&world, "van-escort").await;
    let van = cast.trip("面包车 6", 6, world.now()).await;
    let van_escort = cast.escort;
    cast.escort = escort(&world, "bus-escort").await;
    let (bus, riders) = mother_and_child(&world, &cast, 1, "大巴 1").await;
    let body = json!({ "onto": van, "relay_point": "huangpu-relay-1" });
    let change = cast.dispatcher.plan_change(&bus, body).await.expect("a change").subject;
    cast.departed(&bus).await;
    world.pass(45).await;
    cast.escort.meet(&change).await.expect("at the relay point");
    van_escort.open_boarding(&van).await.expect("the van is there");
    cast.escort.offer_onward(&change, &riders[0]).await.expect("offered");
    van_escort.take_over(&change, &riders[0]).await.expect("aboard the van");
    let views = [
        (View::phone(), "填写由谁照看", "kept-child-zh-day"),
        (View::phone().language(Language::English).dark(), "say who looks after them", "kept-child-en-night"),
    ];
    for (view, words, picture) in views {
        let english = view.language == Language::English;
        let phone = Browser::start().page(view).await;
        team::sign_in(&phone, &world, "bus-escort", &format!("/trip/{bus}")).await;
        phone.tap(&format!("#keep-{}", riders[1])).await;
        phone.until_shown("dialog").await;
        phone.type_text("dialog textarea", "hides").await;
        phone.tap("dialog [type=submit]").await;
        phone.until_text("dialog [role=alert]", words).await;
        assert_eq!(phone.count("dialog [name=with]").await, 0, "the mother sits in the van");
        // The browser itself writes a refused request down.
        phone.assert_no_console_errors_but(&["409"]).await;
        team::inspect(&phone, picture).await;
        if english {
            phone.type_text("dialog [name=looked_after_by]", "陈护送").await;
            team::confirm(&phone).await;
            phone.until_text("[data-count=kept] dd", "1").await;
        }
    }
    let kept = cast.dispatcher.trip(&bus).await["changes"][0]["kept"][0]["party"].clone();
    let page = Browser::start().page(View::desktop()).await;
    team::sign_in(&page, &world, "dispatcher", "/dispatch").await;
    page.tap(&format!("[data-party='{}']", kept.as_str().expect("a party of its own"))).await;
    page.tap("#decisions summary").await;
    page.until_text("#decisions [data-kind='person.kept']", "由 陈护送 照看").await;
}
