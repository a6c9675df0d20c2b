// The plan for everybody who waits: propose, look, change, commit. Nothing is written before the last button.
import { h, fill, announce } from "../../lib/dom.js";
import { t, count, number, has, name } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";
import { get, post } from "../../lib/api.js";
import { note, chip, empty } from "../../lib/parts.js";
import { actionButton, worded } from "../../lib/submit.js";
import { clock } from "../../lib/time.js";

/** @typedef {import("../../types.js").DayPlan} DayPlan */
/** @typedef {import("../../types.js").DayTrip} DayTrip */
/** @typedef {import("../../types.js").DayRider} DayRider */
/** @typedef {import("../../types.js").Reference} Reference */

/** @param {Reference} known @param {string} district */
export function planButton(known, district) {
  const open = () => showPlan(known, [...new Set(known.desks.filter((desk) => desk.district === district).map((desk) => desk.point_of_entry))]);
  document.addEventListener("keydown", (event) => {
    const at = /** @type {HTMLElement} */ (event.target);
    if (event.key !== "p" || event.ctrlKey || event.metaKey || event.altKey || at.closest("input, select, textarea, dialog")) return;
    event.preventDefault();
    open();
  });
  return h("button", { type: "button", class: "btn btn--primary", id: "plan", onclick: open }, icon("bus"), t("plan.propose"));
}

/** @param {Reference} known @param {string[]} entries */
function showPlan(known, entries) {
  const body = h("div", { class: "stack", "aria-live": "polite" });
  const close = h("button", { type: "button", class: "btn btn--big" }, t("close"));
  const choice = entries.length > 1 ? h("select", { class: "input plan__entry", "aria-label": t("plan.entry") }, ...entries.map((one) => h("option", { value: one }, one))) : null;
  const again = h("button", { type: "button", class: "btn" }, t("plan.again"));
  const dialog = h("dialog", { class: "sheet sheet--wide", "aria-labelledby": "plan-title" }, h("div", { class: "stack" }, h("div", { class: "spread" }, h("h2", { id: "plan-title" }, t("plan.title")), h("div", { class: "cluster" }, choice, again)), body, close));
  const propose = async () => {
    fill(body, h("p", { class: "soft" }, t("plan.thinking")));
    try {
      const plan = /** @type {DayPlan} */ (await get(`/v1/plans/${choice?.value ?? entries[0]}`));
      fill(body, ...preview(plan, known, () => dialog.close()));
    } catch (error) { fill(body, note(worded(error), "alarm")); }
  };
  again.addEventListener("click", propose);
  choice?.addEventListener("change", propose);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  void propose();
}

/** @param {DayPlan} plan @param {Reference} known @param {() => void} done */
function preview(plan, known, done) {
  if (plan.trips.length === 0 && plan.left_out.length === 0) return [empty(t("plan.none"), t("plan.none.words"))];
  const host = h("ol", { class: "plan" });
  const sum = h("p", { class: "soft" }, t("plan.goals", { people: number(plan.trips.flatMap((trip) => trip.riders).reduce((all, one) => all + one.people, 0)), trips: number(plan.trips.length), waiting: number(plan.waiting_minutes), riding: number(plan.riding_minutes), km: number(plan.kilometres) }));
  const paint = (/** @type {string | null} */ focus = null) => {
    fill(host, ...plan.trips.map((trip, at) => tripCard(plan, at, known, paint)));
    if (focus) /** @type {HTMLElement | null} */ (host.querySelector(`[data-rider="${focus}"]`))?.focus();
    commit.disabled = plan.trips.every((trip) => trip.riders.length === 0) || plan.trips.some((trip) => peopleOf(trip) > trip.seats);
  };
  const commit = actionButton(t("plan.commit"), async () => { await post(`/v1/plans/${plan.point_of_entry}`, commitBody(plan)); done(); }, { class: "btn btn--primary btn--big", done: t("plan.committed") });
  commit.id = "plan-commit";
  paint();
  return [sum, ...leftOut(plan), host, h("p", { class: "soft small" }, t("plan.words")), commit];
}

/** @param {DayTrip} trip */
const peopleOf = (trip) => trip.riders.reduce((all, one) => all + one.people, 0);

/** @param {DayPlan} plan @param {number} at @param {Reference} known @param {(focus: string | null) => void} paint */
function tripCard(plan, at, known, paint) {
  const trip = plan.trips[at];
  if (!trip) return null;
  const people = peopleOf(trip);
  return h("li", { class: "card plan__trip" },
    h("div", { class: "spread" }, h("b", {}, `${at + 1}. ${trip.name}`), h("span", { class: "num" }, t("dispatch.departs", { at: clock(trip.departs_at) })), chip(t("plan.seats", { n: number(people), of: number(trip.seats) }), people > trip.seats ? "alarm" : "ok", people > trip.seats ? "cross" : "check")),
    trip.riders.length ? h("ul", { class: "plan__riders" }, ...trip.riders.map((rider) => riderLine(plan, at, rider, known, paint))) : h("p", { class: "soft" }, t("plan.trip.empty")));
}

/** A rider with the trip to move to: a select serves fingers and keys alike. @param {DayPlan} plan @param {number} at @param {DayRider} rider @param {Reference} known @param {(focus: string | null) => void} paint */
function riderLine(plan, at, rider, known, paint) {
  const gate = known.gates.find((one) => one.code === rider.gate);
  const select = h("select", { class: "input plan__move", "data-rider": rider.party, "aria-label": t("plan.move", { label: rider.label }) },
    ...plan.trips.map((trip, to) => h("option", { value: String(to), selected: to === at }, t("plan.on", { n: number(to + 1), vehicle: trip.name }))), h("option", { value: "out" }, t("plan.leave-out")));
  select.addEventListener("change", () => { move(plan, at, rider, select.value); announce(t("plan.moved", { label: rider.label })); paint(rider.party); });
  return h("li", { class: "plan__rider" }, h("span", { class: "queue__label" }, rider.label), h("span", {}, count("people", rider.people)), h("span", { class: "plan__gate" }, gate ? name(gate.compound) : rider.gate), h("span", { class: "num soft" }, t("plan.arrives", { at: clock(rider.arrives_at) })), select);
}

/** @param {DayPlan} plan @param {number} from @param {DayRider} rider @param {string} to */
function move(plan, from, rider, to) {
  const [source, target] = [plan.trips[from], plan.trips[Number(to)]];
  if (!source || source === target) return;
  source.riders = source.riders.filter((one) => one !== rider);
  if (!target) return;
  const beside = target.riders.findLastIndex((one) => one.gate === rider.gate);
  target.riders.splice(beside < 0 ? target.riders.length : beside + 1, 0, rider);
}

/** @param {DayPlan} plan */
const leftOut = (plan) => plan.left_out.map((one) => note(t("plan.left-out", { label: one.label, people: count("people", one.people), why: t(has(`plan.short.${one.short}`) ? `plan.short.${one.short}` : "dispatch.reason.other") }), "warn"));

/** @param {DayPlan} plan */
const commitBody = (plan) => ({ as_of: plan.as_of, trips: plan.trips.filter((trip) => trip.riders.length > 0).map((trip) => ({ vehicle: trip.vehicle, departs_at: trip.departs_at, riders: trip.riders.map((one) => ({ party: one.party, version: one.version })) })) });
