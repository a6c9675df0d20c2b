// One quiet line for a stop that is over: handed over, cancelled, or ordered elsewhere.
import { h, fillWhen } from "../../lib/dom.js";
import { t, name, list, count } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";
import { timeElement } from "../../lib/time.js";

/** @typedef {import("../../types.js").StopRow} StopRow */

/** @param {import("./stop-row.js").Viewer} viewer @returns {(row: StopRow) => import("../../lib/dom.js").Part<StopRow>} */
export const doneRow = (viewer) => (first) => {
  const el = h("li", { class: "done__row", "data-stop": first.stop });
  return {
    el,
    update: (row) =>
      fillWhen(el, [row.stage, row.handed_over_at, row.diverted, row.people, row.parties, row.gate], () => [
        icon(row.stage === "handed_over" ? "check" : "cross"),
        (row.handed_over_at ?? row.diverted)
          ? timeElement(row.handed_over_at ?? row.diverted?.at ?? "")
          : h("span", {}, "– –"),
        h("b", {}, row.gate ? name(row.gate.compound) : viewer.receiverName(row.receiver)),
        h("span", {}, count("people", row.people.total)),
        h("span", { class: "soft" }, list(row.parties)),
        row.diverted
          ? h("b", {}, t("stop.diverted.why", { reason: row.diverted.reason, by: row.diverted.by }))
          : h("span", { class: "soft" }, t(row.stage === "cancelled" ? "stop.cancelled" : "stop.handed-over")),
      ]),
  };
};
