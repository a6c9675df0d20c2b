// The preview: propose, look, change, commit. A change is timed by the server at once, a better plan is looked for in the
// background and offered, never taken by itself. Nothing is written before the last button.
import { h, fill, fillWhen, text } from "../../../lib/dom.js";
import { t, count, list, number } from "../../../lib/i18n.js";
import { ask, get, post, Refused } from "../../../lib/api.js";
import { note, empty } from "../../../lib/parts.js";
import { worded } from "../../../lib/submit.js";
import { clock } from "../../../lib/time.js";
import { Draft, newOn, peopleIn, peopleOn, whole } from "./draft.js";
import { cheapestSpot } from "./spot.js";
import { paintOut, paintTrips } from "./card.js";
import { carrying } from "./carry.js";
import { gain, isBetter } from "./delta.js";
import { frame } from "./frame.js";
import { showOffer } from "./offer.js";
import { canWait, firstToDecide, leaving } from "./soon.js";
import { brokenWords, gainWords } from "./words.js";
import { laterNote } from "../later.js";
import { rulesWords } from "../planning.js";

/** @typedef {import("../../../types.js").DayPlan} DayPlan */
/** @typedef {import("../../../types.js").CheckedPlan} CheckedPlan */
/** @typedef {import("../../../types.js").DayTrip} DayTrip */
/** @typedef {import("../../../types.js").Vehicle} Vehicle */
/** @typedef {{ known: import("../../../types.js").Reference, entries: string[], busy: () => string[], row: (party: string) => import("../../../types.js").PartyRow | undefined, committed: (parties: { party: string, label: string }[], entry: string) => void, rules: () => Promise<void> }} Of */

const LOOK_AFTER_MS = 250;
const IMPROVE_AFTER_MS = 1500;
/** While the server goes on with the plan … */
const IMPROVE_EVERY_MS = 5_000;
/** … and not for longer than this without anything better. */
const IN_VAIN_MAX = 12;
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
    /** Looks in a row that found nothing better. */
    this.inVain = 0;
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
    this.inVain = 0;
    if (this.ui.dialog.open) this.improveLater();
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
    clearTimeout(this.improveTimer);
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
    if (!draft) this.instead("wait", h("p", { class: "soft" }, t("plan.thinking")));
    try {
      const plan = /** @type {DayPlan} */ (
        await (draft?.pins.size
          ? ask(`/v1/plans/${ui.entry()}/proposal`, draft.wishes())
          : get(`/v1/plans/${ui.entry()}`))
      );
      if (turn === this.asked) this.take(whole(plan));
    } catch (error) {
      if (turn === this.asked) this.instead("failed", note(worded(error), "alarm"));
    }
  }

  /** @param {DayPlan} plan as proposed */
  take(plan) {
    if (this.draft) this.draft.take(plan);
    else this.draft = new Draft(plan);
    [this.first, this.broken, this.inVain] = [plan, null, 0];
    fill(this.ui.news);
    fill(this.ui.offer);
    this.paint();
    this.lookOn(plan);
  }

  /** Something else than a plan. @param {string} what @param {Node} node */
  instead(what, node) {
    [this.ui.commit.hidden, this.ui.all.hidden] = [true, true];
    this.ui.body.dataset.shows = what;
    fill(this.ui.body, node);
  }

  paint() {
    const { draft, ui } = this;
    if (!draft) return;
    const { plan } = draft;
    if (leaving(plan).all.length === 0 && plan.left_out.length === 0 && draft.pins.size === 0)
      return this.instead("none", empty(t("plan.none"), t("plan.none.words")));
    const held = /** @type {HTMLElement | null} */ (document.activeElement);
    paintTrips(ui.host, draft, this.around, this.broken);
    paintOut(ui, draft, this.around);
    if (document.activeElement !== held) samePart(ui.body, held)?.focus();
    fillWhen(
      ui.sum,
      [plan.waiting_minutes, plan.riding_minutes, plan.kilometres, peopleIn(plan), this.first?.as_of],
      () => sumWords(plan, this.first),
    );
    text(ui.rules, rulesWords(plan.rules));
    fillWhen(ui.later, [plan.later.parties, plan.later.people], () => [laterNote(plan.later, "seats")]);
    enable(ui.undo, draft.past.length > 0, ui.redo);
    enable(ui.redo, draft.future.length > 0, ui.undo);
    ui.anew.hidden = draft.pins.size === 0;
    this.paintFoot(plan);
    if (ui.body.dataset.shows === "plan") return;
    ui.body.dataset.shows = "plan";
    fill(ui.body, ...ui.whole);
  }

  /** Who leaves soon is told by the first button; the others by the second, or later. @param {DayPlan} plan */
  paintFoot(plan) {
    const { ui } = this;
    const { all, soon } = leaving(plan);
    const some = soon.length > 0 && soon.length < all.length;
    const stuck =
      this.broken !== null || all.length === 0 || plan.trips.some((trip) => peopleOn(trip) > trip.usable_seats);
    ui.commit.hidden = soon.length === 0 && all.length > 0;
    ui.all.hidden = all.length === soon.length;
    [ui.commit.disabled, ui.all.disabled] = [stuck, stuck];
    fillWhen(ui.commit, [some && soon.length], () => [
      some ? count("plan.commit.soon", soon.length) : t("plan.commit"),
    ]);
    fillWhen(ui.all, [all.length], () => [count("plan.commit.all", all.length)]);
  }

  /** Says whether better ones are still looked for, and looks again. @param {DayPlan} plan as the server gave it */
  lookOn(plan) {
    const on = !plan.settled && this.inVain < IN_VAIN_MAX;
    const first = firstToDecide(plan);
    text(
      this.ui.search,
      [t(on ? "plan.search.on" : "plan.search.settled"), first ? t("plan.search.until", { at: clock(first) }) : ""]
        .filter(Boolean)
        .join(t("plan.why.space")),
    );
    if (on) this.improveLater(IMPROVE_EVERY_MS);
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
    this.improveLater();
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
    [this.broken, this.inVain] = [null, 0];
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
    this.improveLater();
    return this.broken === null && gone.length === 0;
  }

  improveLater(ms = IMPROVE_AFTER_MS) {
    clearTimeout(this.improveTimer);
    this.improveTimer = setTimeout(() => void this.improve(), ms);
  }

  /** Looks for a better plan around what was laid down, and offers it. */
  async improve() {
    const { draft, ui } = this;
    if (!draft || !ui.dialog.open) return;
    if (this.carry.busy) return this.improveLater();
    const turn = this.asked;
    try {
      const plan = whole(/** @type {DayPlan} */ (await ask(`/v1/plans/${ui.entry()}/proposal`, draft.wishes())));
      if (turn !== this.asked || draft !== this.draft) return;
      const better = isBetter(draft.plan, plan);
      this.inVain = better ? 0 : this.inVain + 1;
      if (better) this.offer(draft, plan);
      else fill(ui.offer);
      this.lookOn(plan);
    } catch {
      /* an offer that cannot be had is none */
    }
  }

  /** @param {Draft} draft @param {DayPlan} better */
  offer(draft, better) {
    const take = () => {
      draft.take(better);
      fill(this.ui.offer);
      this.say(t("plan.taken"));
      this.changed();
      this.ui.undo.focus();
    };
    const keep = () => {
      fill(this.ui.offer);
      this.ui.again.focus();
    };
    this.say(showOffer(this.ui.offer, draft.plan, better, { take, keep }));
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

/** A party that went to another card takes the focus along. @param {HTMLElement} body @param {HTMLElement | null} held @returns {HTMLElement | null} */
function samePart(body, held) {
  const { grip, rider, pin } = held?.dataset ?? {};
  if (pin) return body.querySelector(`[data-pin="${pin}"]`);
  return grip
    ? body.querySelector(`[data-grip="${grip}"]`)
    : rider
      ? body.querySelector(`[data-rider="${rider}"]`)
      : null;
}

/** A button that has nothing left to do hands the focus to the other one. @param {HTMLButtonElement} button @param {boolean} can @param {HTMLButtonElement} other */
function enable(button, can, other) {
  const held = document.activeElement === button && !can;
  button.disabled = !can;
  if (held) {
    other.disabled = false;
    other.focus();
  }
}

/** @param {DayPlan} plan @param {DayPlan | null} first */
function sumWords(plan, first) {
  const trips = leaving(plan).all;
  const words = t("plan.goals", {
    people: count("people", peopleIn(plan)),
    trips: count("plan.ready.trips", trips.length),
    waiting: number(plan.waiting_minutes),
    riding: number(plan.riding_minutes),
    km: number(plan.kilometres),
  });
  const change = first ? gainWords(gain(first, plan)) : "";
  return [
    h("span", { class: "soft" }, words),
    change ? h("b", { class: "plan__change" }, t("plan.against", { change })) : null,
  ];
}
