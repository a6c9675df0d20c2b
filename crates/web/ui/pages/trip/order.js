// An order to go elsewhere, on the escort's phone: before anything else it is read and said to be seen.
import { h } from "../../lib/dom.js";
import { t, name, count } from "../../lib/i18n.js";
import { note } from "../../lib/parts.js";
import { actionButton } from "../../lib/submit.js";
import { post } from "../../lib/api.js";
import { clock } from "../../lib/time.js";

/** @typedef {import("../../types.js").TripDetail} TripDetail */

/** The order, with its button while nobody aboard has seen it. @param {TripDetail} trip @param {() => Promise<unknown>} reload @returns {Node[]} */
export function orderParts(trip, reload) {
  const { order } = trip;
  if (!order || trip.stage !== "en_route") return [];
  const stop = trip.stops.find((one) => one.stop === order.to);
  const place = stop?.gate ? name(stop.gate.compound) : t("trip.site");
  const words = t("trip.order", {
    place,
    people: count("people", order.people),
    reason: order.reason,
    by: order.by,
    at: clock(order.at),
  });
  if (order.seen_at) return [note(words, "info", "check")];
  return [
    note(words, "alarm"),
    h(
      "div",
      {},
      actionButton(t("trip.order.see"), () => post(`/v1/trips/${trip.trip}/diversion/seen`).then(reload), {
        class: "btn btn--big btn--primary btn--block",
        icon: "check",
        id: "see-order",
        done: t("trip.order.seen"),
      }),
    ),
  ];
}
