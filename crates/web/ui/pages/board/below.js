// What is out of sight under the last row that is seen: nobody scrolls a wall.
import { h, fillWhen } from "../../lib/dom.js";
import { count } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";

/** @param {HTMLElement} rows the list of stops, the most urgent first */
export function belowBar(rows) {
  const el = h("button", { type: "button", class: "btn below", id: "below", hidden: true });
  /** Those whose time to be there cannot be read without scrolling. */
  const under = () =>
    [...rows.children].filter((row) => {
      const boxes = [".when__time", ".when__label"].map((css) => row.querySelector(css)?.getBoundingClientRect());
      const told = boxes.find((box) => box && box.height > 0);
      return told && told.bottom > innerHeight;
    });
  const paint = () => {
    const out = under();
    const unanswered = out.filter((row) => row.classList.contains("stop--new")).length;
    // As the row itself says it: when to be there, or since when the vehicle stands at the gate.
    const next = [".when__label", ".when__time"]
      .map((css) => out[0]?.querySelector(css)?.textContent ?? "")
      .join(" ")
      .trim();
    el.hidden = out.length === 0;
    el.dataset.tone = unanswered ? "alarm" : "";
    fillWhen(el, [out.length, unanswered, next], () => [
      icon(unanswered ? "bell" : "next"),
      [count("board.below", out.length), next, unanswered ? count("board.below.unanswered", unanswered) : ""]
        .filter(Boolean)
        .join(" · "),
    ]);
  };
  el.addEventListener("click", () => under()[0]?.scrollIntoView({ block: "start" }));
  addEventListener("scroll", paint, { passive: true });
  addEventListener("resize", paint);
  return { el, paint };
}
