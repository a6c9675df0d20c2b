// The cards of the preview: a trip with its riders, and those who are left out. Keyed, so that only what changed is built again.
import { h, keyed, fillWhen, text } from "../../../lib/dom.js";
import { t, count, number } from "../../../lib/i18n.js";
import { icon } from "../../../lib/icons.js";
import { chip, note } from "../../../lib/parts.js";
import { clock } from "../../../lib/time.js";
import { OUT, newOn, peopleOn } from "./draft.js";
import { canWait } from "./soon.js";
import { splitButton } from "../split.js";
import { gateName, leftOutWords, seatedWords, shortWords, waitWords, whyHere } from "./words.js";

/** @typedef {import("./draft.js").Draft} Draft */
/** @typedef {import("../../../types.js").DayTrip} DayTrip */
/** @typedef {import("../../../types.js").DayRider} DayRider */
/** @typedef {import("../../../types.js").LeftOut} LeftOut */
/** @typedef {{ known: import("../../../types.js").Reference, row: (party: string) => import("../../../types.js").PartyRow | undefined, choose: (party: string, to: number) => void, hold: (party: string) => void, again: () => void }} Around */

/** Shapes no vehicle takes are a person's to solve; everybody else left out can be moved back. @param {LeftOut} one */
const movable = (one) =>
  one.short === "not_in_plan" || one.short === "chosen_vehicle_full" || one.short === "no_vehicle_in_time";

/** @param {HTMLElement} host @param {Draft} draft @param {Around} around @param {{ code: string, trip: number | null } | null} broken */
export function paintTrips(host, draft, around, broken) {
  const nth = new Map();
  const trips = draft.plan.trips.map((trip, at) => {
    nth.set(trip.vehicle, (nth.get(trip.vehicle) ?? 0) + 1);
    return { trip, at, key: `${trip.vehicle}:${nth.get(trip.vehicle)}`, broken: broken?.trip === at };
  });
  keyed(
    host,
    trips,
    (one) => one.key,
    () => tripCard(draft, around),
  );
}

/** @param {Draft} draft @param {Around} around */
function tripCard(draft, around) {
  const [head, list, none] = [
    h("div", { class: "spread" }),
    h("ul", { class: "plan__riders" }),
    h("p", { class: "soft" }, t("plan.trip.empty")),
  ];
  const [wait, sit] = [h("p", { class: "plan__wait" }), h("p", { class: "plan__wait" })];
  const el = h("li", { class: "card plan__trip" }, head, wait, sit, none, list);
  return {
    el,
    /** @param {{ trip: DayTrip, at: number, broken: boolean }} one */
    update: ({ trip, at, broken }) => {
      set(el, "data-at", String(at));
      set(el, "data-broken", String(broken));
      const people = peopleOn(trip);
      fillWhen(
        head,
        [at, trip.name, trip.trip, trip.departs_at, trip.seats, trip.usable_seats, people, canWait(trip, draft.plan)],
        () => [
          h("b", {}, `${at + 1}. ${trip.name}`),
          h("span", { class: "num" }, t("dispatch.departs", { at: clock(trip.departs_at) })),
          seatsChip(trip, people),
          trip.trip ? chip(t("plan.stands"), "", "check") : null,
          newOn(trip).length && canWait(trip, draft.plan)
            ? chip(t("plan.later", { at: clock(trip.decide_by) }), "info", "clock")
            : null,
        ],
      );
      text(wait, waitWords(trip, draft.plan.as_of));
      text(sit, seatedWords(trip));
      sit.hidden = !trip.trip;
      none.hidden = trip.riders.length > 0;
      keyed(
        list,
        newOn(trip).map((rider) => ({ rider, trip, at })),
        (it) => it.rider.party,
        (it) => riderLine(it.rider.party, draft, around),
      );
    },
  };
}

/** How full it is; while people sit apart, of which seats. @param {DayTrip} trip @param {number} people */
function seatsChip(trip, people) {
  const numbers = { n: number(people), of: number(trip.usable_seats), all: number(trip.seats) };
  const words = t(trip.usable_seats < trip.seats ? "plan.seats.apart" : "plan.seats", numbers);
  return people > trip.usable_seats ? chip(words, "alarm", "cross") : chip(words, "ok", "check");
}

/** @param {string} party @param {Draft} draft @param {Around} around */
function riderLine(party, draft, around) {
  const el = h("li", { class: "plan__rider", "data-party": party });
  return {
    el,
    /** @param {{ rider: DayRider, trip: DayTrip, at: number }} one */
    update: ({ rider, trip, at }) => {
      const pinned = draft.pins.has(party);
      const why = whyHere(rider, around.row(party), around.known);
      const closed = rider.gate_closed_at
        ? chip(t("plan.gate-closed", { at: clock(rider.gate_closed_at) }), "alarm", "gate")
        : null;
      const lost = rider.lost ? chip(t("plan.lost", { vehicle: rider.lost }), "warn", "alert") : null;
      fillWhen(el, [rider, at, trip.name, why, pinned], () => [
        grip(rider.label, party),
        h("span", { class: "queue__label" }, rider.label),
        h("span", {}, count("people", rider.people)),
        h("span", { class: "plan__gate" }, gateName(rider.gate, around.known)),
        h("span", { class: "num soft" }, rider.arrives_at ? t("plan.arrives", { at: clock(rider.arrives_at) }) : ""),
        h("p", { class: "plan__why" }, pinButton(rider.label, party, pinned, around), lost, closed, h("span", {}, why)),
        mover(rider, at, draft, around),
      ]);
    },
  };
}

/** Holds the party on this trip, whatever is proposed next. @param {string} label @param {string} party @param {boolean} pinned @param {Around} around */
const pinButton = (label, party, pinned, around) =>
  h(
    "button",
    {
      type: "button",
      class: "btn btn--quiet plan__pin",
      "data-pin": party,
      "aria-pressed": String(pinned),
      title: t("plan.pin.words"),
      onclick: () => around.hold(party),
    },
    icon("pin"),
    t(pinned ? "plan.pinned" : "plan.pin"),
    h("span", { class: "sr-only" }, ` ${label}`),
  );

/** What no plan can mend stands above the trips; whoever can be moved back lies below them.
 * @param {{ stuck: HTMLElement, out: HTMLElement }} hosts @param {Draft} draft @param {Around} around */
export function paintOut({ stuck, out }, draft, around) {
  const all = draft.plan.left_out;
  const back = all.filter(movable);
  fillWhen(stuck, [all.filter((one) => !movable(one)), draft.plan.rules], () =>
    all.filter((one) => !movable(one)).map((one) => stuckLine(one, draft, around)),
  );
  fillWhen(out, [back, [...draft.pins], draft.plan.rules], () => [
    h("b", {}, t("plan.out")),
    back.length
      ? h(
          "ul",
          { class: "plan__riders" },
          back.map((one) => outLine(one, draft, around)),
        )
      : h("p", { class: "soft" }, t("plan.out.none")),
  ]);
}

/** Whoever fits nowhere whole is split by a person. @param {LeftOut} one @param {Draft} draft @param {Around} around */
const stuckLine = (one, draft, around) =>
  one.people > 1 && (one.short === "no_vehicle_whole" || one.short === "no_wheelchair_place")
    ? h(
        "div",
        { class: "stack stack--tight" },
        note(leftOutWords(one, draft.plan.rules), "warn"),
        h("div", { class: "cluster" }, splitButton(one, around.again, `plan-split-${one.party}`)),
      )
    : note(leftOutWords(one, draft.plan.rules), "warn");

/** @param {LeftOut} one @param {Draft} draft @param {Around} around */
const outLine = (one, draft, around) =>
  h(
    "li",
    { class: "plan__out", "data-party": one.party },
    grip(one.label, one.party),
    h("span", { class: "queue__label" }, one.label),
    h("span", {}, count("people", one.people)),
    h("span", { class: "plan__gate" }, gateName(one.gate, around.known)),
    h(
      "p",
      { class: "plan__why" },
      draft.pins.has(one.party) ? t("plan.out.by-hand") : shortWords(one, draft.plan.rules),
    ),
    mover(one, OUT, draft, around),
  );

/** @param {string} label @param {string} party */
const grip = (label, party) =>
  h(
    "button",
    {
      type: "button",
      class: "btn btn--quiet plan__grip",
      "data-grip": party,
      "aria-label": t("plan.grip", { label }),
      title: t("plan.grip.keys"),
    },
    icon("grip"),
  );

/** The trip to move to, for fingers and keys alike. Its options come when it is opened: 300 parties × 40 trips would be 12,000 elements.
 * @param {import("./draft.js").Group} group @param {number} at @param {Draft} draft @param {Around} around */
function mover(group, at, draft, around) {
  const option = (/** @type {number} */ to, /** @type {string} */ words) =>
    h("option", { value: to === OUT ? "out" : String(to), selected: to === at }, words);
  const on = (/** @type {number} */ to) =>
    option(to, t("plan.on", { n: number(to + 1), vehicle: draft.plan.trips[to]?.name ?? "" }));
  const select = h(
    "select",
    { class: "input plan__move", "data-rider": group.party, "aria-label": t("plan.move", { label: group.label }) },
    at === OUT ? null : on(at),
    option(OUT, t("plan.leave-out")),
  );
  const all = () => {
    if (select.options.length <= 2)
      select.replaceChildren(...draft.plan.trips.map((_, to) => on(to)), option(OUT, t("plan.leave-out")));
  };
  for (const sign of ["pointerdown", "focus", "keydown"]) select.addEventListener(sign, all);
  select.addEventListener("change", () =>
    around.choose(group.party, select.value === "out" ? OUT : Number(select.value)),
  );
  return select;
}

/** @param {Element} el @param {string} name @param {string} value */
function set(el, name, value) {
  if (el.getAttribute(name) !== value) el.setAttribute(name, value);
}
