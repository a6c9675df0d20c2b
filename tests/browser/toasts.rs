//! What the product says while a dialog is open is seen over it, heard, and can be tapped away.

use homeward_tests::World;
use homeward_tests::browser::{Browser, Language, Page, View};

use crate::team;

#[tokio::test(flavor = "multi_thread")]
async fn words_over_a_dialog_in_chinese_on_a_phone() {
    tell(View::phone()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn words_over_a_dialog_in_english_at_night() {
    tell(View::desktop().language(Language::English).dark()).await;
}

/// Says something as a script of the page would.
async fn say(page: &Page, words: &str, tone: &str) {
    let script = format!("import('/lib/say.js').then((m) => (m.toast('{words}', '{tone}'), true))");
    assert!(page.value::<bool>(&script).await);
}

/// Whether a finger in the middle of an element meets it, and nothing that lies over it or takes it out of reach.
fn meets(css: &str) -> String {
    format!(
        "((e) => {{ const r = e.getBoundingClientRect(); \
         return e.contains(document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2)); }})(document.querySelector('{css}'))"
    )
}

async fn tell(view: View) {
    let world = World::start().await;
    team::hire(&world).await;
    let page = Browser::start().page(view).await;
    team::sign_in(&page, &world, "leader", &team::board()).await;
    say(&page, "before", "ok").await;
    page.until_text(".toast", "before").await;
    page.tap("#silence .btn").await;
    page.until_shown("dialog[open]").await;

    say(&page, "refused", "alarm").await;
    page.until_shown(".toast--alarm").await;
    assert!(page.value::<bool>(&meets(".toast--alarm")).await, "it lies over the dialog, and takes a tap");
    page.until("[...document.querySelectorAll('dialog [role=alert]')].some((e) => e.textContent === 'refused')").await;
    team::inspect(&page, &format!("toasts-{}", view.language.tag())).await;
    page.tap(".toast--alarm").await;
    page.until_gone(".toast--alarm").await;
    assert_eq!(page.count("dialog[open]").await, 1, "the dialog stays");

    say(&page, "last words", "alarm").await;
    page.tap("dialog button[type=button]").await;
    page.until_gone("dialog").await;
    assert!(page.value::<bool>(&meets(".toast--alarm")).await, "they outlive the dialog");
    say(&page, "done", "ok").await;
    page.until("document.querySelector('body > [role=status]').textContent === 'done'").await;
}
