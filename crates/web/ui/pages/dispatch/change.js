// Changes of vehicle on the dispatcher's page: plan an onward van or a replacement, watch the counts, see who stayed behind.
import { h } from "../../lib/dom.js";
import { haltName } from "../../lib/gates.js";
import { t, name, number, count } from "../../lib/i18n.js";
import { ask, checkField, chip, field, valueOf } from "../../lib/parts.js";
import { actionButton } from "../../lib/submit.js";
import { renewReference } from "../../lib/session.js";
import { get, post, write } from "../../lib/api.js";
import { clock } from "../../lib/time.js";
import { say } from "../trip/change.js";

/** @typedef {import("../../types.js").TripRow} TripRow */
/** @typedef {import("../../types.js").ChangeRow} ChangeRow */
/** @typedef {import("../../types.js").StopRow} StopRow */
/** @typedef {import("../../types.js").Vehicle} Vehicle */
/** @typedef {import("../../types.js").Reference} Reference */

/** The halts where the vehicle has not been. @param {TripRow} row */
const ahead = (row) => row.stops.filter((stop) => !stop.arrived_at);

/** @param {TripRow} row @param {Reference} known @returns {HTMLElement[]} */
export function changeTools(row, known) {
  if (row.stage === "completed" || row.stage === "cancelled") return [];
  /** @type {HTMLElement[]} */ const tools = [];
  const path = `/v1/trips/${row.trip}/breakdown`;
  if (ahead(row).length)
    tools.push(
      h(
        "button",
        {
          type: "button",
          class: row.breakdown ? "btn btn--primary" : "btn",
          "data-do": "change",
          onclick: () => plan(row, known),
        },
        t(row.breakdown ? "change.replace" : "change.plan"),
      ),
    );
  if (row.breakdown)
    tools.push(
      h(
        "button",
        {
          type: "button",
          class: "btn btn--quiet",
          "data-do": "go-on",
          onclick: () => say("breakdown.over", (reason) => write("DELETE", path, { reason }), row.vehicle.name),
        },
        t("breakdown.over"),
      ),
    );
  else if (row.stage === "en_route")
    tools.push(
      h(
        "button",
        {
          type: "button",
          class: "btn btn--quiet",
          "data-do": "break-down",
          onclick: () => say("breakdown.report", (reason) => post(path, { reason }), row.vehicle.name),
        },
        t("breakdown.report"),
      ),
    );
  return tools;
}

/** @param {TripRow} row @param {boolean} mayAct @returns {HTMLElement | null} */
export function changeLines(row, mayAct) {
  if (!row.changes.length && !row.breakdown) return null;
  return h(
    "ul",
    { class: "stack stack--tight small" },
    row.breakdown
      ? h(
          "li",
          {},
          chip(t("breakdown.is", { at: clock(row.breakdown.at), reason: row.breakdown.reason }), "alarm", "alert"),
        )
      : null,
    row.changes.map((change) => line(row, change, mayAct)),
  );
}

/** @param {TripRow} row @param {ChangeRow} change @param {boolean} mayAct */
function line(row, change, mayAct) {
  const first = change.from === row.trip;
  const begun = change.stage === "closed" || change.offered + change.passed + change.kept.length > 0;
  return h(
    "li",
    { class: "cluster", "data-change": change.change },
    chip(
      t(`change.stage.${change.stage}`),
      change.stage === "closed" ? "ok" : change.stage === "met" ? "warn" : "",
      "bus",
    ),
    h(
      "span",
      {},
      t(first ? "change.line.to" : "change.line.from", {
        vehicle: first ? change.onto_vehicle : change.from_vehicle,
        place: change.place ? name(change.place) : t("change.road"),
      }),
    ),
    h(
      "span",
      { class: "num" },
      t("change.line.counts", { passed: number(change.passed), total: number(change.total) }),
    ),
    first && mayAct && !begun
      ? actionButton(
          t("change.call-off"),
          () => say("change.call-off", (reason) => write("DELETE", `/v1/changes/${change.change}`, { reason })),
          { class: "btn btn--quiet" },
        )
      : null,
  );
}

/** Who stayed behind, and vehicles that cannot go on. @param {TripRow} row @returns {{ key: string, words: string, party: string | null }[]} */
export function changeAlerts(row) {
  if (row.stage === "completed") return [];
  const kept = row.changes
    .filter((change) => change.from === row.trip)
    .flatMap((change) =>
      change.kept.map((one) => ({
        key: one.arrival,
        party: one.party,
        words: t("change.kept.is", { label: one.label, reason: one.reason, vehicle: change.from_vehicle }),
      })),
    );
  const sent = row.changes.some((change) => change.from === row.trip && !change.place && change.stage !== "closed");
  return row.breakdown && !sent
    ? [
        {
          key: row.trip,
          party: null,
          words: t("breakdown.alert", { vehicle: row.vehicle.name, reason: row.breakdown.reason }),
        },
        ...kept,
      ]
    : kept;
}

/** @param {TripRow} row @param {Reference} known */
async function plan(row, known) {
  const [{ trips }, { vehicles }] = await Promise.all([
    get("/v1/trips?open=true"),
    get("/v1/vehicles"),
    renewReference(),
  ]);
  const loading = /** @type {TripRow[]} */ (trips).filter(
    (one) => one.trip !== row.trip && (one.stage === "planned" || one.stage === "boarding"),
  );
  /** @type {[string, string][]} */ const onto = [
    ["", t("desk.choose")],
    ...loading.map(
      (one) =>
        /** @type {[string, string]} */ ([
          `trip:${one.trip}`,
          [
            t("change.trip", { vehicle: one.vehicle.name, at: clock(one.departs_at) }),
            count("dispatch.seats-of", one.vehicle.seats - one.seats_taken),
          ].join(" · "),
        ]),
    ),
    .../** @type {Vehicle[]} */ (vehicles)
      .filter((one) => one.id !== row.vehicle.id)
      .map(
        (one) =>
          /** @type {[string, string]} */ ([
            `vehicle:${one.id}`,
            [t("change.vehicle", { vehicle: one.name }), count("dispatch.seats-of", one.seats)].join(" · "),
          ]),
      ),
  ];
  const points = known.relay_points.filter((point) => point.district === row.district && point.in_use);
  const title = t(row.breakdown ? "change.replace" : "change.plan");
  await ask({
    title: `${title} · ${row.vehicle.name}`,
    confirm: title,
    body: [h("p", {}, t(row.breakdown ? "change.replace.words" : "change.plan.words"))],
    fields: [
      field({ name: "onto", label: t("change.onto"), options: onto, required: true }),
      ...(row.breakdown
        ? []
        : [
            field({
              name: "relay_point",
              label: t("change.point"),
              options: /** @type {[string, string][]} */ (points.map((point) => [point.code, name(point.name)])),
              value: points[0]?.code ?? "",
              required: true,
            }),
          ]),
      h(
        "fieldset",
        { class: "field" },
        h("legend", {}, t("change.stops")),
        ...ahead(row).map((stop) =>
          checkField({
            name: "stops",
            value: stop.stop,
            label: `${haltName(stop)} · ${count("people", stop.people.total)}`,
            checked: true,
          }),
        ),
      ),
    ],
    send: (form) => post(`/v1/trips/${row.trip}/changes`, body(form)),
  });
}

/** @param {HTMLFormElement} form */
function body(form) {
  const [kind, id] = valueOf(form, "onto").split(":");
  const point = valueOf(form, "relay_point");
  return {
    ...(kind === "trip" ? { onto: id } : { vehicle: id }),
    ...(point ? { relay_point: point } : {}),
    stops: new FormData(form).getAll("stops"),
  };
}
