// The duplicate warning while typing: same document, or same name and birth date (mission.md, rule 7).
import { h, fill } from "../../lib/dom.js";
import { t, list } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";
import { post } from "../../lib/api.js";
import { dateClock } from "../../lib/time.js";

/** @typedef {import("../../types.js").Match} Match */
const QUIET_MS = 350;

/** @param {HTMLElement} el the member's card @param {HTMLElement} place where the warning goes @param {(name: string) => { value: string }} control @returns {() => void} looks again soon */
export function watchForDuplicates(el, place, control) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */ let timer;
  let asked = "";
  const look = async () => {
    const question = questionOf(control);
    const words = JSON.stringify(question);
    if (words === asked) return;
    asked = words;
    if (!question) {
      fill(place);
      return;
    }
    try {
      const { matches } = await post("/v1/arrivals/lookup", question);
      if (words === asked) fill(place, warning(matches));
    } catch {
      if (words === asked) fill(place, h("p", { class: "small soft" }, t("desk.twice.unknown")));
    }
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(look, QUIET_MS);
  };
  el.addEventListener("input", soon);
  return soon;
}

/** @param {(name: string) => { value: string }} control */
function questionOf(control) {
  const read = (/** @type {string} */ name) => control(name).value.trim();
  const number = read("document/number");
  const born_on = read("born_on");
  const name = [read("name/surname"), read("name/given")].filter(Boolean).join(" ");
  const out = {
    ...(number.length > 4 && read("document/country")
      ? { document: { kind: read("document/kind"), country: read("document/country"), number } }
      : {}),
    ...(name.length > 3 && born_on ? { name, born_on } : {}),
  };
  return Object.keys(out).length ? out : null;
}

/** @param {Match[]} matches */
function warning(matches) {
  const [first] = matches;
  if (!first) return null;
  const words = t(first.by === "document" ? "desk.twice.document" : "desk.twice.name", {
    label: list(matches.map((one) => one.label)),
    at: dateClock(first.registered_at),
  });
  return h("p", { class: "note note--alarm", "data-duplicate": first.party }, icon("alert"), h("span", {}, words));
}
