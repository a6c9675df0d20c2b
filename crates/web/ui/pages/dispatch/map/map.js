// The schematic map: what stands still is drawn once a size; trips are lines in order of their stops; vehicles are buttons that
// only move. Ticks move a vehicle and touch nothing else. Where things lie is layout.js, what is said of a vehicle is vehicle.js.
import { h, fill, fillWhen, keyed, svg, text } from "../../../lib/dom.js";
import { inOrder, t, name } from "../../../lib/i18n.js";
import { icon } from "../../../lib/icons.js";
import { entryName } from "../../desk/party-words.js";
import { apart } from "./apart.js";
import { ground, marks } from "./ground.js";
import { layOut, sheetFor } from "./layout.js";
import { placeOf, seen } from "./vehicle.js";

/** @typedef {import("../../../types.js").Row} Row */
/** @typedef {import("../../../types.js").TripRow} TripRow */
/** @typedef {import("../../../types.js").Reference} Reference */
/** @typedef {import("./vehicle.js").Seen} Seen */
/** @typedef {import("./layout.js").Spot} Spot */

const SHAPES = /** @type {const} */ ({ live: "bus", old: "clock", none: "circle" });
const OPEN = new Set(["planned", "boarding", "en_route"]);

/** @param {Reference} known @param {string} district @param {(trip: string) => void} open */
export function districtMap(known, district, open) {
  const [fixed, lines, above] = [svg("g"), svg("g"), svg("g")];
  const sheet = svg("svg", { class: "map__sheet", "aria-hidden": "true", focusable: "false" }, fixed, lines, above);
  const vehicles = h("ul", { class: "map__vehicles", "aria-label": t("map.vehicles"), "aria-describedby": "map-keys" });
  const legend = h("ol", { class: "map__legend", "aria-hidden": "true" });
  const listed = h("ul", { class: "map__list" });
  const none = h("p", { class: "soft", id: "map-none" }, t("map.none"));
  const stage = h("div", { class: "map__stage" }, sheet, vehicles);
  const el = h(
    "section",
    { class: "col map", id: "map", "aria-labelledby": "map-title" },
    h("div", { class: "col__title" }, h("h2", { id: "map-title" }, t("map.title"))),
    h(
      "div",
      { class: "map__body" },
      stage,
      h(
        "div",
        { class: "map__words" },
        key(),
        legend,
        h("p", { class: "sr-only", id: "map-keys" }, t("map.keys")),
        h("details", { class: "map__details", open: true }, h("summary", {}, t("map.list")), none, listed),
      ),
    ),
  );
  /** @type {ReturnType<typeof layOut> | null} */ let layout = null;
  /** @type {Row[]} */ let last = [];

  /** Gates as they were laid out. */
  let places = known.gates.length;
  const size = () => {
    const fits = sheetFor(stage.clientWidth || 460);
    if (layout?.width === fits.width && places === known.gates.length) return;
    places = known.gates.length;
    layout = layOut(known, district, fits, name, entryName);
    sheet.setAttribute("viewBox", `0 0 ${fits.width} ${fits.height}`);
    fill(fixed, ...ground(layout));
    fill(above, ...marks(layout));
    fill(
      legend,
      ...layout.marks
        .filter((mark) => mark.number !== null)
        .sort((a, b) => (a.number ?? 0) - (b.number ?? 0))
        .map((mark) => h("li", {}, `${mark.number} ${mark.name}`)),
    );
    fill(lines);
    lined = "";
    paint(last);
  };
  let lined = "";
  new ResizeObserver(size).observe(stage);

  /** @param {Row[]} rows */
  function paint(rows) {
    last = rows;
    if (!layout || el.hidden) return;
    // Painted again from there: a gate was opened since.
    if (places !== known.gates.length) return size();
    const trips = rows
      .filter((row) => row.kind === "trip")
      .filter((trip) => OPEN.has(trip.stage))
      .sort((a, b) => inOrder(a.vehicle.name, b.vehicle.name) || a.trip.localeCompare(b.trip));
    const from = (/** @type {TripRow} */ trip) => origin(trip, rows, known, district);
    const drawn = JSON.stringify(
      trips.map((trip) => [trip.trip, trip.stage, trip.stops.map((stop) => [stop.stop, stop.stage === "handed_over"])]),
    );
    if (drawn !== lined) {
      lined = drawn;
      drawLines(lines, above, trips, from, layout.project, known);
    }
    const moving = apart(
      trips.filter((trip) => trip.stage === "en_route").map((trip) => seen(trip, from(trip), known)),
      layout,
    );
    none.hidden = moving.length > 0;
    keyed(
      vehicles,
      moving,
      (one) => one.seen.trip.trip,
      (one) => vehicleButton(one.seen.trip.trip, open),
    );
    keyed(
      listed,
      moving,
      (one) => one.seen.trip.trip,
      () => {
        const line = h("li");
        return { el: line, update: (one) => text(line, one.seen.words) };
      },
    );
    rove(vehicles);
  }
  vehicles.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key] ?? 0;
    const buttons = [...vehicles.querySelectorAll("button")];
    const at = buttons.findIndex((button) => button === document.activeElement);
    const to =
      event.key === "Home"
        ? 0
        : event.key === "End"
          ? buttons.length - 1
          : by
            ? (at + by + buttons.length) % buttons.length
            : -1;
    if (to < 0 || at < 0) return;
    event.preventDefault();
    for (const [place, button] of buttons.entries()) button.tabIndex = place === to ? 0 : -1;
    buttons[to]?.focus();
  });
  return {
    el,
    paint,
    focus: () => (vehicles.querySelector("button") ?? listed.closest("details")?.querySelector("summary"))?.focus(),
  };
}

/** What the shapes mean. */
function key() {
  const one = (/** @type {"live" | "old" | "none"} */ sight) =>
    h(
      "li",
      {},
      h("span", { class: "map__pin", "data-sight": sight, "aria-hidden": "true" }, icon(SHAPES[sight])),
      t(`map.key.${sight}`),
    );
  return h("ul", { class: "map__key" }, one("live"), one("old"), one("none"));
}

/** One of several is in the tab order; the one that has the focus stays it. @param {HTMLElement} host */
function rove(host) {
  const buttons = [...host.querySelectorAll("button")];
  if (buttons.some((button) => button.tabIndex === 0)) return;
  const first = buttons[0];
  if (first) first.tabIndex = 0;
}

/** @param {string} trip @param {(trip: string) => void} open */
function vehicleButton(trip, open) {
  const [pin, words] = [h("span", { class: "map__pin" }), h("span", { class: "map__say" })];
  const more = h("span", { class: "sr-only" });
  const button = h(
    "button",
    { type: "button", class: "map__vehicle", "data-vehicle": trip, tabindex: "-1", onclick: () => open(trip) },
    pin,
    words,
    more,
  );
  const el = h("li", {}, button);
  let put = "";
  return {
    el,
    /** @param {{ seen: Seen, spot: Spot, left: string, top: string, side: string }} one */
    update: ({ seen, left, top, side }) => {
      if (el.dataset.side !== side) el.dataset.side = side;
      if (put !== `${left} ${top}`) {
        put = `${left} ${top}`;
        el.style.setProperty("--left", left);
        el.style.setProperty("--top", top);
      }
      if (pin.dataset.sight !== seen.sight) {
        pin.dataset.sight = seen.sight;
        fill(pin, icon(SHAPES[seen.sight]));
      }
      fillWhen(words, [seen.trip.vehicle.name, seen.short], () => [
        h("b", {}, seen.trip.vehicle.name),
        h("span", {}, seen.short),
      ]);
      text(more, seen.more);
    },
  };
}

/** Where a trip began: the desk of somebody aboard; else the district's first desk. @param {TripRow} trip @param {Row[]} rows @param {Reference} known @param {string} district */
function origin(trip, rows, known, district) {
  const rider = rows.find((row) => row.kind === "party" && row.trip === trip.trip);
  const desk =
    known.desks.find((one) => rider?.kind === "party" && one.code === rider.desk) ??
    known.desks.find((one) => one.district === district);
  return desk?.location ?? { lat: 0, lon: 0 };
}

/** @param {SVGElement} lines @param {SVGElement} above @param {TripRow[]} trips @param {(trip: TripRow) => import("../../../types.js").Place} from @param {(place: import("../../../types.js").Place) => Spot} project @param {Reference} known */
function drawLines(lines, above, trips, from, project, known) {
  const bound = new Set(trips.flatMap((trip) => trip.stops.map((stop) => stop.gate?.code ?? "")));
  for (const mark of above.children)
    mark.toggleAttribute("data-bound", bound.has(mark.getAttribute("data-code") ?? ""));
  fill(
    lines,
    ...trips.map((trip, at) => {
      const spots = [
        from(trip),
        ...trip.stops.map((stop) => placeOf(stop, known)).filter((place) => place !== undefined),
      ].map(project);
      return svg("path", { class: "map__line", "data-stage": trip.stage, "data-line": trip.trip, d: curve(spots, at) });
    }),
  );
}

/** Two trips of one road lie beside each other: each leg bows a little more than that of the trip before. @param {Spot[]} spots @param {number} at */
function curve(spots, at) {
  const bow = ((at % 5) - 2) * 9;
  const start = spots[0] ?? { x: 0, y: 0 };
  return spots.slice(1).reduce((path, to, place) => {
    const before = spots[place] ?? start;
    const [dx, dy] = [to.x - before.x, to.y - before.y];
    const far = Math.hypot(dx, dy) || 1;
    return `${path}Q${Math.round((before.x + to.x) / 2 - (dy / far) * bow)} ${Math.round((before.y + to.y) / 2 + (dx / far) * bow)} ${to.x} ${to.y}`;
  }, `M${start.x} ${start.y}`);
}
