// A plan while a person changes it: who rides where, who was moved by hand, and every step back. No elements, no requests.

/** @typedef {import("../../../types.js").DayPlan} DayPlan */
/** @typedef {import("../../../types.js").DayTrip} DayTrip */
/** @typedef {import("../../../types.js").DayRider} DayRider */
/** @typedef {import("../../../types.js").LeftOut} LeftOut */
/** @typedef {DayRider | LeftOut} Group a party with or without a seat */
/** @typedef {{ plan: DayPlan, pins: Map<string, string>, did: string }} State `pins`: party → vehicle, or "out"; all laid down by hand */

export const OUT = -1;
const STEPS_MAX = 200;

/** Who has no seat yet: the others sit on a trip that stands, and stay there. @param {DayTrip} trip */
export const newOn = (trip) => trip.riders.filter((one) => !one.seated);
/** @param {DayTrip} trip */
export const peopleOn = (trip) => trip.riders.reduce((all, one) => all + one.people, 0);
/** @param {DayTrip} trip */
const wheelchairsOn = (trip) => trip.riders.reduce((all, one) => all + one.wheelchairs, 0);
/** Whom a plan gives seats. @param {DayPlan} plan */
export const peopleIn = (plan) => plan.trips.flatMap(newOn).reduce((all, one) => all + one.people, 0);

/** The plan with every trip that somebody could be moved to, by departure. @param {DayPlan} plan as the server gave it @returns {DayPlan} */
export const whole = (plan) => ({
  ...plan,
  trips: [...plan.trips, ...plan.standing].sort((a, b) => a.departs_at.localeCompare(b.departs_at)),
  standing: [],
});

export class Draft {
  /** @param {DayPlan} plan whole */
  constructor(plan) {
    /** @type {State} */ this.state = { plan, pins: new Map(), did: "" };
    /** @type {State[]} */ this.past = [];
    /** @type {State[]} */ this.future = [];
  }

  get plan() {
    return this.state.plan;
  }
  get pins() {
    return this.state.pins;
  }

  /** Where a party is: the place of its trip, `OUT`, or null when the plan does not know it. @param {string} party */
  place(party) {
    const at = this.plan.trips.findIndex((trip) => trip.riders.some((one) => one.party === party));
    if (at >= 0) return at;
    return this.plan.left_out.some((one) => one.party === party) ? OUT : null;
  }

  /** @param {string} party @returns {Group | undefined} */
  group(party) {
    return this.plan.trips
      .flatMap((trip) => /** @type {Group[]} */ (trip.riders))
      .concat(this.plan.left_out)
      .find((one) => one.party === party);
  }

  /** What of a trip does not take a party: a code and numbers, or null when it fits. @param {Group} group @param {number} to */
  cannot(group, to) {
    const trip = this.plan.trips[to];
    if (!trip || trip.riders.some((one) => one.party === group.party)) return null;
    const free = trip.usable_seats - peopleOn(trip);
    if (free < group.people)
      return { code: trip.usable_seats < trip.seats ? "apart" : "full", free, needs: group.people };
    const places = trip.wheelchair_places - wheelchairsOn(trip);
    return group.wheelchairs > 0 && places < group.wheelchairs
      ? { code: "wheelchairs", free: Math.max(0, places), needs: group.wheelchairs }
      : null;
  }

  /** Moves a party by hand; it is pinned from then on. @param {string} party @param {number} to @param {(riders: DayRider[], rider: DayRider) => number} spot where in the row it gets off */
  move(party, to, spot) {
    const group = this.group(party);
    if (!group || this.place(party) === to) return false;
    const trips = this.plan.trips.map((trip) => ({
      ...trip,
      riders: trip.riders.filter((one) => one.party !== party),
    }));
    const left_out = this.plan.left_out.filter((one) => one.party !== party);
    const target = trips[to];
    if (target) target.riders.splice(spot(target.riders, seated(group)), 0, seated(group));
    else left_out.push({ ...group, short: "not_in_plan", most: null });
    const pins = new Map(this.pins).set(party, target ? target.vehicle : "out");
    this.step({ plan: { ...this.plan, trips, left_out }, pins, did: group.label });
    return true;
  }

  /** Holds a party on the trip where it sits, or lets it go again; gives whether it is held, null when it sits nowhere. @param {string} party */
  hold(party) {
    const group = this.group(party);
    const trip = this.plan.trips[this.place(party) ?? OUT];
    if (!group || !trip) return null;
    const pins = new Map(this.pins);
    if (!pins.delete(party)) pins.set(party, trip.vehicle);
    this.step({ plan: this.plan, pins, did: group.label });
    return pins.has(party);
  }

  /** One more trip of a vehicle, empty. @param {import("../../../types.js").Vehicle} vehicle */
  addTrip(vehicle) {
    const trip = {
      trip: null,
      vehicle: vehicle.id,
      name: vehicle.name,
      seats: vehicle.seats,
      usable_seats: Math.floor((vehicle.seats * this.plan.rules.spacing_percent) / 100),
      wheelchair_places: vehicle.wheelchair_places,
      departs_at: this.plan.as_of,
      decide_by: this.plan.as_of,
      riders: [],
    };
    this.step({ plan: { ...this.plan, trips: [...this.plan.trips, trip] }, pins: this.pins, did: vehicle.name });
  }

  /** Takes another plan; what was moved by hand stays pinned. @param {DayPlan} plan whole */
  take(plan) {
    this.step({ plan, pins: this.pins, did: "" });
  }

  /** The same trips as the server timed them: not a step of the person's. @param {DayPlan} timed @param {number[]} sent the places of the trips that were sent */
  retime(timed, sent) {
    const rest = new Map(timed.standing.map((trip) => [trip.trip, trip]));
    const trips = this.plan.trips.flatMap((trip, at) => {
      const now = timed.trips[sent.indexOf(at)] ?? rest.get(trip.trip);
      // People board it by now: it takes nobody more.
      return now ? [now] : trip.trip ? [] : [trip];
    });
    this.state = { ...this.state, plan: { ...timed, trips, standing: [] } };
  }

  /** @param {State} next */
  step(next) {
    this.past = [...this.past.slice(-STEPS_MAX), this.state];
    this.future = [];
    this.state = next;
  }

  /** One step back; gives whom or what it was about. */
  undo() {
    const before = this.past.pop();
    if (!before) return null;
    const { did } = this.state;
    this.future.push(this.state);
    this.state = before;
    return did;
  }

  /** One step forward again. */
  redo() {
    const after = this.future.pop();
    if (!after) return null;
    this.past.push(this.state);
    this.state = after;
    return after.did;
  }

  /** What the server is asked with: trips that give somebody a seat, and which places they have here. @param {(trip: DayTrip) => boolean} [only] */
  body(only = () => true) {
    const goes = (/** @type {DayTrip} */ trip) => newOn(trip).length > 0 && only(trip);
    const sent = this.plan.trips.flatMap((trip, at) => (goes(trip) ? [at] : []));
    const trips = this.plan.trips.filter(goes).map((trip) => ({
      ...(trip.trip ? { trip: trip.trip } : {}),
      vehicle: trip.vehicle,
      departs_at: trip.departs_at,
      riders: trip.riders.map((one) => ({ party: one.party, version: one.version })),
    }));
    return { sent, body: { as_of: this.plan.as_of, trips } };
  }

  /** What a new proposal has to obey: a party that is held keeps its vehicle, and its trip of that vehicle. */
  wishes() {
    const all = [...this.pins];
    return {
      pinned: all
        .filter(([, to]) => to !== "out")
        .map(([party, vehicle]) => ({ party, vehicle, trip: this.nth(party, vehicle) })),
      left_out: all.filter(([, to]) => to === "out").map(([party]) => party),
    };
  }

  /** Which trip of the vehicle the party sits on, from 0, empty ones not counted; null when it sits on none of them. @param {string} party @param {string} vehicle */
  nth(party, vehicle) {
    const own = this.plan.trips.filter((trip) => trip.vehicle === vehicle && trip.riders.length);
    const at = own.findIndex((trip) => trip.riders.some((one) => one.party === party));
    return at < 0 ? null : at;
  }
}

/** A party on a seat; its times come with the next look. @param {Group} group @returns {DayRider} */
function seated(group) {
  const { party, version, label, people, wheelchairs, gate } = group;
  return {
    party,
    version,
    label,
    people,
    wheelchairs,
    seated: false,
    ...("lost" in group && group.lost ? { lost: group.lost } : {}),
    gate,
    arrives_at: "arrives_at" in group ? group.arrives_at : null,
    why: null,
  };
}
