// A vehicle or a private car under way is ordered elsewhere: where to, whom it concerns, why. Nothing is chosen beforehand (mission.md, rule 6).
import { h } from "../../lib/dom.js";
import { t, name, list, count } from "../../lib/i18n.js";
import { ask, field, checkField, chip, note, phoneLink, reasonField, valueOf } from "../../lib/parts.js";
import { worded } from "../../lib/submit.js";
import { post } from "../../lib/api.js";
import { clock } from "../../lib/time.js";
import { carDriver } from "./contacts.js";
import { severalRooms } from "./split.js";
import { receiverName, gateOptions } from "../desk/party-words.js";

/** @typedef {import("../../types.js").TripRow} TripRow */
/** @typedef {import("../../types.js").StopRow} StopRow */
/** @typedef {import("../../types.js").Reference} Reference */

/** Sites and gates of a district; nothing is chosen. @param {string} district @param {Reference} known */
function whereTo(district, known) {
  const sites = /** @type {[string, string][]} */ (
    known.receivers
      .filter((one) => one.kind === "site" && one.jurisdiction.startsWith(district))
      .map((one) => [`site:${one.code}`, receiverName(known, one.code)])
  );
  const gates = gateOptions(known, district).filter(
    ([code]) =>
      code &&
      !known.receivers.some(
        (one) => one.kind === "site" && known.gates.some((gate) => gate.code === code && gate.receiver === one.code),
      ),
  );
  const options = /** @type {[string, string][]} */ ([
    ["", t("desk.choose")],
    ...sites,
    ...gates.map(([code, words]) => [`gate:${code}`, words]),
  ]);
  return field({ name: "to", label: t("dispatch.divert.to"), options, required: true });
}

/** @param {HTMLFormElement} form */
function chosen(form) {
  const [kind, code] = valueOf(form, "to").split(":");
  return code ? { [kind ?? ""]: code } : {};
}

/** A private car on its way: whoever sends it elsewhere phones the driver. @param {import("../../types.js").PartyDetail} party @param {Reference} known */
export async function divertCar(party, known) {
  const toCall = await carDriver(party.party).then(
    (driver) => (driver ? phoneLink(driver.phone, driver.name) : note(t("car-driver.none"), "warn")),
    (error) => note(worded(error), "alarm"),
  );
  return ask({
    title: t("dispatch.divert.title", { vehicle: `${party.label} ${party.private_car?.plate ?? ""}` }),
    confirm: t("dispatch.do.divert"),
    danger: true,
    body: [h("p", {}, t("dispatch.divert.car.words")), toCall],
    fields: [whereTo(party.district, known), reasonField(), severalRooms()],
    send: (form) =>
      post(`/v1/parties/${party.party}/private-car/diversion`, {
        ...chosen(form),
        reason: valueOf(form, "reason"),
        spread: valueOf(form, "spread") || null,
      }),
  });
}

/** @param {TripRow} row @param {Reference} known */
export function divertTrip(row, known) {
  const ahead = row.stops.filter((stop) => !stop.handed_over_at);
  return ask({
    title: t("dispatch.divert.title", { vehicle: row.vehicle.name }),
    confirm: t("dispatch.do.divert"),
    danger: true,
    body: [h("p", {}, t("dispatch.divert.words")), ...kept(row)],
    fields: [
      whereTo(row.district, known),
      h(
        "fieldset",
        { class: "field" },
        h("legend", {}, t("dispatch.divert.who")),
        ...ahead.map((stop) =>
          checkField({ name: "stops", value: stop.stop, label: whom(stop, known), checked: true }),
        ),
      ),
      reasonField(),
      severalRooms(),
    ],
    send: (form) =>
      post(`/v1/trips/${row.trip}/diversion`, {
        ...chosen(form),
        stops: new FormData(form).getAll("stops"),
        reason: valueOf(form, "reason"),
        spread: valueOf(form, "spread") || null,
        version: row.version,
      }),
  });
}

/** @param {StopRow} stop @param {Reference} known */
const whom = (stop, known) =>
  t("dispatch.divert.whom", {
    place: stop.gate ? name(stop.gate.compound) : receiverName(known, stop.receiver),
    people: count("people", stop.people.total),
    parties: list(stop.parties),
  });

/** Who is home already is said, so that nobody looks for them. @param {TripRow} row */
function kept(row) {
  const done = row.stops.filter((stop) => stop.handed_over_at).flatMap((stop) => stop.parties);
  return done.length ? [h("p", { class: "soft" }, t("dispatch.divert.kept", { parties: list(done) }))] : [];
}

/** The newest order on a trip's card. @param {TripRow} row */
export function orderLine(row) {
  const order = row.order;
  if (!order || row.stage !== "en_route") return null;
  const seen = order.seen_at
    ? chip(t("dispatch.order.seen", { by: order.seen_by ?? "", at: clock(order.seen_at) }), "ok", "check")
    : chip(t("dispatch.order.unseen"), "warn", "alert");
  return h(
    "p",
    { class: "cluster small", "data-order": "" },
    h("b", {}, t("dispatch.order", { at: clock(order.at), reason: order.reason })),
    seen,
  );
}
