// One person at the gate: who it is, and the three reception steps. Only the own role's step has controls; the others say who and when.
import { h, fillWhen } from "../../lib/dom.js";
import { t, person, language, list } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";
import { chip, field, checkField, valueOf, phoneLink } from "../../lib/parts.js";
import { actionButton, onSubmit } from "../../lib/submit.js";
import { post } from "../../lib/api.js";
import { clock } from "../../lib/time.js";
import { STEPS, doneStep, maySettle } from "./steps.js";

/** @typedef {import("../../types.js").GatePerson} GatePerson */
/** @typedef {import("./steps.js").StepName} StepName */
/** @typedef {{ path: string, open: boolean, closed: string }} Place where a step is sent to, whether steps can be ticked now, and why not */
/** @typedef {{ place: Place, role: string | null, reload: () => Promise<unknown> }} At */
/** @typedef {{ one: GatePerson, place: Place }} Item */

/** @param {string | null} role @param {() => Promise<unknown>} reload @returns {(item: Item) => import("../../lib/dom.js").Part<Item>} */
export const personCard =
  (role, reload) =>
  ({ one: first }) => {
    const title = `person-${first.arrival}`;
    const who = h("div", { class: "stack stack--tight" });
    const rows = new Map(STEPS.map((step) => [step, h("li", { class: "step-row", "data-step": step })]));
    const el = h(
      "li",
      { class: "card person", "data-arrival": first.arrival, "aria-labelledby": title },
      who,
      h("ol", { class: "steps divided" }, ...rows.values()),
    );
    return {
      el,
      update: ({ one, place }) => {
        fillWhen(who, [one.name, one.address, one.phone, one.health, one.languages], () => identity(one, title));
        for (const [step, row] of rows)
          fillWhen(row, [doneStep(one, step), place.open], () => stepRow({ place, role, reload }, one, step));
      },
    };
  };

/** @param {GatePerson} one @param {string} title */
function identity(one, title) {
  const { health } = one;
  return [
    h("h2", { id: title, class: "person__name" }, person(one.name)),
    h(
      "p",
      { class: "cluster" },
      one.sex ? h("span", {}, t(`sex.${one.sex}`)) : null,
      one.born_on ? h("span", {}, t("gate.born", { on: one.born_on })) : null,
      h("span", {}, list(one.languages.map(language))),
    ),
    one.address ? h("p", { class: "strong" }, icon("home"), " ", one.address) : null,
    one.phone ? h("p", {}, phoneLink(one.phone, t("gate.phone"))) : null,
    health
      ? h(
          "p",
          { class: "cluster" },
          h("span", { class: "soft" }, t("gate.health")),
          chip(
            health.temperature_c == null
              ? t("gate.no-temperature")
              : t("gate.temperature-was", { c: health.temperature_c.toFixed(1) }),
          ),
          chip(
            t(health.symptoms ? "gate.symptoms" : "gate.no-symptoms"),
            health.symptoms ? "alarm" : "ok",
            health.symptoms ? "alert" : "check",
          ),
          health.contact ? chip(t("gate.contact"), "alarm", "alert") : null,
        )
      : null,
  ];
}

/** @param {At} at @param {GatePerson} one @param {StepName} step */
function stepRow(at, one, step) {
  const done = doneStep(one, step);
  const own = maySettle(step, at.role);
  const head = h(
    "p",
    { class: "step-row__head" },
    h(
      "span",
      { class: done ? "step-row__mark step-row__mark--done" : "step-row__mark" },
      icon(done ? "check" : "ring"),
    ),
    h("b", {}, t(`gate.${step}`)),
    h(
      "span",
      { class: "soft" },
      done
        ? t("gate.done-by", { by: done.by, role: roleName(done.role), at: clock(done.at) })
        : own
          ? ""
          : t(`gate.${step}.by`),
    ),
  );
  if (done || !own) return [head];
  if (!at.place.open) return [head, h("p", { class: "soft" }, at.place.closed)];
  return [head, control(at, one, step)];
}

/** @param {string} role */
const roleName = (role) => t(role === "site_manager" ? "role.site_manager" : `squad_role.${role}`);

/** @param {At} at @param {GatePerson} one @param {StepName} step */
function control(at, one, step) {
  const send = (/** @type {object} */ more) =>
    post(at.place.path, { arrival: one.arrival, step, ...more }).then(at.reload);
  if (step === "verify")
    return h(
      "div",
      { class: "stack stack--tight" },
      h("p", { class: "soft" }, t("gate.verify.how")),
      actionButton(t("gate.verify.do"), () => send({}), {
        class: "btn btn--big btn--primary",
        icon: "check",
        id: `verify-${one.arrival}`,
      }),
    );
  return step === "inform" ? informForm(one, send) : enrolForm(one, send);
}

/** @param {GatePerson} one @param {(more: object) => Promise<unknown>} send */
function informForm(one, send) {
  const tongues = [...new Set([...one.languages, "zh", "en"])];
  const form = h(
    "form",
    { class: "stack stack--tight", id: `inform-form-${one.arrival}` },
    h("p", { class: "soft" }, t("gate.inform.how")),
    field({
      name: "language",
      label: t("gate.inform.language"),
      options: tongues.map((tag) => [tag, language(tag)]),
      value: tongues[0] ?? "zh",
      required: true,
    }),
    h(
      "button",
      { type: "submit", class: "btn btn--big btn--primary", id: `inform-${one.arrival}` },
      icon("check"),
      t("gate.inform.do"),
    ),
  );
  onSubmit(form, () => send({ language: valueOf(form, "language") }));
  return form;
}

/** @param {GatePerson} one @param {(more: object) => Promise<unknown>} send */
function enrolForm(one, send) {
  const form = h(
    "form",
    { class: "stack stack--tight", id: `enrol-form-${one.arrival}` },
    field({
      name: "temperature_c",
      label: t("gate.temperature"),
      hint: t("gate.temperature.hint"),
      inputmode: "decimal",
      required: true,
      maxlength: 5,
      pattern: "[34][0-9]([.,][0-9])?",
    }),
    checkField({ name: "letter_signed", label: t("gate.letter"), required: true }),
    checkField({ name: "guide_given", label: t("gate.guide"), required: true }),
    h(
      "button",
      { type: "submit", class: "btn btn--big btn--primary", id: `enrol-${one.arrival}` },
      icon("check"),
      t("gate.enrol.do"),
    ),
  );
  onSubmit(form, () =>
    send({
      temperature_c: Number(valueOf(form, "temperature_c").replace(",", ".")),
      letter_signed: true,
      guide_given: true,
    }),
  );
  return form;
}
