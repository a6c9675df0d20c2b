// After the commit: the plan can be taken back as long as no receiver has acknowledged and no boarding has begun; else it says why not.
import { h, fillWhen } from "../../../lib/dom.js";
import { toast } from "../../../lib/say.js";
import { t, count, list } from "../../../lib/i18n.js";
import { haltName } from "../../../lib/gates.js";
import { icon } from "../../../lib/icons.js";
import { write } from "../../../lib/api.js";
import { ask, reasonField, valueOf } from "../../../lib/parts.js";
import { clock, now } from "../../../lib/time.js";

/** @typedef {import("../../../types.js").Row} Row */
/** @typedef {import("../../../types.js").TripRow} TripRow */
/** @typedef {import("../../../types.js").PartyRow} PartyRow */
/** @typedef {{ party: string, label: string }} Seated */
/** @typedef {{ trip: TripRow, mine: PartyRow[], why: string }} Standing */

/** Why a trip's seats cannot be taken back any more; empty when they can. @param {TripRow} trip */
function heldBy(trip) {
  if (trip.stage !== "planned") return t("undo.why.boarding", { vehicle: trip.vehicle.name });
  const stop = trip.stops.find((one) => (one.notice?.acks.length ?? 0) > 0);
  const ack = stop?.notice?.acks[0];
  if (!stop || !ack) return "";
  return t("undo.why.acknowledged", {
    vehicle: trip.vehicle.name,
    gate: haltName(stop),
    by: ack.by,
    at: clock(ack.at),
  });
}

/** The trips of a committed plan that still carry somebody of it. @param {Row[]} rows @param {Seated[]} plan @returns {Standing[]} */
export function standing(rows, plan) {
  const ids = new Set(plan.map((one) => one.party));
  /** @type {Map<string, PartyRow[]>} */ const of = new Map();
  for (const row of rows)
    if (row.kind === "party" && row.trip && ids.has(row.party)) of.set(row.trip, [...(of.get(row.trip) ?? []), row]);
  return rows.flatMap((row) =>
    row.kind === "trip" && of.has(row.trip) ? [{ trip: row, mine: of.get(row.trip) ?? [], why: heldBy(row) }] : [],
  );
}

/** The bar below the alerts. @param {() => Row[]} rows */
export function undoBar(rows) {
  const el = h("section", { class: "undo", id: "undo", "aria-label": t("undo.title"), hidden: true });
  /** @type {{ at: number, entry: string, parties: Seated[] } | null} */ let last = null;
  const drop = () => {
    last = null;
    paint(rows());
  };
  const take = async () => {
    const open = standing(rows(), last?.parties ?? []).filter((one) => !one.why);
    const went = await ask({
      title: t("undo.ask", { at: clock(last?.at ?? now()) }),
      confirm: t("undo.do"),
      danger: true,
      body: [h("p", {}, t("undo.words", { trips: list(open.map((one) => one.trip.vehicle.name)) }))],
      fields: [reasonField()],
      send: (form) => takeBack(last?.entry ?? "", open, valueOf(form, "reason")),
    });
    if (went) {
      toast(t("undo.done"));
      drop();
    }
  };
  /** @param {Row[]} all */
  function paint(all) {
    const trips = last ? standing(all, last.parties) : [];
    el.hidden = trips.length === 0;
    if (!last || !trips.length) return;
    const { at } = last;
    const people = trips.flatMap((one) => one.mine).reduce((sum, one) => sum + one.people.total, 0);
    const whys = trips.map((one) => one.why).filter(Boolean);
    fillWhen(el, [at, people, trips.length, whys], () => [
      h(
        "span",
        {},
        icon("check"),
        " ",
        t("undo.stands", { at: clock(at), people: count("people", people), trips: count("undo.trips", trips.length) }),
      ),
      whys.length
        ? h(
            "span",
            { class: "soft" },
            whys.length === trips.length ? t("undo.none", { why: list(whys) }) : t("undo.some", { why: list(whys) }),
          )
        : h("span", { class: "soft" }, t("undo.until")),
      whys.length < trips.length
        ? h("button", { type: "button", class: "btn", id: "undo-plan", onclick: take }, icon("undo"), t("undo.do"))
        : null,
      h("button", { type: "button", class: "btn btn--quiet", id: "undo-dismiss", onclick: drop }, t("undo.dismiss")),
    ]);
  }
  return {
    el,
    paint,
    /** A plan was committed just now. @param {Seated[]} parties @param {string} entry where they wait */
    committed: (parties, entry) => {
      last = { at: now(), entry, parties };
      toast(t("plan.committed"));
      paint(rows());
    },
    /** By key: the same as the button, where there is one. */
    key: () => {
      const button = el.hidden ? null : /** @type {HTMLButtonElement | null} */ (el.querySelector("#undo-plan"));
      button?.click();
      return button !== null;
    },
  };
}

/** All seats or none; the server cancels a trip that carries nobody else, and refuses once a receiver has acknowledged. @param {string} entry @param {Standing[]} open @param {string} reason */
const takeBack = (entry, open, reason) =>
  write("DELETE", `/v1/plans/${entry}`, {
    reason,
    riders: open.flatMap((one) => one.mine).map((row) => ({ party: row.party, version: row.version })),
  });
