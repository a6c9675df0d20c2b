// Small parts that several screens show: chips, tags, fields, notes, dialogs. No wire and no state of a page.
import { h, giveBack } from "./dom.js";
import { announce } from "./say.js";
import { t, count, number } from "./i18n.js";
import { icon } from "./icons.js";
import { onSubmit } from "./submit.js";

/** @typedef {"" | "ok" | "warn" | "alarm" | "info"} Tone */
/** @typedef {import("./icons.js").IconName} IconName */

/** Word + shape + border. @param {string} words @param {Tone} [tone] @param {IconName} [shape] */
export const chip = (words, tone = "", shape) =>
  h("span", { class: tone ? `chip chip--${tone}` : "chip" }, shape ? icon(shape) : null, words);

/** The sticker on the passport: diamond, square, circle. @param {"red" | "yellow" | "green"} tag */
export function tagChip(tag) {
  const how = /** @type {const} */ ({ red: ["alarm", "diamond"], yellow: ["warn", "square"], green: ["ok", "circle"] })[
    tag
  ];
  return chip(t(`tag.${tag}`), how[0], how[1]);
}

/** @param {string} words @param {Exclude<Tone, "">} tone @param {IconName} [shape] */
export const note = (words, tone, shape = tone === "ok" ? "check" : "alert") =>
  h("p", { class: `note note--${tone}` }, icon(shape), h("span", {}, words));

/** "2 people", and the special needs as chips. @param {import("../types.js").People} people @returns {HTMLElement[]} */
export function peopleChips(people) {
  const out = [h("span", { class: "strong" }, count("people", people.total))];
  if (people.infants) out.push(chip(count("infants", people.infants), "info", "infant"));
  if (people.wheelchairs) out.push(chip(count("wheelchairs", people.wheelchairs), "info", "wheelchair"));
  if (people.luggage) out.push(chip(count("luggage", people.luggage), "", "luggage"));
  return out;
}

/** What is seen is what is said, after the verb; without a phone the words alone. @param {string | null} phone @param {string} who */
export const phoneLink = (phone, who) => (phone ? link(phone, who) : h("span", {}, who));

/** @param {string} phone @param {string} who */
const link = (phone, who) =>
  h(
    "a",
    { class: "btn phone", href: `tel:${phone.replace(/[^+\d]/g, "")}` },
    icon("phone"),
    h("span", { class: "sr-only" }, t("call"), " "),
    h("span", { class: "phone__both" }, h("span", {}, who), h("span", { class: "num nowrap" }, phone)),
  );

let serial = 0;

/** @typedef {[value: string, words: string, out?: boolean]} Option one that is `out` is shown and cannot be chosen */

/** @param {Option[]} options @param {string | number} [chosen] */
export const optionsOf = (options, chosen = "") =>
  options.map(([value, words, out]) =>
    h("option", { value, selected: value === String(chosen), disabled: out ?? false }, words),
  );

/**
 * A labelled control with hint and error line; `name` is the wire's pointer to it.
 * @param {{ name: string, label: string, type?: string, hint?: string, options?: Option[], value?: string | number, required?: boolean,
 *   rows?: number, autocomplete?: string, inputmode?: string, min?: string | number, max?: string | number, step?: string | number, maxlength?: number, pattern?: string, placeholder?: string, class?: string, id?: string }} of
 */
export function field(of) {
  const id = of.id ?? `f${(serial += 1)}`;
  const shared = {
    id,
    name: of.name,
    class: `input ${of.class ?? ""}`.trim(),
    required: of.required,
    autocomplete: of.autocomplete ?? "off",
    "aria-describedby": of.hint ? `${id}-hint ${id}-error` : `${id}-error`,
  };
  return h(
    "div",
    { class: "field" },
    h("label", { htmlFor: id }, of.label),
    of.hint ? h("span", { class: "field__hint", id: `${id}-hint` }, of.hint) : null,
    control(of, shared),
    h("span", { class: "field__error", id: `${id}-error` }),
  );
}

/** @param {Parameters<typeof field>[0]} of @param {Record<string, any>} shared @returns {HTMLElement} */
function control(of, shared) {
  if (of.options) return h("select", shared, optionsOf(of.options, of.value));
  const more = {
    inputmode: of.inputmode,
    min: of.min,
    max: of.max,
    step: of.step,
    maxlength: of.maxlength,
    pattern: of.pattern,
    placeholder: of.placeholder,
    value: of.value,
  };
  if (of.rows) return h("textarea", { ...shared, maxlength: of.maxlength, rows: of.rows, value: of.value });
  return h("input", { ...shared, type: of.type ?? "text", spellcheck: "false", ...more });
}

/** A labelled checkbox, 44 px tall. @param {{ name: string, label: string, checked?: boolean, required?: boolean, value?: string }} of */
export function checkField(of) {
  const id = `f${(serial += 1)}`;
  return h(
    "div",
    { class: "field" },
    h(
      "label",
      { class: "check", htmlFor: id },
      h("input", {
        type: "checkbox",
        id,
        name: of.name,
        value: of.value ?? "on",
        checked: of.checked,
        required: of.required,
        "aria-describedby": `${id}-error`,
      }),
      h("span", {}, of.label),
    ),
    h("span", { class: "field__error", id: `${id}-error` }),
  );
}

/** Radio buttons as big choices. @param {{ name: string, label: string, options: [string, string][], value?: string, required?: boolean }} of */
export function choices(of) {
  const id = `f${(serial += 1)}`;
  const options = of.options.map(([value, words], index) =>
    h(
      "label",
      { class: "choice" },
      h("input", {
        type: "radio",
        name: of.name,
        id: index ? null : id,
        value,
        checked: value === of.value,
        required: of.required,
        "aria-describedby": index ? null : `${id}-error`,
      }),
      h("span", {}, words),
    ),
  );
  return h(
    "fieldset",
    { class: "field" },
    h("legend", {}, of.label),
    h("div", { class: "choices" }, options),
    h("span", { class: "field__error", id: `${id}-error` }),
  );
}

/**
 * A dialog with a form. Resolves true after `send` went through, false when it was left. A refusal stays in the dialog.
 * @param {{ title: string, body?: (Node | string)[], fields?: Node[], confirm: string, danger?: boolean, look?: string, send: (form: HTMLFormElement) => Promise<unknown> }} of
 * @returns {Promise<boolean>}
 */
export function ask(of) {
  const back = document.activeElement;
  const cancel = h("button", { type: "button", class: "btn btn--big" }, t("cancel"));
  const form = h(
    "form",
    { class: "stack" },
    h("h2", { id: "ask-title" }, of.title),
    ...(of.body ?? []),
    ...(of.fields ?? []),
    h("p", { role: "alert" }),
    h(
      "div",
      { class: "cluster cluster--end sheet__foot" },
      cancel,
      h("button", { type: "submit", class: `btn btn--big ${of.danger ? "btn--danger" : "btn--primary"}` }, of.confirm),
    ),
  );
  const dialog = h("dialog", { class: `sheet ${of.look ?? ""}`.trim(), "aria-labelledby": "ask-title" }, form);
  document.body.append(dialog);
  return new Promise((resolve) => {
    let went = false;
    cancel.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      giveBack(back);
      resolve(went);
    });
    onSubmit(form, async () => {
      await of.send(form);
      went = true;
      dialog.close();
    });
    dialog.showModal();
    announce(of.title);
  });
}

/** The value of a form's control. @param {HTMLFormElement} form @param {string} name @returns {string} */
export function valueOf(form, name) {
  return String(new FormData(form).get(name) ?? "").trim();
}

/** @param {HTMLFormElement} form @param {string} name @returns {boolean} */
export const isChecked = (form, name) => new FormData(form).has(name);

/** An empty state that explains itself. @param {string} title @param {string} words */
export const empty = (title, words) => h("div", { class: "empty" }, h("b", {}, title), words);

/** `3 / 5` with its meaning for screen readers. @param {number} of @param {number} total @param {string} words */
export const ratio = (of, total, words) =>
  h(
    "span",
    { class: "num", "aria-label": `${words}: ${number(of)} / ${number(total)}` },
    `${number(of)} / ${number(total)}`,
  );

/** Why, in a dispatcher's dialog. @param {string} [hint] */
export const reasonField = (hint = "") =>
  field({ name: "reason", label: t("dispatch.reason"), hint, rows: 2, required: true, maxlength: 200 });

/** A reason that is kept with name and time. */
export const keptReason = () =>
  field({
    name: "reason",
    label: t("request.reason"),
    hint: t("silence.reason"),
    rows: 2,
    required: true,
    maxlength: 200,
  });

/** A list that says how many stand in it; without any it goes, unless it stays. @param {string} id @param {string} title @param {string} className */
export function countedList(id, title, className) {
  const shown = h("span", { class: "section__count soft" });
  const list = h("ol", { class: className });
  const el = h(
    "section",
    { id, "aria-labelledby": `${id}-title`, class: "stack" },
    h("h2", { class: "section__title", id: `${id}-title` }, title, " ", shown),
    list,
  );
  return {
    el,
    list,
    count: (/** @type {number} */ n, stays = false) => {
      el.hidden = n === 0 && !stays;
      shown.textContent = n ? String(n) : "";
    },
  };
}
