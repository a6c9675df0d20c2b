// The queue: who needs the dispatcher, who waits for an answer, who is on the way. Waiting clocks run; keys move through it.
import { h, keyed, fillWhen, text } from "../../lib/dom.js";
import { t, count, list, country } from "../../lib/i18n.js";
import { chip, tagChip, empty } from "../../lib/parts.js";
import { clock, length, now } from "../../lib/time.js";
import { due } from "../../lib/answers.js";
import { stageChip } from "../desk/party-words.js";

/** @typedef {import("../../types.js").PartyRow} PartyRow */
/** @typedef {"todo" | "asked" | "moving"} Group */

const GROUPS = /** @type {const} */ (["todo", "asked", "moving"]);
const DONE = new Set(["handed_over", "released"]);
const LONG_WAIT_MS = 60 * 60_000;

/** A home that was refused, or whose answer is late, is the dispatcher's again. @param {PartyRow} row */
export function isOpenQuestion(row) {
  const to = row.destination;
  if (to?.kind !== "home") return false;
  return to.opinion === "refused" || to.home_check === "unsuitable" || (row.stage === "asked" && Boolean(to.deadline_at) && Date.parse(to.deadline_at ?? "") < now());
}

/** Somebody is silent about a home past the deadline, and the dispatcher was told. @param {PartyRow} row */
export function isSilent(row) {
  const to = row.destination;
  return to?.kind === "home" && !DONE.has(row.stage) && Boolean(to.silence.escalated_at) && to.opinion !== "refused" && to.home_check !== "unsuitable" && (to.opinion === "pending" || to.home_check === "pending");
}

/** @param {PartyRow} row @returns {Group} */
function groupOf(row) {
  if (row.stage === "waiting" || row.stage === "to_confirm" || row.stage === "disposed" || row.stage === "to_refer" || isOpenQuestion(row)) return "todo";
  return row.stage === "asked" ? "asked" : "moving";
}

/** @param {(party: string) => void} open */
export function queue(open) {
  const nothing = empty(t("dispatch.queue.none"), t("dispatch.queue.none.words"));
  const parts = GROUPS.map((group) => ({ group, title: h("h3", { class: "queue__title" }), host: h("ul", { class: "queue__list" }) }));
  const el = h("section", { class: "col", "aria-labelledby": "queue-title" }, h("h2", { id: "queue-title", class: "col__title" }, t("dispatch.queue")), h("div", { class: "col__body", id: "queue" }, nothing, ...parts.flatMap((part) => [part.title, part.host])));
  return {
    el,
    /** @param {PartyRow[]} rows @param {string} shown */
    paint: (rows, shown) => {
      const openRows = rows.filter((row) => !DONE.has(row.stage)).sort((a, b) => a.registered_at.localeCompare(b.registered_at));
      nothing.hidden = openRows.length > 0;
      for (const { group, title, host } of parts) {
        const mine = openRows.filter((row) => groupOf(row) === group);
        title.hidden = host.hidden = mine.length === 0;
        text(title, `${t(`dispatch.queue.${group}`)} ${mine.length}`);
        keyed(host, mine, (row) => row.party, (first) => line(first, open));
      }
      for (const button of buttonsIn(el)) button.setAttribute("aria-pressed", String(button.dataset.party === shown));
    },
    /** Moves the focus by keys. @param {1 | -1} by */
    move: (by) => {
      const buttons = buttonsIn(el);
      const at = buttons.findIndex((button) => button === document.activeElement || (!el.contains(document.activeElement) && button.getAttribute("aria-pressed") === "true"));
      buttons[Math.min(buttons.length - 1, Math.max(0, at + by))]?.focus();
    },
  };
}

/** @param {HTMLElement} el @returns {HTMLButtonElement[]} */
const buttonsIn = (el) => [...el.querySelectorAll("button")];

/** @param {PartyRow} first @param {(party: string) => void} open */
function line(first, open) {
  const button = h("button", { type: "button", class: "queue__row", "data-party": first.party, onclick: () => open(first.party) });
  return {
    el: h("li", {}, button),
    /** @param {PartyRow} row */
    update: (row) => fillWhen(button, [row, Math.floor(now() / 60_000)], () => {
      const waited = now() - Date.parse(row.registered_at);
      const counts = waited > LONG_WAIT_MS && groupOf(row) !== "moving";
      return [
        h("span", { class: "queue__label" }, row.label), tagChip(row.tag), h("span", { class: counts ? "queue__clock queue__clock--long num" : "queue__clock num" }, length(waited)),
        h("span", { class: "queue__more" }, stageChip(row.stage), h("span", {}, count("people", row.people.total)), h("span", { class: "soft" }, list(row.from.map(country)))), deadline(row), lapsed(row)];
    }),
  };
}

/** What is asked, and until when; what a rule said instead. @param {PartyRow} row */
function deadline(row) {
  const to = row.destination;
  if (to?.kind !== "home" || DONE.has(row.stage)) return null;
  if (to.opinion === "refused") return h("span", { class: "queue__more" }, chip(t(to.silence.decided ? "dispatch.refused.rule" : "dispatch.refused"), "alarm", "cross"));
  if (to.home_check === "unsuitable") return h("span", { class: "queue__more" }, chip(t("home-check.unsuitable"), "alarm", "cross"));
  const byRule = to.silence.decided ? chip(t("dispatch.agreed.rule"), "info", "clock") : null;
  if (to.opinion !== "pending" && to.home_check !== "pending") return byRule && h("span", { class: "queue__more" }, byRule);
  const left = due(to.deadline_at ?? "", now());
  const what = [to.opinion === "pending" ? t("request.opinion") : "", to.home_check === "pending" ? t("request.home-check") : ""].filter(Boolean);
  return h("span", { class: "queue__more" }, chip(t("dispatch.due", { what: list(what), left: left.words }), left.late ? "alarm" : "warn", "clock"), byRule,
    to.silence.place && to.opinion === "pending" && !to.silence.escalated_at ? h("span", { class: "soft" }, t(`silence.short.${to.silence.means}`)) : null);
}

/** Why a party is undecided again. @param {PartyRow} row */
const lapsed = (row) => (row.lapsed ? h("span", { class: "queue__more" }, chip(t("dispatch.lapsed", { room: row.lapsed.room, at: clock(row.lapsed.at) }), "alarm", "clock")) : null);
