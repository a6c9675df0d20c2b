// The district's vehicles at a glance: what each does now in a word and a shape, and what the dispatcher may do with it.
// Where a vehicle drives is told by the trips of the feed; the rest is read anew whenever a vehicle or a trip changed.
import { h, fill } from "../../lib/dom.js";
import { t, count } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";
import { ask, chip, field, note, reasonField, valueOf } from "../../lib/parts.js";
import { actionButton } from "../../lib/submit.js";
import { post } from "../../lib/api.js";
import { clock, within } from "../../lib/time.js";
import { fresh } from "../site/fresh.js";

/** @typedef {import("../../types.js").Row} Row */
/** @typedef {import("../../types.js").TripRow} TripRow */
/** @typedef {import("../../types.js").Vehicle} Vehicle */
/** @typedef {"out" | "en_route" | "boarding" | "cleaning" | "planned" | "off_duty" | "ready"} State */

/** Shape and colour of each state; the word comes from the catalogue. @type {Record<State, [import("../../lib/parts.js").Tone, import("../../lib/icons.js").IconName]>} */
const LOOKS = {
  out: ["alarm", "cross"],
  en_route: ["info", "bus"],
  boarding: ["ok", "people"],
  cleaning: ["warn", "alert"],
  planned: ["info", "clock"],
  off_duty: ["", "clock"],
  ready: ["ok", "check"],
};

export function fleetStrip() {
  const host = h("ul", { class: "fleet", "aria-label": t("fleet.title") });
  const standby = h("div", { role: "status" });
  const el = h("section", { class: "fleet__strip", hidden: true }, host, standby);
  let shown = "";
  /** @type {Row[]} */ let rows = [];
  const read = /** @type {{ readonly value: { vehicles: Vehicle[] } | null, look: (of: unknown) => void }} */ (
    fresh("/v1/vehicles", () => paint(rows))
  );
  /** @param {Row[]} of */
  const paint = (of) => {
    rows = of;
    const trips = /** @type {TripRow[]} */ (rows.filter((row) => row.kind === "trip"));
    const changes = rows
      .filter((row) => row.kind === "vehicle")
      .map((row) => [row.vehicle.id, row.version, row.vehicle.cleaning_due_since]);
    read.look([changes, trips.map((trip) => [trip.trip, trip.stage])]);
    const vehicles = read.value?.vehicles ?? [];
    const states = vehicles.map((vehicle) => stateOf(vehicle, trips));
    const looks = JSON.stringify([vehicles, states]);
    if (looks === shown) return;
    shown = looks;
    el.hidden = vehicles.length === 0;
    refill(
      host,
      vehicles.map((vehicle, at) => item(vehicle, states[at] ?? "ready")),
    );
    const warned = vehicles.length > 0 && !states.includes("ready");
    fill(standby, warned ? note(t("fleet.no-standby"), "warn") : null);
  };
  return { el, paint };
}

/** Fills a list anew; whoever had the focus keeps it. @param {HTMLElement} host @param {HTMLElement[]} items */
function refill(host, items) {
  const focus = host.contains(document.activeElement) ? document.activeElement?.id : null;
  fill(host, ...items);
  if (focus) document.getElementById(focus)?.focus();
}

/** What it does now: what keeps it from driving first. @param {Vehicle} vehicle @param {TripRow[]} trips @returns {State} */
export function stateOf(vehicle, trips) {
  const stages = trips.filter((trip) => trip.vehicle.id === vehicle.id).map((trip) => trip.stage);
  if (stages.includes("en_route")) return "en_route";
  if (vehicle.out) return "out";
  if (vehicle.cleaning_due_since) return "cleaning";
  if (stages.includes("boarding")) return "boarding";
  if (stages.includes("planned")) return "planned";
  return vehicle.shift && !within(vehicle.shift) ? "off_duty" : "ready";
}

/** @param {Vehicle} vehicle @param {State} state */
function item(vehicle, state) {
  const [tone, shape] = LOOKS[state];
  const button = h(
    "button",
    { type: "button", class: "fleet__vehicle", id: `vehicle-${vehicle.id}`, onclick: () => sheet(vehicle, state) },
    h("b", {}, vehicle.name),
    chip(t(`fleet.state.${state}`), tone, shape),
    h("span", { class: "soft small" }, count("dispatch.seats-of", vehicle.seats)),
    h("span", { class: "soft small" }, count("fleet.trips-today", vehicle.trips_today)),
  );
  return h("li", {}, button);
}

/** @param {Vehicle} vehicle @param {State} state */
function sheet(vehicle, state) {
  const back = document.activeElement?.id;
  const close = h("button", { type: "button", class: "btn btn--big" }, t("close"));
  const dialog = h(
    "dialog",
    { class: "sheet", "aria-labelledby": "vehicle-title" },
    h(
      "div",
      { class: "stack" },
      h("h2", { id: "vehicle-title" }, vehicle.name),
      ...facts(vehicle, state),
      ...tools(vehicle, () => dialog.close()),
      close,
    ),
  );
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (back && !document.querySelector("dialog[open]")) document.getElementById(back)?.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
}

/** @param {Vehicle} vehicle @param {State} state */
function facts(vehicle, state) {
  const [tone, shape] = LOOKS[state];
  const { out, cleaned, cleaning_due_since: due, shift } = vehicle;
  return [
    h(
      "p",
      { class: "cluster" },
      chip(t(`fleet.state.${state}`), tone, shape),
      vehicle.plate ? h("span", { class: "plate" }, vehicle.plate) : chip(t("dispatch.plate.none"), "warn", "alert"),
    ),
    h(
      "p",
      {},
      [
        count("dispatch.seats-of", vehicle.seats),
        count("fleet.wheelchairs", vehicle.wheelchair_places),
        ...(vehicle.luggage_places === null ? [] : [count("luggage", vehicle.luggage_places)]),
        count("fleet.trips-today", vehicle.trips_today),
      ].join(" · "),
    ),
    out ? note(t("fleet.out.why", { reason: out.reason, by: out.by, at: clock(out.at) }), "alarm") : null,
    due ? note(t("fleet.cleaning.due", { at: clock(due) }), "warn") : null,
    cleaned ? h("p", { class: "soft" }, t("fleet.cleaned", { by: cleaned.by, at: clock(cleaned.at) })) : null,
    h(
      "p",
      { class: "soft" },
      shift ? t("fleet.shift", { from: shift.from, until: shift.until }) : t("fleet.shift.none"),
    ),
  ].filter((el) => el !== null);
}

/** @param {Vehicle} vehicle @param {() => void} done */
function tools(vehicle, done) {
  const to = (/** @type {string} */ verb) => `/v1/vehicles/${vehicle.id}/${verb}`;
  const act = async (/** @type {string} */ verb) => {
    await post(to(verb));
    done();
  };
  const clean = () => act("cleaned");
  return [
    vehicle.cleaning_due_since
      ? actionButton(t("fleet.do.cleaned"), clean, {
          class: "btn btn--primary btn--big",
          icon: "check",
          done: t("fleet.cleaned.done"),
        })
      : null,
    vehicle.out
      ? actionButton(t("fleet.do.back"), () => act("in-service"), {
          class: "btn btn--primary btn--big",
          icon: "check",
          done: t("fleet.back.done"),
        })
      : null,
    h(
      "button",
      { type: "button", class: "btn btn--big", onclick: () => askShift(vehicle, to("shift"), done) },
      icon("clock"),
      t("fleet.do.shift"),
    ),
    h(
      "button",
      {
        type: "button",
        class: "btn btn--big",
        "data-do": "luggage",
        onclick: () => askLuggage(vehicle, to("luggage"), done),
      },
      icon("luggage"),
      t("fleet.do.luggage"),
    ),
    vehicle.out
      ? null
      : h(
          "button",
          {
            type: "button",
            class: "btn btn--danger btn--big",
            "data-do": "take-out",
            onclick: () => takeOut(vehicle, to("out-of-service"), done),
          },
          t("fleet.do.out"),
        ),
  ].filter((el) => el !== null);
}

/** @param {Vehicle} vehicle @param {string} path @param {() => void} done */
const takeOut = (vehicle, path, done) =>
  ask({
    title: t("fleet.out.title", { vehicle: vehicle.name }),
    confirm: t("fleet.do.out"),
    danger: true,
    body: [h("p", {}, t("fleet.out.words"))],
    fields: [reasonField()],
    send: async (form) => {
      await post(path, { reason: valueOf(form, "reason") });
      done();
    },
  });

/** @param {Vehicle} vehicle @param {string} path @param {() => void} done */
const askLuggage = (vehicle, path, done) =>
  ask({
    title: t("fleet.luggage.title", { vehicle: vehicle.name }),
    confirm: t("save"),
    body: [h("p", {}, t("fleet.luggage.words"))],
    fields: [
      field({
        name: "luggage_places",
        label: t("dispatch.vehicle.luggage"),
        type: "number",
        inputmode: "numeric",
        min: 0,
        max: 500,
        value: vehicle.luggage_places ?? "",
      }),
    ],
    send: async (form) => {
      const places = valueOf(form, "luggage_places");
      await post(path, { luggage_places: places === "" ? null : Number(places) });
      done();
    },
  });

/** @param {Vehicle} vehicle @param {string} path @param {() => void} done */
const askShift = (vehicle, path, done) =>
  ask({
    title: t("fleet.shift.title", { vehicle: vehicle.name }),
    confirm: t("save"),
    body: [h("p", {}, t("fleet.shift.words"))],
    fields: [
      h(
        "div",
        { class: "fields" },
        field({ name: "shift/from", label: t("fleet.shift.from"), type: "time", value: vehicle.shift?.from ?? "" }),
        field({ name: "shift/until", label: t("fleet.shift.until"), type: "time", value: vehicle.shift?.until ?? "" }),
      ),
    ],
    send: async (form) => {
      const [from, until] = [valueOf(form, "shift/from"), valueOf(form, "shift/until")];
      await post(path, { shift: from || until ? { from, until } : null });
      done();
    },
  });
