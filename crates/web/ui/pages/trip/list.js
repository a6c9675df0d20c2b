// My trips as large doors, the one that needs me first.
import { h, fillWhen, keyed } from "../../lib/dom.js";
import { haltName } from "../../lib/gates.js";
import { t, list, count } from "../../lib/i18n.js";
import { empty, chip } from "../../lib/parts.js";
import { clock, dateClock } from "../../lib/time.js";

/** @typedef {import("../../types.js").TripRow} TripRow */

const ORDER = ["en_route", "boarding", "planned", "completed", "cancelled"];

export function tripList() {
  const none = empty(t("trip.none"), t("trip.none.sub"));
  none.hidden = true;
  const host = h("ul", { class: "stack trip" });
  return {
    el: h("div", {}, none, host),
    /** @param {TripRow[]} trips */
    paint: (trips) => {
      none.hidden = trips.length > 0;
      const sorted = [...trips].sort(
        (a, b) => ORDER.indexOf(a.stage) - ORDER.indexOf(b.stage) || a.departs_at.localeCompare(b.departs_at),
      );
      keyed(host, sorted, (trip) => trip.trip, door);
    },
  };
}

/** @param {TripRow} first */
function door(first) {
  const link = h("a", { class: "card stack stack--tight", href: `/trip/${first.trip}`, "data-trip": first.trip });
  return {
    el: h("li", {}, link),
    /** @param {TripRow} trip */
    update: (trip) => fillWhen(link, trip, () => words(trip)),
  };
}

/** @param {TripRow} trip */
function words(trip) {
  const places = list(trip.stops.map(haltName));
  return [
    h("span", { class: "spread" }, h("b", { class: "large" }, trip.vehicle.name), stageChip(trip.stage)),
    h(
      "span",
      { class: "cluster" },
      trip.plate ? h("span", { class: "plate" }, trip.plate) : h("span", {}, t("stop.plate.none")),
      h("span", {}, leavesWords(trip)),
      h("span", {}, count("people", trip.seats_taken)),
    ),
    h("span", { class: "soft" }, places),
  ];
}

/** When it left, or is meant to. @param {Pick<TripRow, "departed_at" | "departs_at">} trip */
export const leavesWords = (trip) =>
  trip.departed_at
    ? t("trip.departed", { at: clock(trip.departed_at) })
    : t("trip.departs", { at: dateClock(trip.departs_at) });

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
