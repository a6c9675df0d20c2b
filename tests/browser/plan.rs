//! A plan from the dispatcher's page: proposed by a key, changed without a mouse, committed; a family that no vehicle
//! takes whole is left to a person.

use chrono::TimeDelta;
use homeward_tests::World;
use homeward_tests::browser::{Browser, Language, View};
use homeward_tests::cast::Cast;
use homeward_tests::sample;

use crate::team;

#[tokio::test(flavor = "multi_thread")]
async fn everybody_who_waits_is_planned_by_keyboard() {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    cast.dispatcher.add_vehicle("中巴 1", 8).await.expect("a bus");
    cast.dispatcher.add_vehicle("面包车 2", 4).await.expect("a van");
    let mut parties = Vec::new();
    for (number, gate) in
        (0..4).zip([sample::QIAOJIA_GATE, "huangpu-wlq-haiyue-g1", sample::QIAOJIA_GATE, "huangpu-hhz-xicheng-g1"])
    {
        let party = cast.registered(sample::party(2 * number, 2)).await;
        cast.dispatcher.ask_home(&party, gate).await.expect("asked");
        parties.push(party);
    }
    let family = cast.registered(sample::party(30, 9)).await;
    cast.dispatcher.ask_home(&family, sample::QIAOJIA_GATE).await.expect("asked");
    for (language, dark) in [(Language::Chinese, false), (Language::English, true)] {
        let view = View::desktop().language(language);
        let page = Browser::start().page(if dark { view.dark() } else { view }).await;
        team::sign_in(&page, &world, "dispatcher", "/dispatch").await;
        page.type_anywhere("p").await;
        page.until_shown(".plan__rider").await;
        page.until_shown("dialog .note--warn").await;
        assert_eq!(page.count(".plan__rider").await, 4, "the family is left out, the others are not");
        team::inspect(&page, if dark { "plan-en-night" } else { "plan-zh-day" }).await;
        if dark {
            page.choose(&format!("[data-rider='{}']", parties[3]), "out").await;
            page.until("document.querySelectorAll('.plan__rider').length === 3").await;
            page.tap("#plan-commit").await;
            page.until_gone("dialog").await;
        }
    }
    for party in &parties[..3] {
        assert!(cast.dispatcher.party(party).await["trip"].is_string(), "seated");
    }
    for party in [&parties[3], &family] {
        assert!(cast.dispatcher.party(party).await["trip"].is_null(), "left out");
    }
}

/// One van of four, three parties of two: its second trip can wait until it is back.
#[tokio::test(flavor = "multi_thread")]
async fn who_leaves_soon_is_told_and_the_others_can_wait() {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    cast.dispatcher.add_vehicle("面包车 2", 4).await.expect("a van");
    let mut parties = Vec::new();
    for number in 0..3 {
        let party = cast.registered(sample::party(2 * number, 2)).await;
        cast.dispatcher.ask_home(&party, sample::QIAOJIA_GATE).await.expect("asked");
        parties.push(party);
    }
    let seated = async || {
        let mut seated = 0;
        for party in &parties {
            seated += usize::from(cast.dispatcher.party(party).await["trip"].is_string());
        }
        seated
    };
    let browser = Browser::start();
    let words = [
        (Language::Chinese, View::desktop(), "1 趟现在可出发", "可等到", "确认马上出发的 1 趟"),
        (
            Language::English,
            View::phone().dark(),
            "1 trip could leave now",
            "can wait until",
            "Commit the 1 trip that leaves soon",
        ),
    ];
    for (language, view, ready, later, commit) in words {
        let page = browser.page(view.language(language)).await;
        team::sign_in(&page, &world, "dispatcher", "/dispatch").await;
        page.until_text("#plan", ready).await;
        team::inspect(
            &page,
            if language == Language::Chinese { "plan-ready-zh-day" } else { "plan-ready-en-night-phone" },
        )
        .await;
        page.tap("#plan").await;
        page.until_text(".plan__trip + .plan__trip", later).await;
        page.until_text("#plan-commit", commit).await;
        page.until_shown("#plan-commit-all").await;
        page.until_shown("#plan-search").await;
        team::inspect(
            &page,
            if language == Language::Chinese { "plan-soon-zh-day" } else { "plan-soon-en-night-phone" },
        )
        .await;
        if language == Language::English {
            page.tap("#plan-commit").await;
            page.until_gone("dialog").await;
        }
    }
    assert_eq!(seated().await, 2, "the first trip is told");
    let page = browser.page(View::tablet()).await;
    team::sign_in(&page, &world, "dispatcher", "/dispatch").await;
    page.type_anywhere("p").await;
    page.until("document.querySelectorAll('.plan__rider').length === 1").await;
    page.until_gone("#plan-commit").await;
    page.tap("#plan-commit-all").await;
    page.until_gone("dialog").await;
    assert_eq!(seated().await, 3, "all of it, when somebody says so");
}

/// A bus stands for later with room: whoever comes joins it before a van drives, and can be put there by hand.
#[tokio::test(flavor = "multi_thread")]
async fn who_comes_later_joins_the_bus_that_stands() {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    let bus = cast.trip("中巴 1", 14, world.now() + TimeDelta::minutes(40)).await;
    cast.dispatcher.add_vehicle("面包车 2", 6).await.expect("a van");
    let sits = cast.registered(sample::party(0, 2)).await;
    cast.agreed_home(&sits).await;
    cast.seated(&sits, &bus).await;
    let mut parties = Vec::new();
    for (number, gate) in [(1, sample::QIAOJIA_GATE), (2, "huangpu-wlq-haiyue-g1")] {
        let party = cast.registered(sample::party(2 * number, 2)).await;
        cast.dispatcher.ask_home(&party, gate).await.expect("asked");
        parties.push(party);
    }
    world.pass(20).await;
    let browser = Browser::start();
    let words = [
        (Language::Chinese, View::desktop(), "已派定", "已有座位", "plan-joins-zh-day"),
        (Language::English, View::tablet().dark(), "stands already", "keep them", "plan-joins-en-night-tablet"),
    ];
    for (language, view, stands, keep, picture) in words {
        let page = browser.page(view.language(language)).await;
        team::sign_in(&page, &world, "dispatcher", "/dispatch").await;
        page.type_anywhere("p").await;
        page.until_text(".plan__trip", stands).await;
        page.until_text(".plan__trip", keep).await;
        page.until("document.querySelectorAll('.plan__rider').length === 2").await;
        assert_eq!(page.count(".plan__trip").await, 1, "no other vehicle drives");
        assert_eq!(page.count(&format!("[data-rider='{sits}']")).await, 0, "who sits there is not moved");
        team::inspect(&page, picture).await;
        if language == Language::English {
            page.choose(&format!("[data-rider='{}']", parties[1]), "out").await;
            page.until("document.querySelectorAll('.plan__rider').length === 1").await;
            page.choose(&format!("[data-rider='{}']", parties[1]), "0").await;
            page.until("document.querySelectorAll('.plan__rider').length === 2").await;
            page.until_gone("#plan-sum[aria-busy]").await;
            page.tap("#plan-commit-all").await;
            page.until_gone("dialog").await;
        }
    }
    for party in &parties {
        assert_eq!(cast.dispatcher.party(party).await["trip"], bus.as_str(), "on the bus that stood");
    }
}

/// A bus with people goes out of service before it leaves: it is said at once, and the next plan seats them elsewhere.
#[tokio::test(flavor = "multi_thread")]
async fn who_sits_in_a_vehicle_that_does_not_drive_is_planned_anew() {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    let trip = cast.trip("中巴 1", 14, world.now() + TimeDelta::minutes(40)).await;
    cast.dispatcher.add_vehicle("面包车 2", 6).await.expect("a van");
    let mut parties = Vec::new();
    for (number, gate) in [(1, sample::QIAOJIA_GATE), (2, "huangpu-wlq-haiyue-g1")] {
        let party = cast.registered(sample::party(2 * number, 2)).await;
        cast.dispatcher.ask_home(&party, gate).await.expect("asked");
        cast.seated(&party, &trip).await;
        parties.push(party);
    }
    let bus = cast.dispatcher.trip(&trip).await["vehicle"]["id"].as_str().expect("an id").to_owned();
    cast.dispatcher.take_out(&bus, "刹车故障").await.expect("before it leaves");
    let browser = Browser::start();
    let stop = cast.dispatcher.party(&parties[0]).await["stop"].as_str().expect("a stop").to_owned();
    for (language, time, picture) in [
        (Language::Chinese, "到达时间待定", "board-no-vehicle-zh-wall"),
        (Language::English, "Time not known yet", "board-no-vehicle-en-wall"),
    ] {
        let board = browser.page(View::wall().language(language)).await;
        team::sign_in(&board, &world, "leader", "/board").await;
        board.until_text(&format!("[data-stop='{stop}']"), time).await;
        team::inspect(&board, picture).await;
    }
    let words = [
        (
            Language::Chinese,
            View::desktop(),
            "不能出车",
            ["待处理 2", "所乘车辆不能出车"],
            "原排 中巴 1",
            "plan-displaced-zh-day",
        ),
        (
            Language::English,
            View::phone().dark(),
            "does not drive",
            ["To decide 2", "Its vehicle does not drive"],
            "had a seat on 中巴 1",
            "plan-displaced-en-night-phone",
        ),
    ];
    for (language, view, alert, [to_do, why], lost, picture) in words {
        let page = browser.page(view.language(language)).await;
        team::sign_in(&page, &world, "dispatcher", "/dispatch").await;
        page.until_text(".alerts", alert).await;
        page.until_text("#queue .queue__title", to_do).await;
        page.until_text(&format!("#queue [data-party='{}']", parties[0]), why).await;
        page.until_text("#plan .plan__count", "2").await;
        team::inspect(&page, &format!("{picture}-alert")).await;
        page.tap(".alerts button.alert").await;
        page.until_text(".plan__trip", lost).await;
        team::inspect(&page, picture).await;
        if language == Language::English {
            page.tap("#plan-commit").await;
            page.until_gone("dialog").await;
            page.until_gone(".alerts .alert").await;
            page.until_text("#queue .queue__title:not([hidden])", "Arranged 2").await;
        }
    }
    for party in &parties {
        let now = cast.dispatcher.party(party).await;
        assert!(now["trip"].is_string() && now["trip"] != trip.as_str(), "in the van: {now}");
    }
    assert_eq!(cast.dispatcher.trip(&trip).await["stage"], "cancelled");
}
