// What operators say of the roads (a typhoon, a checkpoint), beside the queue: who said it, until when, why; say it, end it early.
import { h, fillWhen } from "../../lib/dom.js";
import { t, count, lang } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";
import { get, post } from "../../lib/api.js";
import { ask, field, keptReason, valueOf } from "../../lib/parts.js";
import { actionButton } from "../../lib/submit.js";
import { dateClock, now } from "../../lib/time.js";
import { reason } from "../board/why.js";
import { openList } from "../../lib/list-sheet.js";

/** @typedef {import("../../types.js").RoadWord} RoadWord */

const HOUR_MS = 3_600_000;
/** For how long a word holds, in hours; the server takes seven days at most. */
const HOURS = [1, 2, 4, 8, 24, 72, 168];
const times = new Intl.NumberFormat(lang, { maximumFractionDigits: 2 });

/** The button, which says how much is said already, and the words behind it. @param {boolean} maySay */
export function roadsButton(maySay) {
  const button = h("button", { type: "button", class: "btn btn--quiet", id: "roads", onclick: () => open(maySay) });
  return {
    el: button,
    /** @param {import("../../types.js").Row[]} rows */
    paint: (rows) => {
      const factor = said(rows);
      fillWhen(button, [factor], () => [
        icon(factor ? "alert" : "road"),
        factor ? t("roads.said", { times: times.format(factor) }) : t("roads"),
      ]);
    },
  };
}

/** What the open trips are slowed down by, as their estimates say. @param {import("../../types.js").Row[]} rows @returns {number | null} */
function said(rows) {
  for (const row of rows) {
    if (row.kind !== "trip") continue;
    for (const { eta } of row.stops) {
      const factor = eta ? reason(eta, "word_factor") : null;
      if (factor !== null) return factor;
    }
  }
  return null;
}

/** @param {boolean} maySay */
function open(maySay) {
  const say = (/** @type {() => Promise<void>} */ reload) =>
    h(
      "button",
      { type: "button", class: "btn btn--big btn--primary", id: "roads-say", onclick: () => speak().then(reload) },
      icon("plus"),
      t("roads.say"),
    );
  return openList({
    key: "roads",
    list: "roads",
    read: async (reload) => {
      const words = /** @type {RoadWord[]} */ ((await get("/v1/eta/words")).words);
      return words.map((word) => line(word, maySay, reload));
    },
    ...(maySay ? { act: say } : {}),
  });
}

/** A word for every district is the administrator's; it is ended there. @param {RoadWord} word @param {boolean} maySay @param {() => Promise<void>} reload */
function line(word, maySay, reload) {
  const factor = t("roads.factor", { times: times.format(word.factor) });
  return h(
    "li",
    { class: "spread roads__line", "data-word": word.id },
    h(
      "span",
      {},
      h("b", {}, `${factor} · ${word.reason}`),
      h(
        "span",
        { class: "soft roads__by" },
        t(word.district ? "roads.by" : "roads.by.all", { by: word.by, until: dateClock(word.until) }),
      ),
    ),
    maySay && word.district
      ? actionButton(t("roads.end"), () => post(`/v1/eta/words/${word.id}/end`).then(reload), {
          class: "btn",
          done: t("roads.ended"),
          label: `${t("roads.end")}: ${word.reason}`,
        })
      : null,
  );
}

/** @param {number} hours */
const lasts = (hours) => (hours < 48 ? count("roads.hours", hours) : count("roads.days", hours / 24));

const speak = () =>
  ask({
    title: t("roads.say"),
    confirm: t("roads.say.confirm"),
    fields: [
      field({
        name: "factor",
        label: t("roads.say.factor"),
        hint: t("roads.say.factor.hint"),
        type: "number",
        inputmode: "decimal",
        min: 0.25,
        max: 8,
        step: 0.05,
        value: 1.5,
        required: true,
      }),
      field({
        name: "until",
        label: t("roads.say.until"),
        options: HOURS.map((hours) => [String(hours), lasts(hours)]),
        value: 4,
        required: true,
      }),
      keptReason(),
    ],
    send: (form) =>
      post("/v1/eta/words", {
        factor: Number(valueOf(form, "factor")),
        until: new Date(now() + Number(valueOf(form, "until")) * HOUR_MS).toISOString(),
        reason: valueOf(form, "reason"),
      }),
  });
