// Ties controls to writes: the busy button, the worded refusal, the field it belongs to. The requests themselves live in api.js.
import { h } from "./dom.js";
import { announce, toast } from "./say.js";
import { t, has, number, country } from "./i18n.js";
import { icon } from "./icons.js";
import { clock } from "./time.js";
import { Refused } from "./api.js";

/** @typedef {import("../types.js").Problem} Problem */

/** The refusal in words. @param {unknown} error @returns {string} */
export function worded(error) {
  if (!(error instanceof Refused)) return t("problem.unknown", { code: error instanceof Error ? error.message : "" });
  const { problem } = error;
  const key = `problem.${problem.code}`;
  if (has(key)) return t(key, vars(problem));
  return t("problem.other", { title: problem.title || problem.code, mend: problem.mend ?? problem.detail ?? "" });
}

/** Data members as placeholders: instants as clocks, numbers by Intl. @param {Problem} problem @returns {Record<string, string>} */
function vars(problem) {
  /** @type {Record<string, string>} */ const out = {};
  for (const [name, value] of Object.entries(problem)) {
    if (typeof value === "number") out[name] = number(value);
    else if (typeof value !== "string") continue;
    else if (/^\d{4}-\d\d-\d\dT/.test(value)) out[name] = clock(value);
    else
      out[name] = /^[A-Z]{3}$/.test(value) ? country(value) : has(`${name}.${value}`) ? t(`${name}.${value}`) : value;
  }
  // What is wrong in the reader's language; the mend behind it is the server's, which has the bounds.
  const wrong = `invalid.${problem.reason}`;
  if (has(wrong)) out.why = t(wrong);
  return out;
}

/**
 * Runs one write for a button: busy until answered, a second tap does nothing, a refusal is worded by a toast.
 * @param {HTMLButtonElement} button @param {() => Promise<unknown>} doing @param {{ done?: string, refused?: (words: string, error: unknown) => void }} [say]
 * @returns {Promise<boolean>} true when it went through
 */
export async function act(button, doing, say = {}) {
  if (button.getAttribute("aria-busy") === "true" || button.getAttribute("aria-disabled") === "true") return false;
  button.setAttribute("aria-busy", "true");
  try {
    await doing();
    if (say.done) toast(say.done);
    return true;
  } catch (error) {
    const words = worded(error);
    if (say.refused) say.refused(words, error);
    else toast(words, "alarm");
    return false;
  } finally {
    button.removeAttribute("aria-busy");
  }
}

/** A button that runs a write. @param {string} words @param {(button: HTMLButtonElement) => Promise<unknown>} doing
 * @param {{ class?: string, icon?: import("./icons.js").IconName, done?: string, id?: string, label?: string }} [how] @returns {HTMLButtonElement} */
export function actionButton(words, doing, how = {}) {
  const button = h(
    "button",
    { type: "button", class: how.class ?? "btn", id: how.id, "aria-label": how.label },
    how.icon ? icon(how.icon) : null,
    words,
  );
  button.addEventListener("click", () => act(button, () => doing(button), how.done ? { done: how.done } : {}));
  return button;
}

/**
 * Runs a form's write on submit. A refusal that names a field is shown at that field, which gets the focus; else in the form's
 * `[role=alert]` line (made if there is none). Names of controls are the wire's pointers (`members/0/document/number`).
 * @param {HTMLFormElement} form @param {(form: HTMLFormElement) => Promise<unknown>} doing @param {{ done?: string }} [say]
 */
export function onSubmit(form, doing, say = {}) {
  form.noValidate = true;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = /** @type {HTMLButtonElement | null} */ (
      event.submitter ?? form.querySelector("button[type=submit]")
    );
    if (!button) return;
    clearErrors(form);
    if (!firstMissing(form))
      await act(button, () => doing(form), { ...say, refused: (words, error) => showRefusal(form, words, error) });
  });
}

/** @param {HTMLFormElement} form @param {string} words @param {unknown} error */
function showRefusal(form, words, error) {
  const pointer = error instanceof Refused ? error.problem.field : undefined;
  const control = pointer ? controlOf(form, pointer) : null;
  if (control) showFieldError(control, words);
  else formAlert(form, words);
}

/** @param {HTMLFormElement} form @param {string} pointer @returns {HTMLElement | null} */
function controlOf(form, pointer) {
  const found = form.elements.namedItem(pointer);
  return found instanceof RadioNodeList
    ? /** @type {HTMLElement | null} */ (found[0] ?? null)
    : /** @type {HTMLElement | null} */ (found);
}

/** Marks a control as wrong and words it below it; with `focus` it is read out and gets the focus, which one of several does. @param {HTMLElement} control @param {string} words @param {boolean} [focus] */
export function showFieldError(control, words, focus = true) {
  const line = document.getElementById(`${control.id}-error`);
  control.setAttribute("aria-invalid", "true");
  if (line) line.replaceChildren(icon("alert"), words);
  else toast(words, "alarm");
  if (!focus) return;
  control.focus();
  announce(words, true);
}

/** @param {HTMLFormElement} form @param {string} words */
function formAlert(form, words) {
  const line = form.querySelector("[role=alert]") ?? form.appendChild(h("p", { role: "alert" }));
  line.className = "note note--alarm";
  line.replaceChildren(icon("alert"), h("span", {}, words));
  line.scrollIntoView({ block: "nearest" });
}

/** @param {HTMLFormElement} form */
export function clearErrors(form) {
  for (const el of form.querySelectorAll("[aria-invalid]")) el.removeAttribute("aria-invalid");
  for (const el of form.querySelectorAll(".field__error, [role=alert]")) {
    el.replaceChildren();
    if (el.getAttribute("role") === "alert") el.className = "";
  }
}

/** Words the browser's own checks in our language. @param {HTMLFormElement} form @returns {boolean} true when something is missing */
function firstMissing(form) {
  const groups = new Set();
  const wrong = [...form.elements]
    .filter(
      (el) => el instanceof HTMLInputElement || el instanceof HTMLSelectElement || el instanceof HTMLTextAreaElement,
    )
    .filter((el) => !el.validity.valid)
    // Of the choices of one question the first stands for all.
    .filter((el) => el.type !== "radio" || (!groups.has(el.name) && groups.add(el.name)));
  wrong.forEach((el, index) =>
    showFieldError(el, t(el.validity.valueMissing ? "field.missing" : "field.wrong"), index === 0),
  );
  return wrong.length > 0;
}
