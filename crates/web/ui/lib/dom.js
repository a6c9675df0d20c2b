// Elements: the builder, keyed lists. No wire, no words: those live in api.js, feed.js, i18n.js and say.js.

/** @typedef {Node | string | number | null | undefined | false} Kid */
/** @typedef {Record<string, any>} Props */
/** @template T @typedef {{ el: HTMLElement, update: (item: T) => void }} Part one item of a keyed list: its element and how to bring it up to date */

/**
 * Builds an element. `class` is the class attribute; `on<event>` adds a listener; `vars` sets custom properties through CSSOM;
 * `true` is an empty attribute; `null`/`false` leaves the attribute away; `value`, `checked`, `disabled`, `hidden` are set as properties.
 * Text always becomes a text node.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag @param {Props} [props] @param {...(Kid | Kid[])} kids @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, props = {}, ...kids) {
  const el = document.createElement(tag);
  setAll(el, props);
  el.append(...solid(kids));
  return el;
}

const AS_PROPERTY = new Set([
  "value",
  "checked",
  "disabled",
  "hidden",
  "selected",
  "open",
  "htmlFor",
  "textContent",
  "required",
  "readOnly",
  "multiple",
]);

/** @param {Element} el @param {Props} props */
function setAll(el, props) {
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "vars")
      for (const [k, v] of Object.entries(value)) /** @type {HTMLElement} */ (el).style.setProperty(k, String(v));
    else if (name.startsWith("on")) el.addEventListener(name.slice(2), value);
    else if (AS_PROPERTY.has(name)) /** @type {any} */ (el)[name] = value;
    else el.setAttribute(name, value === true ? "" : String(value));
  }
}

/** @param {(Kid | Kid[])[]} kids @returns {(Node | string)[]} */
function solid(kids) {
  /** @type {(Node | string)[]} */ const out = [];
  for (const kid of kids.flat())
    if (kid !== null && kid !== undefined && kid !== false && kid !== "")
      out.push(kid instanceof Node ? kid : String(kid));
  return out;
}

/** @param {string} tag @param {Record<string, string>} [attributes] @param {...SVGElement} kids @returns {SVGElement} */
export function svg(tag, attributes = {}, ...kids) {
  const el = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) el.setAttribute(name, value);
  el.append(...kids);
  return el;
}

/** Sets the text only when it differs, so that screen readers and selections stay quiet. @param {Element} el @param {string} text */
export function text(el, text) {
  if (el.textContent !== text) el.textContent = text;
}

/** @param {Element} el @param {...(Kid | Kid[])} kids */
export function fill(el, ...kids) {
  el.replaceChildren(...solid(kids));
}

/** @type {WeakMap<Element, string>} */ let shown = new WeakMap();

/** What words stand in has changed, such as the name of a place: every part is built again the next time it is painted. */
export function buildAnew() {
  shown = new WeakMap();
}

/** Rebuilds the children only when `of` (anything JSON can write) changed since last time.
 * @param {Element} el @param {unknown} of @param {() => Kid | Kid[]} build */
export function fillWhen(el, of, build) {
  const now = JSON.stringify(of) ?? "";
  if (shown.get(el) === now) return;
  shown.set(el, now);
  const kids = build();
  const held = document.activeElement;
  const inside = held instanceof HTMLElement && held !== el && el.contains(held);
  fill(el, ...(Array.isArray(kids) ? kids : [kids]));
  if (inside) twin(el, held)?.focus({ preventScroll: true });
}

/** What took the place of an element that had the focus: the same id, the same data, or the same words. @param {Element} el @param {HTMLElement} old @returns {HTMLElement | null} */
function twin(el, old) {
  if (old.id) return el.querySelector(`#${CSS.escape(old.id)}`);
  const data = old.getAttributeNames().find((name) => name.startsWith("data-"));
  if (data) return el.querySelector(`${old.localName}[${data}="${CSS.escape(old.getAttribute(data) ?? "")}"]`);
  return (
    [.../** @type {NodeListOf<HTMLElement>} */ (el.querySelectorAll(old.localName))].find(
      (one) => one.textContent === old.textContent,
    ) ?? null
  );
}

/** Gives the focus back to what had it, or to what was built in its place meanwhile, by its id. @param {Element | null} back */
export function giveBack(back) {
  const there = back?.isConnected ? back : back?.id ? document.getElementById(back.id) : null;
  if (there instanceof HTMLElement) there.focus();
}

/** @type {WeakMap<Element, Map<string, Part<any>>>} */ const lists = new WeakMap();

/** Keeps `host`'s children equal to `items`, one part an item by key: parts that stay keep their element, focus and listeners.
 * @template T @param {Element} host @param {T[]} items @param {(item: T) => string} keyOf @param {(item: T) => Part<T>} make */
export function keyed(host, items, keyOf, make) {
  const before = lists.get(host) ?? new Map();
  /** @type {Map<string, Part<T>>} */ const after = new Map();
  // First, or everything behind a part that goes would be moved in front of it.
  const stays = new Set(items.map(keyOf));
  for (const [key, part] of before)
    if (!stays.has(key)) {
      part.el.remove();
      before.delete(key);
    }
  let at = host.firstElementChild;
  for (const item of items) {
    const key = keyOf(item);
    const part = before.get(key) ?? make(item);
    before.delete(key);
    after.set(key, part);
    part.update(item);
    if (at && part.el === at) at = at.nextElementSibling;
    else moveBefore(host, part.el, at);
  }
  lists.set(host, after);
}

/** @param {Element} host @param {HTMLElement} el @param {Element | null} at */
function moveBefore(host, el, at) {
  const focused = el.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement) : null;
  host.insertBefore(el, at);
  focused?.focus({ preventScroll: true });
}

/** Looks an element up that the page's own markup promises. @param {string} selector @returns {HTMLElement} */
export function one(selector) {
  const el = document.querySelector(selector);
  if (!(el instanceof HTMLElement)) throw new Error(`the page has no ${selector}`);
  return el;
}
