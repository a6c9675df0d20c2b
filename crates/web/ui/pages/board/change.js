// What a board says of a change of vehicle, or of a vehicle that cannot go on: words from a row, nothing else.
import { t, name } from "../../lib/i18n.js";
import { chip } from "../../lib/parts.js";

/** @typedef {import("../../types.js").StopRow} StopRow */

/** @param {StopRow} row */
export function changeChip(row) {
  if (!row.change || row.handed_over_at) return null;
  const { place, stage, from_vehicle: vehicle } = row.change;
  if (!place) return chip(t("stop.change.replaces", { vehicle }), "warn", "bus");
  return chip(t(`stop.change.${stage}`, { vehicle, place: name(place) }), stage === "met" ? "warn" : "info", "bus");
}
