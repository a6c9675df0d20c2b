// The escorts of the district and what they speak: a party that speaks no Chinese gets a seat beside one who understands it.
import { h } from "../../lib/dom.js";
import { t, language, list } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";
import { ask, checkField } from "../../lib/parts.js";
import { get, post } from "../../lib/api.js";
import { LANGUAGES } from "../desk/countries.js";
import { openList } from "../../lib/list-sheet.js";

/** @typedef {import("../../types.js").Escort} Escort */

export const escortsButton = () =>
  h("button", { type: "button", class: "btn", id: "escorts", onclick: openEscorts }, icon("people"), t("escorts"));

const openEscorts = () =>
  openList({
    key: "escorts",
    list: "phones",
    read: async (reload) => {
      const escorts = /** @type {Escort[]} */ ((await get("/v1/escorts")).escorts);
      return escorts.map((one) => line(one, reload));
    },
  });

/** @param {string[]} tags */
export const spoken = (tags) => list(tags.map(language));

/** @param {Escort} one @param {() => Promise<void>} reload */
const line = (one, reload) =>
  h(
    "li",
    { class: "spread phones__line", "data-escort": one.id },
    h(
      "div",
      { class: "stack stack--tight" },
      h("b", {}, one.display_name),
      h("span", { class: "soft" }, one.languages.length ? spoken(one.languages) : t("escorts.unknown")),
    ),
    h(
      "button",
      {
        type: "button",
        class: "btn",
        onclick: async () => {
          if (await askLanguages(one)) await reload();
        },
      },
      t("escorts.do"),
      h("span", { class: "sr-only" }, ` ${one.display_name}`),
    ),
  );

/** Chinese is everybody's here and not asked. @param {Escort} one */
function askLanguages(one) {
  const offered = [...new Set([...LANGUAGES.filter((tag) => tag !== "zh"), ...one.languages])];
  return ask({
    title: t("escorts.ask", { name: one.display_name }),
    confirm: t("save"),
    fields: [
      h(
        "fieldset",
        { class: "field" },
        h("legend", {}, t("escorts.speaks")),
        ...offered.map((tag) =>
          checkField({ name: "languages", value: tag, label: language(tag), checked: one.languages.includes(tag) }),
        ),
      ),
    ],
    send: (form) => post(`/v1/escorts/${one.id}/languages`, { languages: new FormData(form).getAll("languages") }),
  });
}
