// The preview: propose, look, change, commit. A change is timed by the server at once; nothing is written before the last button. What
// is shown is show.js, the better plan that is looked for meanwhile is better.js.
import { h, fill } from "../../../lib/dom.js";
import { t, count, list, number } from "../../../lib/i18n.js";
import { ask, get, post, Refused } from "../../../lib/api.js";
import { note } from "../../../lib/parts.js";
import { worded } from "../../../lib/submit.js";
import { bettering } from "./better.js";
import { Draft, newOn, whole } from "./draft.js";
import { cheapestSpot } from "./spot.js";
import { carrying } from "./carry.js";
import { frame } from "./frame.js";
import { instead, showPlan } from "./show.js";
import { canWait } from "./soon.js";
import { brokenWords } from "./words.js";

/** @typedef {import("../../../types.js").DayPlan} DayPlan */
/** @typedef {import("../../../types.js").CheckedPlan} CheckedPlan */
/** @typedef {import("../../../types.js").DayTrip} DayTrip */
/** @typedef {import("../../../types.js").Vehicle} Vehicle */
/** @typedef {{ known: import("../../../types.js").Reference, entries: string[], busy: () => string[], row: (party: string) => import("../../../types.js").PartyRow | undefined, committed: (parties: { party: string, label: string }[], entry: string) => void, rules: () => Promise<void> }} Of */

const LOOK_AFTER_MS = 250;
/** A departure is a promise of the minute it was reckoned in: it is reckoned anew while somebody reads. */
const FRESH_EVERY_MS = 60_000;

export class PlanSheet {
  /** @param {Of} of */
  constructor(of) {
    this.of = of;
    /** @type {Draft | null} */ this.draft = null;
    /** @type {CheckedPlan["broken"]} */ this.broken = null;
    /** @type {DayPlan | null} what was proposed: the measure of every change */ this.first = null;
    /** @type {Vehicle[]} */ this.fleet = [];
    /** Counts questions: an answer to an older one is not shown. */
    this.asked = 0;
    this.ui = frame(of.entries, {
      back: (way) => this.back(way),
      again: () => void this.propose(),
      anew: () => this.startAnew(),
      commit: (only) => this.commit(only),
      rules: of.rules,
      add: (vehicle) => this.addTrip(vehicle),
      entry: () => this.startAnew(),
    });
    this.carry = carrying({
      root: this.ui.dialog,
      draft: () => this.draft,
      move: (party, to) => this.move(party, to),
      say: (words) => this.say(words),
    });
    this.better = bettering(this.ui, {
      draft: () => this.draft,
      turn: () => this.asked,
      busy: () => this.carry.busy,
      say: (words) => this.say(words),
      taken: () => this.changed(),
    });
    this.around = {
      known: of.known,
      row: of.row,
      choose: (/** @type {string} */ party, /** @type {number} */ to) => this.move(party, to),
      hold: (/** @type {string} */ party) => this.hold(party),
      again: () => void this.propose(),
    };
    this.ui.dialog.addEventListener("close", () => this.left());
  }

  /** Shows it; what was changed by hand before is still there, timed anew. */
  open() {
    document.body.append(this.ui.dialog);
    this.ui.dialog.showModal();
    this.fresh = setInterval(() => {
      if (!this.carry.busy) void this.look();
    }, FRESH_EVERY_MS);
    void this.readFleet();
    if (!this.draft?.pins.size) {
      this.goWhereTheyWait();
      return this.startAnew();
    }
    this.paint();
    void this.look();
  }

  /** The button that opened it counts who waits at every point of entry: an empty one would deny it. */
  goWhereTheyWait() {
    const busy = this.of.busy();
    if (busy[0] && !busy.includes(this.ui.entry())) this.ui.enter(busy[0]);
  }

  /** The queue is another one: a plan for it may be better. */
  queueChanged() {
    this.better.anew();
    if (this.ui.dialog.open) this.better.later();
  }

  /** Plans are made by other rules: what nobody laid a hand on is proposed anew, the rest is looked at. */
  rulesChanged() {
    if (!this.ui.dialog.open) return;
    if (this.draft?.pins.size) void this.look();
    else this.startAnew();
  }

  left() {
    this.carry.letGo();
    clearTimeout(this.lookTimer);
    this.better.stop();
    clearInterval(this.fresh);
    this.asked += 1;
    this.ui.dialog.remove();
  }

  /** @param {string} words */
  say(words) {
    this.ui.say.textContent = words;
  }

  startAnew() {
    this.draft = null;
    void this.propose();
  }

  async readFleet() {
    try {
      this.fleet = (await get("/v1/vehicles")).vehicles;
    } catch {
      this.fleet = [];
    }
    fill(
      this.ui.more,
      h("option", { value: "" }, t("plan.add")),
      ...this.fleet.map((one) =>
        h("option", { value: one.id }, [one.name, count("dispatch.seats-of", one.seats)].join(" · ")),
      ),
    );
  }

  async propose() {
    const turn = (this.asked += 1);
    const { draft, ui } = this;
    if (!draft) instead(this.ui, "wait", h("p", { class: "soft" }, t("plan.thinking")));
    try {
      const plan = /** @type {DayPlan} */ (
        await (draft?.pins.size
          ? ask(`/v1/plans/${ui.entry()}/proposal`, draft.wishes())
          : get(`/v1/plans/${ui.entry()}`))
      );
      if (turn === this.asked) this.take(whole(plan));
    } catch (error) {
      if (turn === this.asked) instead(this.ui, "failed", note(worded(error), "alarm"));
    }
  }

  /** @param {DayPlan} plan as proposed */
  take(plan) {
    if (this.draft) this.draft.take(plan);
    else this.draft = new Draft(plan);
    [this.first, this.broken] = [plan, null];
    this.better.anew();
    fill(this.ui.news);
    fill(this.ui.offer);
    this.paint();
    this.better.lookOn(plan);
  }

  paint() {
    if (this.draft) showPlan(this.ui, this.draft, this.around, this);
  }

  /** @param {string} party @param {number} to */
  move(party, to) {
    if (!this.draft?.move(party, to, cheapestSpot(this.of.known, this.ui.entry()))) return;
    const trip = this.draft.plan.trips[to];
    const label = this.draft.group(party)?.label ?? "";
    this.say(
      trip
        ? t("plan.moved.to", { label, to: t("plan.on", { n: number(to + 1), vehicle: trip.name }) })
        : t("plan.moved.out", { label }),
    );
    this.changed();
    /** @type {HTMLElement | null} */ (this.ui.body.querySelector(`[data-rider="${party}"]`))?.focus();
  }

  /** @param {string} party */
  hold(party) {
    const held = this.draft?.hold(party) ?? null;
    if (held === null) return;
    const label = this.draft?.group(party)?.label ?? "";
    this.say(t(held ? "plan.pin.held" : "plan.pin.free", { label }));
    this.paint();
    /** @type {HTMLElement | null} */ (this.ui.body.querySelector(`[data-pin="${party}"]`))?.focus();
    this.better.later();
  }

  /** @param {string} id */
  addTrip(id) {
    const vehicle = this.fleet.find((one) => one.id === id);
    if (!vehicle || !this.draft) return;
    this.draft.addTrip(vehicle);
    this.say(t("plan.added", { vehicle: vehicle.name }));
    this.changed();
  }

  /** @param {"undo" | "redo"} way */
  back(way) {
    const did = this.draft?.[way]();
    if (did === null || did === undefined) return;
    this.say(t(`plan.${way}.done`, { label: did }));
    this.changed();
  }

  changed() {
    this.broken = null;
    this.better.anew();
    this.paint();
    clearTimeout(this.lookTimer);
    this.ui.sum.setAttribute("aria-busy", "true");
    this.lookTimer = setTimeout(() => void this.look(), LOOK_AFTER_MS);
  }

  /** Asks what the plan as it stands amounts to; gives whether it may be committed. */
  async look() {
    clearTimeout(this.lookTimer);
    const { draft, ui } = this;
    if (!draft) return false;
    const turn = (this.asked += 1);
    const { sent, body } = draft.body();
    try {
      const seen = /** @type {CheckedPlan} */ (await ask(`/v1/plans/${ui.entry()}/check`, body));
      if (turn !== this.asked || draft !== this.draft) return false;
      return this.seen(draft, seen, sent);
    } catch (error) {
      if (turn === this.asked) fill(ui.news, note(worded(error), "alarm"));
      return false;
    }
  }

  /** @param {Draft} draft @param {CheckedPlan} seen @param {number[]} sent the places of the trips that were sent */
  seen(draft, seen, sent) {
    const gone = seen.gone.map((party) => draft.group(party)?.label ?? "").filter(Boolean);
    draft.retime(seen.plan, sent);
    const at = seen.broken?.trip ?? null;
    this.broken = seen.broken && { ...seen.broken, trip: at === null ? null : (sent[at] ?? null) };
    const words = this.broken ? brokenWords(this.broken, draft.plan.trips) : "";
    fill(
      this.ui.news,
      words ? note(words, "alarm") : null,
      gone.length ? note(t("plan.gone", { labels: list(gone) }), "warn") : null,
      seen.plan.over_limit > 0 ? note(count("plan.over-limit", seen.plan.over_limit), "warn") : null,
    );
    if (words) this.say(words);
    this.ui.sum.removeAttribute("aria-busy");
    this.paint();
    this.better.later();
    return this.broken === null && gone.length === 0;
  }

  /** @param {"soon" | "all"} only */
  async commit(only) {
    if (!(await this.look()) || !this.draft) return this.say(t("plan.look-again"));
    const { plan } = this.draft;
    const goes = (/** @type {DayTrip} */ trip) => only === "all" || !canWait(trip, plan);
    const riders = plan.trips.filter(goes).flatMap((trip) => newOn(trip).map(({ party, label }) => ({ party, label })));
    if (riders.length === 0) return this.say(t("plan.look-again"));
    try {
      await post(`/v1/plans/${this.ui.entry()}`, this.draft.body(goes).body);
    } catch (error) {
      if (error instanceof Refused && error.problem.status >= 400 && error.problem.status < 500) await this.look();
      throw error;
    }
    this.draft = null;
    this.of.committed(riders, this.ui.entry());
    this.ui.dialog.close();
  }
}
