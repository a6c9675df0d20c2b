// How two plans differ: who rides elsewhere or at another time, and what it saves. No elements, no words.
import { peopleIn } from "./draft.js";

/** @typedef {import("../../../types.js").DayPlan} DayPlan */
/** @typedef {{ trip: string, arrives: number } | null} Seat */
/** @typedef {{ party: string, label: string, from: Seat, to: Seat }} Moved */

const SLIP_MS = 2 * 60_000;

/** Names each trip by its vehicle and which trip of that vehicle it is, so that another order is no difference. @param {DayPlan} plan @returns {Map<string, { label: string, seat: Seat, key: string }>} */
function seatsOf(plan) {
  /** @type {Map<string, { label: string, seat: Seat, key: string }>} */ const seats = new Map();
  /** @type {Map<string, number>} */ const nth = new Map();
  for (const trip of [...plan.trips]
    .filter((one) => one.riders.length)
    .sort((a, b) => a.departs_at.localeCompare(b.departs_at))) {
    const turn = (nth.get(trip.vehicle) ?? 0) + 1;
    nth.set(trip.vehicle, turn);
    for (const rider of trip.riders)
      seats.set(rider.party, {
        label: rider.label,
        key: `${trip.vehicle} ${turn}`,
        seat: { trip: trip.name, arrives: Date.parse(rider.arrives_at ?? "") },
      });
  }
  for (const one of plan.left_out) seats.set(one.party, { label: one.label, key: "", seat: null });
  return seats;
}

/** @param {DayPlan} before @param {DayPlan} after @returns {Moved[]} by label */
export function movedBetween(before, after) {
  const [old, fresh] = [seatsOf(before), seatsOf(after)];
  /** @type {Moved[]} */ const moved = [];
  for (const party of new Set([...old.keys(), ...fresh.keys()])) {
    const [from, to] = [old.get(party), fresh.get(party)];
    const slip = Math.abs((to?.seat?.arrives ?? 0) - (from?.seat?.arrives ?? 0)) >= SLIP_MS;
    if (from?.key !== to?.key || slip)
      moved.push({ party, label: to?.label ?? from?.label ?? "", from: from?.seat ?? null, to: to?.seat ?? null });
  }
  return moved.sort((a, b) => a.label.localeCompare(b.label, undefined, { numeric: true }));
}

/** What the second plan is better by; negative is worse. A kilometre counts as the district says. @param {DayPlan} before @param {DayPlan} after */
export function gain(before, after) {
  const minutes = before.waiting_minutes + before.riding_minutes - after.waiting_minutes - after.riding_minutes;
  const km = before.kilometres - after.kilometres;
  return {
    people: peopleIn(after) - peopleIn(before),
    overLimit: before.over_limit - after.over_limit,
    minutes,
    km,
    worth: minutes + (km * after.rules.km_seconds) / 60,
  };
}

const WORTH_MIN = 5;

/** Whether the second plan is worth a look: more people with seats, fewer over a limit, or less time for the same people. @param {DayPlan} before @param {DayPlan} after */
export function isBetter(before, after) {
  const more = gain(before, after);
  if (more.people !== 0) return more.people > 0;
  return more.overLimit !== 0 ? more.overLimit > 0 : more.worth >= WORTH_MIN;
}
