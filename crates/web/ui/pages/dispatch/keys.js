// The keys of the page, in one list that the sheet shows and the listener obeys. Typing in a field or a dialog is left alone.
import { h } from "../../lib/dom.js";
import { t } from "../../lib/i18n.js";
import { showSheet } from "../../lib/sheet.js";
import { icon } from "../../lib/icons.js";

/** @typedef {{ shown: string, words: string, match?: (event: KeyboardEvent, at: HTMLElement) => boolean, run?: () => void }} Shortcut without `match` it belongs to a part that listens itself */
/** @typedef {{ move: (by: 1 | -1) => void, detail: () => void, plan: (() => void) | null, rooms: (() => void) | null, search: () => void, map: () => void, undo: (() => boolean) | null }} Does */

const inQueue = (/** @type {HTMLElement} */ at) =>
  at === document.body || at.id === "main" || at.closest("#queue") !== null;

/** @param {Does} does @returns {Shortcut[]} */
function shortcuts(does) {
  const plain = (/** @type {string} */ key) => (/** @type {KeyboardEvent} */ event) => event.key === key;
  const moving =
    (/** @type {string} */ letter, /** @type {string} */ arrow) =>
    (/** @type {KeyboardEvent} */ event, /** @type {HTMLElement} */ at) =>
      event.key === letter || (event.key === arrow && inQueue(at));
  const all = /** @type {(Shortcut | null)[]} */ ([
    { shown: "j · ↓", words: "dispatch.keys.next", match: moving("j", "ArrowDown"), run: () => does.move(1) },
    { shown: "k · ↑", words: "dispatch.keys.before", match: moving("k", "ArrowUp"), run: () => does.move(-1) },
    { shown: "Enter", words: "dispatch.keys.open" },
    {
      shown: "→",
      words: "dispatch.keys.detail",
      match: (/** @type {KeyboardEvent} */ event, /** @type {HTMLElement} */ at) =>
        event.key === "ArrowRight" && at.closest("#queue") !== null,
      run: does.detail,
    },
    { shown: "/", words: "dispatch.keys.search", match: plain("/"), run: does.search },
    { shown: "m", words: "dispatch.keys.map", match: plain("m"), run: does.map },
    { shown: "← ↑ → ↓", words: "dispatch.keys.vehicles" },
    does.rooms && { shown: "b", words: "dispatch.keys.rooms", match: plain("b"), run: does.rooms },
    does.plan && { shown: "p", words: "dispatch.keys.plan", match: plain("p"), run: does.plan },
    does.plan && { shown: "Alt ↑ · Alt ↓", words: "dispatch.keys.step" },
    does.plan && { shown: t("dispatch.keys.space"), words: "dispatch.keys.carry" },
    does.plan && { shown: "Ctrl Z", words: "dispatch.keys.undo" },
    does.plan && { shown: "Ctrl Y", words: "dispatch.keys.redo" },
    { shown: "?", words: "dispatch.keys.help", match: plain("?"), run: () => showKeys(does) },
  ]);
  return all.filter((one) => one !== null);
}

/** @param {Does} does */
export function pageKeys(does) {
  const all = shortcuts(does);
  document.addEventListener("keydown", (event) => {
    const at = /** @type {HTMLElement} */ (event.target);
    if (event.defaultPrevented || at.closest("input, select, textarea, dialog")) return;
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "z" && does.undo?.())
      return event.preventDefault();
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const found = all.find((one) => one.match?.(event, at));
    if (!found?.run) return;
    event.preventDefault();
    found.run();
  });
}

/** @param {Does} does */
export const keysButton = (does) =>
  h(
    "button",
    { type: "button", class: "btn btn--quiet", id: "keys", onclick: () => showKeys(does) },
    icon("keys"),
    t("dispatch.keys"),
  );

/** @param {Does} does */
function showKeys(does) {
  const close = h("button", { type: "button", class: "btn btn--big" }, t("close"));
  const dialog = h(
    "dialog",
    { class: "sheet", "aria-labelledby": "keys-title" },
    h(
      "div",
      { class: "stack" },
      h("h2", { id: "keys-title" }, t("dispatch.keys")),
      h(
        "dl",
        { class: "facts" },
        ...shortcuts(does).flatMap((one) => [h("dt", {}, h("kbd", {}, one.shown)), h("dd", {}, t(one.words))]),
      ),
      close,
    ),
  );
  showSheet(dialog, close);
}
