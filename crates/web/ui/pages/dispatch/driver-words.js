// What a driver, or an escort, does now, in words and shapes: where they are first, then what keeps them from driving, then what waits
// for them.
import { t } from "../../lib/i18n.js";
import { clock, within } from "../../lib/time.js";

/** @typedef {import("../../types.js").Driver} Driver */
/** @typedef {"en_route" | "off" | "boarding" | "planned" | "off_hours" | "free"} State */
/** @typedef {{ state: State, words: string, tone: import("../../lib/parts.js").Tone, shape: import("../../lib/icons.js").IconName }} Does */

/** @param {Pick<Driver, "off" | "shift"> & { trips: { stage: string, vehicle: { name: string }, departs_at: string, departed_at: string | null }[] }} driver @returns {Does[]} */
export function doesNow(driver) {
  const { off, shift } = driver;
  const trip = (/** @type {string} */ stage) => driver.trips.find((one) => one.stage === stage);
  const [road, loads, waits] = [trip("en_route"), trip("boarding"), trip("planned")];
  /** @type {Does[]} */ const does = [];
  if (road) {
    const at = clock(road.departed_at ?? road.departs_at);
    does.push(told("en_route", "info", "bus", { vehicle: road.vehicle.name, at }));
  }
  if (off) does.push(told("off", "", "cross", { at: clock(off.at), by: off.by }));
  // Somebody waits for a driver who is off duty.
  const urgent = off !== null;
  if (loads)
    does.push(told("boarding", urgent ? "alarm" : "ok", urgent ? "alert" : "people", { vehicle: loads.vehicle.name }));
  else if (waits && (!road || urgent)) {
    const at = clock(waits.departs_at);
    does.push(
      told("planned", urgent ? "warn" : "info", urgent ? "alert" : "clock", { vehicle: waits.vehicle.name, at }),
    );
  }
  if (does.length) return does;
  return [shift && !within(shift) ? told("off_hours", "", "clock") : told("free", "ok", "check")];
}

/** @param {State} state @param {Does["tone"]} tone @param {Does["shape"]} shape @param {Record<string, string>} [of] @returns {Does} */
const told = (state, tone, shape, of = {}) => ({ state, words: t(`drivers.now.${state}`, of), tone, shape });
