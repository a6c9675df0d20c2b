// A better plan that was found in the background: what it saves, who would ride otherwise, take it or keep one's own.
import { h, fill } from "../../../lib/dom.js";
import { t, count } from "../../../lib/i18n.js";
import { gain, movedBetween } from "./delta.js";
import { gainWords, movedWords } from "./words.js";

/** @typedef {import("../../../types.js").DayPlan} DayPlan */

/** Shows the offer; gives it in words. @param {HTMLElement} host @param {DayPlan} mine @param {DayPlan} better @param {{ take: () => void, keep: () => void }} acts */
export function showOffer(host, mine, better, acts) {
  const moved = movedBetween(mine, better);
  const words = t("plan.offer", { gain: gainWords(gain(mine, better)) });
  fill(
    host,
    h(
      "section",
      { class: "card plan__offer", "aria-label": t("plan.offer.title") },
      h("p", { class: "strong" }, words),
      h(
        "details",
        {},
        h("summary", {}, count("plan.offer.moved", moved.length)),
        h("ul", { class: "plan__delta" }, ...moved.map((one) => h("li", {}, movedWords(one)))),
      ),
      h(
        "div",
        { class: "cluster" },
        h("button", { type: "button", class: "btn btn--primary", id: "plan-take", onclick: acts.take }, t("plan.take")),
        h("button", { type: "button", class: "btn", id: "plan-keep", onclick: acts.keep }, t("plan.keep")),
      ),
    ),
  );
  return words;
}
