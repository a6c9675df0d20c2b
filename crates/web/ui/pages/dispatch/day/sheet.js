// The preview: propose, look, change, commit. A change is timed by the server at once, a better plan is looked for in the
// background and offered, never taken by itself. Nothing is written before the last button.
import { h, fill, fillWhen } from "../../../lib/dom.js";
import { t, count, list, number } from "../../../lib/i18n.js";
import { icon } from "../../../lib/icons.js";
import { get, ask as send, post } from "../../../lib/api.js";
import { note, empty } from "../../../lib/parts.js";
import { actionButton, worded } from "../../../lib/submit.js";
import { Refused } from "../../../lib/api.js";
import { Draft, OUT, peopleIn, peopleOn } from "./draft.js";
import { cheapestSpot } from "./spot.js";
import { paintOut, paintTrips } from "./card.js";
import { carrying } from "./carry.js";
import { gain, isBetter, movedBetween } from "./delta.js";
import { brokenWords, gainWords, movedWords } from "./words.js";

/** @typedef {import("../../../types.js").DayPlan} DayPlan */
/** @typedef {import("../../../types.js").CheckedPlan} CheckedPlan */
/** @typedef {{ known: import("../../../types.js").Reference, entries: string[], row: (party: string) => import("../../../types.js").PartyRow | undefined, committed: (parties: { party: string, label: string }[]) => void }} Of */

const LOOK_AFTER_MS = 250;
const IMPROVE_AFTER_MS = 1500;
/** A departure is a promise of the minute it was reckoned in: it is reckoned anew while somebody reads. */
const FRESH_EVERY_MS = 60_000;

/** @param {Of} of */
export function planSheet(of) {
  const around = { known: of.known, row: of.row, choose: (/** @type {string} */ party, /** @type {number} */ to) => move(party, to) };
  /** @type {Draft | null} */ let draft = null;
  /** @type {CheckedPlan["broken"]} */ let broken = null;
  /** @type {DayPlan | null} */ let better = null;
  /** @type {DayPlan | null} */ let first = null;
  let asked = 0;
  /** @type {{ look?: ReturnType<typeof setTimeout>, improve?: ReturnType<typeof setTimeout>, fresh?: ReturnType<typeof setInterval> }} */ const timers = {};

  const say = h("p", { class: "sr-only", role: "status" });
  const sum = h("p", { class: "plan__sum", id: "plan-sum" });
  const [news, offer, out] = [h("div", { class: "stack stack--tight", id: "plan-news" }), h("div", { id: "plan-offer" }), h("section", { class: "card card--quiet plan__outs", id: "plan-out", "data-at": String(OUT), "aria-label": t("plan.out") })];
  const stuck = h("div", { class: "stack stack--tight", id: "plan-stuck" });
  const host = h("ol", { class: "plan" });
  const undo = h("button", { type: "button", class: "btn", id: "plan-undo", onclick: () => back("undo") }, icon("undo"), t("plan.undo"));
  const redo = h("button", { type: "button", class: "btn", id: "plan-redo", onclick: () => back("redo") }, icon("redo"), t("plan.redo"));
  const more = h("select", { class: "input plan__entry", id: "plan-add", "aria-label": t("plan.add") });
  const commit = actionButton(t("plan.commit"), () => commitNow(), { class: "btn btn--primary btn--big", id: "plan-commit" });
  const choice = of.entries.length > 1 ? h("select", { class: "input plan__entry", "aria-label": t("plan.entry") }, ...of.entries.map((one) => h("option", { value: one }, one))) : null;
  const again = h("button", { type: "button", class: "btn", id: "plan-again", onclick: () => propose() }, t("plan.again"));
  const anew = h("button", { type: "button", class: "btn btn--quiet", id: "plan-anew", hidden: true, onclick: () => { draft = null; void propose(); } }, t("plan.anew"));
  const close = h("button", { type: "button", class: "btn btn--big", onclick: () => dialog.close() }, t("close"));
  const tools = h("div", { class: "cluster" }, undo, redo, more);
  const body = h("div", { class: "stack", id: "plan-body" });
  const dialog = h("dialog", { class: "sheet sheet--wide", "aria-labelledby": "plan-title" }, h("div", { class: "stack" }, h("div", { class: "spread" }, h("h2", { id: "plan-title" }, t("plan.title")), h("div", { class: "cluster" }, choice, again, anew)), say, body, close));
  const carry = carrying({ root: dialog, draft: () => draft, move: (party, to) => move(party, to), say: (words) => tell(words) });
  const tell = (/** @type {string} */ words) => { say.textContent = words; };
  const entry = () => choice?.value ?? of.entries[0] ?? "";

  const paint = () => {
    if (!draft) return;
    const { plan } = draft;
    const nobody = plan.trips.length === 0 && plan.left_out.length === 0;
    paintTrips(host, draft, around, broken);
    paintOut({ stuck, out }, draft, around);
    fillWhen(sum, [plan.waiting_minutes, plan.riding_minutes, plan.kilometres, peopleIn(plan), plan.over_limit, first?.as_of], () => sumWords(plan, first));
    undo.disabled = draft.past.length === 0;
    redo.disabled = draft.future.length === 0;
    anew.hidden = draft.pins.size === 0;
    commit.disabled = plan.trips.every((trip) => trip.riders.length === 0) || broken !== null || plan.trips.some((trip) => peopleOn(trip) > trip.seats);
    const shown = nobody ? "none" : "plan";
    if (body.dataset.shows === shown) return;
    body.dataset.shows = shown;
    fill(body, ...(nobody ? [empty(t("plan.none"), t("plan.none.words"))] : [sum, offer, news, stuck, tools, host, out, h("p", { class: "soft small" }, t("plan.words")), commit]));
  };
  const failed = (/** @type {unknown} */ error) => { body.dataset.shows = "failed"; fill(body, note(worded(error), "alarm")); };
  const show = (/** @type {DayPlan} */ plan) => {
    if (draft) draft.take(plan);
    else draft = new Draft(plan);
    [first, broken, better] = [plan, null, null];
    fill(news);
    fill(offer);
    paint();
  };
  const propose = async () => {
    const turn = (asked += 1);
    if (!draft) { body.dataset.shows = "wait"; fill(body, h("p", { class: "soft" }, t("plan.thinking"))); }
    try {
      const plan = /** @type {DayPlan} */ (await (draft?.pins.size ? send(`/v1/plans/${entry()}/proposal`, draft.wishes()) : get(`/v1/plans/${entry()}`)));
      if (turn === asked) show(plan);
    } catch (error) { if (turn === asked) failed(error); }
  };

  /** @param {string} party @param {number} to */
  function move(party, to) {
    if (!draft?.move(party, to, cheapestSpot(of.known, entry()))) return;
    const trip = draft.plan.trips[to];
    tell(trip ? t("plan.moved.to", { label: draft.group(party)?.label ?? "", to: t("plan.on", { n: number(to + 1), vehicle: trip.name }) }) : t("plan.moved.out", { label: draft.group(party)?.label ?? "" }));
    changed(party);
  }
  /** @param {string} [focus] */
  const changed = (focus) => {
    broken = null;
    paint();
    if (focus) /** @type {HTMLElement | null} */ (host.querySelector(`[data-rider="${focus}"]`) ?? out.querySelector(`[data-rider="${focus}"]`))?.focus();
    later();
  };
  /** @param {"undo" | "redo"} way */
  function back(way) {
    const did = draft?.[way]();
    if (did === null || did === undefined) return;
    tell(t(`plan.${way}.done`, { label: did }));
    changed();
  }
  const later = () => {
    clearTimeout(timers.look);
    sum.setAttribute("aria-busy", "true");
    timers.look = setTimeout(look, LOOK_AFTER_MS);
  };

  /** Asks what the plan as it stands amounts to; gives whether it may be committed. */
  async function look() {
    clearTimeout(timers.look);
    if (!draft) return false;
    const turn = (asked += 1);
    const { sent, body: trips } = draft.body();
    try {
      const seen = /** @type {CheckedPlan} */ (await send(`/v1/plans/${entry()}/check`, trips));
      if (turn !== asked || !draft) return false;
      const gone = seen.gone.map((party) => draft?.group(party)?.label ?? "").filter(Boolean);
      draft.retime(seen.plan, sent);
      const at = seen.broken?.trip ?? null;
      broken = seen.broken && { ...seen.broken, trip: at === null ? null : (sent[at] ?? null) };
      fill(news, broken ? note(brokenWords(broken, draft.plan.trips), "alarm") : null, gone.length ? note(t("plan.gone", { labels: list(gone) }), "warn") : null, seen.plan.over_limit > 0 ? note(count("plan.over-limit", seen.plan.over_limit), "warn") : null);
      if (broken) tell(brokenWords(broken, draft.plan.trips));
      sum.removeAttribute("aria-busy");
      paint();
      improveLater();
      return broken === null && gone.length === 0;
    } catch (error) {
      if (turn === asked) fill(news, note(worded(error), "alarm"));
      return false;
    }
  }

  const improveLater = () => {
    clearTimeout(timers.improve);
    timers.improve = setTimeout(improve, IMPROVE_AFTER_MS);
  };
  /** Looks for a better plan around what was laid down, and offers it. */
  async function improve() {
    if (!draft || !dialog.open || carry.busy) return;
    const turn = asked;
    try {
      const plan = /** @type {DayPlan} */ (await send(`/v1/plans/${entry()}/proposal`, draft.wishes()));
      if (turn !== asked || !draft) return;
      better = isBetter(draft.plan, plan) ? plan : null;
      paintOffer();
    } catch { /* an offer that cannot be had is none */ }
  }
  function paintOffer() {
    if (!draft || !better) return fill(offer);
    const [plan, mine] = [better, draft.plan];
    const moved = movedBetween(mine, plan);
    const words = t("plan.offer", { gain: gainWords(gain(mine, plan)) });
    const take = h("button", { type: "button", class: "btn btn--primary", id: "plan-take", onclick: () => { draft?.take(plan); better = null; fill(offer); tell(t("plan.taken")); undo.disabled = false; undo.focus(); changed(); } }, t("plan.take"));
    const keep = h("button", { type: "button", class: "btn", id: "plan-keep", onclick: () => { better = null; fill(offer); again.focus(); } }, t("plan.keep"));
    fill(offer, h("section", { class: "card plan__offer", "aria-label": t("plan.offer.title") }, h("p", { class: "strong" }, words), h("details", {}, h("summary", {}, count("plan.offer.moved", moved.length)), h("ul", { class: "plan__delta" }, ...moved.map((one) => h("li", {}, movedWords(one))))), h("div", { class: "cluster" }, take, keep)));
    tell(words);
  }

  async function commitNow() {
    if (!(await look()) || !draft) return tell(t("plan.look-again"));
    const riders = draft.plan.trips.flatMap((trip) => trip.riders.map(({ party, label }) => ({ party, label })));
    try {
      await post(`/v1/plans/${entry()}`, draft.body().body);
    } catch (error) {
      if (error instanceof Refused && error.problem.status < 500 && error.problem.status >= 400) await look();
      throw error;
    }
    draft = null;
    of.committed(riders);
    dialog.close();
  }

  dialog.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    back(key === "y" || event.shiftKey ? "redo" : "undo");
  });
  more.addEventListener("change", () => { const vehicle = fleet.find((one) => one.id === more.value); more.value = ""; if (vehicle && draft) { draft.addTrip(vehicle); tell(t("plan.added", { vehicle: vehicle.name })); changed(); } });
  choice?.addEventListener("change", () => { draft = null; void propose(); });
  /** @type {import("../../../types.js").Vehicle[]} */ let fleet = [];
  const readFleet = async () => {
    try { fleet = (await get("/v1/vehicles")).vehicles; } catch { fleet = []; }
    fill(more, h("option", { value: "" }, t("plan.add")), ...fleet.map((one) => h("option", { value: one.id }, [one.name, count("dispatch.seats-of", one.seats)].join(" · "))));
  };
  dialog.addEventListener("close", () => { carry.letGo(); clearTimeout(timers.look); clearTimeout(timers.improve); clearInterval(timers.fresh); asked += 1; dialog.remove(); });

  return {
    /** Shows it; what was changed by hand before is still there, timed anew. */
    open: () => {
      document.body.append(dialog);
      dialog.showModal();
      timers.fresh = setInterval(() => { if (!carry.busy) void look(); }, FRESH_EVERY_MS);
      void readFleet();
      if (draft?.pins.size) { paint(); void look(); } else { draft = null; void propose(); }
    },
    /** The queue is another one: a plan for it may be better. */
    queueChanged: () => { if (dialog.open) improveLater(); },
  };
}

/** @param {DayPlan} plan @param {DayPlan | null} first */
function sumWords(plan, first) {
  const trips = plan.trips.filter((trip) => trip.riders.length);
  const words = t("plan.goals", { people: number(peopleIn(plan)), trips: number(trips.length), waiting: number(plan.waiting_minutes), riding: number(plan.riding_minutes), km: number(plan.kilometres) });
  const change = first ? gainWords(gain(first, plan)) : "";
  return [h("span", { class: "soft" }, words), change ? h("b", { class: "plan__change" }, t("plan.against", { change })) : null];
}
