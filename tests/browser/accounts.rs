//! A city's administrator has thousands of accounts, and takes one person's access away at once.

use homeward_tests::World;
use homeward_tests::browser::{Browser, Language, Page, View};
use serde_json::json;
use thirtyfour::Key;

use crate::team;

/// More than a page shows.
const ACCOUNTS: u32 = 205;

async fn rows(page: &Page) -> usize {
    page.count("tr[data-account]").await
}

#[tokio::test(flavor = "multi_thread")]
async fn one_of_many_accounts_is_found_by_key_and_disabled() {
    let world = World::start().await;
    team::hire(&world).await;
    for number in 0..ACCOUNTS {
        let grant = json!({ "role": "escort", "district": "310101" });
        world.hire_as((&format!("Escort {number}"), "17799900001"), grant).await;
    }
    let told = world.administrator().get("/v1/accounts").await.expect("the accounts");
    let all = told["accounts"].as_array().expect("a list");
    let sought = all.iter().find(|one| one["display_name"] == "Escort 204").expect("hired")["username"].clone();
    let sought = sought.as_str().expect("a name").to_owned();

    for (view, language) in [(View::desktop(), Language::Chinese), (View::phone(), Language::English)] {
        let page = Browser::start().page(view.language(language)).await;
        team::sign_in(&page, &world, "admin", "/accounts").await;
        page.until_shown("#accounts-more").await;
        assert_eq!(rows(&page).await, 200, "as many as somebody reads");
        let more = page.text("#accounts-more").await;
        assert!(more.contains(&(all.len() - 200).to_string()), "and how many more there are: {more}");
        page.type_anywhere("/").await;
        page.type_anywhere("escort 204").await;
        page.until_text("#accounts-search-found", "1").await;
        assert_eq!(rows(&page).await, 1);
        team::inspect(&page, &format!("accounts-found-{}", language.tag())).await;
        page.press(Key::Escape).await;
        page.until_gone("#accounts-search-found").await;
        assert_eq!(rows(&page).await, 200);
    }

    let page = Browser::start().page(View::desktop()).await;
    team::sign_in(&page, &world, "admin", "/accounts").await;
    page.type_text("#accounts-search", &sought).await;
    page.tap(&format!("tr[data-account='{sought}'] button")).await;
    team::confirm(&page).await;
    page.until_shown(&format!("tr[data-account='{sought}'][data-disabled='true']")).await;
    assert_eq!(rows(&page).await, 1, "what was looked for stays looked for");
}
