//! One window: open, look, tap, type, wait for a condition, take a picture.

use std::path::PathBuf;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::error::WebDriverErrorInner;
use thirtyfour::{By, Key, WebDriver, WebElement};

use crate::browser::{Browser, View, chromium};

/// The longest a condition may take. Generous, because two cores share a build and several browsers.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often a finger aims at what was drawn anew just then.
const AIMS: usize = 3;
/// How often a condition is looked at.
const GLANCE: Duration = Duration::from_millis(40);

/// A window of its own. Dropping it closes it.
pub struct Page {
    pub(super) web: WebDriver,
    view: View,
    /// After `web`: the session ends before the driver does.
    _browser: Browser,
}

/// A fresh window that looks the way `view` says.
pub(super) async fn open(browser: Browser, view: View) -> Page {
    let started = WebDriver::new(browser.address(), chromium::capabilities(view)).await;
    let web = started.expect("Chromium starts; if not, run /usr/bin/chromium --headless=new --no-sandbox by hand");
    let page = Page { web, view, _browser: browser };
    page.dress().await;
    page
}

impl Page {
    /// Gives the window its size, its fingers, its light and its language.
    async fn dress(&self) {
        let View { width, height, touch, language, .. } = self.view;
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": touch });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
        let fingers = json!({ "enabled": touch, "maxTouchPoints": if touch { 5 } else { 1 } });
        self.devtools("Emulation.setTouchEmulationEnabled", fingers).await;
        self.devtools("Emulation.setLocaleOverride", json!({ "locale": language.tag() })).await;
        self.set_dark(self.view.dark).await;
    }

    /// A command of the DevTools protocol, for what WebDriver has no word for.
    pub async fn devtools(&self, method: &str, parameters: Value) -> Value {
        let answer = self.web.cdp().send_raw(method, parameters).await;
        answer.unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    /// Day or night, and no movement: a picture of a page in motion differs each time.
    pub async fn set_dark(&self, dark: bool) {
        let scheme = if dark { "dark" } else { "light" };
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    /// Takes the network away, or gives it back.
    pub async fn set_offline(&self, offline: bool) {
        let conditions = json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.devtools("Network.enable", json!({})).await;
        self.devtools("Network.emulateNetworkConditions", conditions).await;
    }

    /// Shows the local time of another place, by its IANA name.
    pub async fn set_time_zone(&self, zone: &str) {
        self.devtools("Emulation.setTimezoneOverride", json!({ "timezoneId": zone })).await;
    }

    /// Goes to an address and waits until the document is loaded.
    pub async fn open(&self, address: &str) {
        self.web.goto(address).await.unwrap_or_else(|error| panic!("open {address}: {error}"));
    }

    /// Loads the same address again, as a person would with the browser's button.
    pub async fn reload(&self) {
        self.web.refresh().await.expect("a page can be loaded again");
    }

    /// Where the window is.
    pub async fn address(&self) -> String {
        self.web.current_url().await.map_or_else(|error| format!("(no address: {error})"), |url| url.to_string())
    }

    /// The value of a JavaScript expression, for instance `document.title`.
    pub async fn value<T: DeserializeOwned>(&self, expression: &str) -> T {
        let script = format!("return ({expression});");
        let answer = self.web.execute(script, vec![]).await.unwrap_or_else(|error| panic!("{expression}: {error}"));
        answer.convert().unwrap_or_else(|error| panic!("{expression}: {error}"))
    }

    /// Waits until the JavaScript expression is truthy, and fails after 20 s with the page's state.
    pub async fn until(&self, condition: &str) {
        let expression = format!("Boolean({condition})");
        let met = async {
            let mut glances = tokio::time::interval(GLANCE);
            while !self.value::<bool>(&expression).await {
                glances.tick().await;
            }
        };
        let in_time = tokio::time::timeout(PATIENCE, met).await.is_ok();
        assert!(in_time, "never came true: {condition}\n{}", self.state().await);
    }

    /// Waits until an element matches and is shown.
    pub async fn until_shown(&self, css: &str) {
        self.until(&format!("document.querySelector({})?.checkVisibility()", json!(css))).await;
    }

    /// Waits until nothing that matches is shown.
    pub async fn until_gone(&self, css: &str) {
        self.until(&format!("![...document.querySelectorAll({})].some((e) => e.checkVisibility())", json!(css))).await;
    }

    /// Waits until the first match shows this text somewhere inside.
    pub async fn until_text(&self, css: &str, text: &str) {
        let (css, text) = (json!(css), json!(text));
        self.until(&format!("document.querySelector({css})?.innerText.includes({text})")).await;
    }

    /// Taps or clicks the first match, once it is shown and enabled, as a person would: scrolled into the middle, and not
    /// if something covers it.
    pub async fn tap(&self, css: &str) {
        let ready = "((e) => e && e.checkVisibility() && !e.disabled && e.ariaDisabled !== 'true' \
                     && (e.scrollIntoView({ block: 'center', behavior: 'instant' }), true))";
        for _ in 0..AIMS {
            self.until(&format!("{ready}(document.querySelector({}))", json!(css))).await;
            match self.find(css).await.click().await {
                Ok(()) => return,
                // The page drew it anew between the look and the finger: nothing was tapped.
                Err(error) if matches!(error.as_inner(), WebDriverErrorInner::StaleElementReference(_)) => {}
                Err(error) => panic!("tap {css}: {error}\n{}", self.state().await),
            }
        }
        panic!("tap {css}: drawn anew under the finger {AIMS} times\n{}", self.state().await);
    }

    /// Replaces what the field holds by this text, key by key.
    pub async fn type_text(&self, css: &str, text: &str) {
        self.until_shown(css).await;
        let field = self.find(css).await;
        field.clear().await.unwrap_or_else(|error| panic!("clear {css}: {error}"));
        field.send_keys(text).await.unwrap_or_else(|error| panic!("type into {css}: {error}"));
    }

    /// Sends keys to whatever has the focus, the way a passport reader types; `\n` is the enter key.
    pub async fn type_anywhere(&self, text: &str) {
        let keys = text.replace('\n', &Key::Enter.value().to_string());
        let typed = self.web.action_chain().send_keys(keys).perform().await;
        typed.unwrap_or_else(|error| panic!("type {text:?}: {error}"));
    }

    /// Presses one key where the focus is: `Key::Tab` walks through the page without a mouse.
    pub async fn press(&self, key: Key) {
        let pressed = self.web.action_chain().send_keys(key.clone()).perform().await;
        pressed.unwrap_or_else(|error| panic!("press {key:?}: {error}"));
    }

    /// Chooses an option of a `<select>` or sets a field that keys cannot fill (a date), with the events of a person.
    pub async fn choose(&self, css: &str, value: &str) {
        self.until_shown(css).await;
        let script = "const [css, value] = arguments; const e = document.querySelector(css); e.value = value; \
                      for (const name of ['input', 'change']) e.dispatchEvent(new Event(name, { bubbles: true })); \
                      return e.value;";
        let answer =
            self.web.execute(script, vec![json!(css), json!(value)]).await.expect("the script has no way to fail");
        assert_eq!(answer.json(), &json!(value), "{css} does not take {value}");
    }

    /// What the first match shows, once it is shown.
    pub async fn text(&self, css: &str) -> String {
        self.until_shown(css).await;
        self.value(&format!("document.querySelector({}).innerText", json!(css))).await
    }

    /// How many elements match, shown or not.
    pub async fn count(&self, css: &str) -> usize {
        self.value(&format!("document.querySelectorAll({}).length", json!(css))).await
    }

    /// Keeps a picture as `target/screenshots/<name>.png` and answers where it lies.
    pub async fn screenshot(&self, name: &str) -> PathBuf {
        let folder = target().join("screenshots");
        std::fs::create_dir_all(&folder).expect("target/ can be written");
        let path = folder.join(format!("{name}.png"));
        self.web.screenshot(&path).await.unwrap_or_else(|error| panic!("picture {name}: {error}"));
        path
    }

    async fn find(&self, css: &str) -> WebElement {
        match self.web.find(By::Css(css)).await {
            Ok(element) => element,
            Err(error) => panic!("{css}: {error}\n{}", self.state().await),
        }
    }

    /// What a person would tell who reports a failure: where, what is on the screen, what the console says.
    async fn state(&self) -> String {
        let shown: String = self.value("document.body ? document.body.innerText.slice(0, 2000) : ''").await;
        let console: Vec<String> =
            self.console().await.into_iter().map(|line| format!("{} {}", line.level, line.text)).collect();
        format!("at {}\nshown:\n{shown}\nconsole:\n{}", self.address().await, console.join("\n"))
    }
}

/// Build output: pictures and tools lie beside what cargo built.
pub(super) fn target() -> PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests lies in the workspace").join("target")
}
