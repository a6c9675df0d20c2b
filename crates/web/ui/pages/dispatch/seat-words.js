// One party's seat in plain words: why here, what it costs, and which rule stands in the way elsewhere.
import { t, count, has, list, number, percent } from "../../lib/i18n.js";
import { clock, dateClock, length } from "../../lib/time.js";
import { besideWords } from "./day/words.js";

/** @typedef {import("../../types.js").SeatOffer} SeatOffer */
/** @typedef {import("../../types.js").SeatRefused} SeatRefused */
/** @typedef {import("../../types.js").Because} Because */

const minutes = (/** @type {number} */ n) => length(n * 60_000);

/** Why this offer is one. @param {SeatOffer} offer @param {string} asOf */
export function offerWords(offer, asOf) {
  const { why } = offer;
  const wait = t(`plan.why.${why.waits_for}`, {
    wait: length(Date.parse(offer.departs_at) - Date.parse(asOf)),
    at: why.free_at ? clock(why.free_at) : "",
  });
  return [wait, besideWords(why)].filter(Boolean).join(t("plan.why.space"));
}

/** What speaks against an offer, each a sentence. @param {SeatOffer} offer @returns {string[]} */
export const cautions = (offer) =>
  [
    offer.over_limit ? t("seats.over-limit") : "",
    offer.cleaning_due_since ? t("seats.cleaning", { at: clock(offer.cleaning_due_since) }) : "",
    offer.no_language ? t("seats.no-language") : "",
    offer.later_minutes > 0 ? t("seats.later", { n: minutes(offer.later_minutes) }) : "",
  ].filter(Boolean);

/** @param {SeatOffer} offer */
export const dearerWords = (offer) =>
  offer.dearer_minutes > 0 ? count("seats.dearer", offer.dearer_minutes) : t("seats.as-good");

/** @param {Because} because */
export function becauseWords(because) {
  const key = `seats.not.${because.code}`;
  return t(has(key) ? key : "seats.not.other", {
    free: number(because.free ?? 0),
    needed: number(because.needed ?? 0),
    percent: percent((because.percent ?? 100) / 100),
    who: because.label ?? t("seats.they"),
    minutes: minutes(because.minutes ?? 0),
    max: minutes(because.minutes_max ?? 0),
    at: because.at ? dateClock(because.at) : "",
    until: because.until ? dateClock(because.until) : "",
    reason: because.reason ?? "",
  });
}

/** Every vehicle once for each reason, with the trips it is about. @param {SeatRefused[]} refused @returns {{ what: string, why: string }[]} */
export function refusedLines(refused) {
  /** @type {Map<string, { name: string, why: string, trips: string[] }>} */ const lines = new Map();
  for (const one of refused) {
    const why = becauseWords(one.because);
    const line = lines.get(`${one.vehicle} ${why}`) ?? { name: one.name, why, trips: [] };
    line.trips.push(one.departs_at ? t("seats.trip-at", { at: dateClock(one.departs_at) }) : t("seats.new-trip"));
    lines.set(`${one.vehicle} ${why}`, line);
  }
  return [...lines.values()].map(({ name, why, trips }) => ({ what: `${name} · ${list(trips)}`, why }));
}
