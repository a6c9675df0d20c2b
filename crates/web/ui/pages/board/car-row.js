// One private car on its way to a gate of this receiver: expected, overdue (an alarm), received.
import { h, fillWhen } from "../../lib/dom.js";
import { t, name } from "../../lib/i18n.js";
import { chip, peopleChips } from "../../lib/parts.js";
import { actionButton } from "../../lib/submit.js";
import { post } from "../../lib/api.js";
import { clock, length, now } from "../../lib/time.js";

/** @typedef {import("../../types.js").CarRow} CarRow */

/** @param {import("./stop-row.js").Viewer} viewer @returns {(row: CarRow) => import("../../lib/dom.js").Part<CarRow>} */
export const carRow = (viewer) => (first) => {
  const head = h("div", { class: "spread" });
  const body = h("div", { class: "cluster" });
  const foot = h("div", { class: "stack stack--tight" });
  const el = h("li", { class: "card car", "data-party": first.party }, head, body, foot);
  return {
    el,
    update: (row) => {
      el.classList.toggle("card--alarm", row.overdue && !row.received_at);
      fillWhen(head, [row, Math.floor(now() / 60_000)], () => [
        h("h3", {}, h("span", { class: "plate" }, row.plate), " ", row.gate ? name(row.gate.compound) : ""),
        stateChip(row),
      ]);
      fillWhen(body, [row.people, row.label], () => [
        h("span", { class: "soft" }, row.label),
        ...peopleChips(row.people),
      ]);
      fillWhen(foot, [row.received_at, viewer.role], () =>
        viewer.role && !row.received_at && row.released_at ? receive(row) : [],
      );
    },
  };
};

/** @param {CarRow} row */
function stateChip(row) {
  if (row.received_at) return chip(t("car.received", { at: clock(row.received_at) }), "ok", "check");
  if (row.overdue)
    return chip(t("car.overdue", { length: length(now() - Date.parse(row.expected_at)) }), "alarm", "alert");
  return chip(t("car.expected", { at: clock(row.expected_at) }), "", "clock");
}

/** @param {CarRow} row */
const receive = (row) =>
  actionButton(t("car.receive"), () => post(`/v1/parties/${row.party}/private-car/receive`), {
    class: "btn btn--big btn--primary",
    icon: "check",
    id: `receive-${row.party}`,
    done: t("car.receive.done"),
  });
