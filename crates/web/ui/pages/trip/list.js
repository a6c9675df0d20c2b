// My trips as large doors, the one that needs me first.
import { h } from "../../lib/dom.js";
import { t, list, name, count } from "../../lib/i18n.js";
import { empty, chip } from "../../lib/parts.js";
import { dateClock } from "../../lib/time.js";

/** @typedef {import("../../types.js").TripRow} TripRow */

const ORDER = ["en_route", "boarding", "planned", "completed", "cancelled"];

/** @param {TripRow[]} trips */
export function tripList(trips) {
  if (trips.length === 0) return empty(t("trip.none"), t("trip.none.sub"));
  const sorted = [...trips].sort(
    (a, b) => ORDER.indexOf(a.stage) - ORDER.indexOf(b.stage) || a.departs_at.localeCompare(b.departs_at),
  );
  return h("ul", { class: "stack trip" }, sorted.map(door));
}

/** @param {TripRow} trip */
function door(trip) {
  const places = list(trip.stops.map((stop) => (stop.gate ? name(stop.gate.compound) : stop.receiver)));
  return h(
    "li",
    {},
    h(
      "a",
      { class: "card stack stack--tight", href: `/trip/${trip.trip}` },
      h("span", { class: "spread" }, h("b", { class: "large" }, trip.vehicle.name), stageChip(trip.stage)),
      h(
        "span",
        { class: "cluster" },
        trip.plate ? h("span", { class: "plate" }, trip.plate) : h("span", {}, t("stop.plate.none")),
        h("span", {}, t("trip.departs", { at: dateClock(trip.departs_at) })),
        h("span", {}, count("people", trip.seats_taken)),
      ),
      h("span", { class: "soft" }, places),
    ),
  );
}

/** @param {TripRow["stage"]} stage */
export function stageChip(stage) {
  const how = /** @type {const} */ ({
    planned: ["", "clock"],
    boarding: ["warn", "people"],
    en_route: ["info", "bus"],
    completed: ["ok", "check"],
    cancelled: ["alarm", "cross"],
  })[stage];
  return chip(t(`stage.trip.${stage}`), how[0], how[1]);
}
