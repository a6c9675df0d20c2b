// The rules that plans are made by: what they are in words, and the dialog that chooses the next version of them.
import { h } from "../../lib/dom.js";
import { t, count, number, percent } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";
import { get, post } from "../../lib/api.js";
import { ask, checkField, field, keptReason, valueOf } from "../../lib/parts.js";
import { act } from "../../lib/submit.js";
import { length } from "../../lib/time.js";
import { said } from "../board/silence.js";

/** @typedef {import("../../types.js").PlanningRules} PlanningRules */
/** @typedef {import("../../types.js").PlanningAnswer} PlanningAnswer */

/** The pairs of tags, the milder first. */
const PAIRS = /** @type {["green" | "yellow", "yellow" | "red"][]} */ ([
  ["yellow", "red"],
  ["green", "red"],
  ["green", "yellow"],
]);

const minutes = (/** @type {number} */ n) => length(n * 60_000);

/** What a kilometre is worth. @param {PlanningRules} rules */
const kmWords = ({ km_seconds }) => (km_seconds ? count("planning.km", km_seconds / 60) : t("planning.km.nothing"));

/** What a kilometre is worth, and what else is other than by default. @param {PlanningRules} rules */
export function rulesWords(rules) {
  const other = new Set(rules.changed);
  return [
    kmWords(rules),
    other.has("apart") ? rules.apart.map(pairWords).join(t("plan.why.comma")) : "",
    other.has("spacing_percent") ? t("planning.spacing", { percent: percent(rules.spacing_percent / 100) }) : "",
    other.has("wait_max_minutes") ? t("planning.wait", { n: minutes(rules.wait_max_minutes) }) : "",
    other.has("ride_max_minutes") ? t("planning.ride", { n: minutes(rules.ride_max_minutes) }) : "",
  ]
    .filter(Boolean)
    .join(" · ");
}

/** @param {string[]} pair */
const pairWords = (pair) => {
  const [milder, stricter] = pair.map((tag) => t(`tag.${tag}`));
  return t("planning.apart", { one: stricter ?? "", other: milder ?? "" });
};

/** Opens the dialog. @param {string} district */
export function planningButton(district) {
  const button = h(
    "button",
    { type: "button", class: "btn btn--quiet", id: "planning", onclick: () => act(button, () => choose(district)) },
    icon("list"),
    t("planning.title"),
  );
  return button;
}

/** Asks what counts now, then for the next version. @param {string} district */
export async function choose(district) {
  const { in_force: rules, versions } = /** @type {PlanningAnswer} */ (await get("/v1/planning-rules"));
  const [newest] = versions;
  const chosen = newest ? said(newest) : t("planning.nobody-chose");
  void ask({
    title: t("planning.title"),
    confirm: t("planning.choose"),
    body: [h("p", {}, chosen), h("p", { class: "soft" }, t("planning.words"))],
    fields: [...numberFields(rules), pairField(rules), keptReason()],
    send: (form) => post("/v1/planning-rules", body(form, district, rules.version)),
  });
}

/** @param {HTMLFormElement} form @param {string} district @param {number} version */
const body = (form, district, version) => ({
  district,
  version,
  apart: new FormData(form).getAll("apart").map((pair) => String(pair).split(" ")),
  spacing_percent: Number(valueOf(form, "spacing_percent")),
  wait_max_minutes: Number(valueOf(form, "wait_max_minutes")),
  ride_max_minutes: Number(valueOf(form, "ride_max_minutes")),
  km_seconds: Math.round(Number(valueOf(form, "km_seconds")) * 60),
  reason: valueOf(form, "reason"),
});

/** The server holds the same bounds; here they are worded in the reader's language. @param {PlanningRules} rules */
function numberFields(rules) {
  const whole = (
    /** @type {"spacing_percent" | "wait_max_minutes" | "ride_max_minutes"} */ name,
    min = 15,
    max = 720,
  ) =>
    field({
      name,
      label: t(`planning.${name}`),
      hint: t("planning.from-to", { min: number(min), max: number(max) }),
      type: "number",
      inputmode: "numeric",
      required: true,
      value: rules[name],
      min,
      max,
    });
  return [
    field({
      name: "km_seconds",
      label: t("planning.km_seconds"),
      hint: t("planning.from-to", { min: number(0), max: number(10) }),
      type: "number",
      inputmode: "decimal",
      required: true,
      value: rules.km_seconds / 60,
      min: 0,
      max: 10,
      step: "any",
    }),
    whole("spacing_percent", 20, 100),
    whole("wait_max_minutes"),
    whole("ride_max_minutes"),
  ];
}

/** @param {PlanningRules} rules */
function pairField(rules) {
  const laid = new Set(rules.apart.map((pair) => pair.join(" ")));
  const boxes = PAIRS.map((pair) => {
    const value = pair.join(" ");
    return checkField({ name: "apart", value, label: pairWords(pair), checked: laid.has(value) });
  });
  return h("fieldset", { class: "field" }, h("legend", {}, t("planning.pairs")), ...boxes);
}
