//! The harness itself, on a page of its own: what it reports must be true, and what is wrong must be seen.

use homeward_tests::browser::{Browser, Language, View};

use crate::page_server::PageServer;

const GOOD: &str = "<!doctype html><html lang=zh><head><title>门口</title><meta name=viewport content='width=device-width'>\
    <link rel=icon href='data:,'></head><body><main><h1>门口</h1><button id=go style='width:60px;height:60px'>收到</button>\
    <p id=out>…</p></main><script>document.getElementById('go').addEventListener('click', () => setTimeout(() => { \
    document.getElementById('out').textContent = navigator.language + ' ' + matchMedia('(prefers-color-scheme: dark)').matches \
    + ' ' + innerWidth + 'x' + innerHeight + ' ' + navigator.maxTouchPoints; }, 50));</script></body></html>";

const BAD: &str = "<!doctype html><html><head><title>x</title><link rel=icon href='data:,'></head><body>\
    <img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='><button id=tiny style='width:20px;height:20px;padding:0'>x</button>\
    <script>console.error('broken on purpose')</script></body></html>";

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_what_the_view_says() {
    let server = PageServer::start(GOOD).await;
    let browser = Browser::start();
    let page = browser.page(View::phone().language(Language::Chinese).dark()).await;
    page.open(&server.address()).await;
    page.tap("#go").await;
    page.until_text("#out", "x").await;
    assert_eq!(page.text("#out").await, "zh-CN true 390x844 5");
    page.assert_no_console_errors().await;
    page.assert_no_small_targets().await;
    page.assert_accessible().await;
    assert!(page.screenshot("harness").await.exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn english_on_a_wall_by_day() {
    let server = PageServer::start(GOOD).await;
    let page = Browser::start().page(View::wall().language(Language::English)).await;
    page.open(&server.address()).await;
    page.tap("#go").await;
    page.until_text("#out", "1920x1080").await;
    assert!(page.text("#out").await.starts_with("en false"), "{}", page.text("#out").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_seen() {
    let server = PageServer::start(BAD).await;
    let page = Browser::start().page(View::desktop()).await;
    page.open(&server.address()).await;
    let rules: Vec<String> = page.axe().await.into_iter().map(|violation| violation.id).collect();
    assert!(rules.contains(&"image-alt".to_owned()) && rules.contains(&"html-has-lang".to_owned()), "{rules:?}");
    let small = page.small_targets().await;
    assert!(small.len() == 1 && small[0].what.starts_with("button#tiny"), "{small:?}");
    let console = page.console().await;
    assert!(console.iter().any(|line| line.level == "SEVERE" && line.text.contains("on purpose")), "{console:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_network_can_be_taken_away_and_given_back() {
    let server = PageServer::start(GOOD).await;
    let page = Browser::start().page(View::tablet()).await;
    page.open(&server.address()).await;
    page.set_offline(true).await;
    page.until("!navigator.onLine").await;
    let fetched = "document.body.dataset.fetched";
    let ask = "fetch('/').then(() => 'there', () => 'gone').then((word) => { document.body.dataset.fetched = word; })";
    page.value::<serde_json::Value>(&format!("void {ask}")).await;
    page.until(&format!("{fetched} === 'gone'")).await;
    page.set_offline(false).await;
    page.value::<serde_json::Value>(&format!("void {ask}")).await;
    page.until(&format!("{fetched} === 'there'")).await;
}
