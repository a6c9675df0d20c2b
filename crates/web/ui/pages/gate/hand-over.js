// The end of a stop: what each side has confirmed, and the acceptance that waits until nothing is missing.
import { h } from "../../lib/dom.js";
import { t, count } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";
import { note } from "../../lib/parts.js";
import { actionButton } from "../../lib/submit.js";
import { post } from "../../lib/api.js";
import { clock } from "../../lib/time.js";
import { missing, mayAccept } from "./steps.js";

/** @typedef {import("../../types.js").StopDetail} StopDetail */

/** @param {StopDetail} stop @param {string | null} role @param {() => Promise<unknown>} reload @returns {Node[]} */
export function handOver(stop, role, reload) {
  const sides = h(
    "ol",
    { class: "sides" },
    side(
      t("gate.escort-side"),
      stop.offered_at
        ? t("gate.offered", { at: clock(stop.offered_at) })
        : t(stop.arrived_at ? "gate.not-offered" : "gate.not-arrived"),
      stop.offered_at !== null,
    ),
    side(
      t("gate.squad-side"),
      stop.handed_over_at ? t("gate.accepted", { at: clock(stop.handed_over_at) }) : t("gate.not-accepted"),
      stop.handed_over_at !== null,
    ),
  );
  const title = h("h2", { class: "serif" }, t("gate.both"));
  if (stop.handed_over_at)
    return [
      title,
      sides,
      note(t("gate.complete", { people: count("people", stop.people.total), at: clock(stop.handed_over_at) }), "ok"),
    ];
  const open = [...(stop.offered_at ? [] : [t("gate.need-offer")]), ...missing(stop.people_list)];
  return [
    title,
    sides,
    ...(open.length ? [missingNote(open)] : []),
    ...(mayAccept(role)
      ? [accept(stop, open.length === 0, reload)]
      : [h("p", { class: "soft" }, t("gate.who-accepts"))]),
  ];
}

/** @param {string} who @param {string} words @param {boolean} done */
const side = (who, words, done) =>
  h(
    "li",
    { class: done ? "side side--done" : "side" },
    icon(done ? "check" : "ring"),
    h("span", {}, h("b", {}, who), h("span", {}, words)),
  );

/** @param {string[]} open */
export const missingNote = (open) =>
  h(
    "div",
    { class: "note note--warn", id: "missing" },
    icon("clock"),
    h(
      "div",
      {},
      h("b", {}, t("gate.missing")),
      h(
        "ul",
        {},
        open.map((line) => h("li", {}, line)),
      ),
    ),
  );

/** Disabled it stays reachable by keyboard and says why. @param {StopDetail} stop @param {boolean} ready @param {() => Promise<unknown>} reload */
function accept(stop, ready, reload) {
  const button = actionButton(
    t("gate.accept", { people: count("people", stop.people.total) }),
    () => post(`/v1/stops/${stop.stop}/accept`).then(reload),
    { class: "btn btn--big btn--primary btn--block", icon: "shield", id: "accept", done: t("gate.accept.done") },
  );
  if (!ready) {
    button.setAttribute("aria-disabled", "true");
    button.setAttribute("aria-describedby", "missing");
  }
  return button;
}
