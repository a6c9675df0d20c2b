// Finding rows of a long list by the words in them. Escape empties the field.
import { h } from "./dom.js";
import { t, count } from "./i18n.js";

/**
 * `words`: the catalogue's key, with `.short` for the placeholder and `.found` for how many there are. `into` goes to the first row
 * that is found: by Enter or the arrow down, and by Escape from the empty field.
 * @template Row
 * @param {{ id: string, words: string, text: (row: Row) => string, changed: () => void, into?: () => void }} of
 */
export function searchField({ id, words, text, changed, into }) {
  const input = h("input", {
    type: "search",
    class: "input search",
    id,
    autocomplete: "off",
    spellcheck: "false",
    "aria-label": t(words),
    placeholder: t(`${words}.short`),
    maxlength: 40,
  });
  const told = h("p", { class: "soft", id: `${id}-found`, role: "status", hidden: true });
  input.addEventListener("input", changed);
  input.addEventListener("keydown", (event) => {
    // Whoever types Chinese chooses with these keys first.
    if (event.isComposing) return;
    const leaves = event.key === "Enter" || event.key === "ArrowDown" || (event.key === "Escape" && !input.value);
    if (leaves && into) {
      event.preventDefault();
      into();
    } else if (event.key === "Escape" && input.value) {
      event.preventDefault();
      input.value = "";
      changed();
    }
  });
  return {
    el: input,
    told,
    focus: () => {
      input.focus();
      input.select();
    },
    /** @param {Row[]} rows */
    filter: (rows) => {
      const sought = input.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
      const holds = (/** @type {Row} */ row) => {
        const all = text(row).toLowerCase();
        return sought.every((word) => all.includes(word));
      };
      const found = sought.length ? rows.filter(holds) : rows;
      const said = sought.length ? count(`${words}.found`, found.length) : "";
      if (told.textContent !== said) told.textContent = said;
      if (told.hidden !== !said) told.hidden = !said;
      return found;
    },
  };
}
