// Vehicles at one place of the map stand below one another, so that each can be read and touched.

/** @typedef {import("./vehicle.js").Seen} Seen */
/** @typedef {import("./layout.js").Spot} Spot */

/** A touch target and its gap. */
const BUTTON_PX = 46;

/** Gives each a place of its own, in their order. @param {Seen[]} all @param {Pick<ReturnType<typeof import("./layout.js").layOut>, "project" | "width" | "height">} layout */
export function apart(all, layout) {
  /** @type {{ seen: Seen, spot: Spot, left: string, top: string, side: string }[]} */ const out = [];
  for (const one of all) {
    const spot = { ...layout.project(one.at) };
    // Inwards, and on the same way past the middle: one that turned there would go to and fro between two taken places for ever.
    const step = spot.y > layout.height / 2 ? -BUTTON_PX : BUTTON_PX;
    while (
      out.some(
        (other) => Math.abs(other.spot.x - spot.x) < 3 * BUTTON_PX && Math.abs(other.spot.y - spot.y) < BUTTON_PX,
      )
    )
      spot.y += step;
    out.push({
      seen: one,
      spot,
      left: `${percent(spot.x / layout.width)}%`,
      top: `${percent(spot.y / layout.height)}%`,
      side: spot.x > layout.width / 2 ? "left" : "right",
    });
  }
  return out;
}

const percent = (/** @type {number} */ share) => Math.round(share * 10_000) / 100;
