// The last fourteen days of the party: rows of country, from, until. Nothing is guessed; quick buttons only save typing.
import { h, fillWhen } from "../../lib/dom.js";
import { t, country } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";
import { field } from "../../lib/parts.js";
import { civilDay } from "../../lib/time.js";
import { countryOptions } from "./countries.js";

const DAY_MS = 86_400_000;
const DAYS = 14;

/** @typedef {{ country: string, from: string, until: string }} Sojourn */

/** @param {string[]} countries @param {() => string} landedOn civil day */
export function historyPart(countries, landedOn) {
  const rows = h("div", { class: "stack stack--tight" });
  const quick = h("div", { class: "cluster" });
  const none = h("p", { class: "soft" }, t("desk.history.none"));
  const renumber = () => {
    none.hidden = rows.childElementCount > 0;
    [...rows.children].forEach((row, place) =>
      row.querySelectorAll("input, select").forEach((one) => {
        const c = /** @type {HTMLInputElement} */ (one);
        c.name = c.name.replace(/^history\/\d+\//, `history/${place}/`);
      }),
    );
  };
  const add = (/** @type {Partial<Sojourn>} */ of) => {
    rows.append(row(countries, { from: fortnightBefore(landedOn()), until: landedOn(), country: "", ...of }, renumber));
    renumber();
  };
  const el = h(
    "fieldset",
    { class: "card stack stack--tight" },
    h("legend", { class: "sr-only" }, t("desk.history")),
    h(
      "div",
      { class: "spread" },
      h("h2", { class: "large" }, t("desk.history")),
      h("button", { type: "button", class: "btn", onclick: () => add({}) }, icon("plus"), t("desk.history.add")),
    ),
    none,
    quick,
    rows,
  );
  /** Offers "14 days in X" for the countries the documents name. A button stays while a finger is on it: leaving a field asks again. @param {string[]} codes */
  const suggest = (codes) => {
    const offered = [...new Set(codes)].filter((code) => code && code !== "CHN").slice(0, 3);
    fillWhen(quick, offered, () =>
      offered.map((code) =>
        h(
          "button",
          { type: "button", class: "btn btn--big", "data-quick": code, onclick: () => add({ country: code }) },
          icon("plus"),
          t("desk.history.quick", { country: country(code) }),
        ),
      ),
    );
  };
  return {
    el,
    suggest,
    /** @returns {Sojourn[]} */
    body: () =>
      [...rows.children].map(
        (line) =>
          /** @type {Sojourn} */ (
            Object.fromEntries(
              [...line.querySelectorAll("input, select")].map((one) => [
                /** @type {HTMLInputElement} */ (one).name.split("/")[2],
                /** @type {HTMLInputElement} */ (one).value,
              ]),
            )
          ),
      ),
    reset: () => {
      rows.replaceChildren();
      suggest([]);
      renumber();
    },
  };
}

/** @param {string} day */
const fortnightBefore = (day) => civilDay(Date.parse(`${day}T12:00:00+08:00`) - DAYS * DAY_MS);

/** @param {string[]} countries @param {Sojourn} of @param {() => void} renumber */
function row(countries, of, renumber) {
  const el = h(
    "div",
    { class: "sojourn" },
    field({
      name: "history/0/country",
      label: t("desk.history.country"),
      options: countryOptions(countries),
      value: of.country,
      required: true,
    }),
    field({ name: "history/0/from", label: t("desk.history.from"), type: "date", value: of.from, required: true }),
    field({ name: "history/0/until", label: t("desk.history.until"), type: "date", value: of.until, required: true }),
    h(
      "button",
      {
        type: "button",
        class: "btn",
        "aria-label": t("desk.history.remove"),
        title: t("desk.history.remove"),
        onclick: () => {
          el.remove();
          renumber();
        },
      },
      icon("cross"),
    ),
  );
  return el;
}
