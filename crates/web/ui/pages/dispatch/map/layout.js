// From WGS-84 to the sheet, once: the district under a lens, everything around it drawn together; labels that keep clear of one
// another. Numbers only; nothing is drawn here.

/** @typedef {import("../../../types.js").Reference} Reference */
/** @typedef {import("../../../types.js").Place} Place */
/** @typedef {{ x: number, y: number }} Spot */
/** @typedef {{ x: number, y: number, w: number, h: number }} Box */
/** @typedef {{ text: string, box: Box, anchor: "start" | "middle" | "end", x: number, y: number }} Label */
/** @typedef {{ code: string, kind: "entry" | "gate" | "site", name: string, x: number, y: number, label: Label | null, number: number | null }} Mark */
/** @typedef {{ name: string, code: string, marks: Spot[] }} Group */
/** @typedef {{ width: number, height: number, frame: Box, times: number, marks: Mark[], groups: Group[], project: (place: Place) => Spot }} Layout */

/** Sheets, the widest that fits is taken, so that letters are never scaled below their size. */
export const SHEETS = /** @type {const} */ ([
  { width: 320, height: 420 },
  { width: 400, height: 470 },
  { width: 510, height: 560 },
  { width: 620, height: 600 },
]);
const MARGIN = { side: 30, top: 18, bottom: 62 };
/** Around the lens; the airports' side is the wide one, for the road has to be seen as well. */
const FRAME = { near: 34, top: 26, bottom: 100 };
const FAR_SHARE = 0.16;
const EDGE_DEGREES = 0.004;
const LETTER = 12;
const LINE = 16;
const DOT = 9;

/** @param {number} width of the container, CSS pixels */
export const sheetFor = (width) => SHEETS.findLast((one) => one.width <= width) ?? SHEETS[0];

/** Piecewise straight and monotone: order in the world is order on the sheet. @param {[number, number][]} knots from world to sheet */
export function bent(knots) {
  return (/** @type {number} */ at) => {
    let place = 1;
    while (place < knots.length - 1 && at > (knots[place]?.[0] ?? 0)) place += 1;
    const [[a, x], [b, y]] = [knots[place - 1] ?? [0, 0], knots[place] ?? [1, 1]];
    return a === b
      ? x
      : x +
          Math.min(
            Math.max((at - a) / (b - a), place === 1 ? 0 : -Infinity),
            place === knots.length - 1 ? 1 : Infinity,
          ) *
            (y - x);
  };
}

/** @param {Reference} known @param {string} district @param {{ width: number, height: number }} sheet @param {(both: { zh: string, en: string }) => string} word @param {(code: string) => string} entry names a point of entry */
export function layOut(known, district, sheet, word, entry) {
  const inside = new Set(known.receivers.filter((one) => one.jurisdiction.startsWith(district)).map((one) => one.code));
  const gates = known.gates.filter((gate) => inside.has(gate.receiver));
  const desks = known.desks.filter((desk) => desk.district === district);
  const lens = span(gates.map((gate) => gate.location));
  const far = Math.round(sheet.width * FAR_SHARE);
  const eastern =
    Math.max(...desks.map((desk) => desk.location.lon)) - lens.east >=
    lens.west - Math.min(...desks.map((desk) => desk.location.lon));
  const frame = {
    x: eastern ? FRAME.near : far,
    y: FRAME.top,
    w: sheet.width - FRAME.near - far,
    h: sheet.height - FRAME.top - FRAME.bottom,
  };
  const world = span([...gates.map((gate) => gate.location), ...desks.map((desk) => desk.location)]);
  const x = bent([
    [world.west, MARGIN.side],
    [lens.west, frame.x + MARGIN.side],
    [lens.east, frame.x + frame.w - MARGIN.side],
    [world.east, sheet.width - MARGIN.side],
  ]);
  const y = bent([
    [-world.north, MARGIN.top],
    [-lens.north, frame.y + MARGIN.top],
    [-lens.south, frame.y + frame.h - MARGIN.top],
    [-world.south, sheet.height - MARGIN.bottom + 24],
  ]);
  const project = (/** @type {Place} */ place) => ({ x: round(x(place.lon)), y: round(y(-place.lat)) });
  const marks = [...entries(desks, project, entry), ...gates.map((gate) => gateMark(gate, known, project, word))];
  spread(marks);
  label(marks, sheet, frame);
  const times = Math.round(
    (frame.w - 2 * MARGIN.side) /
      (lens.east - lens.west) /
      (Math.max(1, sheet.width - frame.w) / Math.max(1e-6, world.east - world.west - (lens.east - lens.west))),
  );
  return /** @type {Layout} */ ({
    width: sheet.width,
    height: sheet.height,
    frame,
    times,
    marks,
    groups: groups(gates, marks, known, word),
    project,
  });
}

const round = (/** @type {number} */ at) => Math.round(at * 10) / 10;

/** @param {Place[]} places */
function span(places) {
  const [lats, lons] = [places.map((one) => one.lat), places.map((one) => one.lon)];
  return {
    north: Math.max(...lats) + EDGE_DEGREES / 4,
    south: Math.min(...lats) - EDGE_DEGREES / 4,
    west: Math.min(...lons) - EDGE_DEGREES / 4,
    east: Math.max(...lons) + EDGE_DEGREES / 4,
  };
}

/** One mark a point of entry, between its desks. @param {Reference["desks"]} desks @param {(place: Place) => Spot} project @param {(code: string) => string} word @returns {Mark[]} */
function entries(desks, project, word) {
  return [...new Set(desks.map((desk) => desk.point_of_entry))].map((code) => {
    const at = desks.filter((desk) => desk.point_of_entry === code).map((desk) => desk.location);
    const middle = {
      lat: at.reduce((sum, one) => sum + one.lat, 0) / at.length,
      lon: at.reduce((sum, one) => sum + one.lon, 0) / at.length,
    };
    return { code, kind: "entry", name: word(code), ...project(middle), label: null, number: null };
  });
}

/** @param {Reference["gates"][number]} gate @param {Reference} known @param {(place: Place) => Spot} project @param {(both: { zh: string, en: string }) => string} word @returns {Mark} */
function gateMark(gate, known, project, word) {
  const site = known.receivers.find((one) => one.code === gate.receiver)?.kind === "site";
  return {
    code: gate.code,
    kind: site ? "site" : "gate",
    name: word(gate.compound).replace(/\s*[（(].*[)）]$/, ""),
    ...project(gate.location),
    label: null,
    number: null,
  };
}

/** Gates nearer than a dot's width step apart, always in the same way. @param {Mark[]} marks */
function spread(marks) {
  const apart = 2.4 * DOT;
  for (let turn = 0; turn < 12; turn += 1)
    for (const a of marks)
      for (const b of marks) {
        const [dx, dy] = [b.x - a.x || 0.1, b.y - a.y || 0.1];
        const far = Math.hypot(dx, dy);
        if (a.code >= b.code || far >= apart) continue;
        const push = (apart - far) / 2 / far;
        [a.x, a.y, b.x, b.y] = [
          round(a.x - dx * push),
          round(a.y - dy * push),
          round(b.x + dx * push),
          round(b.y + dy * push),
        ];
      }
}

/** Chinese letters are square, Latin ones about half. @param {string} text */
export const textWidth = (text) =>
  [...text].reduce((sum, letter) => sum + (/[\u2e80-\uffef]/.test(letter) ? LETTER : LETTER * 0.58), 0);

/** Right, left, above, below, in this order; whoever finds no room gets a number and a line in the legend. @param {Mark[]} marks @param {{ width: number, height: number }} sheet @param {Box} frame */
function label(marks, sheet, frame) {
  const taken = marks.map((mark) => ({ x: mark.x - DOT, y: mark.y - DOT, w: 2 * DOT, h: 2 * DOT }));
  const rank = { entry: 0, site: 1, gate: 2 };
  let number = 0;
  for (const mark of [...marks].sort(
    (a, b) => rank[a.kind] - rank[b.kind] || a.name.length - b.name.length || a.code.localeCompare(b.code),
  )) {
    const within = mark.kind === "entry" ? { x: 0, y: 0, w: sheet.width, h: sheet.height } : frame;
    const free = candidates(mark).find((one) => holds(within, one.box) && !taken.some((box) => meet(box, one.box)));
    if (free) taken.push(free.box);
    mark.label = free ?? null;
    mark.number = free ? null : (number += 1);
  }
}

/** @param {Mark} mark @returns {Label[]} */
function candidates(mark) {
  const [text, w] = [mark.name, textWidth(mark.name) + 4];
  const gap = DOT + 3;
  const at = (/** @type {"start" | "middle" | "end"} */ anchor, /** @type {number} */ x, /** @type {number} */ y) => ({
    text,
    anchor,
    x: round(x),
    y: round(y),
    box: { x: anchor === "start" ? x - 1 : anchor === "end" ? x - w + 1 : x - w / 2, y: y - LINE * 0.78, w, h: LINE },
  });
  return [
    at("start", mark.x + gap, mark.y + 4),
    at("end", mark.x - gap, mark.y + 4),
    at("middle", mark.x, mark.y - gap - 1),
    at("middle", mark.x, mark.y + gap + LETTER),
    at("start", mark.x + gap - 3, mark.y - gap + 2),
    at("end", mark.x - gap + 3, mark.y - gap + 2),
    at("start", mark.x + gap - 3, mark.y + gap + 8),
    at("end", mark.x - gap + 3, mark.y + gap + 8),
  ];
}

/** @param {Box} a @param {Box} b */
export const meet = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
/** @param {Box} outer @param {Box} box */
const holds = (outer, box) =>
  box.x >= outer.x && box.y >= outer.y && box.x + box.w <= outer.x + outer.w && box.y + box.h <= outer.y + outer.h;

/** Gates of one sub-district lie on one patch. @param {Reference["gates"]} gates @param {Mark[]} marks @param {Reference} known @param {(both: { zh: string, en: string }) => string} word @returns {Group[]} */
function groups(gates, marks, known, word) {
  const of = new Map(known.receivers.map((one) => [one.code, one]));
  const places = known.jurisdictions.filter((one) => one.level === "subdistrict");
  return places
    .map((place) => ({
      code: place.code,
      name: word(place.name),
      marks: gates
        .filter((gate) => {
          const at = of.get(gate.receiver);
          return at?.kind === "community" && at.jurisdiction.startsWith(place.code);
        })
        .map((gate) => marks.find((mark) => mark.code === gate.code))
        .filter((mark) => mark !== undefined),
    }))
    .filter((group) => group.marks.length > 0);
}
