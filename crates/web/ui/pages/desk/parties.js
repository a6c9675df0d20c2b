// The open parties of this desk, live: the newest first, those that wait for the desk on top.
import { h, keyed, fillWhen, text } from "../../lib/dom.js";
import { t, count } from "../../lib/i18n.js";
import { tagChip, empty } from "../../lib/parts.js";
import { timeElement, length, now } from "../../lib/time.js";
import { stageChip, flightWords } from "./party-words.js";

/** @typedef {import("../../types.js").PartyRow} PartyRow */

const DONE = new Set(["handed_over", "released"]);
/** What the desk itself has to do something about. @param {PartyRow} row */
const isMine = (row) =>
  row.stage === "to_refer" ||
  row.stage === "referred" ||
  row.private_car?.state === "recorded" ||
  Boolean(row.private_car?.overdue);

/** @param {{ open: (party: string) => void }} on */
export function partyList(on) {
  const host = h("ul", { class: "parties" });
  const sum = h("p", { class: "soft small" });
  const nothing = empty(t("desk.parties.none"), t("desk.parties.none.words"));
  const el = h(
    "aside",
    { class: "desk__list stack stack--tight", "aria-label": t("desk.parties") },
    h("div", { class: "spread" }, h("h2", {}, t("desk.parties")), sum),
    nothing,
    host,
  );
  return {
    el,
    /** @param {PartyRow[]} rows @param {string} shown */
    paint: (rows, shown) => {
      const open = rows
        .filter((row) => !DONE.has(row.stage))
        .sort((a, b) => Number(isMine(b)) - Number(isMine(a)) || b.registered_at.localeCompare(a.registered_at));
      nothing.hidden = open.length > 0;
      text(
        sum,
        count(
          "people",
          open.reduce((n, row) => n + row.people.total, 0),
        ),
      );
      keyed(
        host,
        open,
        (row) => row.party,
        (first) => partyRow(first, on.open),
      );
      for (const button of host.querySelectorAll("button"))
        button.setAttribute("aria-pressed", String(button.dataset.party === shown));
    },
  };
}

/** @param {PartyRow} first @param {(party: string) => void} open */
function partyRow(first, open) {
  const button = h("button", {
    type: "button",
    class: "parties__row",
    "data-party": first.party,
    onclick: () => open(first.party),
  });
  return {
    el: h("li", {}, button),
    /** @param {PartyRow} row */
    update: (row) =>
      fillWhen(button, [row, Math.floor(now() / 60_000)], () => [
        h("span", { class: "parties__label" }, row.label),
        tagChip(row.tag),
        stageChip(row.stage),
        h(
          "span",
          { class: "soft small parties__more" },
          `${flightWords(row.flight)} · ${count("people", row.people.total)} · `,
          timeElement(row.registered_at, length(now() - Date.parse(row.registered_at))),
        ),
      ]),
  };
}
