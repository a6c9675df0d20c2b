// How an answer of the community stands: time left or overdue by, what silence means or has meant, reasons in words. Shared by
// the board and the dispatcher; no elements, no requests.
import { t, has, number } from "./i18n.js";
import { clock, length } from "./time.js";

/** @typedef {import("../types.js").Silence} Silence */

/** Whether the sub-district or the committee said no to a home. @param {{ opinion: string, home_check: string }} home */
export const saidNo = (home) => home.opinion === "refused" || home.home_check === "unsuitable";

/** A home that nobody may be brought to: somebody said no, or a tag forbids it. @param {import("../types.js").PartyRow} row */
export const isNoHome = (row) => row.destination?.kind === "home" && (saidNo(row.destination) || row.tag === "red");

/** The clock of an open answer. @param {string} deadlineAt @param {number} nowMs @returns {{ words: string, late: boolean }} */
export function due(deadlineAt, nowMs) {
  const leftMs = Date.parse(deadlineAt) - nowMs;
  const at = clock(deadlineAt);
  return leftMs > 0
    ? { words: t("answer.left", { length: length(leftMs), at }), late: false }
    : { words: t("answer.overdue", { length: length(-leftMs), at }), late: true };
}

/** "by rule of Xiaodongmen, version 2 (Leader Wang)". @param {Silence} silence @param {(code: string) => string} placeName */
export const ruleWords = (silence, placeName) =>
  t("silence.rule", {
    place: placeName(silence.place ?? ""),
    version: number(silence.rule_version ?? 0),
    by: silence.rule_by ?? "",
  });

/** What silence will mean, or has meant. @param {Silence} silence @param {boolean} pending whether the opinion is still open @param {(code: string) => string} placeName */
export function silenceWords(silence, pending, placeName) {
  const rule = silence.place ? ruleWords(silence, placeName) : "";
  if (silence.decided) return t(`silence.decided.${silence.means}`, { rule });
  if (!pending) return "";
  if (silence.escalated_at) return t("silence.waits");
  return rule ? t(`silence.will.${silence.means}`, { rule }) : t("silence.will.none");
}

/** Who was told, and how often it was asked again. @param {Silence} silence */
export function escalationWords(silence) {
  if (!silence.escalated_at) return "";
  const told = t("silence.told", { at: clock(silence.escalated_at) });
  return silence.asked_again ? `${told} · ${t("silence.again", { n: number(silence.asked_again) })}` : told;
}

/** The short list of a no; anything else is said in own words. */
export const NO_REASONS = /** @type {const} */ ([
  "no_own_room",
  "no_own_toilet",
  "co_residents_refuse",
  "vulnerable_co_resident",
  "address_unknown",
]);

/** A reason from the short list in words, any other as it was typed. @param {string} reason */
export const reasonWords = (reason) => (has(`no.${reason}`) ? t(`no.${reason}`) : reason);
