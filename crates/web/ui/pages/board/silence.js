// What a sub-district's silence means: the rule in force with who chose it and why, and the choice of the next one. Shown under
// the board and, for the district, beside the queue.
import { h, fill } from "../../lib/dom.js";
import { t, number } from "../../lib/i18n.js";
import { get, post } from "../../lib/api.js";
import { ask, choices, keptReason, note, valueOf } from "../../lib/parts.js";
import { worded } from "../../lib/submit.js";
import { dateClock } from "../../lib/time.js";

/** @typedef {import("../../types.js").OpinionRule} OpinionRule */

/** Who chose a version, when and why. @param {{ version: number, by: string, at: string, reason: string }} row */
export const said = (row) =>
  t("silence.chosen", { version: number(row.version), by: row.by, at: dateClock(row.at), reason: row.reason });

const MEANINGS = /** @type {const} */ (["ask_again", "agree", "site"]);

/** The newest rule of each sub-district. @returns {Promise<Map<string, OpinionRule>>} */
export async function rules() {
  const all = /** @type {OpinionRule[]} */ ((await get("/v1/opinion-rules")).rules);
  /** @type {Map<string, OpinionRule>} */ const newest = new Map();
  for (const rule of all) if (!newest.has(rule.place)) newest.set(rule.place, rule);
  return newest;
}

/** One sub-district's rule as a card. @param {{ place: string, name: string, rule: OpinionRule | undefined, mayChoose: boolean, changed: () => Promise<void> }} of */
export function ruleCard(of) {
  const { place, name, rule, mayChoose, changed } = of;
  const chosen = rule ? said(rule) : t("silence.nobody-chose");
  const choose = h(
    "button",
    {
      type: "button",
      class: "btn",
      id: `rule-${place}`,
      onclick: async () => {
        if (await chooseRule(of)) await changed();
      },
    },
    t("silence.choose"),
    h("span", { class: "sr-only" }, " ", name),
  );
  return h(
    "section",
    { class: "card stack stack--tight", "data-rule": place, "data-means": rule?.means ?? "ask_again" },
    h("div", { class: "spread" }, h("h3", {}, name), mayChoose ? choose : null),
    h("p", { class: "strong" }, t(`silence.means.${rule?.means ?? "ask_again"}`)),
    h("p", { class: "soft small" }, chosen),
  );
}

/** @param {Parameters<typeof ruleCard>[0]} of */
function chooseRule({ place, name, rule }) {
  return ask({
    title: t("silence.title", { place: name }),
    confirm: t("silence.choose"),
    body: [h("p", { class: "soft" }, t("silence.words"))],
    fields: [
      choices({
        name: "means",
        label: t("silence.label"),
        options: MEANINGS.map((means) => [means, t(`silence.means.${means}`)]),
        required: true,
      }),
      keptReason(),
    ],
    send: (form) =>
      post("/v1/opinion-rules", {
        place,
        means: valueOf(form, "means"),
        reason: valueOf(form, "reason"),
        version: rule?.version ?? 0,
      }),
  });
}

/** The section under a board. @param {string} place @param {string} name @param {boolean} mayChoose */
export function silenceSection(place, name, mayChoose) {
  const body = h("div", {});
  const paint = async () => {
    try {
      fill(body, ruleCard({ place, name, rule: (await rules()).get(place), mayChoose, changed: paint }));
    } catch (error) {
      fill(body, note(worded(error), "alarm"));
    }
  };
  void paint();
  return h(
    "section",
    { class: "stack", id: "silence", "aria-labelledby": "silence-title" },
    h("h2", { class: "section__title", id: "silence-title" }, t("silence.section")),
    body,
  );
}
