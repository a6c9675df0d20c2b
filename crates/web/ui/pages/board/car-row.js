// One private car on its way to a gate of this receiver: expected, overdue (an alarm), received with steps still open.
import { h, fillWhen } from "../../lib/dom.js";
import { t, count, name } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";
import { chip, peopleChips } from "../../lib/parts.js";
import { actionButton } from "../../lib/submit.js";
import { post } from "../../lib/api.js";
import { clock, length, now } from "../../lib/time.js";
import { STEPS, mayAccept } from "../gate/steps.js";

/** @typedef {import("../../types.js").CarRow} CarRow */

/** @param {import("./stop-row.js").Viewer} viewer @returns {(row: CarRow) => import("../../lib/dom.js").Part<CarRow>} */
export const carRow = (viewer) => (first) => {
  const head = h("div", { class: "spread" });
  const body = h("div", { class: "cluster" });
  const steps = h("div", { class: "cluster" });
  const foot = h("div", { class: "stack stack--tight" });
  const el = h("li", { class: "card car", "data-party": first.party }, head, body, steps, foot);
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
      fillWhen(steps, row.open_steps ?? null, () => stepsLeft(row));
      fillWhen(foot, [row.received_at, viewer.role], () => (viewer.role ? acts(row, viewer.role) : []));
    },
  };
};

/** Who may take them over does; the others look at the list, which is theirs too once the car is there. @param {CarRow} row @param {string} role */
function acts(row, role) {
  const look = h(
    "a",
    {
      class: `btn btn--big${row.received_at ? " btn--primary" : ""}`,
      href: `/gate/${row.party}/car`,
      id: `gate-${row.party}`,
    },
    icon("list"),
    t("stop.open-gate"),
  );
  return row.received_at || !mayAccept(role) ? [look] : [receiveButton(row), look];
}

/** What is left for whom, so that nobody has to open the list to know. @param {CarRow} row */
const stepsLeft = (row) =>
  STEPS.filter((step) => row.open_steps?.[step]).map((step) =>
    chip(
      t("car.step-left", { step: t(`gate.${step}`), people: count("people", row.open_steps?.[step] ?? 0) }),
      "warn",
      "clock",
    ),
  );

/** @param {CarRow} row */
export function stateChip(row) {
  if (row.received_at) return chip(t("car.received", { at: clock(row.received_at) }), "ok", "check");
  const at = row.expected_at ?? row.released_at;
  if (row.overdue) return chip(t("car.overdue", { length: length(now() - Date.parse(at)) }), "alarm", "alert");
  return chip(t("car.expected", { at: clock(at) }), "", "clock");
}

/** @param {CarRow} row @param {() => Promise<unknown>} [after] */
export const receiveButton = (row, after) =>
  actionButton(t("car.receive"), () => post(`/v1/parties/${row.party}/private-car/receive`).then(after), {
    class: "btn btn--big btn--primary",
    icon: "check",
    id: `receive-${row.party}`,
    done: t("car.receive.done"),
  });
