//! The board says what is true: nothing was heard of the vehicle, it comes at another time than was answered to, midnight
//! passes, the screen's own clock is wrong.

use chrono::{DateTime, TimeDelta, Utc};
use homeward_tests::World;
use homeward_tests::browser::{Browser, Language, Page, View};
use homeward_tests::cast::Cast;
use serde_json::json;

use crate::team;

/// On the elevated road into town.
const ROAD: (f64, f64) = (31.1668, 121.7240);

/// A vehicle under way to Qiaojia.
struct Ride {
    world: World,
    cast: Cast,
    trip: String,
    stop: String,
}

impl Ride {
    async fn from(hour: &str) -> Self {
        let world = World::start_at(hour).await;
        team::hire(&world).await;
        let cast = Cast::on_duty(&world).await;
        let (trip, stop) = cast.bus_home(&world).await;
        cast.departed(&trip).await;
        Self { world, cast, trip, stop }
    }

    fn part(&self, css: &str) -> String {
        format!("#stops [data-stop='{}'] {css}", self.stop)
    }

    /// The escort says how many minutes it still takes.
    async fn said(&self, minutes: i64) {
        let gate_at = self.world.now() + TimeDelta::minutes(minutes);
        self.cast.escort.expect_at(&self.trip, &self.stop, gate_at).await.expect("heard");
    }

    /// The time to be at the gate that a screen shows.
    async fn go_at(&self, page: &Page) -> DateTime<Utc> {
        let css = self.part(".when__time time");
        page.until_shown(&css).await;
        homeward_tests::instant(
            &page.value::<String>(&format!("document.querySelector({}).dateTime", json!(css))).await,
        )
    }

    /// The countdown is what the server's clock leaves until then, in these words; it is never negative.
    async fn counts_down(&self, page: &Page, words: impl Fn(i64) -> String) {
        let left = (self.go_at(page).await - self.world.now()).num_minutes();
        assert!(left > 0, "the story looks before they have to go");
        page.until_text(&self.part(".when__sub"), &words(left)).await;
        assert!(!page.text(&self.part(".when")).await.contains(['-', '−']), "nothing is counted below zero");
    }

    /// Minutes from the early to the late end of the range that a screen shows.
    async fn width(&self, page: &Page) -> i64 {
        let shown = page.text(&self.part(".when__range")).await;
        let minutes = |clock: &str| -> i64 {
            let (hour, minute) = clock.split_once(':').expect("a clock");
            hour.parse::<i64>().expect("hours") * 60 + minute.parse::<i64>().expect("minutes")
        };
        let clocks: Vec<i64> = shown
            .split(|c: char| !(c.is_ascii_digit() || c == ':'))
            .filter(|word| word.contains(':'))
            .map(minutes)
            .collect();
        (clocks[1] - clocks[0]).rem_euclid(24 * 60)
    }
}

/// Sets the clock of a window to this instant when it opens a page.
async fn set_clock(page: &Page, at: DateTime<Utc>) {
    let at = at.timestamp_millis();
    let source = format!(
        "(() => {{ const Right = Date; const by = {at} - Right.now();
            globalThis.Date = class extends Right {{
                constructor(...at) {{ if (at.length) super(...at); else super(Right.now() + by); }}
                static now() {{ return Right.now() + by; }} }}; }})();"
    );
    page.devtools("Page.enable", json!({})).await;
    page.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vehicle_that_fell_silent_is_said_and_the_range_grows() {
    let ride = Ride::from("2020-03-20T18:40:00+08:00").await;
    let browser = Browser::start();
    let board = browser.page(View::wall()).await;
    team::sign_in(&board, &ride.world, "leader", &team::board()).await;
    ride.world.pass(12).await;
    ride.cast.escort.position(&ride.trip, ROAD, ride.world.now()).await.expect("heard");
    ride.world.pass(0).await;
    board.until_text(&ride.part(".when__basis"), "定位").await;
    board.until_shown(&ride.part(".when__basis .chip--ok")).await;
    let width = ride.width(&board).await;

    for _ in 0..10 {
        ride.world.pass(1).await;
    }
    board.until_text(&ride.part(".when__basis"), "18:52 后无定位").await;
    assert!(ride.width(&board).await > width, "less is known than ten minutes ago");
    ride.counts_down(&board, |left| format!("还有 {left} 分钟")).await;
    team::inspect(&board, "truth-1-no-gps").await;

    let phone = browser.page(View::phone().language(Language::English).dark()).await;
    team::sign_in(&phone, &ride.world, "doctor", &team::board()).await;
    phone.until_text(&ride.part(".when__basis"), "No GPS since 18:52").await;
    team::inspect(&phone, "truth-1-no-gps-phone").await;
    // Nobody hears of it again: past the range the board says so and counts nothing down.
    ride.world.pass(90).await;
    board.until_text(&ride.part(".when__sub"), "比预计晚，最后定位 18:52").await;
    assert!(!board.text(&ride.part(".when")).await.contains(['-', '−']), "nothing is counted below zero");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_early_vehicle_asks_the_squad_again_and_says_what_changed() {
    let ride = Ride::from("2020-03-20T18:40:00+08:00").await;
    let browser = Browser::start();
    let board = browser.page(View::wall()).await;
    team::sign_in(&board, &ride.world, "leader", &team::board()).await;
    ride.said(40).await;
    board.until_text(&ride.part(".when__range"), "19:20").await;
    let answer = ride.part("[id^=ack-]");
    board.tap(&answer).await;
    board.until_gone(&answer).await;
    ride.cast.doctor.acknowledge(&ride.stop).await.expect("the doctor comes too");
    ride.world.pass(20).await;
    assert_eq!(board.count(&ride.part(".when__moved .chip")).await, 0);

    ride.said(15).await;
    board.until_text(&ride.part(".when__moved"), "请提前到门口：19:09 → 19:05").await;
    board.until_text(&answer, "收到新时间").await;
    board.until_text(&ride.part(".notice"), "时间有变").await;
    board.until_text("[role=alert]", "到达时间有变").await;
    board.until(&format!("document.querySelector(\"#stops [data-stop='{}']\").matches('.stop--new')", ride.stop)).await;
    team::inspect(&board, "truth-2-sooner").await;
    let phone = browser.page(View::phone().language(Language::English).dark()).await;
    team::sign_in(&phone, &ride.world, "doctor", &team::board()).await;
    phone.until_text(&ride.part(".when__moved"), "Be there sooner: 19:09 → 19:05").await;
    phone.until_text(&answer, "New time received").await;
    team::inspect(&phone, "truth-2-sooner-phone").await;

    board.tap(&answer).await;
    board.until_gone(&answer).await;
    board.until_gone(&ride.part(".when__moved .chip")).await;
    phone.until_shown(&ride.part(".squad__in")).await;
    phone.until_text(&ride.part(".when__moved"), "Be there sooner").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_vehicle_asks_again_after_more_than_ten_minutes() {
    let ride = Ride::from("2020-03-20T18:40:00+08:00").await;
    let browser = Browser::start();
    let board = browser.page(View::tablet()).await;
    team::sign_in(&board, &ride.world, "leader", &team::board()).await;
    ride.said(22).await;
    board.until_text(&ride.part(".when__range"), "19:02").await;
    let answer = ride.part("[id^=ack-]");
    board.tap(&answer).await;
    board.until_gone(&answer).await;
    ride.said(31).await;
    board.until_text(&ride.part(".when__range"), "19:11").await;
    assert_eq!(board.count(&answer).await, 0, "nine minutes are the same promise");
    ride.said(33).await;
    board.until_text(&ride.part(".when__moved"), "到达时间推迟：19:02 → 19:13").await;
    board.until_shown(&answer).await;
    team::inspect(&board, "truth-3-later").await;
    let dispatch = browser.page(View::desktop().language(Language::English)).await;
    team::sign_in(&dispatch, &ride.world, "dispatcher", "/dispatch").await;
    dispatch.until_text(".trip [data-stop]", "Time moved 18:40").await;
    team::inspect(&dispatch, "truth-3-later-dispatch").await;
    ride.world.pass(10).await;
    board.until_text(&ride.part(".notice"), "逾期未确认").await;
    dispatch.until_text(".alerts", "18:50").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_countdown_runs_over_midnight() {
    let ride = Ride::from("2020-03-20T23:40:00+08:00").await;
    let board = Browser::start().page(View::wall()).await;
    team::sign_in(&board, &ride.world, "leader", &team::board()).await;
    board.until_text(&ride.part(".when__time"), "00:").await;
    board.until_text(".strip__now", "3月20日").await;
    ride.counts_down(&board, |left| format!("还有 {left} 分钟")).await;
    ride.world.pass(15).await;
    board.until_text(".strip__clock", "23:55").await;
    ride.counts_down(&board, |left| format!("还有 {left} 分钟")).await;
    team::inspect(&board, "truth-4-before-midnight").await;
    ride.world.pass(6).await;
    board.until_text(".strip__clock", "00:01").await;
    board.until_text(".strip__now", "3月21日").await;
    ride.counts_down(&board, |left| format!("还有 {left} 分钟")).await;
    team::inspect(&board, "truth-4-after-midnight").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_clock_of_the_screen_changes_nothing() {
    let ride = Ride::from("2020-03-20T18:40:00+08:00").await;
    let browser = Browser::start();
    for (minutes, language) in [(60, Language::Chinese), (-60, Language::English)] {
        let page = browser.page(View::tablet().language(language)).await;
        set_clock(&page, ride.world.now() + TimeDelta::minutes(minutes)).await;
        team::sign_in(&page, &ride.world, "leader", &team::board()).await;
        let off = format!("Math.round((new Date() - {}) / 60000)", ride.world.now().timestamp_millis());
        assert_eq!(page.value::<i64>(&off).await, minutes, "the screen's own clock is wrong");
        page.until_text(".strip__clock", "18:40").await;
        let words = |left| match language {
            Language::Chinese => format!("还有 {left} 分钟"),
            Language::English => format!("in {left} min"),
        };
        ride.counts_down(&page, words).await;
        team::inspect(&page, &format!("truth-5-wrong-clock-{}", language.tag())).await;
    }
}
