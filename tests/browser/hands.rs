//! What a hand does that WebDriver has no short word for: dragging with a mouse or a finger, and keys pressed together.

use homeward_tests::browser::Page;
use serde_json::json;

/// Between the point where a hand goes down and the one where it goes up.
const STEPS: i32 = 8;

/// Where a hand goes down and up: both in sight, the first one surely.
async fn ends(page: &Page, from: &str, to: &str) -> [(f64, f64); 2] {
    page.until_shown(from).await;
    page.until_shown(to).await;
    let both = "((from, to) => { to.scrollIntoView({ block: 'nearest' }); from.scrollIntoView({ block: 'center' }); \
                const at = (e) => { const r = e.getBoundingClientRect(); const [top, low] = [Math.max(r.top, 0), Math.min(r.bottom, innerHeight)]; \
                return [r.x + r.width / 2, (top + low) / 2]; }; return [...at(from), ...at(to)]; })";
    let found = format!("{both}(document.querySelector({}), document.querySelector({}))", json!(from), json!(to));
    let at: Vec<f64> = page.value(&found).await;
    [(at[0], at[1]), (at[2], at[3])]
}

fn way(from: (f64, f64), to: (f64, f64)) -> impl Iterator<Item = (f64, f64)> {
    (1..=STEPS).map(move |step| {
        let share = f64::from(step) / f64::from(STEPS);
        (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share)
    })
}

/// Takes a thing with the mouse to another and holds it there.
pub async fn mouse_holds(page: &Page, from: &str, to: &str) -> (f64, f64) {
    let [from, to] = ends(page, from, to).await;
    mouse(page, "mousePressed", from).await;
    for at in way(from, to) {
        mouse(page, "mouseMoved", at).await;
    }
    to
}

/// One event of the mouse, its left button down.
pub async fn mouse(page: &Page, kind: &str, (x, y): (f64, f64)) {
    let event = json!({ "type": kind, "x": x, "y": y, "button": "left", "buttons": 1, "clickCount": 1 });
    page.devtools("Input.dispatchMouseEvent", event).await;
}

/// Drags a thing with the mouse onto another.
pub async fn mouse_drags(page: &Page, from: &str, to: &str) {
    let at = mouse_holds(page, from, to).await;
    mouse(page, "mouseReleased", at).await;
}

/// Drags a thing with a finger onto another.
pub async fn finger_drags(page: &Page, from: &str, to: &str) {
    let [from, to] = ends(page, from, to).await;
    let touch = async |kind: &str, points: serde_json::Value| {
        page.devtools("Input.dispatchTouchEvent", json!({ "type": kind, "touchPoints": points })).await;
    };
    touch("touchStart", json!([{ "x": from.0, "y": from.1 }])).await;
    for (x, y) in way(from, to) {
        touch("touchMove", json!([{ "x": x, "y": y }])).await;
    }
    touch("touchEnd", json!([])).await;
}

/// Ctrl and a letter.
pub async fn ctrl(page: &Page, letter: char) {
    let upper = letter.to_ascii_uppercase();
    chord(page, 2, &letter.to_string(), &format!("Key{upper}"), upper as u32).await;
}

/// Alt and an arrow: `ArrowUp`, `ArrowDown`.
pub async fn alt(page: &Page, arrow: &str) {
    let code = if arrow == "ArrowUp" { 38 } else { 40 };
    chord(page, 1, arrow, arrow, code).await;
}

async fn chord(page: &Page, modifiers: u32, key: &str, code: &str, number: u32) {
    for kind in ["rawKeyDown", "keyUp"] {
        let event =
            json!({ "type": kind, "modifiers": modifiers, "key": key, "code": code, "windowsVirtualKeyCode": number });
        page.devtools("Input.dispatchKeyEvent", event).await;
    }
}
