// A private car at the gate. Nobody stands beside its people until all is ticked, as an escort does: they are received first, and the
// three steps follow.
import { h } from "../../lib/dom.js";
import { t, count } from "../../lib/i18n.js";
import { chip, note, peopleChips, phoneLink } from "../../lib/parts.js";
import { clock } from "../../lib/time.js";
import { receiveButton, stateChip } from "../board/car-row.js";
import { missingNote } from "./hand-over.js";
import { missing, mayAccept } from "./steps.js";

/** @typedef {import("../../types.js").CarDetail} CarDetail */

/** @param {string} id @returns {import("../gate.js").Comes<CarDetail>} */
export const carAtGate = (id) => ({
  path: `/v1/parties/${id}/private-car`,
  key: `${id}:car`,
  title: t("gate.car.title"),
  endTitle: t("gate.car.title"),
  place: (car) => ({
    path: `/v1/parties/${id}/private-car/reception`,
    open: Boolean(car.received_at),
    closed: t("gate.car.not-received"),
  }),
  head: (car) => [
    h(
      "div",
      { class: "cluster large" },
      ...peopleChips(car.people),
      h("span", { class: "plate" }, car.plate),
      car.received_at ? chip(t("car.received", { at: clock(car.received_at) }), "ok", "check") : stateChip(car),
    ),
    car.driver ? h("div", {}, phoneLink(car.driver.phone, t("gate.car.driver", { name: car.driver.name }))) : null,
  ],
  end,
});

/** @param {CarDetail} car @param {string | null} role @param {() => Promise<unknown>} reload @returns {Node[]} */
function end(car, role, reload) {
  const title = h("h2", { class: "serif" }, t("gate.car.title"));
  if (!car.received_at)
    return [
      title,
      h("p", {}, t("gate.car.first")),
      mayAccept(role) ? receiveButton(car, reload) : h("p", { class: "soft" }, t("gate.car.who-receives")),
    ];
  const open = missing(car.people_list);
  if (open.length) return [title, missingNote(open)];
  const done = t("gate.car.done", { people: count("people", car.people.total), at: clock(car.received_at) });
  return [title, note(done, "ok")];
}
