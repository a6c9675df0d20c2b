// How true the boards' times were: sentences first, the figures below them. Not live: arrivals of some days, counted when asked.
import { h, fill } from "../lib/dom.js";
import { t, number } from "../lib/i18n.js";
import { openPage } from "../lib/shell.js";
import { reference } from "../lib/session.js";
import { get } from "../lib/api.js";
import { worded } from "../lib/submit.js";
import { choices, empty, note } from "../lib/parts.js";
import { civilDay, now } from "../lib/time.js";
import { sentences } from "./accuracy/sentences.js";
import { byHorizon, byStage, byWeek, meanings, receivers } from "./accuracy/figures.js";

/** @typedef {import("../types.js").Accuracy} Accuracy */

const SPANS_DAYS = ["7", "28", "90"];
const DAY_MS = 86_400_000;

const shell = await openPage({ title: t("accuracy.title") });
const { role } = shell.session.account.grant;
if (role === "dispatcher" || role === "command" || role === "administrator" || role === "auditor") await look();
else shell.main.append(note(t("accuracy.none"), "info"));
document.documentElement.dataset.ready = "1";

async function look() {
  const body = h("div", { id: "accuracy", class: "stack stack--loose", "aria-live": "polite" });
  const spans = choices({
    name: "days",
    label: t("accuracy.days"),
    options: SPANS_DAYS.map((days) => [days, t("accuracy.days.last", { n: number(Number(days)) })]),
    value: "7",
  });
  shell.main.append(h("div", { class: "stack stack--loose" }, spans, body));
  let asked = 0;
  const show = async (/** @type {string} */ days) => {
    const mine = (asked += 1);
    body.setAttribute("aria-busy", "true");
    const kids = await figures(Number(days));
    if (mine !== asked) return; // Another span was chosen meanwhile.
    fill(body, kids);
    body.dataset.days = days;
    body.removeAttribute("aria-busy");
  };
  spans.addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement) void show(event.target.value);
  });
  await show("7");
}

/** @param {number} days @returns {Promise<(Node | null)[]>} */
async function figures(days) {
  const from = civilDay(now() - (days - 1) * DAY_MS);
  try {
    const [told, known] = await Promise.all([
      /** @type {Promise<Accuracy>} */ (get(`/v1/accuracy?from=${from}&to=${civilDay(now())}`)),
      reference(),
    ]);
    if (told.kept.rides + told.untold === 0) return [empty(t("accuracy.empty"), t("accuracy.empty.sub"))];
    return [
      sentences(told),
      h(
        "div",
        { class: "figures" },
        byHorizon(told),
        h("div", { class: "figures" }, byStage(told), byWeek(told)),
        receivers(told, known),
      ),
      meanings(),
    ];
  } catch (error) {
    return [note(worded(error), "alarm")];
  }
}
