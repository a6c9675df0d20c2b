// The escorts of the district and what they speak: a party that speaks no Chinese gets a seat beside one who understands it.
import { h, fill } from "../../lib/dom.js";
import { t, language, list } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";
import { ask, checkField, empty, note } from "../../lib/parts.js";
import { worded } from "../../lib/submit.js";
import { get, post } from "../../lib/api.js";
import { LANGUAGES } from "../desk/countries.js";

/** @typedef {import("../../types.js").Escort} Escort */

export const escortsButton = () =>
  h("button", { type: "button", class: "btn", id: "escorts", onclick: openEscorts }, icon("people"), t("escorts"));

async function openEscorts() {
  const back = document.activeElement;
  const lines = h("ul", { class: "divided phones" });
  const close = h("button", { type: "button", class: "btn btn--big" }, t("close"));
  const dialog = h(
    "dialog",
    { class: "sheet sheet--wide", "aria-labelledby": "escorts-title" },
    h(
      "div",
      { class: "stack" },
      h("h2", { id: "escorts-title" }, t("escorts.title")),
      h("p", { class: "soft" }, t("escorts.words")),
      lines,
      h("div", { class: "cluster cluster--end" }, close),
    ),
  );
  async function reload() {
    try {
      const escorts = /** @type {Escort[]} */ ((await get("/v1/escorts")).escorts);
      fill(
        lines,
        ...(escorts.length
          ? escorts.map((one) => line(one, reload))
          : [h("li", {}, empty(t("escorts.none"), t("escorts.none.words")))]),
      );
    } catch (error) {
      fill(lines, h("li", {}, note(worded(error), "alarm")));
    }
  }
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (back instanceof HTMLElement) back.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  await reload();
}

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
