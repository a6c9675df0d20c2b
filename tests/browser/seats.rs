//! One waiting party on the dispatcher's page: the best seat with its arrival, others with reasons, and in plain words why the
//! other vehicles and sites do not do it. One tap takes an offer.

use homeward_tests::World;
use homeward_tests::browser::{Browser, Language, Page, View};
use homeward_tests::cast::Cast;
use homeward_tests::sample;
use serde_json::json;

use crate::team;

#[tokio::test(flavor = "multi_thread")]
async fn the_best_seat_and_why_not_in_chinese_by_day() {
    let words = ["另开一个车次", "座位不够：余 2 座，需 3 座", "停用：刹车", "没有能同住 5 人的空房", "暂停接收：消毒"];
    tell(View::desktop(), words, ["刹车", "消毒"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_best_seat_and_why_not_in_english_at_night() {
    let words = [
        "a new trip",
        "not enough seats: 2 free, 3 needed",
        "out of service since",
        "no free room holds all 5",
        "takes nobody new: disinfection",
    ];
    tell(View::phone().language(Language::English).dark(), words, ["brakes", "disinfection"]).await;
}

/// A bus with somebody for the same gate, an idle bus, a small car, one with bad brakes.
async fn fleet(world: &World, cast: &Cast, brakes: &str) -> String {
    let first = cast.registered(sample::party(1, 2)).await;
    cast.agreed_home(&first).await;
    let trip = cast.trip("大巴 1", 19, world.now()).await;
    cast.seated(&first, &trip).await;
    cast.dispatcher.add_vehicle("大巴 2", 19).await.expect("a bus");
    cast.dispatcher.add_vehicle("轿车 3", 2).await.expect("a car");
    let broken = cast.dispatcher.add_vehicle("面包车 4", 6).await.expect("a van").subject;
    cast.dispatcher.take_out(&broken, brakes).await.expect("it stays where it is");
    trip
}

async fn tell(view: View, words: [&str; 5], [brakes, cleaning]: [&str; 2]) {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    let trip = fleet(&world, &cast, brakes).await;
    cast.dispatcher
        .write(&format!("/v1/sites/{}/close", sample::SITE_2), json!({ "reason": cleaning }))
        .await
        .expect("closed");
    let party = cast.registered(sample::party(10, 3)).await;
    cast.agreed_home(&party).await;
    let family = cast.registered(sample::party(20, 5)).await;

    let tag = view.language.tag();
    let page = Browser::start().page(view).await;
    team::sign_in(&page, &world, "dispatcher", "/dispatch").await;
    page.tap(&format!("[data-party='{family}']")).await;
    page.until_text("#sites-without-room", words[3]).await;
    page.until_text("#sites-without-room", words[4]).await;
    team::inspect(&page, &format!("seats-{tag}-1-sites")).await;

    page.tap(&format!("[data-party='{party}']")).await;
    page.until_shown(&format!(".proposal[data-best=true][data-trip='{trip}'] .btn--primary")).await;
    page.until_text(".proposals", words[0]).await;
    for why in &words[1..3] {
        page.until_text(".why-not", why).await;
    }
    team::inspect(&page, &format!("seats-{tag}-2-offers")).await;
    page.value::<serde_json::Value>("document.querySelector('.why-not').scrollIntoView({ block: 'end' })").await;
    team::inspect(&page, &format!("seats-{tag}-3-why-not")).await;
    cast.dispatcher.add_vehicle("面包车 5", 6).await.expect("a van");
    page.until_shown("#seats-again[data-old]").await;
    page.tap("#seats-again").await;
    page.until_gone("#seats-again[data-old]").await;
    page.until_text(".proposals", "面包车 5").await;
    take(&page, ".proposal[data-trip='']").await;
    let mine = cast.dispatcher.party(&party).await["trip"].as_str().expect("one tap seats them").to_owned();
    assert_ne!(mine, trip, "on a trip of their own");
    let vehicle = cast.dispatcher.trip(&mine).await["vehicle"]["name"].clone();
    assert_eq!(vehicle, json!("大巴 2"));
}

async fn take(page: &Page, offer: &str) {
    page.tap(&format!("{offer} button")).await;
    page.until_gone("#seats").await;
}
