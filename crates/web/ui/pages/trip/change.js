// A change of vehicle on an escort's phone, both sides of it: who was offered, who was taken over, who stays, and the two counts.
import { h, fillWhen, keyed } from "../../lib/dom.js";
import { t, has, person, name, number } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";
import { ask, chip, field, note, valueOf } from "../../lib/parts.js";
import { actionButton } from "../../lib/submit.js";
import { post, write } from "../../lib/api.js";
import { clock } from "../../lib/time.js";
import { askCount } from "./head-count.js";
import { stayWith, stayingWith } from "./stay-with.js";

/** @typedef {import("../../types.js").TripDetail} TripDetail */
/** @typedef {import("../../types.js").ChangeRow} ChangeRow */
/** @typedef {import("../../types.js").ManifestLine} ManifestLine */
/** @typedef {() => Promise<unknown>} Reload */

const BIG = "btn btn--big btn--primary btn--block";

/** Whether this trip's people pass on there, and not the other's. @param {TripDetail} trip @param {ChangeRow} change */
const isFirst = (trip, change) => change.from === trip.trip;

/** Whether people stand between this vehicle and another now. @param {TripDetail} trip */
export const standsAtChange = (trip) => trip.changes.some((change) => isFirst(trip, change) && change.stage === "met");

/** @param {Reload} reload */
export function changeCards(reload) {
  /** @type {TripDetail | null} */ let shown = null;
  const el = h("ol", { class: "stack", "aria-label": t("change.title") });
  const card = cardOf(() => /** @type {TripDetail} */ (shown), reload);
  return {
    el,
    paint: (/** @type {TripDetail} */ trip) => {
      shown = trip;
      const open = trip.changes.filter(
        (change) =>
          change.stage !== "closed" ||
          (!isFirst(trip, change) && (trip.stage === "planned" || trip.stage === "boarding")),
      );
      el.hidden = open.length === 0;
      keyed(el, open, (change) => change.change, card);
    },
  };
}

/** @param {() => TripDetail} shown @param {Reload} reload @returns {(first: ChangeRow) => import("../../lib/dom.js").Part<ChangeRow>} */
const cardOf = (shown, reload) => (first) => {
  const el = h("li", { class: "card stack change", "data-change": first.change });
  return {
    el,
    update: (change) => {
      const trip = shown();
      const lines = trip.manifest.filter((line) => line.change === change.change);
      fillWhen(el, [change, lines, trip.stage], () => [
        ...head(trip, change),
        counts(change),
        ...whatNow(trip, change, reload),
        people(trip, change, lines, reload),
        ...change.kept.map((one) => keptNote(change, one)),
      ]);
    },
  };
};

/** @param {ChangeRow} change @param {ChangeRow["kept"][number]} one */
const keptNote = (change, one) =>
  note(t("change.kept.is", { label: one.label, reason: one.reason, vehicle: change.from_vehicle }), "alarm");

/** @param {TripDetail} trip @param {ChangeRow} change */
const head = (trip, change) => [
  h("h2", { class: "serif" }, change.place ? t("change.at", { place: name(change.place) }) : t("change.road")),
  h(
    "p",
    {},
    isFirst(trip, change)
      ? t("change.to", { vehicle: change.onto_vehicle })
      : t("change.from", { vehicle: change.from_vehicle }),
  ),
];

/** The same four numbers on both phones. @param {ChangeRow} change */
const counts = (change) =>
  h(
    "dl",
    { class: "change__counts" },
    ...[
      ["total", change.total],
      ["offered", change.offered],
      ["passed", change.passed],
      ["kept", change.kept.length],
    ].map(([key, n]) =>
      h(
        "div",
        { "data-count": String(key) },
        h("dt", {}, t(`change.count.${key}`)),
        h("dd", { class: "num" }, number(Number(n))),
      ),
    ),
  );

/** @param {TripDetail} trip @param {ChangeRow} change @param {Reload} reload @returns {(Node | null)[]} */
function whatNow(trip, change, reload) {
  if (isFirst(trip, change)) return firstNow(trip, change, reload);
  if (change.stage === "expected")
    return [
      note(
        change.expected_at
          ? t("change.expected", { vehicle: change.from_vehicle, at: clock(change.expected_at) })
          : t("change.waiting"),
        "info",
        "clock",
      ),
    ];
  if (trip.stage === "planned")
    return [
      actionButton(t("change.here"), () => post(`/v1/trips/${trip.trip}/boarding`).then(reload), {
        class: BIG,
        icon: "gate",
        id: "here",
      }),
    ];
  return openOf(change) === 0 ? [note(t("change.agree"), "ok")] : [];
}

/** @param {ChangeRow} change */
const openOf = (change) => change.total - change.passed - change.kept.length;

/** @param {TripDetail} trip @param {ChangeRow} change @param {Reload} reload @returns {(Node | null)[]} */
function firstNow(trip, change, reload) {
  if (change.stage === "expected" && trip.stage !== "en_route") return [note(t("change.later"), "info", "clock")];
  if (change.stage === "expected")
    return [
      actionButton(t("change.arrive"), () => post(`/v1/changes/${change.change}/arrive`).then(reload), {
        class: BIG,
        icon: "gate",
        id: "meet",
        done: t("trip.arrived"),
      }),
    ];
  if (openOf(change) > 0) return [note(t("change.open", { n: openOf(change) }), "warn", "people")];
  return [
    note(t("change.agree"), "ok"),
    h(
      "button",
      { type: "button", class: BIG, id: "close-change", onclick: () => close(change, reload) },
      icon("next"),
      t("change.close"),
    ),
  ];
}

/** The count made with the eyes of who is left aboard. @param {ChangeRow} change @param {Reload} reload */
const close = (change, reload) =>
  askCount({
    key: "change.close",
    send: (head_count) => post(`/v1/changes/${change.change}/close`, { head_count }).then(reload),
  });

/** @param {TripDetail} trip @param {ChangeRow} change @param {ManifestLine[]} lines @param {Reload} reload */
function people(trip, change, lines, reload) {
  if (change.stage === "expected") return null;
  return h(
    "ul",
    { class: "divided" },
    lines.map((line) =>
      h(
        "li",
        { class: "change__line", "data-arrival": line.arrival, "data-passing": line.passing },
        h(
          "span",
          { class: "manifest__who" },
          h("b", {}, line.name ? person(line.name) : line.label),
          h("span", { class: "soft" }, line.label),
        ),
        h("span", { class: "cluster" }, ...steps(trip, change, lines, line, reload)),
      ),
    ),
  );
}

/** @param {TripDetail} trip @param {ChangeRow} change @param {ManifestLine[]} lines @param {ManifestLine} line @param {Reload} reload @returns {Node[]} */
function steps(trip, change, lines, line, reload) {
  if (line.passing === "passed") return [chip(t("change.passed", { vehicle: change.onto_vehicle }), "ok", "check")];
  const who = person(line.name);
  const send = (/** @type {"offer" | "accept"} */ what) =>
    actionButton(
      t(`change.${what}`),
      () => post(`/v1/changes/${change.change}/${what}`, { arrival: line.arrival }).then(reload),
      {
        class: "btn btn--big btn--primary",
        icon: what === "offer" ? "next" : "check",
        label: t(`change.${what}.who`, { who }),
        id: `${what}-${line.arrival}`,
      },
    );
  const keep = h(
    "button",
    {
      type: "button",
      class: "btn btn--big btn--quiet",
      id: `keep-${line.arrival}`,
      onclick: () => keepBack(change, lines, line, reload),
    },
    t("change.keep"),
  );
  const offered = line.passing === "offered";
  if (isFirst(trip, change)) return [offered ? chip(t("change.offered"), "info", "clock") : send("offer"), keep];
  return [
    offered && trip.stage === "boarding"
      ? send("accept")
      : chip(t(offered ? "change.offered.you" : "change.not-offered"), offered ? "info" : "", "clock"),
    keep,
  ];
}

/** Whether a person is one of several: who is kept alone parts from nobody. @param {ManifestLine[]} lines @param {ManifestLine} line */
const hasOthers = (lines, line) => lines.some((one) => one.party === line.party && one.arrival !== line.arrival);

/** Who looks after whoever has no adult of their party there. */
const lookedAfter = () =>
  field({
    name: "looked_after_by",
    label: t("stay-with.looked-after"),
    hint: t("stay-with.looked-after.hint"),
    maxlength: 100,
  });

/** @param {ChangeRow} change @param {ManifestLine[]} lines @param {ManifestLine} line @param {Reload} reload */
const keepBack = (change, lines, line, reload) =>
  ask({
    title: t("change.keep.ask"),
    confirm: t("change.keep"),
    danger: true,
    body: [
      h("p", {}, `${person(line.name)} · ${line.label}`),
      h("p", {}, t("change.keep.words", { vehicle: change.from_vehicle })),
    ],
    fields: [
      ...stayWith(lines, line, (one) => one.passing !== "passed"),
      ...(hasOthers(lines, line) ? [lookedAfter()] : []),
      field({ name: "reason", label: t("request.reason"), rows: 2, required: true, maxlength: 500 }),
    ],
    send: (form) =>
      post(`/v1/changes/${change.change}/keep`, {
        arrival: line.arrival,
        with: stayingWith(form),
        looked_after_by: hasOthers(lines, line) ? valueOf(form, "looked_after_by") || null : null,
        reason: valueOf(form, "reason"),
      }).then(reload),
  });

/** A vehicle under way that cannot go on, or does after all. @param {TripDetail} trip @param {Reload} reload @returns {(Node | null)[]} */
export function breakdownTools(trip, reload) {
  if (trip.stage !== "en_route") return [];
  const path = `/v1/trips/${trip.trip}/breakdown`;
  if (!trip.breakdown)
    return [
      h(
        "button",
        {
          type: "button",
          class: "btn btn--big btn--quiet btn--block",
          id: "break-down",
          onclick: () => say("breakdown.report", (reason) => post(path, { reason }).then(reload)),
        },
        icon("alert"),
        t("breakdown.report"),
      ),
    ];
  const waiting = trip.changes.some((change) => isFirst(trip, change) && !change.place && change.stage !== "closed");
  return [
    note(t("breakdown.is", { at: clock(trip.breakdown.at), reason: trip.breakdown.reason }), "alarm"),
    waiting ? null : note(t("breakdown.wait"), "info", "clock"),
    waiting
      ? null
      : h(
          "button",
          {
            type: "button",
            class: "btn btn--big btn--block",
            id: "go-on",
            onclick: () => say("breakdown.over", (reason) => write("DELETE", path, { reason }).then(reload)),
          },
          icon("next"),
          t("breakdown.over"),
        ),
  ];
}

/** @param {string} title with `.words` where something follows that is to be known @param {(reason: string) => Promise<unknown>} send @param {string} [vehicle] which, where several stand beside each other */
export const say = (title, send, vehicle) =>
  ask({
    title: vehicle ? `${vehicle} · ${t(title)}` : t(title),
    body: has(`${title}.words`) ? [h("p", {}, t(`${title}.words`))] : [],
    confirm: t(title),
    danger: true,
    fields: [field({ name: "reason", label: t("request.reason"), rows: 2, required: true, maxlength: 200 })],
    send: (form) => send(valueOf(form, "reason")),
  });
