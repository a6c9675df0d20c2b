// A place that was opened, or got another name, after the page: the reference data on the page is read again.
import { buildAnew } from "./dom.js";
import { renewReference } from "./session.js";

/** @typedef {import("../types.js").Reference} Reference */
/** @typedef {import("../types.js").Row} Row */

const AGAIN_MS = 30_000;
/** A server that was begun anew has all its boards back at once: they ask one after the other. */
const SPREAD_MS = 5_000;

/** A row names a place that the page does not know: once a place. @param {Reference} known @param {() => void} changed called when places have their names @returns {(rows: Row[]) => void} */
export function newPlaces(known, changed) {
  /** @type {Set<string>} */ const asked = new Set();
  return (rows) => {
    const named = new Set(rows.flatMap(receivers));
    for (const one of known.receivers) named.delete(one.code);
    const strange = [...named].filter((code) => !asked.has(code));
    if (strange.length === 0) return;
    strange.forEach((code) => asked.add(code));
    renew(changed, () => setTimeout(() => strange.forEach((code) => asked.delete(code)), AGAIN_MS));
  };
}

/** A stream that was followed before begins again: meanwhile anything may have got another name. @param {() => void} changed
 * @returns {(stream: { c: string }, change: { kind: string }) => void} to be told of every change of the feed */
export function afterReturn(changed) {
  /** @type {Set<string>} */ const begun = new Set();
  let waits = false;
  const soon = (/** @type {number} */ ms) => {
    if (waits) return;
    waits = true;
    setTimeout(() => {
      waits = false;
      renew(changed, () => soon(AGAIN_MS));
    }, ms);
  };
  return ({ c }, { kind }) => {
    if (kind !== "snapshot") return;
    if (begun.has(c)) soon(Math.random() * SPREAD_MS);
    begun.add(c);
  };
}

/** @param {() => void} changed @param {() => void} failed */
function renew(changed, failed) {
  renewReference().then(() => {
    buildAnew();
    changed();
  }, failed);
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
