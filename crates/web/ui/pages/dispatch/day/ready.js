// What the plan at hand says before anybody opens it: how many trips could leave now. Asking keeps the server at it.
import { h, text } from "../../../lib/dom.js";
import { t, count } from "../../../lib/i18n.js";
import { get } from "../../../lib/api.js";
import { leaving } from "./soon.js";

/** @typedef {import("../../../types.js").DayPlan} DayPlan */

/** The queue changes in bursts: one question for all of it. */
const ASK_AFTER_MS = 3_000;
/** A plan nobody asks for is let go of after ten minutes. */
const ASK_AGAIN_MS = 60_000;

/** @param {DayPlan[] | null} plans @param {number} trips those that leave soon */
function readyWords(plans, trips) {
  if (plans === null) return "";
  if (plans.length === 0) return t("plan.ready.nobody");
  return trips ? t("plan.ready", { trips: count("plan.ready.trips", trips) }) : t("plan.ready.none");
}

/** A line of the button that is always there, so that nothing moves when its words come. @param {() => string[]} entries the points of entry where somebody waits for a seat */
export function readyPlan(entries) {
  const el = h("span", { class: "plan__ready" });
  let asked = 0;
  let saidNobody = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ let timer;
  /** @param {DayPlan[] | null} plans none: nobody waits; null: not known */
  const show = (plans) => {
    saidNobody = plans?.length === 0;
    const soon = (plans ?? []).map(leaving);
    const trips = soon.reduce((sum, one) => sum + one.soon.length, 0);
    const people = soon.reduce((sum, one) => sum + one.people, 0);
    el.title = trips ? count("people", people) : "";
    text(el, readyWords(plans, trips));
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
      if (turn === asked) show(null);
    }
  };
  const again = (/** @type {number} */ ms) => {
    clearTimeout(timer);
    timer = setTimeout(() => void ask(), ms);
  };
  /** Whether anybody waits is known at once; what could leave has to be asked. */
  const queueChanged = () => {
    const nobody = entries().length === 0;
    if (nobody || saidNobody) {
      asked += 1;
      show(nobody ? [] : null);
    }
    again(ASK_AFTER_MS);
  };
  return { el, queueChanged };
}
