// What does not move: the lens, the patches of the sub-districts, airports, gates, sites and their labels. Drawn once a size.
import { svg } from "../../../lib/dom.js";
import { t, number } from "../../../lib/i18n.js";

/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("./layout.js").Mark} Mark */

/** @param {Layout} layout @returns {SVGElement[]} */
export function ground(layout) {
  const { frame } = layout;
  return [
    svg("rect", {
      class: "map__lens",
      x: String(frame.x),
      y: String(frame.y),
      width: String(frame.w),
      height: String(frame.h),
      rx: "14",
    }),
    ...layout.groups.map((group) => svg("path", { class: "map__patch", d: patch(group.marks) })),
    text(frame.x + 6, frame.y - 8, "start", t("map.lens", { times: number(Math.max(2, layout.times)) }), "map__scale"),
  ];
}

/** @param {Layout} layout @returns {SVGElement[]} above the lines of the trips */
export const marks = (layout) =>
  layout.marks.map((mark) =>
    svg("g", { class: `map__mark map__mark--${mark.kind}`, "data-code": mark.code }, shape(mark), ...words(mark)),
  );

/** A patch through the gates of a sub-district: a thick round line. @param {import("./layout.js").Spot[]} spots */
const patch = (spots) => `M${spots.map((spot) => `${spot.x} ${spot.y}`).join("L")}${spots.length > 2 ? "Z" : "h0.1"}`;

/** Airport: a triangle; gate: a disc; site: a square. @param {Mark} mark */
function shape(mark) {
  const { x, y } = mark;
  if (mark.kind === "entry") return svg("path", { d: `M${x} ${y - 10}L${x + 10} ${y + 8}H${x - 10}Z` });
  if (mark.kind === "site")
    return svg("rect", { x: String(x - 7), y: String(y - 7), width: "14", height: "14", rx: "2" });
  return svg("circle", { cx: String(x), cy: String(y), r: mark.number === null ? "5" : "8" });
}

/** @param {Mark} mark */
function words(mark) {
  if (mark.label) return [text(mark.label.x, mark.label.y, mark.label.anchor, mark.label.text, "map__name")];
  return [text(mark.x, mark.y + 4, "middle", String(mark.number), "map__number")];
}

/** @param {number} x @param {number} y @param {string} anchor @param {string} words @param {string} kind */
function text(x, y, anchor, words, kind) {
  const el = svg("text", { class: kind, x: String(x), y: String(y), "text-anchor": anchor });
  el.textContent = words;
  return el;
}
