// Countries as options, sorted in the screen's language, and what usually is spoken there (a first choice the officer sees and can change).
import { country, inOrder, t } from "../../lib/i18n.js";

const SPOKEN = Object.freeze(
  /** @type {Record<string, string>} */ ({
    CHN: "zh",
    HKG: "zh",
    MAC: "zh",
    TWN: "zh",
    SGP: "en",
    JPN: "ja",
    KOR: "ko",
    ITA: "it",
    IRN: "fa",
    FRA: "fr",
    DEU: "de",
    AUT: "de",
    ESP: "es",
    MEX: "es",
    ARG: "es",
    GBR: "en",
    USA: "en",
    CAN: "en",
    AUS: "en",
    NZL: "en",
    IRL: "en",
    RUS: "ru",
    THA: "th",
    VNM: "vi",
    PRT: "pt",
    BRA: "pt",
    NLD: "nl",
    SAU: "ar",
    EGY: "ar",
    ARE: "ar",
  }),
);

/** The languages a desk offers. */
export const LANGUAGES = Object.freeze([
  "zh",
  "en",
  "ja",
  "ko",
  "it",
  "fr",
  "de",
  "es",
  "fa",
  "ru",
  "th",
  "vi",
  "pt",
  "ar",
]);

/** @param {string} nationality ISO 3166-1 alpha-3 @returns {string | null} BCP 47 */
export const spokenIn = (nationality) => SPOKEN[nationality] ?? null;

/** Options with an empty one first. @param {string[]} codes @returns {[string, string][]} */
export function countryOptions(codes) {
  const all = codes
    .map((code) => /** @type {[string, string]} */ ([code, `${country(code)} ${code}`]))
    .sort((a, b) => inOrder(a[1], b[1]));
  return [["", t("desk.choose")], ...all];
}

/** Chooses a code, adding it when the list does not know it (a zone may name states that are none any more). @param {HTMLSelectElement} select @param {string} code */
export function choose(select, code) {
  if (code && ![...select.options].some((option) => option.value === code)) select.add(new Option(country(code), code));
  select.value = code;
}
