// Keys for the queue: arrows or j/k move, Enter opens, p proposes a plan, ? shows them. Typing in a field or a dialog is left alone.
import { h } from "../../lib/dom.js";
import { t } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";

/** @param {(by: 1 | -1) => void} move @param {() => void} toDetail */
export function queueKeys(move, toDetail) {
  document.addEventListener("keydown", (event) => {
    const at = /** @type {HTMLElement} */ (event.target);
    if (event.ctrlKey || event.metaKey || event.altKey || at.closest("input, select, textarea, dialog")) return;
    const by = event.key === "j" || event.key === "ArrowDown" ? 1 : event.key === "k" || event.key === "ArrowUp" ? -1 : 0;
    if (by && (event.key.length === 1 || at === document.body || at.id === "main" || at.closest("#queue"))) { event.preventDefault(); move(by); }
    else if (event.key === "ArrowRight" && at.closest("#queue")) toDetail();
    else if (event.key === "?") showKeys();
  });
}

export const keysButton = () => h("button", { type: "button", class: "btn btn--quiet", id: "keys", onclick: showKeys }, icon("keys"), t("dispatch.keys"));

function showKeys() {
  const line = (/** @type {string} */ keys, /** @type {string} */ key) => [h("dt", {}, h("kbd", {}, keys)), h("dd", {}, t(key))];
  const close = h("button", { type: "button", class: "btn btn--big" }, t("close"));
  const dialog = h("dialog", { class: "sheet", "aria-labelledby": "keys-title" }, h("div", { class: "stack" }, h("h2", { id: "keys-title" }, t("dispatch.keys")), h("dl", { class: "facts" }, ...line("↑ ↓ · j k", "dispatch.keys.move"), ...line("Enter", "dispatch.keys.open"), ...line("→", "dispatch.keys.detail"), ...line("p", "dispatch.keys.plan"), ...line("?", "dispatch.keys.help")), close));
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
