// A gate that lets nobody in: what a stop says of it, and how urgent that is. The board, the queue and the escort word it alike.
import { t, name } from "./i18n.js";
import { chip } from "./parts.js";
import { clock, dateClock, now } from "./time.js";

/** @typedef {import("../types.js").StopRow} StopRow */

/** The gate of a halt as it is called; the receiver's code where no gate is told. @param {Pick<StopRow, "gate" | "receiver">} stop */
export const haltName = (stop) => (stop.gate ? name(stop.gate.compound) : stop.receiver);

/** The closure that still concerns a stop, and whether the vehicle is likely to come into it. @param {StopRow} stop @param {number} [nowMs] */
export function closedAt(stop, nowMs = now()) {
  const closed = stop.gate_closed;
  if (!closed || stop.arrived_at || stop.stage === "cancelled" || stop.stage === "diverted") return null;
  const [from, until] = [Date.parse(closed.from), Date.parse(closed.until)];
  if (until <= nowMs) return null;
  const meets = stop.eta ? from < Date.parse(stop.eta.p90) && Date.parse(stop.eta.p10) < until : false;
  return { ...closed, meets };
}

/** @param {{ from: string, until: string, reason: string }} closed */
export const closedWords = (closed) =>
  t("gates.closed", { from: dateClock(closed.from), until: untilWords(closed), reason: closed.reason });

/** A closure of less than half a day ends at the next such hour: the day is said of longer ones. @param {{ from: string, until: string }} closed */
const untilWords = ({ from, until }) =>
  Date.parse(until) - Date.parse(from) < 12 * 3_600_000 ? clock(until) : dateClock(until);

/** @param {StopRow} stop */
export function closedChip(stop) {
  const closed = closedAt(stop);
  return closed ? chip(closedWords(closed), closed.meets ? "alarm" : "warn", "gate") : null;
}

/** For the dispatcher: a vehicle is likely to stand before a closed gate. @param {StopRow} stop @param {string} vehicle */
export function closedAlert(stop, vehicle) {
  const closed = closedAt(stop);
  if (!closed?.meets || !stop.eta) return null;
  return t("gates.alert", {
    vehicle,
    gate: haltName(stop),
    at: clock(stop.eta.p50),
    closed: closedWords(closed),
  });
}
