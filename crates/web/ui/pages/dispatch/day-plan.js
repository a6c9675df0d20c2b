// The door to the plan for everybody who waits: a button with how many wait for a seat, and the key p.
import { h, fillWhen } from "../../lib/dom.js";
import { t, number } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";
import { isNoHome } from "../../lib/answers.js";
import { readyPlan } from "./day/ready.js";
import { PlanSheet } from "./day/sheet.js";
import { displacing } from "./no-vehicle.js";
import { choose } from "./planning.js";

/** @typedef {import("../../types.js").Reference} Reference */
/** @typedef {import("../../types.js").PartyRow} PartyRow */
/** @typedef {import("../../types.js").TripRow} TripRow */

/** Somebody with a destination that nothing speaks against, and no seat in a vehicle that drives. @param {PartyRow} row @param {Set<string>} lost trips whose people are seated anew */
function waitsForSeat(row, lost) {
  const to = row.destination;
  if (row.trip && lost.has(row.trip)) return !isNoHome(row);
  if (row.trip || row.private_car || (row.stage !== "asked" && row.stage !== "disposed" && row.stage !== "to_confirm"))
    return false;
  return to?.kind === "site" || (to?.kind === "home" && !isNoHome(row) && row.stage !== "to_confirm");
}

/** @param {Reference} known @param {string} district @param {{ parties: () => PartyRow[], trips: () => TripRow[], committed: (parties: { party: string, label: string }[], entry: string) => void }} of */
export function planButton(known, district, of) {
  const entries = [
    ...new Set(known.desks.filter((desk) => desk.district === district).map((desk) => desk.point_of_entry)),
  ];
  /** Who waits, as painted last: looked for once a repaint, and read by whoever asks in between. @type {PartyRow[]} */
  let wait = [];
  const waiting = () => {
    const lost = new Set(displacing(of.trips()).map((trip) => trip.trip));
    return of.parties().filter((row) => waitsForSeat(row, lost));
  };
  /** Where somebody waits. */
  const busy = () => {
    const desks = new Set(wait.map((row) => row.desk));
    return entries.filter((entry) => known.desks.some((desk) => desk.point_of_entry === entry && desks.has(desk.code)));
  };
  const sheet = new PlanSheet({
    known,
    entries,
    busy,
    row: (party) => of.parties().find((row) => row.party === party),
    committed: of.committed,
    rules: () => choose(district),
  });
  const el = h("button", { type: "button", class: "btn btn--primary", id: "plan", onclick: () => sheet.open() });
  const ready = readyPlan(busy);
  /** @type {string | null} */ let seen = null;
  return {
    el,
    open: () => sheet.open(),
    rulesChanged: () => sheet.rulesChanged(),
    /** @param {boolean} live whether the rows are those of now: before the first, nobody is known to wait */
    paint: (live) => {
      wait = waiting();
      fillWhen(el, wait.length, () => [
        icon("bus"),
        t("plan.propose"),
        wait.length
          ? h(
              "span",
              { class: "plan__count num", title: t("plan.waiting", { n: number(wait.length) }) },
              number(wait.length),
              h("span", { class: "sr-only" }, t("plan.waiting.short")),
            )
          : null,
        ready.el,
      ]);
      const now = wait
        .map((row) => `${row.party}:${row.version}`)
        .sort()
        .join();
      if (now === seen || !live) return;
      if (seen) sheet.queueChanged();
      ready.queueChanged();
      seen = now;
    },
  };
}
