// Trips whose vehicle does not drive: it is out of service, or stands beside the road with the trip before. No elements, no words.

/** @typedef {import("../../types.js").TripRow} TripRow */

/** Why the vehicle of a trip that has not left does not drive; null when it does. @param {TripRow} trip @param {TripRow[]} trips @returns {string | null} */
export function noVehicle(trip, trips) {
  if (trip.stage !== "planned" && trip.stage !== "boarding") return null;
  if (trip.vehicle.out) return trip.vehicle.out.reason;
  const broken = trips.find((one) => one.vehicle.id === trip.vehicle.id && one.trip !== trip.trip && one.breakdown);
  return broken?.breakdown?.reason ?? null;
}

/** The trips that would carry somebody and whose vehicle does not drive, by id. @param {TripRow[]} trips */
export const notDriving = (trips) =>
  new Set(trips.filter((trip) => trip.seats_taken > 0 && noVehicle(trip, trips) !== null).map((trip) => trip.trip));

/** The trips whose people a plan seats anew: nobody is aboard. @param {TripRow[]} trips */
export const displacing = (trips) =>
  trips.filter((trip) => trip.seats_taken > 0 && trip.boarded === 0 && noVehicle(trip, trips) !== null);
