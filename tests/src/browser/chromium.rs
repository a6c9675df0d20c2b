//! What Chromium is told at its start: headless, silent towards the internet, in the person's language.

use serde_json::json;
use thirtyfour::common::capabilities::chrome::ChromeCapabilities;
use thirtyfour::{ChromiumLikeCapabilities, LoggingPrefsLogLevel};

use crate::browser::View;
use crate::browser::driver::CHROMIUM;

/// No display, no sandbox (tests may run as root), and none of the requests a browser makes for itself.
const FLAGS: &[&str] = &[
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-search-engine-choice-screen",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
    "--mute-audio",
];

pub(super) fn capabilities(view: View) -> ChromeCapabilities {
    let mut chrome = ChromeCapabilities::new();
    fill(&mut chrome, view).expect("flags and preferences are plain JSON");
    chrome
}

fn fill(chrome: &mut ChromeCapabilities, view: View) -> thirtyfour::error::WebDriverResult<()> {
    chrome.set_binary(CHROMIUM)?;
    for flag in FLAGS {
        chrome.add_arg(flag)?;
    }
    let tag = view.language.tag();
    chrome.add_arg(&format!("--lang={tag}"))?;
    chrome.add_arg(&format!("--window-size={},{}", view.width, view.height))?;
    chrome.add_experimental_option("prefs", json!({ "intl.accept_languages": tag, "intl.selected_languages": tag }))?;
    chrome.set_browser_log_level(LoggingPrefsLogLevel::All)
}
