//! The rules of plans on the dispatcher's page: a quiet line in the plan, a dialog that changes them, and every open plan follows.

use homeward_tests::World;
use homeward_tests::browser::{Browser, Language, View};
use homeward_tests::cast::Cast;
use homeward_tests::sample;
use serde_json::json;

use crate::team;

const FORM: &str = "dialog form";

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_says_by_which_rules_it_was_made_and_they_are_changed_beside_it() {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    cast.dispatcher.add_vehicle("面包车 1", 8).await.expect("a van");
    let yellow = cast.registered(sample::party(1, 2)).await;
    cast.dispatcher.ask_home(&yellow, sample::QIAOJIA_GATE).await.expect("asked");
    cast.placed(10, 2).await;
    let browser = Browser::start();
    let page = browser.page(View::desktop()).await;
    team::sign_in(&page, &world, "dispatcher", "/dispatch").await;
    page.type_anywhere("p").await;
    page.until("document.querySelectorAll('.plan__rider').length === 2").await;
    assert_eq!(page.text("#plan-rules").await, "1 公里 = 1 人·分钟", "nothing else is other than by default");
    assert_eq!(page.count(".plan__trip").await, 1, "one van for both");

    page.tap("#plan-rules-change").await;
    page.tap(&format!("{FORM} label:has([value='yellow red'])")).await;
    page.type_text(&format!("{FORM} [name='reason']"), "指挥部要求").await;
    page.type_text(&format!("{FORM} [name='spacing_percent']"), "10\n").await;
    page.until_shown(&format!("{FORM} [name='spacing_percent'][aria-invalid='true']")).await;
    team::inspect(&page, "planning-1-wrong-zh-day").await;
    page.type_text(&format!("{FORM} [name='spacing_percent']"), "50\n").await;
    page.until_gone(FORM).await;
    page.until_text("#plan-rules", "隔座乘车：使用 50% 的座位").await;
    page.until_text("#plan-rules", "红标与黄标不同车").await;
    page.until("document.querySelectorAll('.plan__trip').length === 2").await;
    page.until_text(".plan__trip", "2 / 4 可用座（共 8 座）").await;
    team::inspect(&page, "planning-2-plan-zh-day").await;

    let phone = browser.page(View::phone().language(Language::English).dark()).await;
    team::sign_in(&phone, &world, "dispatcher", "/dispatch").await;
    phone.tap("#plan").await;
    phone.until_text("#plan-rules", "1 km = 1 traveller-minute").await;
    phone.until_text("#plan-rules", "people sit apart: 50% of the seats are used").await;
    team::inspect(&phone, "planning-3-plan-en-night-phone").await;
    let dearer = json!({ "spacing_percent": 50, "apart": [["red", "yellow"]], "km_seconds": 90 });
    cast.dispatcher.choose_planning(dearer).await.expect("another dispatcher chooses");
    phone.until_text("#plan-rules", "1 km = 1.5 traveller-minutes").await;
    page.until_text("#plan-rules", "1 公里 = 1.5 人·分钟").await;
}

/// "At most 2 h 0 min" is no way to say two hours.
#[tokio::test(flavor = "multi_thread")]
async fn whole_hours_are_said_whole_and_one_minute_is_no_range() {
    let world = World::start().await;
    let lengths = "import('/lib/time.js').then((m) => [3_540_000, 7_200_000, 7_260_000].map((one) => m.length(one)))";
    let ranges = "import('/lib/time.js').then((m) => [20, 80].map((s) => m.between('2020-03-20T12:38:00Z', \
                  Date.parse('2020-03-20T12:38:00Z') + s * 1000)))";
    let browser = Browser::start();
    for (language, said) in
        [(Language::Chinese, ["59 分钟", "2 小时", "2 小时 1 分"]), (Language::English, ["59 min", "2 h", "2 h 1 min"])]
    {
        let page = browser.page(View::desktop().language(language)).await;
        team::go(&page, &world, "/sign-in").await;
        assert_eq!(page.value::<Vec<String>>(lengths).await, said);
        assert_eq!(page.value::<Vec<String>>(ranges).await, ["20:38", "20:38–20:39"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_chooses_is_told_that_somebody_chose_meanwhile() {
    let world = World::start().await;
    team::hire(&world).await;
    let cast = Cast::on_duty(&world).await;
    let page = Browser::start().page(View::tablet().language(Language::English)).await;
    team::sign_in(&page, &world, "dispatcher", "/dispatch").await;
    page.tap("#more").await;
    page.tap("#planning").await;
    page.until_text(FORM, "Nobody has chosen yet").await;
    page.type_text(&format!("{FORM} [name='km_seconds']"), "0").await;
    page.tap(&format!("{FORM} [type='submit']")).await;
    page.until_shown(&format!("{FORM} [name='reason'][aria-invalid='true']")).await;
    team::inspect(&page, "planning-4-dialog-en-day-tablet").await;
    cast.dispatcher.choose_planning(json!({ "wait_max_minutes": 90 })).await.expect("another dispatcher chooses");
    page.type_text(&format!("{FORM} [name='reason']"), "as ordered").await;
    page.tap(&format!("{FORM} [type='submit']")).await;
    page.until_text(&format!("{FORM} [role='alert']"), "Someone has just changed this").await;
    let told = cast.dispatcher.get("/v1/planning-rules").await.expect("the rules");
    assert_eq!((&told["in_force"]["version"], &told["in_force"]["km_seconds"]), (&json!(1), &json!(60)));
}
