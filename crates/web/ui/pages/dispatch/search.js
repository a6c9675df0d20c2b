// Finding a party in a long queue: by its label, flight, gate, country or stage. Escape empties the field.
import { h } from "../../lib/dom.js";
import { t, count, country, name } from "../../lib/i18n.js";
import { flightWords } from "../desk/party-words.js";

/** @typedef {import("../../types.js").PartyRow} PartyRow */

/** @param {() => void} changed */
export function searchField(changed) {
  const input = h("input", {
    type: "search",
    class: "input queue__search",
    id: "queue-search",
    autocomplete: "off",
    spellcheck: "false",
    "aria-label": t("dispatch.search"),
    placeholder: t("dispatch.search.short"),
    maxlength: 40,
  });
  const none = h("p", { class: "soft", id: "queue-unfound", role: "status", hidden: true });
  input.addEventListener("input", changed);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !input.value) return;
    event.preventDefault();
    input.value = "";
    changed();
  });
  return {
    el: input,
    none,
    focus: () => {
      input.focus();
      input.select();
    },
    /** @param {PartyRow[]} rows */
    filter: (rows) => {
      const words = input.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
      const found = words.length
        ? rows.filter((row) => {
            const text = textOf(row);
            return words.every((word) => text.includes(word));
          })
        : rows;
      const said = words.length ? count("dispatch.search.found", found.length) : "";
      if (none.textContent !== said) none.textContent = said;
      if (none.hidden !== !said) none.hidden = !said;
      return found;
    },
  };
}

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
  ]
    .join(" ")
    .toLowerCase();
}
