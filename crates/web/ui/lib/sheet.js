// A dialog over the page, as most of ours are: its button closes it, it leaves nothing behind, and whoever opened it has the focus again.
import { giveBack } from "./dom.js";

/** @param {HTMLDialogElement} dialog @param {HTMLElement} close */
export function showSheet(dialog, close) {
  const back = document.activeElement;
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    // A sheet that was opened from this one has it already.
    if (!document.querySelector("dialog[open]")) giveBack(back);
  });
  document.body.append(dialog);
  dialog.showModal();
}
