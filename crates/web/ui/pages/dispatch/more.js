// What is needed once an hour, behind one button: the queue's own tools stay in sight. Closes by escape, by a tap elsewhere, and
// when something in it was chosen.
import { h } from "../../lib/dom.js";
import { t } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";

/** @param {(HTMLElement | null)[]} tools */
export function moreMenu(tools) {
  const list = h("div", { class: "menu__list" }, ...tools);
  const summary = h("summary", { class: "btn btn--quiet", id: "more" }, icon("more"), t("dispatch.more"));
  const el = /** @type {HTMLDetailsElement} */ (h("details", { class: "menu" }, summary, list));
  const close = () => {
    el.open = false;
  };
  // Before the tool itself hears it: the sheet it opens gives the focus back to what had it.
  const chosen = () => {
    close();
    summary.focus();
  };
  list.addEventListener("click", chosen, { capture: true });
  el.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !el.open) return;
    event.stopPropagation();
    close();
    summary.focus();
  });
  document.addEventListener("pointerdown", (event) => {
    if (el.open && event.target instanceof Node && !el.contains(event.target)) close();
  });
  return el;
}
