// The trips of the district: vehicle, crew, seats, stops with arrival and notice, and what the dispatcher may do with each.
import { h, keyed, fillWhen, text } from "../../lib/dom.js";
import { t, name, list, number } from "../../lib/i18n.js";
import { crewWarnings } from "../../lib/crew.js";
import { icon } from "../../lib/icons.js";
import { closedChip, haltName } from "../../lib/gates.js";
import { hasNoVehicle } from "../board/words.js";
import { chip, empty, ratio } from "../../lib/parts.js";
import { actionButton } from "../../lib/submit.js";
import { post } from "../../lib/api.js";
import { clock, between, dateClock, ago, length, now } from "../../lib/time.js";
import { receiverName } from "../desk/party-words.js";
import { changeLines, changeTools } from "./change.js";
import { callCrew, callReceiver } from "./contacts.js";
import { divertTrip, orderLine } from "./divert.js";
import { newTrip, newVehicle, editCrew, otherVehicle, cancelTrip } from "./plan.js";

/** @typedef {import("../../types.js").TripRow} TripRow */
/** @typedef {import("../../types.js").StopRow} StopRow */
/** @typedef {import("../../types.js").Reference} Reference */

const ORDER = ["boarding", "planned", "en_route", "completed", "cancelled"];
const ESCORTS_MIN = 2;

/** @param {Reference} known @param {boolean} mayAct */
export function tripColumn(known, mayAct) {
  const host = h("ul", { class: "trips" });
  const sum = h("span", { class: "soft small" });
  const nothing = empty(t("dispatch.trips.none"), t("dispatch.trips.none.words"));
  const tools = mayAct
    ? h(
        "div",
        { class: "cluster" },
        h(
          "button",
          { type: "button", class: "btn btn--primary", id: "new-trip", onclick: newTrip },
          icon("plus"),
          t("dispatch.trip.new"),
        ),
        h(
          "button",
          { type: "button", class: "btn", id: "new-vehicle", onclick: newVehicle },
          icon("bus"),
          t("dispatch.vehicle.new"),
        ),
      )
    : null;
  const el = h(
    "section",
    { class: "col", "aria-labelledby": "trips-title" },
    h("div", { class: "spread col__title" }, h("h2", { id: "trips-title" }, t("dispatch.trips"), " ", sum), tools),
    h("div", { class: "col__body", tabindex: "0", role: "group", "aria-labelledby": "trips-title" }, nothing, host),
  );
  return {
    el,
    /** @param {TripRow[]} rows @param {string | null} shown the trip of the selected party */
    paint: (rows, shown) => {
      const open = rows
        .filter((row) => row.stage !== "completed" && row.stage !== "cancelled")
        .sort((a, b) => ORDER.indexOf(a.stage) - ORDER.indexOf(b.stage) || a.departs_at.localeCompare(b.departs_at));
      if (nothing.hidden !== open.length > 0) nothing.hidden = open.length > 0;
      text(sum, number(open.length));
      keyed(
        host,
        open,
        (row) => row.trip,
        (first) => card(first, known, mayAct),
      );
      for (const item of host.children)
        item.toggleAttribute("data-shown", /** @type {HTMLElement} */ (item).dataset.trip === shown);
    },
  };
}

/** @param {TripRow} first @param {Reference} known @param {boolean} mayAct */
function card(first, known, mayAct) {
  const el = h("li", { class: "trip card", "data-trip": first.trip });
  return {
    el,
    /** @param {TripRow} row */
    update: (row) =>
      fillWhen(el, [row, Math.floor(now() / 15_000)], () => [
        h(
          "div",
          { class: "spread" },
          h("h3", {}, row.vehicle.name),
          h(
            "span",
            { class: "cluster" },
            row.plate ? h("span", { class: "plate" }, row.plate) : chip(t("dispatch.plate.none"), "warn", "alert"),
            row.vehicle.out && (row.stage === "planned" || row.stage === "boarding")
              ? chip(t("fleet.state.out"), "alarm", "cross")
              : null,
            chip(
              t(`dispatch.trip.${row.stage}`),
              row.stage === "en_route" ? "info" : row.stage === "boarding" ? "ok" : "",
              "bus",
            ),
          ),
        ),
        h(
          "p",
          { class: "cluster" },
          h(
            "span",
            {},
            icon("people"),
            " ",
            ratio(row.seats_taken, row.vehicle.seats, t("dispatch.seats")),
            " ",
            t("dispatch.seats"),
          ),
          h("span", {}, when(row)),
          row.stage === "boarding" ? h("span", {}, t("dispatch.boarded", { n: number(row.boarded) })) : null,
        ),
        crew(row),
        orderLine(row),
        h(
          "ol",
          { class: "trip__stops divided" },
          row.stops.map((stop) => stopLine(stop, known, mayAct)),
        ),
        changeLines(row, mayAct),
        mayAct
          ? h("div", { class: "cluster" }, ...tools(row, known), ...changeTools(row, known), cancelTool(row))
          : null,
      ]),
  };
}

/** @param {TripRow} row */
function when(row) {
  const past = now() - Date.parse(row.departs_at);
  if (!row.departed_at && past >= 60_000)
    return chip(t("dispatch.departs.past", { at: dateClock(row.departs_at), length: length(past) }), "warn", "clock");
  if (!row.departed_at) return t("dispatch.departs", { at: dateClock(row.departs_at) });
  return row.position
    ? t("dispatch.departed.seen", { at: clock(row.departed_at), ago: ago(row.position.at) })
    : t("dispatch.departed", { at: clock(row.departed_at) });
}

/** @param {TripRow} row */
function crew(row) {
  const missing = [
    row.driver ? "" : t("dispatch.driver.none"),
    row.escorts.length < ESCORTS_MIN ? t("dispatch.escorts.few", { n: row.escorts.length }) : "",
    ...crewWarnings(row),
  ].filter(Boolean);
  const names = [
    row.driver ? t("dispatch.driver.is", { name: row.driver.name }) : "",
    row.escorts.length ? t("dispatch.escorts.are", { names: list(row.escorts.map((one) => one.name)) }) : "",
  ].filter(Boolean);
  return h(
    "p",
    { class: "cluster small" },
    h("span", { class: "soft" }, names.join(" · ")),
    ...missing.map((words) => chip(words, "warn", "alert")),
  );
}

/** @param {StopRow} stop @param {Reference} known @param {boolean} mayAct */
function stopLine(stop, known, mayAct) {
  return h(
    "li",
    { class: "trip__stop", "data-stop": stop.stop },
    h("b", { class: "grow" }, stop.gate ? name(stop.gate.compound) : receiverName(known, stop.receiver)),
    h("span", { class: "num" }, arrival(stop)),
    mayAct && stop.notice && !stop.handed_over_at ? callButton(stop) : null,
    h(
      "span",
      { class: "cluster small trip__more" },
      h("span", {}, list(stop.parties)),
      closedChip(stop),
      noticeChip(stop),
      stop.home_check === "pending" || stop.home_check === "unsuitable"
        ? chip(t(`home-check.${stop.home_check}`), stop.home_check === "pending" ? "warn" : "alarm", "home")
        : null,
    ),
  );
}

/** @param {StopRow} stop */
const callButton = (stop) =>
  h(
    "button",
    {
      type: "button",
      class: "btn btn--quiet",
      id: `call-${stop.stop}`,
      "data-do": "call",
      "aria-label": t("contacts.title", { gate: haltName(stop) }),
      title: t("contacts.words"),
      onclick: () => callReceiver(stop),
    },
    icon("phone"),
  );

/** @param {StopRow} stop */
function arrival(stop) {
  if (stop.handed_over_at) return t("dispatch.stop.done", { at: clock(stop.handed_over_at) });
  if (stop.arrived_at) return t("dispatch.stop.arrived", { at: clock(stop.arrived_at) });
  if (!stop.eta || hasNoVehicle(stop)) return t("stop.no-time");
  const [best, range] = [clock(stop.eta.p50), between(stop.eta.p10, stop.eta.p90)];
  return best === range ? best : t("dispatch.stop.eta", { best, range });
}

/** @param {StopRow} stop */
function noticeChip(stop) {
  const notice = stop.notice;
  if (!notice || stop.handed_over_at) return null;
  if (notice.mustered_at) return chip(t("stop.mustered", { at: clock(notice.mustered_at) }), "ok", "check");
  if (notice.acks.length) return chip(t("dispatch.acks", { n: number(notice.acks.length) }), "ok", "check");
  if (notice.lapsed?.length && !notice.escalated_at)
    return chip(t("dispatch.notice.again", { at: clock(notice.renewed_at ?? notice.sent_at) }), "warn", "bell");
  return notice.escalated_at
    ? chip(t("notice.escalated"), "alarm", "alert")
    : chip(t("notice.sent", { at: clock(notice.sent_at) }), "warn", "bell");
}

/** @param {TripRow} row */
const stands = (row) => row.stage === "planned" || row.stage === "boarding";

/** Stands last, so that the quiet button is not between two loud ones. @param {TripRow} row */
const cancelTool = (row) =>
  stands(row)
    ? h(
        "button",
        { type: "button", class: "btn btn--quiet", "data-do": "cancel", onclick: () => cancelTrip(row) },
        t("dispatch.do.cancel"),
      )
    : null;

/** @param {TripRow} row @param {Reference} known */
function tools(row, known) {
  return [
    row.stage === "planned" && row.seats_taken > 0
      ? actionButton(t("dispatch.do.boarding"), () => post(`/v1/trips/${row.trip}/boarding`), {
          class: "btn btn--primary",
          icon: "check",
          done: t("dispatch.boarding.done"),
        })
      : null,
    stands(row)
      ? h(
          "button",
          { type: "button", class: "btn", id: `crew-${row.trip}`, "data-do": "crew", onclick: () => editCrew(row) },
          t("dispatch.do.crew"),
        )
      : null,
    stands(row) && row.boarded === 0
      ? h(
          "button",
          {
            type: "button",
            class: "btn",
            id: `vehicle-${row.trip}`,
            "data-do": "vehicle",
            onclick: () => otherVehicle(row),
          },
          t("dispatch.do.vehicle"),
        )
      : null,
    row.driver || row.escorts.length
      ? h(
          "button",
          {
            type: "button",
            class: "btn",
            id: `call-crew-${row.trip}`,
            "data-do": "call-crew",
            onclick: () => callCrew(row),
          },
          icon("phone"),
          t("dispatch.do.call-crew"),
        )
      : null,
    row.stage === "en_route"
      ? h(
          "button",
          { type: "button", class: "btn", "data-do": "divert", onclick: () => divertTrip(row, known) },
          icon("next"),
          t("dispatch.do.divert"),
        )
      : null,
  ].filter((el) => el !== null);
}
