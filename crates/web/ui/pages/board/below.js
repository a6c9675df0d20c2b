// What is out of sight under the last row that is seen: nobody scrolls a wall.
import { h, fillWhen } from "../../lib/dom.js";
import { t, count } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";

/** @param {HTMLElement} rows the list of stops, the most urgent first */
export function belowBar(rows) {
  const el = h("button", { type: "button", class: "btn below", id: "below", hidden: true });
  /** Those whose time to be there cannot be read without scrolling. */
  const under = () =>
    [...rows.children].filter((row) => {
      const time = row.querySelector(".when__time, .when__label")?.getBoundingClientRect();
      return time && time.height > 0 && time.bottom > innerHeight;
    });
  const paint = () => {
    const out = under();
    const unanswered = out.filter((row) => row.classList.contains("stop--new")).length;
    const next = out[0]?.querySelector(".when__time")?.textContent ?? "";
    el.hidden = out.length === 0;
    el.dataset.tone = unanswered ? "alarm" : "";
    fillWhen(el, [out.length, unanswered, next], () => [
      icon(unanswered ? "bell" : "next"),
      [
        count("board.below", out.length),
        next ? t("board.below.next", { at: next }) : "",
        unanswered ? count("board.below.unanswered", unanswered) : "",
      ]
        .filter(Boolean)
        .join(" · "),
    ]);
  };
  el.addEventListener("click", () => under()[0]?.scrollIntoView({ block: "start" }));
  addEventListener("scroll", paint, { passive: true });
  addEventListener("resize", paint);
  return { el, paint };
}
