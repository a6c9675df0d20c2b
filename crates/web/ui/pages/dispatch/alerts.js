// The alert strip: overdue private cars, notices nobody acknowledged, refused homes, who is on the way to a place that will
// not take them. And the sites with their free beds.
import { h, fillWhen } from "../../lib/dom.js";
import { t, count, inOrder } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";
import { closedAlert, haltName } from "../../lib/gates.js";
import { clock, now } from "../../lib/time.js";
import { receiverName } from "../desk/party-words.js";
import { due, isNoHome } from "../../lib/answers.js";
import { hindrance, isOpenQuestion, isSilent } from "./queue.js";
import { changeAlerts } from "./change.js";
import { callReceiver } from "./contacts.js";
import { displacing } from "./no-vehicle.js";
import { siteForecasts, siteItem } from "./sites.js";

/** @typedef {import("../../types.js").Row} Row */
/** @typedef {import("../../types.js").PartyRow} PartyRow */
/** @typedef {import("../../types.js").TripRow} TripRow */
/** @typedef {import("../../types.js").Reference} Reference */
/** @typedef {{ key: string, words: string, party: string | null, plan?: true, call?: import("../../types.js").StopRow }} Alert `plan`: a plan mends it; `call`: somebody at that halt is to be called */

/** Where an open question about a home is the dispatcher's: at the desk, with a seat or without. */
const AT_DESK = new Set(["asked", "assigned"]);

/** @param {Row[]} rows @returns {Alert[]} */
function alertsOf(rows) {
  const trips = new Map(rows.flatMap((row) => (row.kind === "trip" ? [[row.trip, row]] : [])));
  const displaced = displacing([...trips.values()]).map(vehicleAlert);
  const others = rows.flatMap((row) => {
    if (row.kind === "trip") return [...changeAlerts(row), ...gateAlerts(row), ...noticeAlerts(row)];
    const words = row.kind === "party" ? partyWords(row, (trip) => trips.get(trip)) : null;
    return row.kind === "party" && words ? [{ key: row.party, party: row.party, words }] : [];
  });
  return [...displaced, ...others];
}

/** People with seats in a vehicle that does not drive. @param {TripRow} row @returns {Alert} */
const vehicleAlert = (row) => ({
  key: `vehicle:${row.trip}`,
  party: null,
  plan: true,
  words: t("dispatch.alert.vehicle", {
    vehicle: row.vehicle.name,
    at: clock(row.departs_at),
    people: count("people", row.seats_taken),
  }),
});

/** What is most urgent about a party, if anything is. @param {PartyRow} row @param {(trip: string) => TripRow | undefined} trip */
function partyWords(row, trip) {
  const { label } = row;
  if (row.private_car?.overdue)
    return t("dispatch.alert.car", {
      label,
      plate: row.private_car.plate,
      at: row.private_car.expected_at ? clock(row.private_car.expected_at) : "–",
    });
  if (row.stage === "to_refer") return t("dispatch.alert.refer", { label });
  const stuck = hindrance(row, trip);
  if (stuck) return t(`dispatch.alert.way.${stuck}`, { label });
  if (row.lapsed && row.stage === "waiting") return t("dispatch.alert.lapsed", { label, room: row.lapsed.room });
  return (AT_DESK.has(row.stage) && isOpenQuestion(row)) || isSilent(row) ? questionWords(row) : null;
}

/** Notices nobody acknowledged in time. @param {TripRow} row @returns {Alert[]} */
const noticeAlerts = (row) =>
  row.stops
    .filter(
      (stop) =>
        stop.notice?.escalated_at &&
        stop.notice.acks.length === 0 &&
        stop.stage !== "handed_over" &&
        stop.stage !== "cancelled",
    )
    .map((stop) => ({
      key: stop.stop,
      party: null,
      call: stop,
      words: t("dispatch.alert.notice", {
        gate: haltName(stop),
        at: clock(stop.notice?.deadline_at ?? ""),
      }),
    }));

/** Vehicles that are likely to stand before a closed gate. @param {TripRow} row @returns {Alert[]} */
const gateAlerts = (row) =>
  row.stops.flatMap((stop) => {
    const words = closedAlert(stop, row.plate ?? row.vehicle.name);
    return words ? [{ key: `gate:${stop.stop}`, party: null, words }] : [];
  });

/** @param {PartyRow} row */
function questionWords(row) {
  const to = row.destination;
  const refused = isNoHome(row);
  if (to?.kind === "home" && to.silence.decided && refused) return t("dispatch.alert.rule", { label: row.label });
  if (refused) return t("dispatch.alert.home", { label: row.label });
  const left = to?.kind === "home" ? due(to.deadline_at ?? "", now()).words : "";
  return t(to?.kind === "home" && to.opinion !== "pending" ? "dispatch.alert.check" : "dispatch.alert.late", {
    label: row.label,
    left,
  });
}

/** @param {(party: string) => void} open @param {() => (() => void) | null} plan how a plan is proposed; null for who may not @param {boolean} mayAct */
export function alertStrip(open, plan, mayAct) {
  /** @param {Alert} one @returns {(() => void) | null} */
  const mend = (one) => {
    const { party, call } = one;
    if (party) return () => open(party);
    if (call && mayAct) return () => callReceiver(call);
    return one.plan ? plan() : null;
  };
  const el = h("ul", { class: "alerts", "aria-label": t("dispatch.alerts"), hidden: true });
  return {
    el,
    /** @param {Row[]} rows */
    paint: (rows) => {
      const alerts = alertsOf(rows);
      if (el.hidden !== (alerts.length === 0)) el.hidden = alerts.length === 0;
      fillWhen(el, alerts, () =>
        alerts.map((one) => {
          const onclick = mend(one);
          return h(
            "li",
            {},
            onclick
              ? h("button", { type: "button", class: "alert", onclick }, icon("alert"), one.words)
              : h("span", { class: "alert" }, icon("alert"), one.words),
          );
        }),
      );
    },
  };
}

/** @param {Reference} known @param {boolean} mayAct */
export function siteStrip(known, mayAct) {
  const el = h("ul", { class: "sites", "aria-label": t("dispatch.sites") });
  const ahead = siteForecasts(() => el.dispatchEvent(new Event("forecast")));
  /** @type {Row[]} */ let last = [];
  const paint = (/** @type {Row[]} */ rows) => {
    last = rows;
    const sites = rows.filter((row) => row.kind === "site").sort((a, b) => inOrder(a.receiver, b.receiver));
    const days = sites.map((site) => ahead.of(site));
    fillWhen(el, [sites, days, Math.floor(now() / 3_600_000)], () =>
      sites.map((site, at) => siteItem(site, receiverName(known, site.receiver), days[at] ?? null, mayAct)),
    );
  };
  el.addEventListener("forecast", () => paint(last));
  return { el, paint };
}
