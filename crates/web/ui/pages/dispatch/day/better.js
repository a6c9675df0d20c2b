// A better plan around what was laid down is looked for in the background while somebody reads, and offered, never taken by itself.
import { fill, text } from "../../../lib/dom.js";
import { t } from "../../../lib/i18n.js";
import { ask } from "../../../lib/api.js";
import { clock } from "../../../lib/time.js";
import { whole } from "./draft.js";
import { isBetter } from "./delta.js";
import { showOffer } from "./offer.js";
import { firstToDecide } from "./soon.js";

/** @typedef {import("../../../types.js").DayPlan} DayPlan */
/** @typedef {import("./draft.js").Draft} Draft */

const AFTER_MS = 1500;
/** While the server goes on with the plan … */
const EVERY_MS = 5_000;
/** … and not for longer than this without anything better. */
const IN_VAIN_MAX = 12;

/** @param {import("./frame.js").Frame} ui
 * @param {{ draft: () => Draft | null, turn: () => number, busy: () => boolean, say: (words: string) => void, taken: () => void }} of
 * `turn` is another one when something else was asked meanwhile: then the answer is not shown */
export function bettering(ui, of) {
  /** Looks in a row that found nothing better. */
  let inVain = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ let timer;

  const later = (ms = AFTER_MS) => {
    clearTimeout(timer);
    timer = setTimeout(() => void look(), ms);
  };

  /** Says whether better ones are still looked for, and looks again. @param {DayPlan} plan as the server gave it */
  const lookOn = (plan) => {
    const on = !plan.settled && inVain < IN_VAIN_MAX;
    const first = firstToDecide(plan);
    const words = [
      t(on ? "plan.search.on" : "plan.search.settled"),
      first ? t("plan.search.until", { at: clock(first) }) : "",
    ];
    text(ui.search, words.filter(Boolean).join(t("plan.why.space")));
    if (on) later(EVERY_MS);
  };

  const look = async () => {
    const draft = of.draft();
    if (!draft || !ui.dialog.open) return;
    if (of.busy()) return later();
    const turn = of.turn();
    try {
      const plan = whole(/** @type {DayPlan} */ (await ask(`/v1/plans/${ui.entry()}/proposal`, draft.wishes())));
      if (turn !== of.turn() || draft !== of.draft()) return;
      const better = isBetter(draft.plan, plan);
      inVain = better ? 0 : inVain + 1;
      if (better) offer(draft, plan);
      else fill(ui.offer);
      lookOn(plan);
    } catch {
      /* an offer that cannot be had is none */
    }
  };

  /** @param {Draft} draft @param {DayPlan} better */
  const offer = (draft, better) => {
    const take = () => {
      draft.take(better);
      fill(ui.offer);
      of.say(t("plan.taken"));
      of.taken();
      ui.undo.focus();
    };
    const keep = () => {
      fill(ui.offer);
      ui.again.focus();
    };
    of.say(showOffer(ui.offer, draft.plan, better, { take, keep }));
  };

  return {
    later,
    lookOn,
    /** The plan is another one: what was found of the last one says nothing of it. */
    anew: () => {
      inVain = 0;
    },
    stop: () => clearTimeout(timer),
  };
}
