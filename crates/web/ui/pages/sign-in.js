// Sign-in: name, password, and back to where one came from.
import { h, one } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { openPublicPage } from "../lib/shell.js";
import { field, valueOf, note } from "../lib/parts.js";
import { onSubmit } from "../lib/submit.js";
import { get, signIn } from "../lib/api.js";
import { forget } from "../lib/position.js";

const shell = openPublicPage({ title: t("sign-in.title") });
const form = h(
  "form",
  { class: "card stack", id: "sign-in" },
  h("h2", { class: "serif" }, t("sign-in.welcome")),
  field({
    name: "username",
    label: t("sign-in.username"),
    autocomplete: "username",
    required: true,
    id: "username",
    maxlength: 64,
  }),
  field({
    name: "password",
    label: t("sign-in.password"),
    type: "password",
    autocomplete: "current-password",
    required: true,
    id: "password",
    maxlength: 256,
  }),
  h("p", { role: "alert" }),
  h("button", { type: "submit", class: "btn btn--big btn--primary btn--block" }, t("sign-in.submit")),
);
const setUp = h("div", { class: "stack" });
shell.main.append(
  h(
    "div",
    { class: "narrow stack stack--loose door" },
    h("p", { class: "door__line serif" }, t("sign-in.line")),
    setUp,
    form,
  ),
);

onSubmit(form, async () => {
  await signIn(valueOf(form, "username"), String(new FormData(form).get("password") ?? ""));
  forget();
  location.replace(next());
});
one("#username").focus();
offerSetUp();
document.documentElement.dataset.ready = "1";

/** Only a path of this site is a way back. */
function next() {
  const asked = new URLSearchParams(location.search).get("next") ?? "/";
  const url = new URL(asked, location.origin);
  return url.origin === location.origin ? url.pathname + url.search : "/";
}

/** An empty register has nobody who could sign in: say so and show the way. */
async function offerSetUp() {
  const state = await get("/v1/setup").catch(() => ({ needed: false }));
  if (state.needed)
    setUp.append(
      note(t("sign-in.setup"), "info"),
      h("a", { class: "btn btn--big btn--block", href: "/setup" }, t("sign-in.setup.go")),
    );
}
