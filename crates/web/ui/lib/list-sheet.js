// A sheet over the page with one list (phones, escorts, words about roads, closed gates): read when it opens and again after
// every deed; whoever stood on a button of it stands there again.
import { h, fill } from "./dom.js";
import { t } from "./i18n.js";
import { empty, note } from "./parts.js";
import { showSheet } from "./sheet.js";
import { worded } from "./submit.js";

/** @typedef {() => Promise<void>} Reload */

/**
 * `key` begins the ids and the words: `key.title`, `key.words`, `key.none`, `key.none.words`. `read` gives the lines, `act` a button
 * beside the one that closes, `vars` what stands in the title.
 * @param {{ key: string, list: string, read: (reload: Reload) => Promise<Node[]>, act?: (reload: Reload) => Node, vars?: Record<string, string> }} of
 */
export async function openList({ key, list: look, read, act, vars = {} }) {
  const list = h("ul", { class: `divided ${look}` });
  const close = h("button", { type: "button", class: "btn btn--big" }, t("close"));
  const reload = async () => {
    try {
      const lines = await read(reload);
      const held = list.contains(document.activeElement) ? document.activeElement?.id : "";
      fill(list, ...(lines.length ? lines : [h("li", {}, empty(t(`${key}.none`), t(`${key}.none.words`)))]));
      if (held) document.getElementById(held)?.focus();
    } catch (error) {
      fill(list, h("li", {}, note(worded(error), "alarm")));
    }
  };
  const dialog = h(
    "dialog",
    { class: "sheet sheet--list", "aria-labelledby": `${key}-title` },
    h(
      "div",
      { class: "stack" },
      h("h2", { id: `${key}-title` }, t(`${key}.title`, vars)),
      h("p", { class: "soft" }, t(`${key}.words`)),
      list,
      h("div", { class: "cluster cluster--end sheet__foot" }, close, act?.(reload) ?? null),
    ),
  );
  showSheet(dialog, close);
  await reload();
}
