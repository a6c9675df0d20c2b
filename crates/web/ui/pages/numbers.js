// The numbers: the ledger as one equation that closes, or says that it does not and who is missing.
import { h, fill, fillWhen, text } from "../lib/dom.js";
import { t, number } from "../lib/i18n.js";
import { openPage } from "../lib/shell.js";
import { get } from "../lib/api.js";
import { worded } from "../lib/submit.js";
import { Feed } from "../lib/feed.js";
import { staleBanner } from "../lib/stale.js";
import { icon } from "../lib/icons.js";
import { note } from "../lib/parts.js";
import { clockSeconds, now } from "../lib/time.js";

/** @typedef {import("../types.js").Ledger} Ledger */

const BUCKETS = /** @type {const} */ (["waiting", "riding", "private_car", "handed_over", "referred", "released"]);
const REFRESH_MS = 10_000;
const QUIET_MS = 250;

const shell = await openPage({ title: t("numbers.title") });
const { grant } = shell.session.account;
if (grant.role === "command" || grant.role === "dispatcher") await follow(grant.district);
else shell.main.append(note(t("numbers.none"), "info"));
document.documentElement.dataset.ready = "1";

/** @param {string} district */
async function follow(district) {
  const verdict = h("div", { "aria-live": "polite" });
  const sums = h("div", {});
  const asOf = h("p", { class: "soft" });
  const trouble = h("div", {});
  const times = h("p", {}, h("a", { class: "btn", href: "/accuracy" }, icon("clock"), t("numbers.accuracy")));
  shell.main.append(h("div", { class: "stack stack--loose" }, trouble, sums, verdict, asOf, times));
  const refresh = async () => {
    try {
      const ledger = /** @type {Ledger} */ (await get(`/v1/ledger?district=${encodeURIComponent(district)}`));
      fillWhen(sums, ledger, () => equation(ledger));
      fillWhen(verdict, [ledger.closes, ledger.missing, sumOf(ledger)], () => closing(ledger));
      text(asOf, t("numbers.as-of", { at: clockSeconds(now()) }));
      fill(trouble);
    } catch (error) {
      fill(trouble, note(worded(error), "alarm"));
    }
  };
  /** @type {ReturnType<typeof setTimeout> | undefined} */ let soon;
  const showState = staleBanner(shell);
  const feed = new Feed({
    streams: [`district:${district}`],
    hb: 1,
    onState: showState,
    onChange: (_, change) => {
      if (change.kind !== "event") return;
      clearTimeout(soon);
      soon = setTimeout(refresh, QUIET_MS);
    },
  });
  showState(feed.state);
  setInterval(refresh, REFRESH_MS);
  await refresh();
}

/** @param {Ledger} ledger */
function sumOf(ledger) {
  return BUCKETS.reduce((sum, key) => sum + ledger[key], 0);
}

/** Registered on the left, every place a person can be on the right. @param {Ledger} ledger */
function equation(ledger) {
  const equal = sumOf(ledger) === ledger.registered;
  const term = (/** @type {string} */ key, /** @type {number} */ n) =>
    h("div", { class: "term", "data-bucket": key }, h("dt", {}, t(`numbers.${key}`)), h("dd", {}, number(n)));
  const sign = (/** @type {string} */ words) => h("span", { class: "sign", "aria-hidden": "true" }, words);
  return h(
    "div",
    { class: "equation card", "data-closes": String(ledger.closes) },
    h("dl", { class: "equation__left" }, term("registered", ledger.registered)),
    sign(equal ? "=" : "≠"),
    h(
      "dl",
      { class: "equation__right" },
      BUCKETS.map((key) => term(key, ledger[key])),
    ),
    bar(ledger),
  );
}

/** @param {Ledger} ledger */
function bar(ledger) {
  const total = Math.max(1, sumOf(ledger));
  return h(
    "div",
    { class: "bar", "aria-hidden": "true" },
    BUCKETS.map((key) =>
      ledger[key]
        ? h("span", { class: "bar__part", "data-bucket": key, vars: { "--share": ledger[key] / total } })
        : null,
    ),
  );
}

/** @param {Ledger} ledger */
function closing(ledger) {
  if (ledger.closes)
    return h("p", { class: "verdict note note--ok" }, icon("check"), h("span", {}, t("numbers.closes")));
  const gap = ledger.registered - sumOf(ledger);
  return h(
    "div",
    { class: "stack" },
    h(
      "p",
      { class: "verdict note note--alarm" },
      icon("alert"),
      h("span", {}, t(gap > 0 ? "numbers.short" : "numbers.differs", { n: number(Math.abs(gap)) })),
    ),
    ledger.missing.length
      ? h(
          "section",
          { class: "card card--alarm stack stack--tight" },
          h("h2", {}, t("numbers.missing")),
          h(
            "ul",
            { class: "cluster" },
            ledger.missing.map((one) => h("li", { class: "chip chip--alarm", "data-party": one.party }, one.label)),
          ),
        )
      : null,
  );
}
