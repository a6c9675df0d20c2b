// Links from a gate's place to the navigation apps people have. A gate's coordinates and name only; nothing of a person, nothing of the trip.
import { h } from "../../lib/dom.js";
import { t } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";

/** @typedef {import("../../types.js").TripDetail} TripDetail */

/** Both apps take GCJ-02, which the server made from the gate's WGS-84. @param {{ map_lat: number, map_lon: number }} place @param {string} name @returns {[string, string][]} */
function links({ map_lat: lat, map_lon: lon }, name) {
  const amap = new URLSearchParams({
    to: `${lon.toFixed(6)},${lat.toFixed(6)},${name}`,
    mode: "car",
    coordinate: "gaode",
    callnative: "1",
  });
  const baidu = new URLSearchParams({
    destination: `latlng:${lat.toFixed(6)},${lon.toFixed(6)}|name:${name}`,
    coord_type: "gcj02",
    mode: "driving",
    output: "html",
    src: "homeward",
  });
  return [
    [t("trip.navigate.amap"), `https://uri.amap.com/navigation?${amap}`],
    [t("trip.navigate.baidu"), `https://api.map.baidu.com/direction?${baidu}`],
  ];
}

/** @param {TripDetail} trip @param {{ stop: string }} stop @param {string} name */
export function navigateTo(trip, stop, name) {
  const place = trip.places.find((one) => one.stop === stop.stop);
  if (!place) return null;
  const link = (/** @type {[string, string]} */ [words, href]) =>
    h("a", { class: "btn", href, target: "_blank", rel: "noopener noreferrer" }, icon("pin"), words);
  return h(
    "div",
    { class: "cluster navigate", role: "group", "aria-label": t("trip.navigate") },
    h("span", { class: "soft" }, t("trip.navigate")),
    ...links(place, name).map(link),
  );
}
