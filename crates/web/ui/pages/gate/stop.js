// A stop at the gate: who brings them, by which vehicle; the steps are ticked between its arrival and the hand-over.
import { h } from "../../lib/dom.js";
import { t } from "../../lib/i18n.js";
import { driverWords } from "../../lib/crew.js";
import { note, peopleChips, phoneLink } from "../../lib/parts.js";
import { clock, now } from "../../lib/time.js";
import { headline } from "../board/words.js";
import { handOver } from "./hand-over.js";

/** @typedef {import("../../types.js").StopDetail} StopDetail */

/** @param {string} id @returns {import("../gate.js").Comes<StopDetail>} */
export const stopAtGate = (id) => ({
  path: `/v1/stops/${id}`,
  key: id,
  title: t("gate.title"),
  endTitle: t("gate.both"),
  place: (stop) => ({
    path: `/v1/stops/${id}/reception`,
    open: stop.arrived_at !== null && stop.handed_over_at === null,
    closed: t("gate.not-arrived"),
  }),
  when: (row) => {
    if (row.arrived_at || row.handed_over_at) return null;
    const { label, time } = headline(row, now());
    const { eta } = row;
    const ends = eta && { from: clock(eta.p10), to: clock(eta.p90), best: clock(eta.p50) };
    return { words: label, at: time, range: time && ends && ends.from !== ends.to ? t("stop.range", ends) : "" };
  },
  head: (stop, when) => [
    h(
      "div",
      { class: "cluster large" },
      ...peopleChips(stop.people),
      stop.plate ? h("span", { class: "plate" }, stop.plate) : null,
    ),
    when,
    h(
      "div",
      { class: "cluster" },
      stop.escort ? phoneLink(stop.escort.phone, t("stop.escort", { name: stop.escort.name })) : null,
      stop.driver ? phoneLink(stop.driver.phone, driverWords(stop.driver)) : null,
    ),
    stop.home_check === "pending" || stop.home_check === "unsuitable"
      ? note(t(`problem.home-${stop.home_check === "pending" ? "check-pending" : "unsuitable"}`), "alarm")
      : null,
  ],
  end: handOver,
});
