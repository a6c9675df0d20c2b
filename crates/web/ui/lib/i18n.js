// Words: the catalogue of the chosen language and what Intl knows. Loading this module waits for the catalogue (top-level await).
import { ALPHA2 } from "./countries.js";

/** @typedef {"zh-CN" | "en"} Lang */

/** @returns {Lang} */
function chosen() {
  const asked = new URLSearchParams(location.search).get("lang") ?? stored() ?? navigator.language;
  return asked.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
}

/** @returns {string | null} */
function stored() {
  try {
    return localStorage.getItem("lang");
  } catch {
    return null;
  }
}

/** @type {Lang} */
export const lang = chosen();
document.documentElement.lang = lang;

/** @type {Record<string, string>} */
const catalogue = await (await fetch(`/i18n/${lang}.json`)).json();

/** Words for a key, `{name}` replaced from `vars`. An unknown key shows itself, so that a test finds it.
 * @param {string} key @param {Record<string, string | number>} [vars] @returns {string} */
export function t(key, vars = {}) {
  const words = catalogue[key];
  if (words === undefined) return key;
  return words.replace(/\{(\w+)\}/g, (_, name) => (vars[name] === undefined ? "" : String(vars[name])));
}

/** @param {string} key @returns {boolean} */
export const has = (key) => catalogue[key] !== undefined;

/** Words that depend on a count: keys `<key>.one` and `<key>.other`, `{n}` is the number.
 * @param {string} key @param {number} n @param {Record<string, string | number>} [vars] */
export function count(key, n, vars = {}) {
  const form = has(`${key}.${plurals.select(n)}`) ? plurals.select(n) : "other";
  return t(`${key}.${form}`, { n: number(n), ...vars });
}

/** Remembers the language and loads the page again in it. @param {Lang} to */
export function setLang(to) {
  try {
    localStorage.setItem("lang", to);
  } catch {
    /* storage refused: the address carries it */
  }
  const url = new URL(location.href);
  if (url.searchParams.has("lang") || stored() !== to) url.searchParams.set("lang", to);
  location.replace(url);
}

const collator = new Intl.Collator(lang, { numeric: true });

/** Sorts as people count and spell: room 2 before room 10. @param {string} a @param {string} b */
export const inOrder = (a, b) => collator.compare(a, b);

const plurals = new Intl.PluralRules(lang);
const numbers = new Intl.NumberFormat(lang, { maximumFractionDigits: 1 });
const lists = new Intl.ListFormat(lang, { type: "unit", style: "short" });
const regions = new Intl.DisplayNames(lang, { type: "region" });
const tongues = new Intl.DisplayNames(lang, { type: "language" });

/** @param {number} n */
export const number = (n) => numbers.format(n);

const shares = new Intl.NumberFormat(lang, { style: "percent", maximumFractionDigits: 0 });
const smallShares = new Intl.NumberFormat(lang, { style: "percent", maximumFractionDigits: 1 });

/** To the percent; below ten, where it matters, to a tenth of one. @param {number} share 0 to 1 */
export const percent = (share) => (share < 0.1 ? smallShares : shares).format(share);

/** @param {string[]} items */
export const list = (items) => (lang === "zh-CN" ? items.join("、") : lists.format(items));

/** A country's name in the chosen language. @param {string} alpha3 ISO 3166-1 alpha-3, as on the wire */
export function country(alpha3) {
  const two = ALPHA2[alpha3];
  return two ? (regions.of(two) ?? alpha3) : alpha3;
}

/** @param {string} tag BCP 47 */
export function language(tag) {
  try {
    return tongues.of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** The name of a reference thing. @param {{ zh: string, en: string }} both */
export const name = (both) => (lang === "zh-CN" ? both.zh : both.en);

/** Surname and given names; the local form first when the traveller gave one.
 * @param {{ surname: string, given: string, local?: string | null } | null | undefined} of */
export function person(of) {
  if (!of) return t("person.unnamed");
  const latin = [of.surname, of.given].filter(Boolean).join(" ");
  return of.local ? `${of.local} (${latin})` : latin;
}
