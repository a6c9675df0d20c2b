// What the plan at hand says before anybody opens it: how many trips could leave now. Asking keeps the server at it.
import { h, fillWhen } from "../../../lib/dom.js";
import { t, count } from "../../../lib/i18n.js";
import { get } from "../../../lib/api.js";
import { leaving } from "./soon.js";

/** @typedef {import("../../../types.js").DayPlan} DayPlan */

/** The queue changes in bursts: one question for all of it. */
const ASK_AFTER_MS = 3_000;
/** A plan nobody asks for is let go of after ten minutes. */
const ASK_AGAIN_MS = 60_000;

/** A line of the button that is always there, so that nothing moves when its words come. @param {() => string[]} entries the points of entry where somebody waits for a seat */
export function readyPlan(entries) {
  const el = h("span", { class: "plan__ready" });
  let asked = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ let timer;
  const show = (/** @type {DayPlan[]} */ plans) => {
    const soon = plans.map(leaving);
    const trips = soon.reduce((sum, one) => sum + one.soon.length, 0);
    const people = soon.reduce((sum, one) => sum + one.people, 0);
    el.title = trips ? count("people", people) : "";
    fillWhen(el, [trips], () => [trips ? t("plan.ready", { trips: count("plan.ready.trips", trips) }) : ""]);
  };
  const ask = async () => {
    const turn = (asked += 1);
    again(ASK_AGAIN_MS);
    const places = entries();
    if (places.length === 0) return show([]);
    if (document.visibilityState === "hidden") return;
    try {
      const plans = await Promise.all(places.map((entry) => get(`/v1/plans/${entry}`)));
      if (turn === asked) show(/** @type {DayPlan[]} */ (plans));
    } catch {
      // What is not known is not shown; the sheet says why when it is opened.
      if (turn === asked) show([]);
    }
  };
  const again = (/** @type {number} */ ms) => {
    clearTimeout(timer);
    timer = setTimeout(() => void ask(), ms);
  };
  return { el, queueChanged: () => again(ASK_AFTER_MS) };
}
