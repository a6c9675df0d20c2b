//! Before anybody is in: the first run, and a sign-in with nothing but keys.

use homeward_dispatch::{Clock, Dispatcher, Ids};
use homeward_feed::Hub;
use homeward_store::{Keys, Store};
use homeward_tests::World;
use homeward_tests::browser::{Browser, Language, Page, View};
use homeward_web::{App, Reach};
use thirtyfour::Key;
use tokio::net::TcpListener;
use tokio_util::sync::{CancellationToken, DropGuard};
use tokio_util::task::TaskTracker;

use crate::team::{self, PASSWORD};

const WRONG: &str = "not it";

/// A register nobody has set up yet; a [`World`] always is.
struct Empty {
    base: String,
    code: String,
    _closing: DropGuard,
    _folder: tempfile::TempDir,
}

impl Empty {
    async fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder for the database");
        let file = format!("sqlite:{}", folder.path().join("homeward.db").display());
        let store = Store::open(&file, Keys::from_bytes([7; 32])).await.expect("a new database");
        let hub = Hub::new(store.clone());
        let dispatcher = Dispatcher::new(store, hub.clone(), Clock::system(), Ids::System);
        let code = dispatcher.set_up_code().await.expect("a code").expect("nobody has set it up");
        let (tasks, closing) = (TaskTracker::new(), CancellationToken::new());
        let app = App::from(Reach { dispatcher, hub, tasks: tasks.clone(), closing: closing.clone(), demo: false });
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("a bound port"));
        let server =
            axum::serve(listener, homeward_web::router(app)).with_graceful_shutdown(closing.clone().cancelled_owned());
        tasks.spawn(async move { server.await.expect("the listener lives as long as the test") });
        Self { base, code, _closing: closing.drop_guard(), _folder: folder }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_run_makes_an_administrator() {
    let empty = Empty::start().await;
    let browser = Browser::start();
    for (language, wrong) in [(Language::English, true), (Language::Chinese, false)] {
        let page = browser.page(View::desktop().language(language)).await;
        page.open(&format!("{}/sign-in", empty.base)).await;
        if wrong {
            page.tap("a[href='/setup']").await;
            set_up(&page, &empty).await;
        } else {
            page.open(&format!("{}/setup", empty.base)).await;
            page.until_shown(".note--ok").await;
            assert_eq!(page.count("#setup").await, 0, "there is one administrator already");
        }
        team::inspect(&page, &format!("setup-{}", language.tag())).await;
    }
}

/// A wrong code is said at its field; the right one leads to the sign-in and on to the accounts.
async fn set_up(page: &Page, empty: &Empty) {
    page.until_shown("#setup").await;
    team::inspect(page, "setup-form").await;
    page.type_text("#setup [name=code]", "not-the-code").await;
    page.type_text("#setup [name=display_name]", "Administrator").await;
    page.type_text("#setup [name=username]", "admin").await;
    for again in ["password", "again"] {
        page.type_text(&format!("#setup [name={again}]"), PASSWORD).await;
    }
    page.tap("#setup [type=submit]").await;
    page.until_shown("#setup [name=code][aria-invalid=true]").await;
    page.assert_no_console_errors_but(&["422"]).await;
    team::inspect(page, "setup-wrong-code").await;
    page.type_text("#setup [name=code]", &empty.code).await;
    page.tap("#setup [type=submit]").await;
    page.until_shown(".note--ok").await;
    page.tap("a[href='/sign-in']").await;
    page.type_text("#username", "admin").await;
    page.type_text("#password", PASSWORD).await;
    page.tap("#sign-in [type=submit]").await;
    page.until_shown("a[href='/accounts']").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_in_needs_no_mouse() {
    let world = World::start().await;
    team::hire(&world).await;
    let page = Browser::start().page(View::desktop().dark()).await;
    team::go(&page, &world, "/sign-in?next=/numbers").await;
    page.until("document.activeElement.id === 'username'").await;
    page.type_anywhere("dispatcher").await;
    page.press(Key::Tab).await;
    page.type_anywhere(&format!("{WRONG}\n")).await;
    page.until_shown("[role=alert]:not(:empty)").await;
    page.assert_no_console_errors_but(&["401"]).await;
    team::inspect(&page, "sign-in-wrong").await;
    page.until("document.activeElement.id === 'password'").await;
    for _ in WRONG.chars() {
        page.press(Key::Backspace).await;
    }
    page.type_anywhere(&format!("{PASSWORD}\n")).await;
    page.until("location.pathname === '/numbers' && document.documentElement.dataset.ready").await;
    page.press(Key::Tab).await;
    page.until("document.activeElement.classList.contains('skip')").await;
    page.press(Key::Enter).await;
    page.until("document.activeElement.id === 'main'").await;
    team::inspect(&page, "numbers-dark").await;
}
