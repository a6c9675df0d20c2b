// Line icons as elements: shapes that stand beside words, never instead of them (except in labelled tool buttons).
import { svg } from "./dom.js";

/** Paths on a 24×24 grid; a trailing `!` fills the shape. */
const PATHS = {
  home: ["M4 21V10l8-6 8 6v11h-5v-6H9v6z"],
  gate: ["M4 21V9a8 8 0 0 1 16 0v12", "M9 21v-8a3 3 0 0 1 6 0v8", "M2 21h20"],
  bed: ["M3 19v-9", "M3 15h18v4", "M7 12h4", "M21 15v-2a3 3 0 0 0-3-3H7"],
  bus: ["M4 17V6a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v11z", "M4 12h16", "M7 17v2", "M17 17v2"],
  car: ["M3 16v-4l2.5-5.5h13L21 12v4z", "M6 16v2", "M18 16v2", "M3 12h18"],
  plane: ["M10 13 3 10l1-1 8 1 4-5c1-1 3-1 2.500 1L15 12l1 8-1 1-4-6-4 3v2l-1 1-1-3-3-1 1-1h2z"],
  people: [
    "M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7z",
    "M2 21v-1a7 7 0 0 1 14 0v1",
    "M16 4.500a3.500 3.500 0 0 1 0 6",
    "M18.500 14.500A7 7 0 0 1 22 21",
  ],
  phone: ["M6 3h3l2 5-2.500 1.500a12 12 0 0 0 6 6L16 13l5 2v3a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3z"],
  wheel: [
    "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z",
    "M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
    "M12 15v6",
    "M9.200 11 3.500 9",
    "M14.800 11l5.700-2",
  ],
  back: ["M20 12H5", "M11 6l-6 6 6 6"],
  check: ["M4 12.500 9.500 18 20 6.500"],
  cross: ["M5 5l14 14", "M19 5 5 19"],
  alert: ["M12 3 22 20H2z", "M12 10v4.500", "M12 17.200v.1"],
  more: [
    "M5 14a2 2 0 1 0 0-4 2 2 0 0 0 0 4z!",
    "M12 14a2 2 0 1 0 0-4 2 2 0 0 0 0 4z!",
    "M19 14a2 2 0 1 0 0-4 2 2 0 0 0 0 4z!",
  ],
  clock: ["M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z", "M12 7v5l3.500 2"],
  bell: ["M6 16V11a6 6 0 0 1 12 0v5l2 2H4z", "M10 21h4"],
  mute: ["M6 16V11a6 6 0 0 1 9-5.200", "M18 12v4l2 2H8", "M10 21h4", "M3 3l18 18"],
  pin: [
    "M12 21s7-6.500 7-11.500a7 7 0 0 0-14 0C5 14.500 12 21 12 21z",
    "M12 12a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z",
  ],
  scan: ["M4 8V4h4", "M16 4h4v4", "M20 16v4h-4", "M8 20H4v-4", "M4 12h16"],
  moon: ["M20 14.500A8.500 8.500 0 0 1 9.500 4a8.500 8.500 0 1 0 10.500 10.500z"],
  sun: [
    "M12 16.500a4.500 4.500 0 1 0 0-9 4.500 4.500 0 0 0 0 9z",
    "M12 2v2",
    "M12 20v2",
    "M2 12h2",
    "M20 12h2",
    "M5 5l1.400 1.400",
    "M17.600 17.600 19 19",
    "M5 19l1.400-1.400",
    "M17.600 6.400 19 5",
  ],
  out: ["M14 4H5v16h9", "M10 12h11", "M17 8l4 4-4 4"],
  next: ["M5 12h14", "M13 6l6 6-6 6"],
  plus: ["M12 5v14", "M5 12h14"],
  list: ["M8 6h12", "M8 12h12", "M8 18h12", "M4 6h.1", "M4 12h.1", "M4 18h.1"],
  doc: ["M6 3h8l4 4v14H6z", "M9 12h6", "M9 16h6"],
  search: ["M10.500 17a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13z", "M15.500 15.500 21 21"],
  chart: ["M4 20h16", "M7 20v-7", "M12 20V6", "M17 20v-10"],
  keys: ["M2 6h20v12H2z", "M6 10h.1", "M10 10h.1", "M14 10h.1", "M18 10h.1", "M8 14h8"],
  shield: ["M12 3l8 3v6c0 5-4 8-8 9-4-1-8-4-8-9V6z", "M8.500 12l2.500 2.500 4.500-5"],
  medical: ["M12 5v14", "M5 12h14", "M3 3h18v18H3z"],
  wheelchair: ["M10 4.500h.1", "M10 8v6h6l3 5", "M10 10.500h5", "M7 12a5 5 0 1 0 7 6.500"],
  infant: ["M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8z", "M6 21c0-4 2.500-6 6-6s6 2 6 6", "M10.500 8h.1", "M13.500 8h.1"],
  luggage: ["M6 8h12v12H6z", "M9 8V4h6v4", "M10 12v4", "M14 12v4"],
  circle: ["M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16z!"],
  diamond: ["M12 3l9 9-9 9-9-9z!"],
  square: ["M5 5h14v14H5z!"],
  grip: ["M9 6h.1", "M15 6h.1", "M9 12h.1", "M15 12h.1", "M9 18h.1", "M15 18h.1"],
  undo: ["M9 7 4 12l5 5", "M4 12h10a6 6 0 0 1 6 6"],
  redo: ["M15 7l5 5-5 5", "M20 12H10a6 6 0 0 0-6 6"],
  road: ["M8 4 4 20", "M16 4l4 16", "M12 4v3", "M12 11v3", "M12 18v2"],
  map: ["M9 4 3 6.500V20l6-2.500 6 2.500 6-2.500V4l-6 2.500z", "M9 4v13.500", "M15 6.500V20"],
  ring: ["M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16z"],
};

/** @typedef {keyof typeof PATHS} IconName */

/** @param {IconName} name @returns {SVGElement} */
export function icon(name) {
  const paths = PATHS[name].map((d) =>
    d.endsWith("!") ? svg("path", { d: d.slice(0, -1), class: "solid" }) : svg("path", { d }),
  );
  return svg("svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" }, ...paths);
}

/** The product's mark: a gate with the light on. @returns {SVGElement} */
export function mark() {
  return svg(
    "svg",
    { viewBox: "0 0 32 32", "aria-hidden": "true" },
    svg("path", {
      d: "M4 29V14a12 12 0 0 1 24 0v15",
      fill: "none",
      stroke: "currentColor",
      "stroke-width": "3",
      "stroke-linecap": "round",
    }),
    svg("path", { d: "M11 29V17a5 5 0 0 1 10 0v12z", fill: "currentColor" }),
    svg("path", { d: "M1.500 29h29", stroke: "currentColor", "stroke-width": "3", "stroke-linecap": "round" }),
  );
}
