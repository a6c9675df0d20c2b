// One trip on the escort's phone: head count, the one next action, the gates in order, the manifest.
import { h, fillWhen, keyed } from "../../lib/dom.js";
import { t, name, count } from "../../lib/i18n.js";
import { crewWarnings, driverWords } from "../../lib/crew.js";
import { icon } from "../../lib/icons.js";
import { closedAt, closedChip } from "../../lib/gates.js";
import { note, chip, peopleChips, phoneLink } from "../../lib/parts.js";
import { actionButton } from "../../lib/submit.js";
import { post } from "../../lib/api.js";
import { clock, timeElement, ago } from "../../lib/time.js";
import { breakdownTools, changeCards, standsAtChange } from "./change.js";
import { askCount } from "./head-count.js";
import { manifest, linesOf } from "./manifest.js";
import { sharePosition } from "./share.js";
import { orderParts } from "./order.js";
import { leavesWords, stageChip } from "./list.js";
import { basis } from "../board/words.js";
import { navigateTo } from "./navigate.js";

/** @typedef {import("../../types.js").TripDetail} TripDetail */
/** @typedef {import("../../types.js").StopRow} StopRow */

/** @param {() => Promise<unknown>} reload */
export function tripView(reload) {
  let id = "";
  const head = h("div", { class: "stack stack--tight" });
  const tally = h("div", { class: "tally", role: "group", "aria-label": t("trip.tally") });
  const action = h("div", { class: "stack trip__action" });
  const stops = h("ol", { class: "stack", "aria-label": t("trip.gates") });
  const people = manifest(reload);
  const changes = changeCards(reload);
  const share = sharePosition(() => id);
  const el = h(
    "div",
    { class: "trip stack stack--loose" },
    head,
    tally,
    changes.el,
    action,
    share.el,
    h("section", { class: "stack trip__gates" }, h("h2", { class: "serif" }, t("trip.gates")), stops),
    people.el,
  );
  /** @param {TripDetail} trip */
  const paint = (trip) => {
    id = trip.trip;
    el.dataset.stage = trip.stage;
    const over = trip.stage === "completed" || trip.stage === "cancelled";
    fillWhen(head, [trip.stage, trip.plate, trip.vehicle, trip.departs_at, trip.departed_at, trip.driver], () =>
      headOf(trip),
    );
    fillWhen(tally, [trip.boarded, trip.stage, linesOf(trip).map((line) => [line.boarded_at, line.no_show])], () =>
      tallyOf(trip),
    );
    changes.paint(trip);
    fillWhen(
      action,
      [
        trip.version,
        trip.stage,
        trip.stops,
        trip.vehicle,
        trip.changes,
        trip.breakdown,
        trip.order,
        linesOf(trip),
        trip.escorts,
      ],
      () => [...nextAction(trip, reload), ...breakdownTools(trip, reload)],
    );
    share.el.hidden = over;
    if (over) share.stop();
    keyed(stops, trip.stops, (stop) => stop.stop, stopCard);
    people.paint(trip);
  };
  return { el, paint };
}

/** @param {TripDetail} trip */
const headOf = (trip) => [
  h("div", { class: "spread" }, h("b", { class: "large" }, trip.vehicle.name), stageChip(trip.stage)),
  h(
    "p",
    { class: "cluster" },
    trip.plate ? h("span", { class: "plate" }, trip.plate) : chip(t("stop.plate.none"), "warn", "alert"),
    h("span", {}, leavesWords(trip)),
  ),
  trip.driver ? phoneLink(trip.driver.phone, driverWords(trip.driver)) : null,
];

/** @param {TripDetail} trip */
function tallyOf(trip) {
  const lines = linesOf(trip);
  const boarded = lines.filter((line) => line.boarded_at).length;
  const expected = lines.filter((line) => !line.no_show).length;
  const left = expected - boarded;
  const words = expected === 0 ? t("trip.nobody") : left ? count("trip.left", left) : t("trip.all-on-board");
  return [
    h("p", { class: "tally__number" }, String(boarded), h("span", { class: "tally__of" }, ` / ${expected}`)),
    h("p", { class: "strong" }, left || expected === 0 ? icon("people") : icon("check"), " ", words),
  ];
}

/** @param {TripDetail} trip @param {() => Promise<unknown>} reload @returns {(Node | null)[]} */
function nextAction(trip, reload) {
  if (trip.stage === "completed") return [note(t("trip.completed"), "ok")];
  if (trip.stage === "cancelled") return [note(t("trip.cancelled"), "alarm")];
  if (trip.stage === "planned") return [note(t("trip.planned"), "info", "clock"), ...vehicleFirst(trip, reload)];
  if (trip.stage === "boarding")
    return [
      ...crewWarnings(trip).map((words) => note(words, "warn")),
      h(
        "button",
        {
          type: "button",
          class: "btn btn--big btn--primary btn--block",
          id: "depart",
          onclick: () => depart(trip, reload),
        },
        icon("next"),
        t("trip.depart"),
      ),
    ];
  if (standsAtChange(trip)) return [];
  const stop = trip.stops.find((one) => !one.handed_over_at && one.stage !== "cancelled");
  if (!stop || (trip.breakdown && !stop.arrived_at))
    return stop || trip.changes.some((one) => one.stage !== "closed") ? [] : [note(t("trip.completed"), "ok")];
  const order = orderParts(trip, reload);
  if (trip.order && !trip.order.seen_at) return [...order, nextGate(stop)];
  return [
    ...order,
    nextGate(stop),
    near(stop),
    ...gateActions(stop, reload),
    arrivedAt(stop) ? null : navigateTo(trip, stop, placeOf(stop)),
  ];
}

/** What keeps people from getting on: the vehicle's own state. @param {TripDetail} trip @param {() => Promise<unknown>} reload @returns {(Node | null)[]} */
function vehicleFirst({ vehicle }, reload) {
  if (vehicle.out)
    return [
      note(t("fleet.out.why", { reason: vehicle.out.reason, by: vehicle.out.by, at: clock(vehicle.out.at) }), "alarm"),
    ];
  if (!vehicle.cleaning_due_since) return [];
  const big = "btn btn--big btn--primary btn--block";
  const cleaned = () => post(`/v1/vehicles/${vehicle.id}/cleaned`).then(reload);
  return [
    note(t("fleet.cleaning.due", { at: clock(vehicle.cleaning_due_since) }), "warn"),
    actionButton(t("fleet.do.cleaned"), cleaned, {
      class: big,
      icon: "check",
      id: "cleaned",
      done: t("fleet.cleaned.done"),
    }),
  ];
}

/** @param {StopRow} stop */
const nextGate = (stop) =>
  h(
    "div",
    { class: "next-gate" },
    h("p", { class: "soft" }, t("trip.next")),
    h("p", { class: "next-gate__name serif" }, placeOf(stop)),
    closedChip(stop),
  );

/** @param {StopRow} stop */
const arrivedAt = (stop) => stop.arrived_at !== null;

/** The phone only offers: that the vehicle is there is the escort's word. @param {StopRow} stop */
const near = (stop) => (stop.eta?.arriving && !stop.arrived_at ? note(t("trip.near"), "info", "pin") : null);

/** @param {StopRow} stop */
const placeOf = (stop) => (stop.gate ? name(stop.gate.compound) : t("trip.site"));

/** @param {StopRow} stop @param {() => Promise<unknown>} reload @returns {(Node | null)[]} */
function gateActions(stop, reload) {
  const big = "btn btn--big btn--primary btn--block";
  if (!stop.arrived_at)
    return [
      actionButton(t("trip.arrive"), () => post(`/v1/stops/${stop.stop}/arrive`).then(reload), {
        class: big,
        icon: "gate",
        id: "arrive",
        done: t("trip.arrived"),
      }),
    ];
  if (stop.offered_at) return [note(t("trip.offered", { at: clock(stop.offered_at) }), "info", "clock")];
  const blocked = stop.home_check === "pending" || stop.home_check === "unsuitable";
  const offer = actionButton(
    t("trip.offer", { people: count("people", stop.people.total) }),
    () => post(`/v1/stops/${stop.stop}/offer`).then(reload),
    { class: big, icon: "shield", id: "offer", done: t("trip.offer.done") },
  );
  if (!blocked) return [offer];
  offer.setAttribute("aria-disabled", "true");
  return [
    note(t(stop.home_check === "pending" ? "problem.home-check-pending" : "problem.home-unsuitable"), "alarm"),
    offer,
  ];
}

/** Departure asks for the count made with the eyes, not for a yes. @param {TripDetail} trip @param {() => Promise<unknown>} reload */
const depart = (trip, reload) =>
  askCount({
    key: "trip.depart",
    max: trip.vehicle.seats,
    send: (head_count) => post(`/v1/trips/${trip.trip}/depart`, { head_count }).then(reload),
  });

/** @param {StopRow} first @returns {import("../../lib/dom.js").Part<StopRow>} */
function stopCard(first) {
  const el = h("li", { class: "card trip-stop", "data-stop": first.stop });
  return {
    el,
    update: (stop) => {
      const on = stop.eta && !stop.arrived_at ? basis(stop, stop.eta) : null;
      fillWhen(el, [stop, on, closedAt(stop)], () => [
        h(
          "div",
          { class: "spread" },
          h("h3", {}, placeOf(stop)),
          stop.handed_over_at
            ? chip(t("trip.handed-over", { at: clock(stop.handed_over_at) }), "ok", "check")
            : stop.arrived_at
              ? chip(t("trip.arrived-at", { at: clock(stop.arrived_at) }), "info", "gate")
              : stop.eta
                ? h(
                    "span",
                    { class: "cluster" },
                    h("span", { class: "soft small" }, t("trip.about")),
                    h("b", { class: "trip-stop__time" }, timeElement(stop.eta.p50)),
                  )
                : null,
        ),
        closedChip(stop),
        h("p", { class: "cluster" }, ...peopleChips(stop.people), on ? chip(on.words, on.tone) : null),
        h("p", { class: "soft" }, squadWords(stop)),
      ]);
    },
  };
}

/** @param {StopRow} stop */
function squadWords(stop) {
  const { notice } = stop;
  if (!notice) return t("notice.none");
  if (notice.mustered_at) return t("stop.mustered", { at: clock(notice.mustered_at) });
  const last = notice.acks.at(-1);
  return last
    ? t("trip.squad-coming", { n: notice.acks.length, ago: ago(last.at) })
    : t("trip.squad-silent", { at: clock(notice.sent_at) });
}
