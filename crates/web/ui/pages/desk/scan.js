// The scan box: a passport reader types the lines of the machine-readable zone, each ended by Enter. Lines are collected here
// and read by the server; what becomes of a reading is not here.
import { h, fill } from "../../lib/dom.js";
import { announce } from "../../lib/say.js";
import { t } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";
import { post, Refused } from "../../lib/api.js";
import { worded } from "../../lib/submit.js";

/** @typedef {import("../../types.js").MrzRead} MrzRead */

/** Lines a zone has, by the length of its first line: three of 30, else two (36 or 44). @param {string[]} lines */
const isWhole = (lines) => lines.length >= ((lines[0]?.length ?? 0) <= 32 ? 3 : 2);

/** What a reader typed, as clean lines. @param {string} typed @returns {string[]} */
const linesOf = (typed) =>
  typed
    .toUpperCase()
    .split(/[\r\n]+/)
    .map((line) => line.replace(/[^A-Z0-9<]/g, ""))
    .filter(Boolean);

/** @param {(read: MrzRead) => void} onRead */
export function scanBox(onRead) {
  const input = h("textarea", {
    class: "input scan__input mono",
    id: "scan",
    rows: 2,
    spellcheck: "false",
    autocomplete: "off",
    autocapitalize: "characters",
    "aria-describedby": "scan-state",
    placeholder: t("desk.scan.placeholder"),
  });
  const state = h("p", { class: "scan__state", id: "scan-state", role: "status" }, t("desk.scan.hint"));
  const box = h(
    "div",
    { class: "scan card", "data-state": "ready" },
    h("label", { htmlFor: "scan", class: "scan__label" }, icon("scan"), h("span", {}, t("desk.scan"))),
    input,
    state,
  );
  const say = (/** @type {string} */ tone, /** @type {string} */ words) => {
    box.dataset.state = tone;
    fill(state, tone === "bad" ? icon("alert") : tone === "ok" ? icon("check") : null, words);
  };
  input.addEventListener("input", () => {
    if (/[\r\n]/.test(input.value)) take();
    else if (!input.value) say("ready", t("desk.scan.hint"));
  });
  async function take() {
    const lines = linesOf(input.value);
    if (lines.length === 0) {
      input.value = "";
      return;
    }
    if (!isWhole(lines)) {
      say("ready", t("desk.scan.more", { n: lines.length }));
      return;
    }
    const last = lines.at(-1) ?? "";
    if (!/[\r\n]\s*$/.test(input.value) && last.length < (lines[0]?.length ?? 0)) return;
    input.value = "";
    say("busy", t("desk.scan.busy"));
    try {
      const read = /** @type {MrzRead} */ (await post("/v1/mrz", { lines }));
      const failed = read.checks.filter((check) => !check.ok).length;
      say(failed ? "bad" : "ok", failed ? t("desk.scan.failed", { n: failed }) : t("desk.scan.ok"));
      onRead(read);
    } catch (error) {
      const words = error instanceof Refused && error.problem.status === 422 ? t("desk.scan.unread") : worded(error);
      say("bad", words);
      announce(words, true);
    }
  }
  catchStrayKeys(input);
  return {
    el: box,
    focus: () => input.focus({ preventScroll: true }),
    reset: () => {
      input.value = "";
      say("ready", t("desk.scan.hint"));
    },
  };
}

/** A reader types wherever the focus is; with the focus nowhere its keys belong to the box. @param {HTMLTextAreaElement} input */
function catchStrayKeys(input) {
  document.addEventListener("keydown", (event) => {
    const nowhere = document.activeElement === document.body || document.activeElement?.id === "main";
    if (nowhere && /^[A-Za-z0-9<]$/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey)
      input.focus({ preventScroll: true });
  });
}
