// A vehicle under way: where it was seen, how old that is, and what is said when nobody knows. No elements.
import { t, name } from "../../../lib/i18n.js";
import { ago, between, clock, now } from "../../../lib/time.js";
import { receiverName } from "../../desk/party-words.js";

/** @typedef {import("../../../types.js").TripRow} TripRow */
/** @typedef {import("../../../types.js").StopRow} StopRow */
/** @typedef {import("../../../types.js").Place} Place */
/** @typedef {import("../../../types.js").Reference} Reference */
/** @typedef {"live" | "old" | "none"} Sight */
/** @typedef {{ trip: TripRow, at: Place, sight: Sight, short: string, more: string, words: string }} Seen */

/** The feed calls a position live for two minutes (three missed reports of the phone); so does the map between two frames. */
const LIVE_MS_MAX = 120_000;

/** @param {TripRow} trip @returns {StopRow | undefined} */
export const nextStop = (trip) => trip.stops.find((stop) => !stop.handed_over_at && stop.stage !== "cancelled");

/** @param {TripRow} trip @param {Place} from where the trip began @param {Reference} known @returns {Seen} */
export function seen(trip, from, known) {
  const sight = sightOf(trip);
  const short =
    sight === "live"
      ? t("map.seen", { ago: ago(trip.position?.at ?? 0) })
      : sight === "old"
        ? t("map.old", { at: clock(trip.position?.at ?? 0) })
        : t("map.unseen");
  const at = trip.position ?? reckoned(trip, from, known);
  const stop = nextStop(trip);
  const gate = stop ? (stop.gate ? name(stop.gate.compound) : receiverName(known, stop.receiver)) : "";
  const arrives = stop?.arrived_at
    ? t("dispatch.stop.arrived", { at: clock(stop.arrived_at) })
    : stop?.eta
      ? about(stop.eta)
      : t("stop.no-time");
  const basis = sight === "none" ? t("map.reckoned") : short;
  const vehicle = [trip.vehicle.name, trip.plate].filter(Boolean).join(" ");
  const more = stop ? t("map.next", { gate, arrives }) : t("map.returning");
  return { trip, at, sight, short, more, words: t("map.vehicle", { vehicle, next: more, basis }) };
}

/** @param {import("../../../types.js").Eta} eta */
function about(eta) {
  const [best, range] = [clock(eta.p50), between(eta.p10, eta.p90)];
  return t(best === range ? "map.eta.minute" : "map.eta", { best, range });
}

/** @param {TripRow} trip @returns {Sight} */
function sightOf(trip) {
  if (!trip.position) return "none";
  const state = nextStop(trip)?.eta?.position_state;
  const age = now() - Date.parse(trip.position.at);
  return age <= LIVE_MS_MAX && state !== "old_position" ? "live" : "old";
}

/** Nobody saw it: as far along to its next stop as its estimate says, and drawn so that nobody takes it for a sighting. @param {TripRow} trip @param {Place} from @param {Reference} known @returns {Place} */
function reckoned(trip, from, known) {
  const done = trip.stops.filter((stop) => stop.handed_over_at || stop.arrived_at);
  const stop = trip.stops.find((one) => !one.arrived_at && !one.handed_over_at && one.stage !== "cancelled");
  const last = done.at(-1);
  const start = (last && placeOf(last, known)) ?? from;
  const to = stop && placeOf(stop, known);
  if (!stop?.eta || !to) return start;
  const since = Date.parse(last?.handed_over_at ?? last?.arrived_at ?? trip.departed_at ?? trip.departs_at);
  const share = Math.min(0.95, Math.max(0.05, (now() - since) / Math.max(1, Date.parse(stop.eta.p50) - since)));
  return { lat: start.lat + (to.lat - start.lat) * share, lon: start.lon + (to.lon - start.lon) * share };
}

/** @param {StopRow} stop @param {Reference} known @returns {Place | undefined} */
export const placeOf = (stop, known) =>
  known.gates.find((gate) => (stop.gate ? gate.code === stop.gate.code : gate.receiver === stop.receiver))?.location;
