// The figures as small charts that are tables: a bar stands in a cell beside the number it draws.
import { h, fill } from "../../lib/dom.js";
import { t, name, number, percent } from "../../lib/i18n.js";
import { date } from "../../lib/time.js";
import { span } from "./sentences.js";

/** @typedef {import("../../types.js").Accuracy} Accuracy */
/** @typedef {import("../../types.js").Errors} Errors */
/** @typedef {[string, (string | HTMLElement)[]]} Line a row's head and its cells */

/** The first two numbers are what the bar beside them draws, each headed by its colour. */
const HEADS = ["", "", "num key key--first", "num key key--second"];
const RECEIVERS_SHOWN = 12;
const LEAD_MINUTES = 90;

/** @param {Accuracy} told */
export const byHorizon = (told) =>
  errorTable(
    "horizon",
    told.by_horizon.map((one) => [t("accuracy.before", { n: number(one.minutes_before) }), one.errors]),
  );

/** @param {Accuracy} told */
export const byStage = (told) =>
  errorTable(
    "stage",
    told.by_stage.map((one) => [t(`accuracy.stage.${one.stage}`), one.errors]),
  );

/** @param {"horizon" | "stage"} id @param {[string, Errors][]} rows */
function errorTable(id, rows) {
  const most = Math.max(5, ...rows.map(([, errors]) => errors.p90_minutes));
  const heads = ["accuracy.errors", "accuracy.median", "accuracy.p90", "accuracy.bias", "accuracy.inside.share"];
  return figure(
    id,
    t(`accuracy.${id}`),
    [t(`accuracy.${id}.head`), ...heads.map((key) => t(key))],
    rows.map(([head, errors]) => [
      head,
      [
        whisker(errors, most),
        t("time.minutes", { n: number(errors.median_minutes) }),
        t("time.minutes", { n: number(errors.p90_minutes) }),
        biasWords(errors.bias_minutes),
        percent(errors.inside / errors.promises),
      ],
    ]),
  );
}

/** Half lie in the thick part, nine of ten in the whole. @param {Errors} errors @param {number} most */
const whisker = (errors, most) =>
  h("div", {
    class: "whisker",
    "aria-hidden": "true",
    vars: { "--half": errors.median_minutes / most, "--most": errors.p90_minutes / most },
  });

/** @param {number} minutes */
function biasWords(minutes) {
  if (Math.abs(minutes) < 0.1) return t("accuracy.even");
  return t(minutes > 0 ? "accuracy.late" : "accuracy.early", { n: number(Math.abs(minutes)) });
}

/** @param {Accuracy} told */
export function byWeek(told) {
  return figure(
    "week",
    t("accuracy.week"),
    [
      t("accuracy.week.head"),
      t("accuracy.week.chart"),
      t("accuracy.inside.share"),
      t("accuracy.first.share"),
      t("accuracy.rides"),
    ],
    told.weeks.map(({ monday, kept }) => [
      date(`${monday}T00:00:00+08:00`),
      [
        h("div", { class: "aimed", "aria-hidden": "true", vars: { "--share": kept.inside / kept.rides } }),
        percent(kept.inside / kept.rides),
        percent(kept.vehicle_first / kept.rides),
        number(kept.rides),
      ],
    ]),
  );
}

/** Whoever heard the latest stands first. @param {Accuracy} told @param {import("../../types.js").Reference} known */
export function receivers(told, known) {
  const sorted = [...told.receivers].sort((a, b) => a.lead.p10_minutes - b.lead.p10_minutes);
  const host = h("div", { class: "figures__wide" });
  const draw = (/** @type {number} */ most) => {
    const all = h("button", { type: "button", class: "btn", id: "all-receivers" });
    all.textContent = t("accuracy.receivers.all", { n: number(sorted.length) });
    all.addEventListener("click", () => {
      draw(sorted.length);
      host.querySelector("h2")?.focus();
    });
    fill(host, receiverTable(sorted.slice(0, most), known), sorted.length > most ? all : null);
  };
  draw(RECEIVERS_SHOWN);
  return host;
}

/** @param {Accuracy["receivers"]} rows @param {import("../../types.js").Reference} known */
function receiverTable(rows, known) {
  const most = Math.max(2 * LEAD_MINUTES, ...rows.map((row) => row.lead.p50_minutes));
  const nameOf = (/** @type {string} */ code) => {
    const found = known.receivers.find((one) => one.code === code);
    return found ? name(found.name) : code;
  };
  return figure(
    "receivers",
    t("accuracy.receivers"),
    [
      t("accuracy.receivers.head"),
      t("accuracy.receivers.chart"),
      t("accuracy.lead.p10"),
      t("accuracy.lead.p50"),
      t("accuracy.lead.short"),
      t("accuracy.rides"),
    ],
    rows.map(({ receiver, lead }) => [
      nameOf(receiver),
      [
        h("div", {
          class: "early",
          "aria-hidden": "true",
          vars: { "--ten": lead.p10_minutes / most, "--half": lead.p50_minutes / most, "--mark": LEAD_MINUTES / most },
        }),
        span(lead.p10_minutes),
        span(lead.p50_minutes),
        number(lead.short),
        number(lead.rides),
      ],
    ]),
  );
}

/** @param {string} id @param {string} title @param {string[]} heads @param {Line[]} rows */
function figure(id, title, heads, rows) {
  return h(
    "section",
    { class: "card stack figure", id, hidden: rows.length === 0 },
    h("h2", { id: `${id}-title`, class: "serif", tabindex: "-1" }, title),
    h(
      "div",
      { class: "table-wrap", role: "region", tabindex: "0", "aria-label": title },
      h(
        "table",
        { class: "table" },
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            heads.map((words, place) => h("th", { scope: "col", class: HEADS[place] ?? "num" }, words)),
          ),
        ),
        h("tbody", {}, rows.map(tableRow)),
      ),
    ),
  );
}

/** @param {Line} line */
function tableRow([head, cells]) {
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, head),
    cells.map((cell) =>
      typeof cell === "string" ? h("td", { class: "num nowrap" }, cell) : h("td", { class: "figure__chart" }, cell),
    ),
  );
}

/** What the words mean, for the one who asks. */
export function meanings() {
  const words = ["inside", "first", "errors", "lead", "changes"];
  return h(
    "details",
    { class: "meanings" },
    h("summary", {}, t("accuracy.meanings")),
    h(
      "dl",
      { class: "stack stack--tight" },
      words.map((word) =>
        h("div", {}, h("dt", {}, t(`accuracy.word.${word}`)), h("dd", { class: "soft" }, t(`accuracy.means.${word}`))),
      ),
    ),
  );
}
