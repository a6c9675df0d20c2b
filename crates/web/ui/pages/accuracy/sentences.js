// What the figures say, in sentences; beside each what it is held to, and whether there are enough rides to judge.
import { h } from "../../lib/dom.js";
import { t, count, number, percent } from "../../lib/i18n.js";
import { chip, note } from "../../lib/parts.js";
import { length } from "../../lib/time.js";

/** @typedef {import("../../types.js").Accuracy} Accuracy */

/** With fewer rides a share says more about chance than about us: one of thirty is three points. */
const RIDES_MIN = 30;
const MINUTE_MS = 60_000;

/** @param {number} minutes */
export const span = (minutes) => length(minutes * MINUTE_MS);

/** @param {Accuracy} told */
export function sentences(told) {
  const { rides } = told.kept;
  return h(
    "section",
    { class: "card stack said", "aria-labelledby": "said-title" },
    h("h2", { class: "sr-only", id: "said-title" }, t("accuracy.said")),
    told.untold ? note(count("accuracy.untold", told.untold), "alarm") : null,
    rides ? kept(told) : null,
    told.cut ? note(t("accuracy.cut"), "warn") : null,
  );
}

/** @param {Accuracy} told */
function kept(told) {
  const { rides, inside, vehicle_first } = told.kept;
  const first = vehicle_first / rides;
  const changes = told.changes / rides;
  const reversals = told.reversals / rides;
  const half = told.by_horizon.find((one) => one.minutes_before === 30)?.errors;
  return h(
    "ul",
    { class: "said__list divided" },
    line(
      count("accuracy.inside", rides, { share: percent(inside / rides) }),
      aim(t("accuracy.inside.aim"), rides, between(inside / rides, 0.75, 0.85)),
      true,
    ),
    line(
      count("accuracy.first", vehicle_first, { share: percent(first) }),
      aim(t("accuracy.first.aim"), rides, between(first, 0.09, 0.11)),
    ),
    half
      ? line(t("accuracy.guess", { median: number(half.median_minutes), p90: number(half.p90_minutes) }), null)
      : null,
    told.lead
      ? line(
          [
            t("accuracy.lead", { p10: span(told.lead.p10_minutes), p50: span(told.lead.p50_minutes) }),
            " ",
            count("accuracy.short", told.lead.short, { share: percent(told.lead.short / rides) }),
          ],
          aim(t("accuracy.lead.aim"), rides, told.lead.p10_minutes >= 90),
        )
      : null,
    line(
      t("accuracy.changes", { changes: number(changes), reversals: number(reversals) }),
      aim(t("accuracy.changes.aim"), rides, changes <= 1 && reversals <= 0.15),
    ),
  );
}

/** @param {number} of @param {number} least @param {number} most */
const between = (of, least, most) => of >= least && of <= most;

/** @param {string} words @param {number} rides @param {boolean} met */
function aim(words, rides, met) {
  if (rides < RIDES_MIN) return chip(t("accuracy.few"), "", "ring");
  return chip(words, met ? "ok" : "warn", met ? "check" : "alert");
}

/** @param {string | string[]} words @param {HTMLElement | null} held @param {boolean} [main] */
const line = (words, held, main = false) =>
  h("li", { class: main ? "said__line said__line--main" : "said__line" }, h("p", {}, words), held);
