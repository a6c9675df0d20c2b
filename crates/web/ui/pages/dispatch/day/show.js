// What the preview shows: the plan with its sum and its foot, or something else in its place. Asks nobody and changes nothing.
import { h, fill, fillWhen, text } from "../../../lib/dom.js";
import { t, count, number } from "../../../lib/i18n.js";
import { empty } from "../../../lib/parts.js";
import { peopleIn, peopleOn } from "./draft.js";
import { paintOut, paintTrips } from "./card.js";
import { gain } from "./delta.js";
import { leaving } from "./soon.js";
import { gainWords } from "./words.js";
import { laterNote } from "../later.js";
import { rulesWords } from "../planning.js";

/** @typedef {import("../../../types.js").DayPlan} DayPlan */
/** @typedef {import("./frame.js").Frame} Frame */
/** @typedef {import("./draft.js").Draft} Draft */

/** Something else than a plan. @param {Frame} ui @param {string} what @param {Node} node */
export function instead(ui, what, node) {
  [ui.commit.hidden, ui.all.hidden] = [true, true];
  ui.body.dataset.shows = what;
  fill(ui.body, node);
}

/** @param {Frame} ui @param {Draft} draft @param {Parameters<typeof paintTrips>[2]} around
 * @param {{ broken: Parameters<typeof paintTrips>[3], first: DayPlan | null }} seen what it breaks, and what was proposed */
export function showPlan(ui, draft, around, { broken, first }) {
  const { plan } = draft;
  if (leaving(plan).all.length === 0 && plan.left_out.length === 0 && draft.pins.size === 0)
    return instead(ui, "none", empty(t("plan.none"), t("plan.none.words")));
  const held = /** @type {HTMLElement | null} */ (document.activeElement);
  paintTrips(ui.host, draft, around, broken);
  paintOut(ui, draft, around);
  if (document.activeElement !== held) samePart(ui.body, held)?.focus();
  fillWhen(ui.sum, [plan.waiting_minutes, plan.riding_minutes, plan.kilometres, peopleIn(plan), first?.as_of], () =>
    sumWords(plan, first),
  );
  text(ui.rules, rulesWords(plan.rules));
  fillWhen(ui.later, [plan.later.parties, plan.later.people], () => [laterNote(plan.later, "seats")]);
  enable(ui.undo, draft.past.length > 0, ui.redo);
  enable(ui.redo, draft.future.length > 0, ui.undo);
  ui.anew.hidden = draft.pins.size === 0;
  showFoot(ui, plan, broken !== null);
  if (ui.body.dataset.shows === "plan") return;
  ui.body.dataset.shows = "plan";
  fill(ui.body, ...ui.whole);
}

/** Who leaves soon is told by the first button; the others by the second, or later. @param {Frame} ui @param {DayPlan} plan @param {boolean} broken */
function showFoot(ui, plan, broken) {
  const { all, soon } = leaving(plan);
  const some = soon.length > 0 && soon.length < all.length;
  const stuck = broken || all.length === 0 || plan.trips.some((trip) => peopleOn(trip) > trip.usable_seats);
  ui.commit.hidden = soon.length === 0 && all.length > 0;
  ui.all.hidden = all.length === soon.length;
  [ui.commit.disabled, ui.all.disabled] = [stuck, stuck];
  fillWhen(ui.commit, [some && soon.length], () => [some ? count("plan.commit.soon", soon.length) : t("plan.commit")]);
  fillWhen(ui.all, [all.length], () => [count("plan.commit.all", all.length)]);
}

/** A party that went to another card takes the focus along. @param {HTMLElement} body @param {HTMLElement | null} held @returns {HTMLElement | null} */
function samePart(body, held) {
  const { grip, rider, pin } = held?.dataset ?? {};
  if (pin) return body.querySelector(`[data-pin="${pin}"]`);
  return grip
    ? body.querySelector(`[data-grip="${grip}"]`)
    : rider
      ? body.querySelector(`[data-rider="${rider}"]`)
      : null;
}

/** A button that has nothing left to do hands the focus to the other one. @param {HTMLButtonElement} button @param {boolean} can @param {HTMLButtonElement} other */
function enable(button, can, other) {
  const held = document.activeElement === button && !can;
  button.disabled = !can;
  if (held) {
    other.disabled = false;
    other.focus();
  }
}

/** @param {DayPlan} plan @param {DayPlan | null} first */
function sumWords(plan, first) {
  const trips = leaving(plan).all;
  const words = t("plan.goals", {
    people: count("people", peopleIn(plan)),
    trips: count("plan.ready.trips", trips.length),
    waiting: number(plan.waiting_minutes),
    riding: number(plan.riding_minutes),
    km: number(plan.kilometres),
  });
  const change = first ? gainWords(gain(first, plan)) : "";
  return [
    h("span", { class: "soft" }, words),
    change ? h("b", { class: "plan__change" }, t("plan.against", { change })) : null,
  ];
}
