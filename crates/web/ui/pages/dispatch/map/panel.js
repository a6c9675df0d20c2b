// Where the map stands on the page: a button and a key open and close it, and it is remembered. Closed, nothing is painted.
import { h } from "../../../lib/dom.js";
import { t } from "../../../lib/i18n.js";
import { icon } from "../../../lib/icons.js";
import { districtMap } from "./map.js";

const KEPT = "dispatch:map";
/** There is room for a fourth column. */
const WIDE = "(min-width: 105rem)";

/** @param {import("../../../types.js").Reference} known @param {string} district @param {(trip: string) => void} open */
export function mapPanel(known, district, open) {
  const map = districtMap(known, district, open);
  /** @type {import("../../../types.js").Row[]} */ let last = [];
  const button = h(
    "button",
    {
      type: "button",
      class: "btn btn--quiet",
      id: "map-toggle",
      "aria-controls": "map",
      onclick: () => {
        show(Boolean(map.el.hidden));
        comeIntoSight(map.el);
      },
    },
    icon("map"),
    t("map.title"),
  );
  /** @param {boolean} on */
  const show = (on) => {
    map.el.hidden = !on;
    document.documentElement.toggleAttribute("data-map", on);
    button.setAttribute("aria-expanded", String(on));
    try {
      localStorage.setItem(KEPT, on ? "1" : "0");
    } catch {
      /* storage refused: it opens as on the first day */
    }
    if (on) map.paint(last);
  };
  show(kept() ?? matchMedia(WIDE).matches);
  return {
    el: map.el,
    button,
    /** @param {import("../../../types.js").Row[]} rows */
    paint: (rows) => {
      last = rows;
      map.paint(rows);
    },
    /** By key: closed → opened and entered; open → entered; entered → closed, and the focus goes back to the button. */
    key: () => {
      if (map.el.contains(document.activeElement)) {
        button.focus();
        show(false);
        return;
      }
      show(true);
      map.el.scrollIntoView({ block: "nearest" });
      map.focus();
    },
  };
}

/** On a phone it opens far below the button. @param {HTMLElement} el */
function comeIntoSight(el) {
  if (!el.hidden && el.getBoundingClientRect().top > innerHeight) el.scrollIntoView({ block: "start" });
}

function kept() {
  try {
    const value = localStorage.getItem(KEPT);
    return value === null ? null : value === "1";
  } catch {
    return null;
  }
}

/** The card of a trip comes into view and takes the focus. @param {string} trip */
export function showTrip(trip) {
  const card = /** @type {HTMLElement | null} */ (document.querySelector(`.trip[data-trip="${trip}"]`));
  if (!card) return;
  card.tabIndex = -1;
  card.scrollIntoView({ block: "center" });
  card.focus();
}
