// The queue: who needs the dispatcher, who waits for an answer, who is on the way. Waiting clocks run; keys move through it.
import { h, keyed, fillWhen, text } from "../../lib/dom.js";
import { t, count, list, country } from "../../lib/i18n.js";
import { chip, tagChip, empty } from "../../lib/parts.js";
import { clock, length, now } from "../../lib/time.js";
import { due, isNoHome, saidNo } from "../../lib/answers.js";
import { stageChip } from "../desk/party-words.js";
import { notDriving } from "./no-vehicle.js";
import { queueSearch } from "./search.js";

/** @typedef {import("../../types.js").PartyRow} PartyRow */
/** @typedef {import("../../types.js").TripRow} TripRow */
/** @typedef {"todo" | "asked" | "moving"} Group */

const GROUPS = /** @type {const} */ (["todo", "asked", "moving"]);
const DONE = new Set(["handed_over", "released"]);
const LONG_WAIT_MS = 60 * 60_000;

/** A home that was refused, or that a tag forbids, or whose answer is late, is the dispatcher's again. @param {PartyRow} row */
export function isOpenQuestion(row) {
  const to = row.destination;
  if (to?.kind !== "home") return false;
  return (
    saidNo(to) ||
    (isNoHome(row) && !DONE.has(row.stage)) ||
    (row.stage === "asked" && Boolean(to.deadline_at) && Date.parse(to.deadline_at ?? "") < now())
  );
}

/** Somebody is silent about a home past the deadline, and the dispatcher was told. @param {PartyRow} row */
export function isSilent(row) {
  const to = row.destination;
  return (
    to?.kind === "home" &&
    !DONE.has(row.stage) &&
    Boolean(to.silence.escalated_at) &&
    !saidNo(to) &&
    (to.opinion === "pending" || to.home_check === "pending")
  );
}

/** Why who is on the way cannot get off where they go, unless the dispatcher does something; `board`: they sit in a vehicle that has not left. @param {PartyRow} row @param {(trip: string) => import("../../types.js").TripRow | undefined} [trip] @returns {"nowhere" | "refused" | "board" | "confirm" | null} */
export function hindrance(row, trip) {
  const riding = row.stage === "boarding" || row.stage === "riding" || row.private_car?.state === "released";
  if (!riding || DONE.has(row.stage)) return null;
  const to = row.destination;
  if (!to) return "nowhere";
  if (to.kind !== "home") return null;
  const loading = row.trip && trip?.(row.trip)?.stage === "boarding";
  if (isNoHome(row)) return loading ? "board" : "refused";
  const unconfirmed = to.approval.mode === "manual" && !to.approval.confirmed_at;
  return to.opinion === "agreed" && unconfirmed ? "confirm" : null;
}

/** @param {PartyRow} row @param {boolean} lost its vehicle does not drive @returns {Group} */
function groupOf(row, lost) {
  if (
    lost ||
    hindrance(row) ||
    row.stage === "waiting" ||
    row.stage === "to_confirm" ||
    row.stage === "disposed" ||
    row.stage === "to_refer" ||
    isOpenQuestion(row)
  )
    return "todo";
  return row.stage === "asked" ? "asked" : "moving";
}

/** @param {(party: string) => void} open */
export function queue(open) {
  const nothing = empty(t("dispatch.queue.none"), t("dispatch.queue.none.words"));
  const search = queueSearch({
    changed: () => again(),
    into: () => /** @type {HTMLElement | null} */ (el.querySelector(".queue__row"))?.focus(),
  });
  const parts = GROUPS.map((group) => ({
    group,
    title: h("h3", { class: "queue__title" }),
    host: h("ul", { class: "queue__list" }),
  }));
  const el = h(
    "section",
    { class: "col", "aria-labelledby": "queue-title" },
    h("div", { class: "col__title spread" }, h("h2", { id: "queue-title" }, t("dispatch.queue")), search.el),
    h(
      "div",
      { class: "col__body", id: "queue" },
      nothing,
      search.told,
      ...parts.flatMap((part) => [part.title, part.host]),
    ),
  );
  let again = () => {};
  /** @type {HTMLButtonElement | null} */ let pressed = null;
  /** @param {PartyRow[]} rows @param {string} shown @param {TripRow[]} trips */
  const paint = (rows, shown, trips) => {
    again = () => paint(rows, shown, trips);
    const dead = notDriving(trips);
    const lost = (/** @type {PartyRow} */ row) => Boolean(row.trip && dead.has(row.trip));
    const openRows = rows
      .filter((row) => !DONE.has(row.stage))
      .sort((a, b) =>
        a.registered_at === b.registered_at ? (a.label < b.label ? -1 : 1) : a.registered_at < b.registered_at ? -1 : 1,
      );
    const found = search.filter(openRows);
    const keep = focusKeeper(el);
    hide(nothing, openRows.length > 0);
    for (const { group, title, host } of parts) {
      const mine = found.map((row) => ({ row, lost: lost(row) })).filter((one) => groupOf(one.row, one.lost) === group);
      hide(title, mine.length === 0);
      hide(host, mine.length === 0);
      text(title, `${t(`dispatch.queue.${group}`)} ${mine.length}`);
      keyed(
        host,
        mine,
        ({ row }) => row.party,
        ({ row }) => line(row, open),
      );
    }
    keep();
    const now = /** @type {HTMLButtonElement | null} */ (shown ? el.querySelector(`[data-party="${shown}"]`) : null);
    if (now === pressed && (!now || now.getAttribute("aria-pressed") === "true")) return;
    pressed?.setAttribute("aria-pressed", "false");
    now?.setAttribute("aria-pressed", "true");
    pressed = now;
  };
  return {
    el,
    paint,
    search: search.focus,
    /** Moves the focus by keys. @param {1 | -1} by */
    move: (by) => {
      const buttons = buttonsIn(el);
      const at = buttons.findIndex(
        (button) =>
          button === document.activeElement ||
          (!el.contains(document.activeElement) && button.getAttribute("aria-pressed") === "true"),
      );
      buttons[Math.min(buttons.length - 1, Math.max(0, at + by))]?.focus();
    },
  };
}

/** @param {HTMLElement} el @returns {HTMLButtonElement[]} */
const buttonsIn = (el) => [...el.querySelectorAll("button")];

/** Sets it only when it differs: a repaint that changes nothing touches nothing. @param {HTMLElement} el @param {boolean} away */
const hide = (el, away) => {
  if (el.hidden !== away) el.hidden = away;
};

/** A row that moves to another group keeps the focus; one that goes hands it to its neighbour. @param {HTMLElement} el */
function focusKeeper(el) {
  const held = /** @type {HTMLButtonElement | null} */ (document.activeElement?.closest("#queue button") ?? null);
  const at = held ? buttonsIn(el).indexOf(held) : -1;
  return () => {
    if (!held || document.activeElement === held) return;
    const buttons = buttonsIn(el);
    (
      buttons.find((button) => button.dataset.party === held.dataset.party) ?? buttons[Math.min(at, buttons.length - 1)]
    )?.focus({ preventScroll: true });
  };
}

/** @param {PartyRow} first @param {(party: string) => void} open */
function line(first, open) {
  const button = h("button", {
    type: "button",
    class: "queue__row",
    "data-party": first.party,
    "aria-pressed": "false",
    onclick: () => open(first.party),
  });
  /** @type {PartyRow | null} */ let last = null;
  let [minute, without] = [0, false];
  return {
    el: h("li", {}, button),
    /** A row of the feed is replaced when it changes, so the same one in the same minute needs no look. @param {{ row: PartyRow, lost: boolean }} one */
    update: ({ row, lost }) => {
      const at = Math.floor(now() / 60_000);
      if (row === last && at === minute && lost === without) return;
      [last, minute, without] = [row, at, lost];
      fillWhen(button, [row, at, lost], () => rowWords(row, lost));
    },
  };
}

/** @param {PartyRow} row @param {boolean} lost its vehicle does not drive */
function rowWords(row, lost) {
  const waited = now() - Date.parse(row.registered_at);
  const counts = waited > LONG_WAIT_MS && groupOf(row, lost) !== "moving";
  return [
    h("span", { class: "queue__label" }, row.label),
    tagChip(row.tag),
    h("span", { class: counts ? "queue__clock queue__clock--long num" : "queue__clock num" }, length(waited)),
    h(
      "span",
      { class: "queue__more" },
      stageChip(row.stage),
      h("span", {}, count("people", row.people.total)),
      h("span", { class: "soft" }, list(row.from.map(country))),
    ),
    lost ? h("span", { class: "queue__more" }, chip(t("dispatch.no-vehicle"), "alarm", "bus")) : null,
    deadline(row),
    lapsed(row),
  ];
}

/** What is asked, and until when; what a rule said instead. @param {PartyRow} row */
function deadline(row) {
  const to = row.destination;
  if (to?.kind !== "home" || DONE.has(row.stage)) return null;
  if (to.opinion === "refused")
    return h(
      "span",
      { class: "queue__more" },
      chip(t(to.silence.decided ? "dispatch.refused.rule" : "dispatch.refused"), "alarm", "cross"),
    );
  if (to.home_check === "unsuitable")
    return h("span", { class: "queue__more" }, chip(t("home-check.unsuitable"), "alarm", "cross"));
  const byRule = to.silence.decided ? chip(t("dispatch.agreed.rule"), "info", "clock") : null;
  if (to.opinion !== "pending" && to.home_check !== "pending")
    return byRule && h("span", { class: "queue__more" }, byRule);
  const left = due(to.deadline_at ?? "", now());
  const what = [
    to.opinion === "pending" ? t("request.opinion") : "",
    to.home_check === "pending" ? t("request.home-check") : "",
  ].filter(Boolean);
  return h(
    "span",
    { class: "queue__more" },
    chip(t("dispatch.due", { what: list(what), left: left.words }), left.late ? "alarm" : "warn", "clock"),
    byRule,
    to.silence.place && to.opinion === "pending" && !to.silence.escalated_at
      ? h("span", { class: "soft" }, t(`silence.short.${to.silence.means}`))
      : null,
  );
}

/** Why a party is undecided again. @param {PartyRow} row */
const lapsed = (row) =>
  row.lapsed
    ? h(
        "span",
        { class: "queue__more" },
        chip(t("dispatch.lapsed", { room: row.lapsed.room, at: clock(row.lapsed.at) }), "alarm", "clock"),
      )
    : null;
