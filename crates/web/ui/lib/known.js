// A place that was opened after the page: a row names it, the reference data on the page does not. It is read again, once a place.
import { buildAnew } from "./dom.js";
import { renewReference } from "./session.js";

/** @typedef {import("../types.js").Reference} Reference */
/** @typedef {import("../types.js").Row} Row */

const AGAIN_MS = 30_000;

/** @param {Reference} known @param {() => void} changed called when places have their names @returns {(rows: Row[]) => void} */
export function newPlaces(known, changed) {
  /** @type {Set<string>} */ const asked = new Set();
  return (rows) => {
    const named = new Set(rows.flatMap(receivers));
    for (const one of known.receivers) named.delete(one.code);
    const strange = [...named].filter((code) => !asked.has(code));
    if (strange.length === 0) return;
    strange.forEach((code) => asked.add(code));
    renewReference().then(
      () => {
        buildAnew();
        changed();
      },
      () => setTimeout(() => strange.forEach((code) => asked.delete(code)), AGAIN_MS),
    );
  };
}

/** The receivers a row names. @param {Row} row @returns {string[]} */
function receivers(row) {
  switch (row.kind) {
    case "site":
    case "stop":
      return [row.receiver];
    case "trip":
      return row.stops.map((stop) => stop.receiver);
    case "party":
      return row.destination?.kind === "site" || row.destination?.kind === "home" ? [row.destination.receiver] : [];
    default:
      return [];
  }
}
