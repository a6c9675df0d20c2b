// Planning dialogs: a new trip, a new vehicle, the crew, another vehicle for a trip, a cancelled trip.
import { h } from "../../lib/dom.js";
import { toast } from "../../lib/say.js";
import { t, count } from "../../lib/i18n.js";
import { ask, field, checkField, reasonField, valueOf } from "../../lib/parts.js";
import { worded } from "../../lib/submit.js";
import { get, post } from "../../lib/api.js";
import { instantOf, localValue, now } from "../../lib/time.js";
import { driverBody, driverFields } from "./driver-field.js";
import { doesNow } from "./driver-words.js";
import { spoken } from "./escorts.js";
import { stateOf } from "./fleet.js";

/** @typedef {import("../../types.js").TripRow} TripRow */
/** @typedef {import("../../types.js").Vehicle} Vehicle */
/** @typedef {import("../../types.js").Escort} Escort */

/** @typedef {import("../../types.js").Driver} Driver */
/** @typedef {{ escorts: Escort[], drivers: Driver[], trips: TripRow[] }} People `trips`: those that are not over */

const HALF_HOUR_MS = 30 * 60_000;
/** What a vehicle does now, by how soon it could leave. @type {import("./fleet.js").State[]} */
const SOONEST = ["ready", "cleaning", "planned", "boarding", "en_route", "off_duty", "out"];

/** @returns {Promise<People>} */
async function people() {
  const [{ escorts }, { drivers }, { trips }] = await Promise.all([
    get("/v1/escorts"),
    get("/v1/drivers"),
    get("/v1/trips?open=true"),
  ]);
  return { escorts, drivers, trips };
}

/** @param {HTMLFormElement} form */
function crewBody(form) {
  const driver = driverBody(form);
  const plate = valueOf(form, "plate");
  return {
    ...(driver ? { driver } : {}),
    escorts: new FormData(form).getAll("escorts"),
    ...(plate ? { plate } : {}),
  };
}

/** Who is free stands first. @param {People} known @param {Partial<TripRow>} of */
function crewFields(known, of) {
  const riding = new Set(of.escorts?.map((one) => one.account));
  const elsewhere = known.trips.filter((trip) => trip.trip !== of.trip);
  const escorts = known.escorts.map((one) => {
    const trips = elsewhere.filter((trip) => trip.escorts.some((escort) => escort.account === one.id));
    return { ...one, does: doesNow({ off: null, shift: null, trips }) };
  });
  const rank = (/** @type {(typeof escorts)[number]} */ one) =>
    riding.has(one.id) ? 0 : one.does.every((it) => it.state === "free") ? 1 : 2;
  escorts.sort((a, b) => rank(a) - rank(b));
  return [
    h(
      "fieldset",
      { class: "field" },
      h("legend", {}, t("dispatch.escorts")),
      h("p", { class: "field__hint" }, t("dispatch.escorts.hint")),
      ...escorts.map((one) =>
        checkField({
          name: "escorts",
          value: one.id,
          label: [one.display_name, ...one.does.map((it) => it.words), one.phone, spoken(one.languages)]
            .filter(Boolean)
            .join(" · "),
          checked: riding.has(one.id),
        }),
      ),
    ),
    field({
      name: "plate",
      label: t("dispatch.plate"),
      hint: t("dispatch.plate.hint"),
      value: of.plate ?? "",
      maxlength: 12,
      class: "mono",
    }),
  ];
}

/** Reads what a dialog needs first; a failure is said instead of an empty dialog. @template T @param {() => Promise<T>} read @returns {Promise<T | null>} */
async function first(read) {
  try {
    return await read();
  } catch (error) {
    toast(worded(error), "alarm");
    return null;
  }
}

/** @param {Vehicle} one */
const vehicleWords = (one) => [one.name, one.plate, count("dispatch.seats-of", one.seats)].filter(Boolean);

/** A vehicle, and who drives it: its usual driver stands first. @param {Driver[]} drivers @param {import("../../lib/parts.js").Option[]} vehicles */
function vehicleFields(drivers, vehicles) {
  const driver = driverFields(drivers, t("dispatch.driver.usual"));
  const vehicle = field({
    name: "vehicle",
    label: t("dispatch.vehicle"),
    options: [["", t("desk.choose")], ...vehicles],
    required: true,
  });
  vehicle.addEventListener("change", (event) => {
    if (event.target instanceof HTMLSelectElement) driver.of(event.target.value);
  });
  return { vehicle, driver: driver.el };
}

export async function newTrip() {
  const known = await first(async () => ({
    vehicles: /** @type {Vehicle[]} */ ((await get("/v1/vehicles")).vehicles),
    ...(await people()),
  }));
  if (!known) return;
  const { vehicle, driver } = vehicleFields(
    known.drivers,
    known.vehicles.map((one) => [one.id, vehicleWords(one).join(" · ")]),
  );
  await ask({
    title: t("dispatch.trip.new"),
    confirm: t("dispatch.trip.new"),
    fields: [
      vehicle,
      field({
        name: "departs_at",
        label: t("dispatch.departure"),
        type: "datetime-local",
        required: true,
        value: localValue(Math.ceil((now() + HALF_HOUR_MS) / 300_000) * 300_000),
      }),
      driver,
      ...crewFields(known, {}),
    ],
    send: (form) =>
      post("/v1/trips", {
        vehicle: valueOf(form, "vehicle"),
        departs_at: instantOf(valueOf(form, "departs_at")),
        ...crewBody(form),
      }),
  });
}

export const newVehicle = () =>
  ask({
    title: t("dispatch.vehicle.new"),
    confirm: t("dispatch.vehicle.new"),
    fields: [
      field({ name: "name", label: t("dispatch.vehicle.name"), required: true, maxlength: 40 }),
      field({
        name: "plate",
        label: t("dispatch.plate"),
        hint: t("dispatch.plate.hint"),
        maxlength: 12,
        class: "mono",
      }),
      h(
        "div",
        { class: "fields" },
        field({ name: "seats", label: t("dispatch.vehicle.seats"), type: "number", min: 1, max: 60, required: true }),
        field({
          name: "wheelchair_places",
          label: t("dispatch.vehicle.wheelchairs"),
          type: "number",
          min: 0,
          max: 10,
          value: 0,
        }),
        field({
          name: "luggage_places",
          label: t("dispatch.vehicle.luggage"),
          hint: t("dispatch.vehicle.luggage.hint"),
          type: "number",
          min: 0,
          max: 500,
        }),
      ),
    ],
    send: (form) =>
      post("/v1/vehicles", {
        name: valueOf(form, "name"),
        ...(valueOf(form, "plate") ? { plate: valueOf(form, "plate") } : {}),
        seats: Number(valueOf(form, "seats")),
        wheelchair_places: Number(valueOf(form, "wheelchair_places") || 0),
        ...(valueOf(form, "luggage_places") ? { luggage_places: Number(valueOf(form, "luggage_places")) } : {}),
      }),
  });

/** @param {TripRow} row */
export async function editCrew(row) {
  const known = await first(people);
  if (!known) return;
  const driver = driverFields(known.drivers, t("dispatch.driver.nobody"), row);
  await ask({
    title: t("dispatch.crew.title", { vehicle: row.vehicle.name }),
    confirm: t("save"),
    fields: [driver.el, ...crewFields(known, row)],
    send: (form) => post(`/v1/trips/${row.trip}/crew`, crewBody(form)),
  });
}

/** The vehicles that could make this trip, the free ones first; who cannot is seen and says why. @param {TripRow} row @param {Vehicle[]} vehicles @param {TripRow[]} trips @returns {import("../../lib/parts.js").Option[]} */
function others(row, vehicles, trips) {
  return vehicles
    .filter((one) => one.id !== row.vehicle.id)
    .map((one) => ({ one, state: stateOf(one, trips), small: one.seats < row.seats_taken }))
    .sort((a, b) => Number(a.small) - Number(b.small) || SOONEST.indexOf(a.state) - SOONEST.indexOf(b.state))
    .map(({ one, state, small }) => [
      one.id,
      [...vehicleWords(one), t(`fleet.state.${state}`)].join(" · "),
      small || one.out !== null,
    ]);
}

/** @param {TripRow} row */
export async function otherVehicle(row) {
  const known = await first(async () => ({
    vehicles: /** @type {Vehicle[]} */ ((await get("/v1/vehicles")).vehicles),
    ...(await people()),
  }));
  if (!known) return;
  const { vehicle, driver } = vehicleFields(known.drivers, others(row, known.vehicles, known.trips));
  await ask({
    title: t("dispatch.other-vehicle.title", { vehicle: row.vehicle.name }),
    confirm: t("dispatch.do.vehicle"),
    body: [h("p", {}, t(`dispatch.other-vehicle.${row.stage === "boarding" ? "boarding" : "words"}`))],
    fields: [vehicle, driver],
    send: (form) =>
      post(`/v1/trips/${row.trip}/vehicle`, { vehicle: valueOf(form, "vehicle"), driver: driverBody(form) }),
  });
}

/** @param {TripRow} row */
export const cancelTrip = (row) =>
  ask({
    title: t("dispatch.cancel.title", { vehicle: row.vehicle.name }),
    confirm: t("dispatch.do.cancel"),
    danger: true,
    body: [h("p", {}, t("dispatch.cancel.words"))],
    fields: [reasonField()],
    send: (form) => post(`/v1/trips/${row.trip}/cancel`, { reason: valueOf(form, "reason") }),
  });
