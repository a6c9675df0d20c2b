// A plan in plain words: why a party sits here, what is short, which rule is broken, what changed.
import { t, count, list, number, has, name } from "../../../lib/i18n.js";
import { clock, dateClock, length } from "../../../lib/time.js";
import { receiverName } from "../../desk/party-words.js";

/** @typedef {import("../../../types.js").DayRider} DayRider */
/** @typedef {import("../../../types.js").LeftOut} LeftOut */
/** @typedef {import("../../../types.js").DayTrip} DayTrip */
/** @typedef {import("../../../types.js").PlanningRules} PlanningRules */
/** @typedef {import("../../../types.js").Reference} Reference */
/** @typedef {import("../../../types.js").PartyRow} PartyRow */

/** @param {string} gate @param {Reference} known */
export function gateName(gate, known) {
  const found = known.gates.find((one) => one.code === gate);
  return found ? name(found.compound) : gate;
}

const NAMED_MAX = 3;

/** What a trip waits for, once for everybody on it. @param {DayTrip} trip @param {string} asOf */
export function waitWords(trip, asOf) {
  const why = trip.riders[0]?.why;
  if (!why) return "";
  return t(`plan.why.${why.waits_for}`, {
    wait: length(Date.parse(trip.departs_at) - Date.parse(asOf)),
    at: why.free_at ? clock(why.free_at) : "",
  });
}

/** Who sits on a trip that stands, and that they stay there. @param {DayTrip} trip */
export function seatedWords(trip) {
  const seated = trip.riders.filter((one) => one.seated);
  const people = seated.reduce((all, one) => all + one.people, 0);
  return t("plan.seated", { people: count("people", people), labels: list(seated.map((one) => one.label)) });
}

/** Why a party rides here, sentence by sentence. @param {DayRider} rider @param {PartyRow | undefined} row @param {Reference} known */
export function whyHere(rider, row, known) {
  const why = rider.why;
  if (!why) return t("plan.why.pending");
  return [besideWords(why), bed(row, known)].filter(Boolean).join(t("plan.why.space"));
}

/** Who gets off at the same gate, or what the gate costs. @param {import("../../../types.js").DayWhy} why */
export function besideWords(why) {
  const others = why.same_gate.length;
  if (others > NAMED_MAX)
    return t("plan.why.same-gate.many", { labels: list(why.same_gate.slice(0, NAMED_MAX)), n: number(others) });
  if (others) return t("plan.why.same-gate", { labels: list(why.same_gate) });
  const km = why.detour_metres >= 100 ? t("plan.why.detour", { km: number(why.detour_metres / 1000) }) : "";
  return why.stops === 1
    ? t("plan.why.alone")
    : t("plan.why.way", {
        way: [t("plan.why.stop", { n: number(why.stop), of: number(why.stops) }), km]
          .filter(Boolean)
          .join(t("plan.why.comma")),
      });
}

/** A bed that was chosen, and why. @param {PartyRow | undefined} row @param {Reference} known */
function bed(row, known) {
  const to = row?.destination;
  if (to?.kind !== "site") return "";
  const place = [receiverName(known, to.receiver), to.room].filter(Boolean).join(" ");
  return to.reason ? t("plan.why.bed.because", { place, reason: to.reason }) : t("plan.why.bed", { place });
}

/** What is short for somebody without a seat. @param {LeftOut} one @param {PlanningRules} rules */
export function shortWords(one, rules) {
  if (one.until) return t("plan.short.gate_closed", { until: dateClock(one.until) });
  const key = `plan.short.${one.short}`;
  const words = t(has(key) ? key : "dispatch.reason.other");
  if (one.most === null) return words;
  const places = one.short === "no_wheelchair_place";
  return t(rules.spacing_percent < 100 && !places ? "plan.short.with.apart" : "plan.short.with", {
    why: words,
    needs: number(places ? one.wheelchairs : one.people),
    most: number(one.most),
  });
}

/** @param {LeftOut} one @param {PlanningRules} rules */
export const leftOutWords = (one, rules) =>
  t("plan.left-out", { label: one.label, people: count("people", one.people), why: shortWords(one, rules) });

/** @param {{ code: string, trip: number | null, words: string }} broken @param {DayTrip[]} trips */
export function brokenWords(broken, trips) {
  const key = `plan.broken.${broken.code}`;
  const words = has(key) ? t(key) : t("plan.broken.other", { words: broken.words });
  const trip = broken.trip === null ? undefined : trips[broken.trip];
  return trip && broken.trip !== null
    ? t("plan.broken.on", { n: number(broken.trip + 1), vehicle: trip.name, why: words })
    : words;
}

/** Why a trip does not take whoever is being moved. @param {{ code: string, free: number, needs: number }} cannot */
export const cannotWords = (cannot) =>
  t(`plan.cannot.${cannot.code}`, { free: number(Math.max(0, cannot.free)), needs: number(cannot.needs) });

/** One party's change between two plans. @param {import("./delta.js").Moved} moved */
export function movedWords(moved) {
  if (!moved.to) return t("plan.delta.out", { label: moved.label, from: moved.from?.trip ?? "" });
  if (!moved.from) return t("plan.delta.in", { label: moved.label, to: moved.to.trip, at: clock(moved.to.arrives) });
  const minutes = Math.round((moved.to.arrives - moved.from.arrives) / 60_000);
  const shift =
    Number.isNaN(minutes) || minutes === 0
      ? ""
      : t(minutes > 0 ? "plan.delta.later" : "plan.delta.earlier", { n: number(Math.abs(minutes)) });
  const from =
    moved.from.trip === moved.to.trip ? "" : t("plan.delta.vehicle", { from: moved.from.trip, to: moved.to.trip });
  return t("plan.delta.moved", {
    label: moved.label,
    what: [from, shift].filter(Boolean).join(t("plan.why.comma")) || t("plan.delta.order"),
  });
}

/** What another plan saves. @param {ReturnType<typeof import("./delta.js").gain>} gain */
export function gainWords(gain) {
  const parts = [
    gain.people > 0 ? count("plan.gain.people", gain.people) : "",
    gain.overLimit > 0 ? count("plan.gain.limit", gain.overLimit) : "",
    gain.minutes !== 0
      ? t(gain.minutes > 0 ? "plan.gain.minutes" : "plan.loss.minutes", { n: number(Math.abs(gain.minutes)) })
      : "",
    gain.km !== 0 ? t(gain.km > 0 ? "plan.gain.km" : "plan.loss.km", { n: number(Math.abs(gain.km)) }) : "",
  ];
  return parts.filter(Boolean).join(t("plan.why.comma"));
}
