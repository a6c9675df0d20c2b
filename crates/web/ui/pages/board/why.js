// Why a stop is expected when it is: the reasons of an estimate in words, and how many trips it was learnt from. Pure but for the
// one element that shows them.
import { h, fillWhen } from "../../lib/dom.js";
import { t, count, lang, number } from "../../lib/i18n.js";

/** @typedef {import("../../types.js").Eta} Eta */

/** What multiplies the driving, in the order of the estimate. */
const FACTORS = ["hour_factor", "destination_factor", "pace_factor", "live_factor", "word_factor"];
/** Less than this is not worth a word. */
const FACTOR_SAYS = 0.005;

const times = new Intl.NumberFormat(lang, { maximumFractionDigits: 2 });

/** The value of a reason, if it is given. @param {Eta} eta @param {string} code @returns {number | null} */
export function reason(eta, code) {
  const found = eta.reasons.find((one) => one.code === code);
  return found === undefined ? null : Number(found.value);
}

/** The operator's word as it stands beside the basis; nothing where nobody said anything. @param {Eta} eta */
export function saidWords(eta) {
  const factor = reason(eta, "word_factor");
  return factor === null ? "" : t("why.word_factor", { times: times.format(factor) });
}

/** One line each: the way, what multiplies it, what comes on top, from how many trips that is known. @param {Eta} eta @returns {string[]} */
export function whyWords(eta) {
  if (eta.basis === "manual") return [t("why.manual")];
  const [km, driving, dwell] = ["distance_km", "driving_minutes", "dwell_minutes"].map((code) => reason(eta, code));
  if (km == null || driving == null) return [];
  const factors = FACTORS.flatMap((code) => {
    const factor = reason(eta, code);
    return factor === null || Math.abs(factor - 1) < FACTOR_SAYS
      ? []
      : [t(`why.${code}`, { times: times.format(factor) })];
  });
  return [
    t("why.way", { km: number(Math.round(km)), minutes: number(Math.round(driving)) }),
    ...factors,
    ...(dwell ? [t("why.dwell", { minutes: number(Math.round(dwell)) })] : []),
    learntWords(eta),
  ];
}

/** @param {Eta} eta */
function learntWords(eta) {
  const trips = reason(eta, "learnt_trips");
  if (trips === null) return t("why.prior");
  const there = reason(eta, "learnt_trips_there") ?? 0;
  return there >= 1 ? `${count("why.learnt", trips)}${count("why.learnt-there", there)}` : count("why.learnt", trips);
}

/** Folded away until somebody asks; it stays open while the words in it change. */
export function whyPart() {
  const lines = h("ul", { class: "why__lines" });
  const el = h("details", { class: "why", hidden: true }, h("summary", {}, t("why")), lines);
  return {
    el,
    /** @param {Eta | null} eta */
    paint: (eta) => {
      const words = eta ? whyWords(eta) : [];
      el.hidden = words.length === 0;
      fillWhen(lines, words, () => words.map((line) => h("li", {}, line)));
    },
  };
}
