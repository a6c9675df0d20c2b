// What a party in the queue is found by: its label, flight, gate, country, stage or tag.
import { t, country, name } from "../../lib/i18n.js";
import { searchField } from "../../lib/search.js";
import { flightWords } from "../desk/party-words.js";

/** @typedef {import("../../types.js").PartyRow} PartyRow */

/** @param {{ changed: () => void, into: () => void }} does */
export const queueSearch = (does) =>
  searchField({ id: "queue-search", words: "dispatch.search", text: textOf, ...does });

/** @param {PartyRow} row */
function textOf(row) {
  const to = row.destination;
  const gate = to?.kind === "home" && typeof to.gate !== "string" ? name(to.gate.compound) : "";
  return [
    row.label,
    flightWords(row.flight),
    gate,
    ...row.from.map(country),
    t(`stage.${row.stage}`),
    t(`tag.${row.tag}`),
  ].join(" ");
}
