// Moving a party between trips: dragged with mouse or finger, or picked up with space, carried with arrows, put down with space.
// While it is carried, trips that cannot take it say why. What a move does is not here.
import { h } from "../../../lib/dom.js";
import { t, number } from "../../../lib/i18n.js";
import { chip } from "../../../lib/parts.js";
import { OUT, peopleOn } from "./draft.js";
import { cannotWords } from "./words.js";

/** @typedef {import("./draft.js").Draft} Draft */
/** @typedef {{ root: HTMLElement, draft: () => Draft | null, move: (party: string, to: number) => void, say: (words: string) => void }} Of */
/** @typedef {{ party: string, group: import("./draft.js").Group, from: number, to: number, ghost: HTMLElement | null }} Held */

const DRAG_PX_MIN = 6;
const EDGE_PX = 64;
const EDGE_STEP_PX = 14;

/** @param {Of} of */
export function carrying(of) {
  /** @type {Held | null} */ let held = null;
  /** @type {{ party: string, id: number, x: number, y: number } | null} */ let press = null;
  let dragged = false;

  const hold = (/** @type {string} */ party) => {
    const draft = of.draft();
    const group = draft?.group(party);
    const from = draft?.place(party) ?? null;
    if (!draft || !group || from === null) return;
    held = { party, group, from, to: from, ghost: null };
    mark(of.root, draft, held);
    of.say(t("plan.carry.up", { label: group.label }));
  };
  const letGo = () => {
    if (held) unmark(of.root, held);
    held = null;
  };
  const put = () => {
    const [draft, it] = [of.draft(), held];
    letGo();
    if (!draft || !it) return;
    const cannot = it.to === OUT ? null : draft.cannot(it.group, it.to);
    if (cannot) of.say(t("plan.carry.refused", { label: it.group.label, why: cannotWords(cannot) }));
    else if (it.to === it.from) of.say(t("plan.carry.back", { label: it.group.label }));
    else of.move(it.party, it.to);
    focusGrip(of.root, it.party);
  };
  const over = (/** @type {number} */ to) => {
    const draft = of.draft();
    if (!held || !draft || held.to === to) return;
    held.to = to;
    aim(of.root, to);
    of.say(targetWords(draft, held.group, to));
  };

  of.root.addEventListener("pointerdown", (event) => {
    dragged = false;
    const at = /** @type {Element} */ (event.target);
    const line = /** @type {HTMLElement | null} */ (at.closest("[data-party]"));
    if (
      !line ||
      held ||
      event.button !== 0 ||
      at.closest("select") ||
      (event.pointerType !== "mouse" && !at.closest(".plan__grip"))
    )
      return;
    press = { party: line.dataset.party ?? "", id: event.pointerId, x: event.clientX, y: event.clientY };
  });
  of.root.addEventListener("pointermove", (event) => {
    if (!press || event.pointerId !== press.id) return;
    if (!held && Math.hypot(event.clientX - press.x, event.clientY - press.y) >= DRAG_PX_MIN) {
      hold(press.party);
      dragged = true;
      if (held) drag(of.root, held, event.pointerId);
    }
    const it = /** @type {Held | null} */ (held);
    if (!it?.ghost) return;
    event.preventDefault();
    follow(it.ghost, event);
    scrollAtEdge(of.root, event.clientY);
    const card = /** @type {HTMLElement | null | undefined} */ (
      document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-at]")
    );
    if (card) over(Number(card.dataset.at));
  });
  const released = (/** @type {PointerEvent} */ event) => {
    if (!press || event.pointerId !== press.id) return;
    press = null;
    if (!held?.ghost) return;
    if (event.type === "pointerup") put();
    else letGo();
  };
  of.root.addEventListener("pointerup", released);
  of.root.addEventListener("pointercancel", released);

  of.root.addEventListener(
    "click",
    (event) => {
      // A key's click comes without a pointer: it is never the end of a drag.
      if (dragged && event.detail > 0) {
        dragged = false;
        event.preventDefault();
        event.stopPropagation();
        return;
      }
      const at = /** @type {Element} */ (event.target);
      const grip = /** @type {HTMLElement | null} */ (at.closest(".plan__grip"));
      const card = /** @type {HTMLElement | null} */ (at.closest("[data-at]"));
      if (held && grip?.dataset.grip === held.party) put();
      else if (held && card && !at.closest("select")) {
        over(Number(card.dataset.at));
        put();
      } else if (grip) hold(grip.dataset.grip ?? "");
    },
    true,
  );

  of.root.addEventListener("keydown", (event) => {
    const draft = of.draft();
    const by =
      event.key === "ArrowDown" || event.key === "ArrowRight"
        ? 1
        : event.key === "ArrowUp" || event.key === "ArrowLeft"
          ? -1
          : 0;
    const line = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-party]"));
    if (held && event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      const { party, group } = held;
      letGo();
      of.say(t("plan.carry.back", { label: group.label }));
      focusGrip(of.root, party);
    } else if (held && by && draft) {
      event.preventDefault();
      over(next(draft, held.to, by));
      scrollToTarget(of.root);
    } else if (!held && event.altKey && by && line && draft) {
      event.preventDefault();
      stepOn(draft, line.dataset.party ?? "", by, of);
    }
  });
  return {
    get busy() {
      return held !== null;
    },
    letGo,
  };
}

/** The trips in a ring, "left out" behind the last. @param {Draft} draft @param {number} at @param {number} by */
function next(draft, at, by) {
  const size = draft.plan.trips.length + 1;
  const place = at === OUT ? size - 1 : at;
  const to = (place + by + size) % size;
  return to === size - 1 ? OUT : to;
}

/** At once to the next trip that takes the party. @param {Draft} draft @param {string} party @param {number} by @param {Of} of */
function stepOn(draft, party, by, of) {
  const [group, from] = [draft.group(party), draft.place(party)];
  if (!group || from === null) return;
  let to = next(draft, from, by);
  while (to !== OUT && to !== from && draft.cannot(group, to)) to = next(draft, to, by);
  if (to === from) return;
  of.move(party, to);
  focusGrip(of.root, party);
}

/** @param {Draft} draft @param {import("./draft.js").Group} group @param {number} to */
function targetWords(draft, group, to) {
  const trip = draft.plan.trips[to];
  if (!trip) return t("plan.carry.out");
  const cannot = draft.cannot(group, to);
  const on = t("plan.on", { n: number(to + 1), vehicle: trip.name });
  return cannot
    ? `${on}: ${cannotWords(cannot)}`
    : t("plan.carry.over", { trip: on, free: number(trip.seats - peopleOn(trip)) });
}

/** Every card says whether it takes the party. @param {HTMLElement} root @param {Draft} draft @param {Held} held */
function mark(root, draft, held) {
  root.dataset.carrying = "true";
  for (const line of root.querySelectorAll(`[data-party="${held.party}"]`)) line.setAttribute("data-held", "true");
  for (const card of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-at]"))) {
    const cannot = Number(card.dataset.at) === OUT ? null : draft.cannot(held.group, Number(card.dataset.at));
    card.dataset.takes = String(!cannot);
    if (cannot) card.prepend(h("p", { class: "plan__cannot" }, chip(cannotWords(cannot), "warn", "cross")));
  }
  aim(root, held.from);
}

/** @param {HTMLElement} root @param {Held} held */
function unmark(root, held) {
  delete root.dataset.carrying;
  held.ghost?.remove();
  for (const el of root.querySelectorAll(".plan__cannot")) el.remove();
  for (const el of root.querySelectorAll("[data-takes], [data-target], [data-held]"))
    for (const name of ["data-takes", "data-target", "data-held"]) el.removeAttribute(name);
}

/** @param {HTMLElement} root @param {number} to */
function aim(root, to) {
  for (const card of root.querySelectorAll("[data-at]"))
    card.toggleAttribute("data-target", /** @type {HTMLElement} */ (card).dataset.at === String(to));
}

/** @param {HTMLElement} root @param {Held} held @param {number} pointer */
function drag(root, held, pointer) {
  held.ghost = h("p", { class: "plan__ghost", "aria-hidden": "true" }, held.group.label);
  root.append(held.ghost);
  root.setPointerCapture(pointer);
}

/** @param {HTMLElement} ghost @param {PointerEvent} event */
function follow(ghost, event) {
  ghost.style.setProperty("--x", `${event.clientX}px`);
  ghost.style.setProperty("--y", `${event.clientY}px`);
}

/** @param {HTMLElement} root @param {number} y */
function scrollAtEdge(root, y) {
  const box = root.getBoundingClientRect();
  if (y < box.top + EDGE_PX) root.scrollBy(0, -EDGE_STEP_PX);
  else if (y > Math.min(box.bottom, innerHeight) - EDGE_PX) root.scrollBy(0, EDGE_STEP_PX);
}

/** @param {HTMLElement} root */
const scrollToTarget = (root) => root.querySelector("[data-target]")?.scrollIntoView({ block: "nearest" });

/** @param {HTMLElement} root @param {string} party */
const focusGrip = (root, party) =>
  /** @type {HTMLElement | null} */ (root.querySelector(`[data-grip="${party}"]`))?.focus();
