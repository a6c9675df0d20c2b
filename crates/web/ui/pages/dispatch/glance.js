// The fleet beside the queue in one line: how many vehicles and seats stand ready, load, or are under way, and who is next to be back.
import { h, fillWhen } from "../../lib/dom.js";
import { t, count, number } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";
import { get } from "../../lib/api.js";
import { clock, now } from "../../lib/time.js";

/** @typedef {import("../../types.js").TripRow} TripRow */
/** @typedef {import("../../types.js").Vehicle} Vehicle */

const READ_EVERY_MS = 30_000;

/** @param {boolean} mayAct */
export function fleetGlance(mayAct) {
  const el = h("ul", { class: "glance", id: "fleet-glance", "aria-label": t("glance.title") });
  /** @type {Vehicle[]} */ let fleet = [];
  let read = -READ_EVERY_MS;
  let trips_ = "";
  /** @param {string} open which vehicles are on a trip: another set may mean another fleet */
  const readFleet = async (open) => {
    if (!mayAct || (open === trips_ && performance.now() - read < READ_EVERY_MS)) return;
    [trips_, read] = [open, performance.now()];
    try { fleet = (await get("/v1/vehicles")).vehicles; } catch { /* the last one stays */ }
  };
  return {
    el,
    /** @param {TripRow[]} rows */
    paint: (rows) => {
      const open = rows.filter((row) => row.stage !== "completed" && row.stage !== "cancelled");
      void readFleet(open.map((row) => row.vehicle.id).sort().join());
      const loading = open.filter((row) => row.stage !== "en_route");
      const away = open.filter((row) => row.stage === "en_route");
      const busy = new Set(open.map((row) => row.vehicle.id));
      const ready = fleet.filter((one) => !busy.has(one.id));
      const free = loading.reduce((sum, row) => sum + row.vehicle.seats - row.seats_taken, 0);
      const done = away.map((row) => Date.parse(row.stops.findLast((stop) => stop.eta)?.eta?.p50 ?? "")).filter((at) => at > now()).sort((a, b) => a - b)[0];
      fillWhen(el, [ready.length, ready.map((one) => one.seats), loading.length, free, away.length, done ? clock(done) : ""], () => [
        mayAct ? item("ready", ready.length, t("glance.seats", { n: number(ready.reduce((sum, one) => sum + one.seats, 0)) })) : null,
        item("loading", loading.length, t("glance.free", { n: number(free) })),
        item("away", away.length, done ? t("glance.next", { at: clock(done) }) : ""),
      ]);
    },
  };
}

/** @param {string} what @param {number} n @param {string} more */
const item = (what, n, more) => h("li", { class: "glance__item" }, icon("bus"), h("b", {}, count(`glance.${what}`, n)), more ? h("span", { class: "soft" }, more) : null);
