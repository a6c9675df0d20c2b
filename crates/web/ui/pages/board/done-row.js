// One quiet line for a stop that is over: handed over or cancelled.
import { h, fillWhen } from "../../lib/dom.js";
import { t, name, list, count } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";
import { timeElement } from "../../lib/time.js";

/** @typedef {import("../../types.js").StopRow} StopRow */

/** @param {import("./stop-row.js").Viewer} viewer @returns {(row: StopRow) => import("../../lib/dom.js").Part<StopRow>} */
export const doneRow = (viewer) => (first) => {
  const el = h("li", { class: "done__row", "data-stop": first.stop });
  return { el, update: (row) => fillWhen(el, [row.stage, row.handed_over_at, row.people, row.parties, row.gate], () => [
    icon(row.stage === "cancelled" ? "cross" : "check"),
    row.handed_over_at ? timeElement(row.handed_over_at) : h("span", {}, "– –"),
    h("b", {}, row.gate ? name(row.gate.compound) : viewer.receiverName(row.receiver)),
    h("span", {}, count("people", row.people.total)), h("span", { class: "soft" }, list(row.parties)),
    h("span", { class: "soft" }, t(row.stage === "cancelled" ? "stop.cancelled" : "stop.handed-over")),
  ]) };
};
