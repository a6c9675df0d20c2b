// Says something to whoever looks (a line that goes by itself) and to whoever listens (live regions). While a dialog is open everything
// outside it is out of reach for fingers and screen readers alike, so both stand inside the dialog on top, else in the page.
import { h } from "./dom.js";

/** A live region that was just put elsewhere is not heard: its words come a moment after it. */
const HEARD_AFTER_MS = 100;
const GOES_AFTER_MS = { ok: 4500, alarm: 9000 };

/** @type {HTMLElement | null} */ let host = null;
const polite = h("p", { class: "sr-only", role: "status" });
const urgent = h("p", { class: "sr-only", role: "alert" });
// In the top layer: over the dialog, not within its scrolling.
const lines = h("div", { class: "toasts", popover: "manual", "aria-hidden": "true" });

/** The dialog on top, or the page. @returns {HTMLElement} */
const top = () =>
  [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("dialog:modal"))].at(-1) ?? document.body;

/** Brings the regions to where they are heard and seen; gives whether they were elsewhere. */
function bring() {
  const now = top();
  if (host === now && lines.isConnected) return false;
  host = now;
  now.append(polite, urgent, lines);
  if (now instanceof HTMLDialogElement) now.addEventListener("close", () => takeAlong(now), { once: true });
  if (lines.hasChildNodes()) lines.showPopover();
  return true;
}

/** A dialog that closes does not take its last words with it. @param {HTMLElement} from */
function takeAlong(from) {
  if (host === from) bring();
}

/** Says something to screen readers. @param {string} words @param {boolean} [now] interrupt what is being read */
export function announce(words, now = false) {
  const say = () => {
    (now ? urgent : polite).textContent = words;
  };
  if (bring()) setTimeout(say, HEARD_AFTER_MS);
  else say();
}

/** A line that goes by itself, or by a tap when it is a refusal. Screen readers hear it announced, so the line itself is hidden from
 * them. @param {string} words @param {"ok" | "alarm"} [tone] */
export function toast(words, tone = "ok") {
  const line = h("p", { class: tone === "alarm" ? "toast toast--alarm" : "toast" }, words);
  const go = () => {
    line.remove();
    if (!lines.hasChildNodes() && lines.matches(":popover-open")) lines.hidePopover();
  };
  announce(words, tone === "alarm");
  lines.append(line);
  if (tone === "alarm") line.addEventListener("click", go);
  // Shown anew: whatever came into the top layer since then is below it.
  if (lines.matches(":popover-open")) lines.hidePopover();
  lines.showPopover();
  setTimeout(go, GOES_AFTER_MS[tone]);
}
