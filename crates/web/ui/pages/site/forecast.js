// The free beds of a site for fourteen days: a table whose first row is also its chart, and the same in one line of bars.
import { h } from "../../lib/dom.js";
import { t, number } from "../../lib/i18n.js";
import { date, weekday } from "../../lib/time.js";

/** @typedef {import("../../types.js").BedForecast} BedForecast */
/** @typedef {"single" | "family" | "accessible"} Kind */

const KINDS = /** @type {const} */ (["single", "family", "accessible"]);

/** Share of the beds that are free. @param {BedForecast} of @param {number} free */
const share = (of, free) => free / Math.max(1, of.capacity.free);

/** The table; it scrolls sideways where it has to. @param {BedForecast} of */
export function forecastTable(of) {
  const heads = of.days.map((day, at) =>
    h("th", { scope: "col", abbr: date(day.on) }, at ? weekday(day.on) : t("site.today")),
  );
  const all = of.days.map((day) => h("td", { class: "num" }, bar(of, day.free), number(day.free)));
  const kinds = KINDS.filter((kind) => of.capacity[kind] > 0).map((kind) =>
    h(
      "tr",
      {},
      rowHead(`site.kind.${kind}`, of.capacity[kind]),
      of.days.map((day) => h("td", { class: "num" }, number(day[kind]))),
    ),
  );
  return h(
    "div",
    { class: "table-wrap", role: "region", tabindex: "0", "aria-label": t("site.forecast") },
    h(
      "table",
      { class: "table forecast" },
      h("caption", { class: "sr-only" }, t("site.forecast.caption")),
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("site.forecast.kind")), heads)),
      h("tbody", {}, h("tr", { class: "forecast__all" }, rowHead("site.kind.all", of.capacity.free), all), kinds),
    ),
  );
}

/** @param {string} key @param {number} capacity */
const rowHead = (key, capacity) =>
  h("th", { scope: "row" }, t(key), " ", h("span", { class: "soft num" }, `/ ${number(capacity)}`));

/** @param {BedForecast} of @param {number} free */
const bar = (of, free) =>
  h("span", { class: "forecast__bar", "aria-hidden": "true", vars: { "--share": share(of, free) } });

/** Fourteen bars in a line, said in a sentence: now, and the best day to come. @param {BedForecast} of */
export function forecastLine(of) {
  const best = of.days.reduce((one, other) => (other.free > one.free ? other : one));
  const words = t("site.forecast.line", {
    free: number(of.days[0]?.free ?? 0),
    most: number(best.free),
    on: date(best.on),
  });
  return h(
    "span",
    { class: "forecast__line", role: "img", "aria-label": words, title: words },
    of.days.map((day) => bar(of, day.free)),
  );
}
