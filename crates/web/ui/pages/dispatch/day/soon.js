// Which trips of a plan leave soon, so that their riders have to be told, and which can wait and still get better. No elements, no words.
import { newOn, peopleIn } from "./draft.js";

/** @typedef {import("../../../types.js").DayPlan} DayPlan */
/** @typedef {import("../../../types.js").DayTrip} DayTrip */

/** Its riders need not be told yet. @param {DayTrip} trip @param {DayPlan} plan */
export const canWait = (trip, plan) => Date.parse(trip.decide_by) > Date.parse(plan.as_of);

/** Trips that give somebody a seat: those that leave soon, and all of them. @param {DayPlan} plan */
export function leaving(plan) {
  const all = plan.trips.filter((trip) => newOn(trip).length);
  const soon = all.filter((trip) => !canWait(trip, plan));
  return { all, soon, people: peopleIn({ ...plan, trips: soon }) };
}

/** When the first of the trips that can wait has to be decided; null when none can. @param {DayPlan} plan */
export function firstToDecide(plan) {
  const waits = plan.trips.filter((trip) => newOn(trip).length && canWait(trip, plan));
  return waits.map((trip) => trip.decide_by).sort()[0] ?? null;
}
