//! The people of the story and how they sign in: accounts made by the administrator, windows opened by whoever needs one.

use homeward_tests::browser::Page;
use homeward_tests::{World, sample};
use serde_json::{Value, json};
use thirtyfour::Key;

/// Everybody's password.
pub const PASSWORD: &str = "a sentence to remember";

/// Username, display name and grant of everybody.
fn people() -> Vec<(&'static str, &'static str, Value)> {
    let squad = |role: &str| json!({ "role": "squad", "place": "310101017", "squad_role": role });
    let escort = json!({ "role": "escort", "district": "310101" });
    vec![
        ("desk", "周敏", json!({ "role": "duty_officer", "desk": "pvg-t1-310101" })),
        ("dispatcher", "沈岚", json!({ "role": "dispatcher", "district": "310101" })),
        ("escort", "顾强", escort.clone()),
        ("second", "何静", escort),
        ("leader", "陆建国", squad("leader")),
        ("duty", "许文", squad("duty_officer")),
        ("committee", "钱秀英", squad("committee")),
        ("doctor", "方医生", squad("doctor")),
        ("police", "施警官", squad("police")),
        ("site", "范经理", json!({ "role": "site_manager", "site": sample::SITE_1 })),
    ]
}

/// Gives everybody an account.
pub async fn hire(world: &World) {
    for (username, display_name, grant) in people() {
        let body = json!({ "username": username, "password": PASSWORD, "display_name": display_name,
            "phone": "02163000000", "grant": grant });
        world.administrator().write("/v1/accounts", body).await.expect("a new account");
    }
}

/// The board of the community where the story ends.
pub fn board() -> String {
    format!("/board/{}", sample::QIAOJIA)
}

/// Signs in and goes to a screen.
pub async fn sign_in(page: &Page, world: &World, username: &str, screen: &str) {
    sign_in_at(page, world.base(), username, screen).await;
}

/// The same where the product answers at another address.
pub async fn sign_in_at(page: &Page, base: &str, username: &str, screen: &str) {
    go_at(page, base, "/sign-in").await;
    page.type_text("#username", username).await;
    page.type_text("#password", PASSWORD).await;
    page.tap("#sign-in [type=submit]").await;
    page.until("location.pathname === '/' && document.documentElement.dataset.ready").await;
    go_at(page, base, screen).await;
}

/// Goes to a screen and waits until it is built.
pub async fn go(page: &Page, world: &World, screen: &str) {
    go_at(page, world.base(), screen).await;
}

async fn go_at(page: &Page, base: &str, screen: &str) {
    page.open(&format!("{base}{screen}")).await;
    page.until("document.documentElement.dataset.ready").await;
}

/// The phone goes to the next of the squad.
pub async fn sign_out(page: &Page) {
    page.tap("#sign-out").await;
    page.until("location.pathname === '/sign-in' && document.documentElement.dataset.ready").await;
}

/// What must hold on every screen: everybody can use it, nothing is too small, nothing broke. Keeps a picture.
pub async fn inspect(page: &Page, picture: &str) {
    page.screenshot(picture).await;
    page.assert_no_console_errors().await;
    page.assert_accessible().await;
    page.assert_no_small_targets().await;
}

/// Answers the open dialog with its main button, and waits until it is gone.
pub async fn confirm(page: &Page) {
    page.tap("dialog [type=submit]").await;
    page.until_gone("dialog").await;
}

/// Goes on with the tabulator until the focus is where a script says.
pub async fn tab_to(page: &Page, css: &str) {
    let there = format!("document.activeElement.matches(\"{css}\")");
    for _ in 0..40 {
        if page.value::<bool>(&there).await {
            return;
        }
        page.press(Key::Tab).await;
    }
    panic!("the tabulator never comes to {css}");
}
