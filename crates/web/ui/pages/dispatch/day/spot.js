// Where in a row of gates one more stop costs least: the same gate, else the shortest detour as the crow flies. The server times it.

/** @typedef {import("../../../types.js").DayRider} DayRider */
/** @typedef {import("../../../types.js").Place} Place */

/** @param {import("../../../types.js").Reference} known @param {string} entry @returns {(riders: DayRider[], rider: DayRider) => number} */
export function cheapestSpot(known, entry) {
  const where = new Map(known.gates.map((gate) => [gate.code, gate.location]));
  const origin = known.desks.find((desk) => desk.point_of_entry === entry)?.location ?? { lat: 0, lon: 0 };
  return (riders, rider) => {
    const same = riders.findLastIndex((one) => one.gate === rider.gate);
    if (same >= 0) return same + 1;
    const here = where.get(rider.gate) ?? origin;
    const at = (/** @type {number} */ place) => where.get(riders[place]?.gate ?? "") ?? origin;
    let [best, cost] = [riders.length, kilometres(at(riders.length - 1), here)];
    for (let place = riders.length - 1; place >= 0; place -= 1) {
      if (place > 0 && riders[place - 1]?.gate === riders[place]?.gate) continue;
      const more = kilometres(at(place - 1), here) + kilometres(here, at(place)) - kilometres(at(place - 1), at(place));
      if (more < cost) [best, cost] = [place, more];
    }
    return best;
  };
}

const EARTH_KM = 6371;

/** Great circle. @param {Place} from @param {Place} to */
function kilometres(from, to) {
  const rad = (/** @type {number} */ degrees) => (degrees * Math.PI) / 180;
  const half =
    Math.sin(rad(to.lat - from.lat) / 2) ** 2 +
    Math.cos(rad(from.lat)) * Math.cos(rad(to.lat)) * Math.sin(rad(to.lon - from.lon) / 2) ** 2;
  return 2 * EARTH_KM * Math.asin(Math.sqrt(half));
}
