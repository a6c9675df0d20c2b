// The lists of a board: stops under way, requests, private cars, done. Rows come from the feed; this puts each where it belongs.
import { h, keyed, fillWhen } from "../../lib/dom.js";
import { t, count } from "../../lib/i18n.js";
import { countedList, empty } from "../../lib/parts.js";
import { clock, dateClock, now } from "../../lib/time.js";
import { stopRow } from "./stop-row.js";
import { requestRow } from "./request-row.js";
import { carRow } from "./car-row.js";
import { doneRow } from "./done-row.js";
import { urgency, isDone, isUnanswered } from "./words.js";

/** @typedef {import("../../types.js").Row} Row */
/** @typedef {import("../../types.js").StopRow} StopRow */
/** @typedef {import("../../types.js").RequestRow} RequestRow */
/** @typedef {import("../../types.js").CarRow} CarRow */

/** @param {import("./stop-row.js").Viewer} viewer */
export function boardLists(viewer) {
  const stops = countedList("stops", t("board.stops"), "stops");
  const requests = countedList("requests", t("board.requests"), "stack");
  const cars = countedList("cars", t("board.cars"), "stack");
  const done = countedList("done", t("board.done"), "done divided");
  const quiet = h("div", {});
  stops.el.append(quiet);
  const aside = h("div", { class: "board__aside stack stack--loose" }, requests.el, cars.el);
  const el = h(
    "div",
    { class: "board" },
    h("div", { class: "board__main" }, stops.el),
    aside,
    h("div", { class: "board__done" }, done.el),
  );
  const make = { stop: stopRow(viewer), request: requestRow(viewer), car: carRow(viewer), done: doneRow(viewer) };

  /** @param {Row[]} rows @param {import("../../lib/feed.js").State} state */
  const paint = (rows, state) => {
    const own = sorted(rows);
    for (const [part, items] of /** @type {const} */ ([
      [stops, own.stops],
      [requests, own.requests],
      [cars, own.cars],
      [done, own.done],
    ]))
      part.count(items.length);
    keyed(stops.list, own.stops, (row) => row.stop, make.stop);
    keyed(requests.list, own.requests, (row) => row.party, make.request);
    keyed(cars.list, own.cars, (row) => row.party, make.car);
    keyed(done.list, own.done, (row) => row.stop, make.done);
    stops.el.hidden = false;
    aside.hidden = own.requests.length + own.cars.length === 0;
    fillWhen(quiet, own.stops.length ? "" : [state.phase, state.since && clock(state.since)], () =>
      own.stops.length ? [] : quietWords(state),
    );
  };
  return { el, paint, stops, pending: (/** @type {Row[]} */ rows) => unanswered(rows, viewer.role) };
}

/** Empty and live are said together, so that an empty board is never mistaken for a dead one. @param {import("../../lib/feed.js").State} state */
function quietWords(state) {
  if (state.phase === "live" && state.since)
    return [empty(t("board.empty"), t("board.empty.live", { since: dateClock(state.since) }))];
  return [empty(t(state.phase === "connecting" ? "board.connecting" : "board.unknown"), t("board.unknown.sub"))];
}

/** @param {Row[]} rows */
function sorted(rows) {
  const all = /** @type {StopRow[]} */ (rows.filter((row) => row.kind === "stop"));
  const requests = /** @type {RequestRow[]} */ (rows.filter((row) => row.kind === "request"));
  const cars = /** @type {CarRow[]} */ (rows.filter((row) => row.kind === "private_car"));
  return {
    stops: all.filter((row) => !isDone(row)).sort((a, b) => urgency(a) - urgency(b) || a.stop.localeCompare(b.stop)),
    requests: requests.sort((a, b) => (a.deadline_at ?? "9").localeCompare(b.deadline_at ?? "9")),
    cars: cars.sort(
      (a, b) => Number(b.received_at === null) - Number(a.received_at === null) || carAt(a).localeCompare(carAt(b)),
    ),
    done: all.filter(isDone).sort((a, b) => (b.handed_over_at ?? "").localeCompare(a.handed_over_at ?? "")),
  };
}

/** Since when it is received, or when it should be there. @param {CarRow} row */
const carAt = (row) => row.received_at ?? row.expected_at ?? "";

/** How much waits for an answer of this screen. @param {Row[]} rows @param {string | null} role */
function unanswered(rows, role) {
  return rows.filter(
    (row) =>
      (row.kind === "stop" && isUnanswered(row, role)) ||
      (row.kind === "private_car" && row.overdue && !row.received_at),
  ).length;
}

/** "3 stops, 5 people" for the strip. @param {Row[]} rows */
export function underWay(rows) {
  const open = rows.filter((row) => row.kind === "stop" && !isDone(row));
  const people = open.reduce((sum, row) => sum + (row.kind === "stop" ? row.people.total : 0), 0);
  return {
    words: t("board.under-way", { stops: count("stops", open.length), people: count("people", people) }),
    at: now(),
  };
}
