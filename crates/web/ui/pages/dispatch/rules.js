// What is laid down beforehand, beside the queue: how the district approves homes, what each sub-district's silence means.
import { h, fill, fillWhen } from "../../lib/dom.js";
import { t } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";
import { post } from "../../lib/api.js";
import { ask, choices, keptReason, note, valueOf } from "../../lib/parts.js";
import { showSheet } from "../../lib/sheet.js";
import { worded } from "../../lib/submit.js";
import { placeName } from "../desk/party-words.js";
import { rules, ruleCard, said } from "../board/silence.js";

/** @typedef {import("../../types.js").ApprovalRow} ApprovalRow */
/** @typedef {import("../../types.js").Reference} Reference */

/** The mode in force, as a button that changes it. @param {string} district */
export function approvalButton(district) {
  /** @type {ApprovalRow | null} */ let row = null;
  const button = h("button", {
    type: "button",
    class: "btn btn--quiet",
    id: "approval",
    onclick: () => choose(district, row),
  });
  return {
    el: button,
    /** @param {import("../../types.js").Row[]} rows */
    paint: (rows) => {
      row = /** @type {ApprovalRow | undefined} */ (rows.find((one) => one.kind === "approval")) ?? null;
      fillWhen(button, [row], () => [icon("shield"), t(`approval.${row?.mode ?? "automatic"}`)]);
      button.title = row ? said(row) : t("approval.nobody-chose");
    },
  };
}

/** @param {string} district @param {ApprovalRow | null} row */
function choose(district, row) {
  const options = /** @type {[string, string][]} */ (
    ["automatic", "manual"].map((mode) => [mode, t(`approval.means.${mode}`)])
  );
  return ask({
    title: t("approval.title"),
    confirm: t("approval.choose"),
    body: [h("p", {}, row ? said(row) : t("approval.nobody-chose")), h("p", { class: "soft" }, t("approval.words"))],
    fields: [choices({ name: "mode", label: t("approval.label"), options, required: true }), keptReason()],
    send: (form) =>
      post("/v1/approval-modes", {
        district,
        mode: valueOf(form, "mode"),
        reason: valueOf(form, "reason"),
        version: row?.version ?? 0,
      }),
  });
}

/** Opens the rules of the district's sub-districts. @param {Reference} known @param {string} district @param {boolean} mayChoose */
export function rulesButton(known, district, mayChoose) {
  return h(
    "button",
    { type: "button", class: "btn btn--quiet", id: "rules", onclick: () => showRules(known, district, mayChoose) },
    icon("list"),
    t("silence.section"),
  );
}

/** @param {Reference} known @param {string} district @param {boolean} mayChoose */
function showRules(known, district, mayChoose) {
  const places = known.jurisdictions.filter((one) => one.level === "subdistrict" && one.parent === district);
  const body = h("div", { class: "stack stack--tight" });
  const close = h("button", { type: "button", class: "btn btn--big" }, t("close"));
  const dialog = h(
    "dialog",
    { class: "sheet", "aria-labelledby": "rules-title" },
    h(
      "div",
      { class: "stack" },
      h("h2", { id: "rules-title" }, t("silence.section")),
      body,
      h("div", { class: "cluster cluster--end sheet__foot" }, close),
    ),
  );
  const paint = async () => {
    try {
      const newest = await rules();
      fill(
        body,
        ...places.map((one) =>
          ruleCard({
            place: one.code,
            name: placeName(known, one.code),
            rule: newest.get(one.code),
            mayChoose,
            changed: paint,
          }),
        ),
      );
    } catch (error) {
      fill(body, note(worded(error), "alarm"));
    }
  };
  showSheet(dialog, close);
  void paint();
}
