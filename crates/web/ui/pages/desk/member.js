// One member of the party: the fields of a person, what the scan said about them, the duplicate warning. Names of controls are the wire's pointers.
import { h, fill } from "../../lib/dom.js";
import { t } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";
import { field, checkField, choices, note } from "../../lib/parts.js";
import { countryOptions, choose } from "./countries.js";
import { watchForDuplicates } from "./duplicates.js";

/** @typedef {import("../../types.js").MrzRead} MrzRead */
/** @typedef {{ el: HTMLElement, number: (place: number, of: number) => void, apply: (read: MrzRead) => void, body: () => object, isEmpty: () => boolean, document: () => string, nationality: () => string, focus: () => void }} Member */

/** Which control a check digit speaks for. @type {Record<string, string>} */
const CHECKED = { document_number: "document/number", born_on: "born_on" };

/** @param {string[]} countries @param {{ remove: (member: Member) => void, changed: (member: Member) => void }} on @returns {Member} */
export function memberCard(countries, on) {
  const title = h("h2", { class: "large" });
  const remove = h(
    "button",
    { type: "button", class: "btn btn--quiet", onclick: () => on.remove(member) },
    icon("cross"),
    h("span", {}, t("desk.member.remove")),
  );
  const advice = h("div", { class: "stack stack--tight", "aria-live": "polite" });
  const twice = h("div", { "aria-live": "assertive" });
  const el = h(
    "section",
    { class: "member card" },
    h("div", { class: "spread" }, title, remove),
    advice,
    twice,
    ...rows(countries),
  );
  const control = (/** @type {string} */ name) => controlIn(el, name);
  const lookAgain = watchForDuplicates(el, twice, control);
  el.addEventListener("change", () => on.changed(member));
  /** @type {Member} */ const member = {
    el,
    number: (place, of) => {
      title.textContent = t("desk.member", { n: place + 1 });
      remove.hidden = of < 2;
      rename(el, place);
    },
    apply: (read) => {
      write(control, read);
      fill(advice, ...advise(control, read));
      lookAgain();
      on.changed(member);
    },
    body: () => bodyOf(el, control),
    isEmpty: () => !value(control("name/surname")) && !value(control("document/number")),
    document: () => value(control("document/country")) + value(control("document/number")),
    nationality: () => value(control("nationality")),
    focus: () => control("name/surname").focus(),
  };
  return member;
}

/** @typedef {HTMLInputElement | HTMLSelectElement} Control */
/** @param {HTMLElement} el @param {string} name @returns {Control} */
function controlIn(el, name) {
  const found = [...el.querySelectorAll("input, select")].find(
    (one) => /** @type {Control} */ (one).name.endsWith(`/${name}`) || /** @type {Control} */ (one).name === name,
  );
  if (!found) throw new Error(`a member has no ${name}`);
  return /** @type {Control} */ (found);
}

const value = (/** @type {Control} */ control) => control.value.trim();

/** @param {string[]} countries @returns {HTMLElement[]} */
function rows(countries) {
  const states = countryOptions(countries);
  const m = (/** @type {string} */ name) => `members/0/${name}`;
  return [
    h(
      "div",
      { class: "fields fields--name" },
      field({ name: m("name/surname"), label: t("desk.surname"), required: true, maxlength: 80 }),
      field({ name: m("name/given"), label: t("desk.given"), maxlength: 80 }),
      choices({
        name: m("sex"),
        label: t("desk.sex"),
        required: true,
        options: [
          ["f", t("desk.sex.f")],
          ["m", t("desk.sex.m")],
          ["x", t("desk.sex.x")],
        ],
      }),
    ),
    h(
      "div",
      { class: "fields fields--four" },
      field({ name: m("document/number"), label: t("desk.document"), required: true, maxlength: 30, class: "mono" }),
      field({ name: m("document/country"), label: t("desk.issuer"), options: states, required: true }),
      field({ name: m("nationality"), label: t("desk.nationality"), options: states, required: true }),
      field({ name: m("born_on"), label: t("desk.born"), type: "date", required: true }),
    ),
    h(
      "div",
      { class: "fields fields--four" },
      field({
        name: m("screening/temperature_c"),
        label: t("desk.temperature"),
        type: "number",
        inputmode: "decimal",
        min: 34,
        max: 43,
        step: 0.1,
      }),
      field({ name: m("phone"), label: t("desk.phone"), type: "tel", inputmode: "tel" }),
      field({
        name: m("document/kind"),
        label: t("desk.document.kind"),
        value: "passport",
        options: ["passport", "id_card", "visa", "other"].map((kind) => [kind, t(`desk.document.${kind}`)]),
      }),
      field({
        name: m("needs/luggage"),
        label: t("desk.luggage"),
        type: "number",
        inputmode: "numeric",
        min: 0,
        max: 20,
        value: 0,
      }),
    ),
    h(
      "div",
      { class: "cluster" },
      checkField({ name: m("screening/symptoms"), label: t("desk.symptoms") }),
      checkField({ name: m("screening/contact"), label: t("desk.contact") }),
      checkField({ name: m("needs/infant"), label: t("desk.infant") }),
      checkField({ name: m("needs/wheelchair"), label: t("desk.wheelchair") }),
    ),
  ];
}

/** @param {HTMLElement} el @param {number} place */
function rename(el, place) {
  for (const one of el.querySelectorAll("input, select")) {
    const control = /** @type {Control} */ (one);
    control.name = control.name.replace(/^members\/\d+\//, `members/${place}/`);
  }
}

/** @param {(name: string) => Control} control @param {MrzRead} read */
function write(control, read) {
  control("name/surname").value = read.surname;
  control("name/given").value = read.given_names;
  control("document/number").value = read.document.number;
  control("document/kind").value = read.document.kind;
  choose(/** @type {HTMLSelectElement} */ (control("document/country")), read.document.country);
  choose(/** @type {HTMLSelectElement} */ (control("nationality")), read.nationality);
  control("born_on").value = read.born_on ?? "";
  for (const radio of /** @type {NodeListOf<HTMLInputElement>} */ (document.getElementsByName(control("sex").name)))
    radio.checked = radio.value === read.sex.toLowerCase();
}

/** Names the check digits that fail, at their fields where there is one; the name has none. @param {(name: string) => Control} control @param {MrzRead} read */
function advise(control, read) {
  const failed = new Set(read.checks.filter((check) => !check.ok).map((check) => check.field));
  for (const [digit, name] of Object.entries(CHECKED))
    mark(control(name), failed.has(digit) ? t(`desk.check.${digit}`) : "");
  const elsewhere = [...failed]
    .filter((digit) => !CHECKED[digit])
    .map((digit) => note(t(`desk.check.${digit}`), "warn"));
  return [...elsewhere, read.name_unchecked ? note(t("desk.check.name"), "info", "search") : null];
}

/** @param {Control} control @param {string} words */
function mark(control, words) {
  const line = document.getElementById(`${control.id}-error`);
  control.toggleAttribute("aria-invalid", Boolean(words));
  if (words) control.setAttribute("aria-invalid", "true");
  if (line) fill(line, words ? icon("alert") : null, words);
}

/** @param {HTMLElement} el @param {(name: string) => Control} control */
function bodyOf(el, control) {
  const ticked = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (control(name)).checked;
  const sex = [...el.querySelectorAll("input[type=radio]")].find(
    (one) => /** @type {HTMLInputElement} */ (one).checked,
  );
  const celsius = value(control("screening/temperature_c"));
  const phone = value(control("phone"));
  return {
    name: { surname: value(control("name/surname")), given: value(control("name/given")) },
    document: {
      kind: value(control("document/kind")),
      country: value(control("document/country")),
      number: value(control("document/number")),
    },
    nationality: value(control("nationality")),
    sex: sex ? /** @type {HTMLInputElement} */ (sex).value : "",
    born_on: value(control("born_on")),
    ...(phone ? { phone } : {}),
    needs: {
      infant: ticked("needs/infant"),
      wheelchair: ticked("needs/wheelchair"),
      luggage: Number(value(control("needs/luggage")) || 0),
    },
    screening: {
      ...(celsius ? { temperature_c: Number(celsius) } : {}),
      symptoms: ticked("screening/symptoms"),
      contact: ticked("screening/contact"),
    },
  };
}
