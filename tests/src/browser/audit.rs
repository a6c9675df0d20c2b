//! Can everybody use the page? axe-core's rules, and targets big enough for a gloved hand.

use serde::Deserialize;
use serde_json::json;

use crate::browser::Page;
use crate::browser::page::target;

/// The rules that count: WCAG 2.2 at level AA with everything below it, and axe's best practices.
const TAGS: &[&str] = &["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/// `product.md`: no target smaller than this, in CSS pixels.
const TARGET_SIDE_MIN: u32 = 44;

/// A rule that the page breaks.
#[derive(Clone, Debug, Deserialize)]
pub struct Violation {
    /// The rule's name, for instance `color-contrast`.
    pub id: String,
    /// `minor`, `moderate`, `serious` or `critical`.
    pub impact: Option<String>,
    /// What the rule asks for.
    pub help: String,
    /// A CSS path and what is wrong, for each element.
    pub places: Vec<String>,
}

/// Something to tap that is too small.
#[derive(Clone, Debug, Deserialize)]
pub struct SmallTarget {
    /// Tag, id, classes and text.
    pub what: String,
    /// Width in CSS pixels.
    pub width: f64,
    /// Height in CSS pixels.
    pub height: f64,
}

/// Keeps of axe's answer what a failure must show.
const RUN_AXE: &str = "
const [tags, done] = arguments;
axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }).then(
  ({ violations }) => done({ ok: violations.map((v) => ({
    id: v.id, impact: v.impact, help: v.help,
    places: v.nodes.map((n) => `${n.target.join(' ')}: ${n.failureSummary.replace(/\\s+/g, ' ')}`),
  })) }),
  (error) => done({ error: String(error) }),
);";

/// Everything that reacts to a finger. A label counts with its box; a link inside a sentence may be as tall as its line.
const FIND_SMALL: &str = "
const [side] = arguments;
const wanted = 'a[href], button, input:not([type=hidden]), select, textarea, summary, ' +
  '[role=button], [role=link], [role=tab], [role=checkbox], [role=radio], [role=switch], [role=option], [role=menuitem]';
const box = (e) => {
  const parts = [e, ...(e.labels ?? [])].map((p) => p.getBoundingClientRect()).filter((r) => r.width && r.height);
  const wide = (pick, of) => pick(...parts.map(of));
  return parts.length === 0 ? null : {
    width: wide(Math.max, (r) => r.right) - wide(Math.min, (r) => r.left),
    height: wide(Math.max, (r) => r.bottom) - wide(Math.min, (r) => r.top),
  };
};
const inSentence = (e) => e.matches('a[href]') && e.closest('p, li, dd, td') && getComputedStyle(e).display === 'inline';
const hidden = (e) => {
  const r = e.getBoundingClientRect();
  return !e.checkVisibility({ visibilityProperty: true, opacityProperty: false }) || r.right <= 0 || r.bottom + scrollY <= 0
    || (r.width <= 1 && r.height <= 1 && !(e.labels?.length));
};
return [...document.querySelectorAll(wanted)].filter((e) => !hidden(e) && !inSentence(e)).flatMap((e) => {
  const size = box(e);
  if (!size || (size.width >= side - 0.5 && size.height >= side - 0.5)) return [];
  const name = e.tagName.toLowerCase() + (e.id ? `#${e.id}` : '') + [...e.classList].map((c) => `.${c}`).join('');
  return [{ what: `${name} «${(e.innerText || e.ariaLabel || e.name || '').trim().slice(0, 40)}»`, ...size }];
});";

impl Page {
    /// Every rule of accessibility that the page breaks as it stands now.
    pub async fn axe(&self) -> Vec<Violation> {
        if !self.value::<bool>("typeof axe === 'object'").await {
            self.bring_axe().await;
        }
        let answer = self.web.execute_async(RUN_AXE, vec![json!(TAGS)]).await.expect("axe answers");
        let answer = answer.json();
        assert!(answer["error"].is_null(), "axe could not run: {}", answer["error"]);
        serde_json::from_value(answer["ok"].clone()).expect("the script above shapes the answer")
    }

    /// Fails if the page breaks a rule of accessibility.
    pub async fn assert_accessible(&self) {
        let found = self.axe().await;
        let lines: Vec<String> = found
            .iter()
            .map(|rule| format!("{}: {}\n    {}", rule.id, rule.help, rule.places.join("\n    ")))
            .collect();
        assert!(found.is_empty(), "{}: not accessible:\n  {}", self.address().await, lines.join("\n  "));
    }

    /// What is shown, can be tapped, and is smaller than 44 × 44.
    pub async fn small_targets(&self) -> Vec<SmallTarget> {
        let answer = self.web.execute(FIND_SMALL, vec![json!(TARGET_SIDE_MIN)]).await.expect("the script cannot fail");
        answer.convert().expect("the script above shapes the answer")
    }

    /// Fails if something to tap is smaller than 44 × 44.
    pub async fn assert_no_small_targets(&self) {
        let small = self.small_targets().await;
        let lines: Vec<String> =
            small.iter().map(|target| format!("{} {:.0} × {:.0}", target.what, target.width, target.height)).collect();
        assert!(small.is_empty(), "{}: too small for a gloved hand:\n  {}", self.address().await, lines.join("\n  "));
    }

    /// Through DevTools, because the page's own policy refuses every script that is not its own, and shall.
    async fn bring_axe(&self) {
        let path = target().join("tools/axe.min.js");
        let source = std::fs::read_to_string(&path).unwrap_or_else(|error| {
            panic!("{}: {error}. Start `tests/all` once: it fetches axe-core.", path.display())
        });
        let answer = self.devtools("Runtime.evaluate", json!({ "expression": source })).await;
        assert!(answer["exceptionDetails"].is_null(), "axe-core does not load: {}", answer["exceptionDetails"]);
    }
}
