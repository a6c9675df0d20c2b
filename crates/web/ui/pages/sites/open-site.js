// Opens an observation site: its names, its gate, its rooms; and adds rooms to one that is there.
import { h } from "../../lib/dom.js";
import { t, name } from "../../lib/i18n.js";
import { ask, field, valueOf } from "../../lib/parts.js";
import { post } from "../../lib/api.js";
import { listField } from "./list-field.js";

/** @typedef {import("../../types.js").Reference} Reference */
/** @typedef {import("../../types.js").Places} Places */

const CODE_MAX = 56;
const NAME_MAX = 60;

/** `Huangpu Observation Site 3` → `huangpu-observation-site-3`. @param {string} words */
export const codeFrom = (words) =>
  words
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, CODE_MAX)
    .replace(/^-+|-+$/g, "");

/** The names, the code that is proposed from the English one until somebody writes another, and the district. @param {Reference} known @param {string} example */
export function nameFields(known, example) {
  const districts = known.jurisdictions.filter((one) => one.level === "district");
  const english = field({ name: "name/en", label: t("places.name.en"), required: true, maxlength: NAME_MAX });
  const code = field({
    name: "code",
    label: t("places.code"),
    hint: t("places.code.hint", { example }),
    required: true,
    maxlength: CODE_MAX,
    pattern: "[a-z0-9]+(-[a-z0-9]+)*",
    class: "mono",
  });
  const [from, to] = [english, code].map((one) => /** @type {HTMLInputElement} */ (one.querySelector("input")));
  let own = false;
  to?.addEventListener("input", () => (own = to.value !== ""));
  from?.addEventListener("input", () => {
    if (!own && to) to.value = codeFrom(from.value);
  });
  return [
    h(
      "div",
      { class: "pair" },
      field({ name: "name/zh", label: t("places.name.zh"), required: true, maxlength: NAME_MAX }),
      english,
    ),
    h(
      "div",
      { class: "pair" },
      code,
      field({
        name: "district",
        label: t("places.district"),
        hint: t("places.district.hint"),
        options: [
          .../** @type {[string, string][]} */ (districts.length === 1 ? [] : [["", t("desk.choose")]]),
          ...districts.map((one) => /** @type {[string, string]} */ ([one.code, name(one.name)])),
        ],
        required: true,
      }),
    ),
  ];
}

/** Two numbers of a point. @param {string} at the wire's pointer to it */
export const pointFields = (at) =>
  h(
    "fieldset",
    { class: "field" },
    h("legend", {}, t("places.point.title")),
    h("span", { class: "field__hint" }, t("places.point.hint")),
    h("div", { class: "pair" }, ...pointPair(at)),
  );

/** @param {string} at */
const pointPair = (at) => [
  field({
    name: `${at}/lat`,
    label: t("places.lat"),
    hint: t("places.lat.hint"),
    type: "text",
    inputmode: "decimal",
    pattern: "-?\\d{1,3}(\\.\\d+)?",
    required: true,
  }),
  field({
    name: `${at}/lon`,
    label: t("places.lon"),
    hint: t("places.lon.hint"),
    type: "text",
    inputmode: "decimal",
    pattern: "-?\\d{1,3}(\\.\\d+)?",
    required: true,
  }),
];

/** @param {HTMLFormElement} form @param {string} at */
export const pointOf = (form, at) => ({
  lat: Number(valueOf(form, `${at}/lat`)),
  lon: Number(valueOf(form, `${at}/lon`)),
});

/** @param {HTMLFormElement} form @param {string} at */
export const namesOf = (form, at) => ({ zh: valueOf(form, `${at}/zh`), en: valueOf(form, `${at}/en`) });

/** @param {Reference} known @returns {Promise<boolean>} */
export function openSite(known) {
  const list = listField({ required: false });
  return ask({
    title: t("places.open"),
    confirm: t("places.open.confirm"),
    look: "sheet--form",
    body: [h("p", { class: "soft" }, t("places.open.words"))],
    fields: [
      ...nameFields(known, "huangpu-site-3"),
      h(
        "div",
        { class: "pair" },
        field({ name: "gate/compound/zh", label: t("places.gate.zh"), required: true, maxlength: NAME_MAX }),
        field({ name: "gate/compound/en", label: t("places.gate.en"), required: true, maxlength: NAME_MAX }),
      ),
      pointFields("gate/location"),
      list.el,
    ],
    send: (form) =>
      post("/v1/sites", {
        code: valueOf(form, "code"),
        name: namesOf(form, "name"),
        district: valueOf(form, "district"),
        gate: { compound: namesOf(form, "gate/compound"), location: pointOf(form, "gate/location") },
        rooms: list.rooms(),
      }).catch((error) => {
        list.refuse(error);
        throw error;
      }),
  });
}

/** @param {Places["sites"][number]} site @returns {Promise<boolean>} */
export function addRooms(site) {
  const list = listField({ required: true });
  return ask({
    title: t("places.rooms.add.title", { site: name(site.name) }),
    confirm: t("places.rooms.add"),
    look: "sheet--form",
    body: [h("p", { class: "soft" }, t("places.rooms.add.words"))],
    fields: [list.el],
    send: () =>
      post(`/v1/sites/${site.code}/rooms`, { rooms: list.rooms() }).catch((error) => {
        list.refuse(error);
        throw error;
      }),
  });
}
