// First run: the code from the console, the first administrator, what to do next. Three steps on one page.
import { h, fill } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { openPublicPage } from "../lib/shell.js";
import { field, valueOf, note } from "../lib/parts.js";
import { onSubmit, showFieldError } from "../lib/submit.js";
import { get, setUp } from "../lib/api.js";

const shell = openPublicPage({ title: t("setup.title") });
const state = await get("/v1/setup").catch(() => ({ needed: true }));
if (state.needed) ask();
else finished(t("setup.done-before"), [t("setup.next.sign-in")]);
document.documentElement.dataset.ready = "1";

function ask() {
  const form = h(
    "form",
    { class: "card stack stack--loose", id: "setup" },
    step(
      1,
      t("setup.code.title"),
      h("p", { class: "soft" }, t("setup.code.where")),
      field({ name: "code", label: t("setup.code"), required: true, maxlength: 64, class: "mono", id: "code" }),
    ),
    step(
      2,
      t("setup.account.title"),
      field({
        name: "display_name",
        label: t("setup.display-name"),
        hint: t("setup.display-name.hint"),
        required: true,
        autocomplete: "name",
        maxlength: 64,
      }),
      field({
        name: "username",
        label: t("sign-in.username"),
        required: true,
        autocomplete: "username",
        maxlength: 64,
      }),
      field({
        name: "password",
        label: t("sign-in.password"),
        hint: t("setup.password.hint"),
        type: "password",
        required: true,
        autocomplete: "new-password",
        maxlength: 256,
      }),
      field({
        name: "again",
        label: t("setup.again"),
        type: "password",
        required: true,
        autocomplete: "new-password",
        maxlength: 256,
      }),
    ),
    h("p", { role: "alert" }),
    h("button", { type: "submit", class: "btn btn--big btn--primary btn--block" }, t("setup.submit")),
  );
  shell.main.append(
    h("div", { class: "narrow stack stack--loose door" }, h("p", { class: "door__line serif" }, t("setup.line")), form),
  );
  onSubmit(form, () => send(form));
}

/** @param {HTMLFormElement} form */
async function send(form) {
  const raw = new FormData(form);
  const again = form.elements.namedItem("again");
  if (raw.get("password") !== raw.get("again") && again instanceof HTMLElement)
    return showFieldError(again, t("setup.differ"));
  await setUp({
    code: valueOf(form, "code"),
    username: valueOf(form, "username"),
    password: String(raw.get("password")),
    display_name: valueOf(form, "display_name"),
  });
  finished(
    t("setup.done"),
    ["sign-in", "accounts", "lists", "people"].map((key) => t(`setup.next.${key}`)),
  );
}

/** @param {number} number @param {string} title @param {...Node} kids */
function step(number, title, ...kids) {
  return h(
    "fieldset",
    { class: "stack" },
    h("legend", { class: "step" }, h("span", { class: "step__number", "aria-hidden": "true" }, number), title),
    ...kids,
  );
}

/** @param {string} words @param {string[]} next */
function finished(words, next) {
  fill(
    shell.main,
    h(
      "div",
      { class: "narrow stack stack--loose door" },
      note(words, "ok"),
      h(
        "div",
        { class: "card stack" },
        h("h2", {}, t("setup.next")),
        h(
          "ol",
          {},
          next.map((line) => h("li", {}, line)),
        ),
        h("a", { class: "btn btn--big btn--primary", href: "/sign-in" }, t("sign-in.submit")),
      ),
    ),
  );
}
