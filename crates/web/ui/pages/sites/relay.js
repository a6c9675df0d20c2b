// Relay points: opened, taken out of use with a reason, put back. Changes that are planned there stay.
import { h } from "../../lib/dom.js";
import { t, name } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";
import { ask, chip, empty, keptReason, valueOf } from "../../lib/parts.js";
import { post } from "../../lib/api.js";
import { dateClock } from "../../lib/time.js";
import { nameFields, namesOf, pointFields, pointOf } from "./open-site.js";

/** @typedef {import("../../types.js").Reference} Reference */
/** @typedef {import("../../types.js").Places} Places */
/** @typedef {Places["relay_points"][number]} Point */

/** @param {Reference} known @returns {Promise<boolean>} */
export const openRelayPoint = (known) =>
  ask({
    title: t("places.relay.open"),
    confirm: t("places.relay.open.confirm"),
    look: "sheet--form",
    body: [h("p", { class: "soft" }, t("places.relay.words"))],
    fields: [...nameFields(known, "huangpu-relay-3"), pointFields("location")],
    send: (form) =>
      post("/v1/relay-points", {
        code: valueOf(form, "code"),
        name: namesOf(form, "name"),
        district: valueOf(form, "district"),
        location: pointOf(form, "location"),
      }),
  });

/** @param {Point[]} points @param {() => Promise<void>} changed */
export function relayPoints(points, changed) {
  if (points.length === 0) return empty(t("places.relay.none"), t("places.relay.none.words"));
  return h(
    "div",
    { class: "card table-wrap" },
    h(
      "table",
      { class: "table relay" },
      h("caption", { class: "sr-only" }, t("places.relay")),
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          ["name", "code", "point", "state"].map((key) => h("th", { scope: "col" }, t(`places.${key}`))),
          h("td", {}),
        ),
      ),
      h(
        "tbody",
        {},
        points.map((point) => line(point, changed)),
      ),
    ),
  );
}

/** @param {Point} point @param {() => Promise<void>} changed */
const line = (point, changed) =>
  h(
    "tr",
    { "data-relay": point.code },
    h("th", { scope: "row", class: "relay__name" }, name(point.name)),
    h("td", { class: "mono" }, point.code),
    h("td", { class: "point" }, `${point.location.lat}, ${point.location.lon}`),
    h(
      "td",
      {},
      point.out
        ? h("div", {}, chip(t("places.out"), "alarm", "cross"), h("p", { class: "soft small" }, outWords(point.out)))
        : chip(t("places.in-use"), "ok", "check"),
    ),
    h("td", {}, turnButton(point, changed)),
  );

/** @param {{ reason: string, by: string, at: string }} out */
export const outWords = (out) => t("places.out.words", { reason: out.reason, by: out.by, at: dateClock(out.at) });

/** @param {Point} point @param {() => Promise<void>} changed */
function turnButton(point, changed) {
  const to = point.out ? "in-use" : "out-of-use";
  const words = t(point.out ? "places.put-back" : "places.take-out");
  const run = () =>
    ask({
      title: `${words}: ${name(point.name)}`,
      confirm: words,
      danger: !point.out,
      body: [h("p", {}, t(`places.relay.${to}`))],
      fields: [keptReason()],
      send: (form) => post(`/v1/relay-points/${point.code}/${to}`, { reason: valueOf(form, "reason") }),
    });
  return h(
    "button",
    {
      type: "button",
      class: "btn",
      "aria-label": `${words}: ${name(point.name)}`,
      onclick: async () => {
        if (await run()) await changed();
      },
    },
    icon(point.out ? "check" : "cross"),
    words,
  );
}
