// Accounts: who may do what, and where. The administrator adds people, and takes or gives back their access.
import { h, fill } from "../lib/dom.js";
import { t, count, name } from "../lib/i18n.js";
import { openPage, grantWords } from "../lib/shell.js";
import { reference } from "../lib/session.js";
import { get, post } from "../lib/api.js";
import { worded } from "../lib/submit.js";
import { icon } from "../lib/icons.js";
import { chip, note, ask } from "../lib/parts.js";
import { searchField } from "../lib/search.js";
import { addAccount } from "./accounts/add.js";

/** @typedef {import("../types.js").Account} Account */
/** @typedef {import("../types.js").Grant} Grant */

const FIRST_STEPS = /** @type {const} */ (["dispatcher", "duty_officer", "escort", "squad", "site_manager"]);

/** A city has thousands; nobody reads more than this to find one. */
const SHOWN = 200;

const shell = await openPage({ title: t("accounts.title") });
const known = await reference();
const guide = h("div", {});
const table = h("div", { class: "card table-wrap" });
const more = h("p", { class: "soft", id: "accounts-more" });
const search = searchField({ id: "accounts-search", words: "accounts.search", text: textOf, changed: show });
/** @type {Account[]} */
let accounts = [];
const add = h(
  "button",
  {
    type: "button",
    class: "btn btn--primary btn--big",
    id: "add-account",
    onclick: async () => {
      if (await addAccount(known)) await paint();
    },
  },
  icon("plus"),
  t("accounts.add"),
);
shell.main.append(
  h(
    "div",
    { class: "stack" },
    h("div", { class: "spread" }, h("p", { class: "readable soft" }, t("accounts.words")), add),
    guide,
    h("div", { class: "spread accounts__find" }, search.el, search.told),
    table,
    more,
  ),
);
document.addEventListener("keydown", (event) => {
  const at = /** @type {HTMLElement} */ (event.target);
  if (event.key !== "/" || at.closest("input, select, textarea, dialog")) return;
  event.preventDefault();
  search.focus();
});
await paint();
document.documentElement.dataset.ready = "1";

async function paint() {
  try {
    accounts = /** @type {Account[]} */ ((await get("/v1/accounts")).accounts);
    fill(guide, firstRun(accounts));
    show();
  } catch (error) {
    fill(table, note(worded(error), "alarm"));
  }
}

/** Those that were looked for, as many as somebody reads. */
function show() {
  const found = search.filter(accounts);
  fill(table, list(found.slice(0, SHOWN)));
  const left = found.length - SHOWN;
  more.textContent = left > 0 ? count("accounts.more", left) : "";
}

/** What an account is found by. @param {Account} account */
function textOf(account) {
  const state = t(account.disabled ? "accounts.disabled" : "accounts.enabled");
  const { display_name, username, grant, phone } = account;
  return [display_name, username, phone ?? "", roleWords(grant), placeOf(grant), state].join(" ");
}

/** What to create next, while some role of the way home has nobody. @param {Account[]} accounts */
function firstRun(accounts) {
  const roles = new Set(accounts.filter((one) => !one.disabled).map((one) => one.grant.role));
  if (FIRST_STEPS.every((role) => roles.has(role))) return null;
  return h(
    "section",
    { class: "card stack stack--tight" },
    h("h2", {}, t("accounts.first")),
    h("p", { class: "soft" }, t("accounts.first.words")),
    h(
      "ol",
      { class: "steps" },
      FIRST_STEPS.map((role) =>
        h(
          "li",
          { class: "step", "data-done": String(roles.has(role)) },
          roles.has(role) ? icon("check") : icon("ring"),
          h("b", {}, t(`role.${role}`)),
          h("span", { class: "soft" }, t(`accounts.first.${role}`)),
          roles.has(role) ? h("span", { class: "sr-only" }, t("accounts.first.done")) : null,
        ),
      ),
    ),
  );
}

/** @param {Account[]} accounts */
function list(accounts) {
  const head = ["name", "username", "role", "place", "phone", "state"].map((key) =>
    h("th", { scope: "col" }, t(`accounts.${key}`)),
  );
  return h(
    "table",
    { class: "table accounts" },
    h("caption", { class: "sr-only" }, t("accounts.title")),
    h("thead", {}, h("tr", {}, head, h("td", {}))),
    h("tbody", {}, accounts.map(row)),
  );
}

/** @param {Account} account */
function row(account) {
  const own = account.id === shell.session.account.id;
  return h(
    "tr",
    { "data-account": account.username, "data-disabled": String(Boolean(account.disabled)) },
    h("th", { scope: "row", class: "account__name" }, account.display_name),
    h("td", { class: "mono" }, account.username),
    h("td", {}, roleWords(account.grant)),
    h("td", {}, placeOf(account.grant)),
    h("td", { class: "num tel nowrap" }, account.phone ?? ""),
    h(
      "td",
      {},
      account.disabled ? chip(t("accounts.disabled"), "alarm", "cross") : chip(t("accounts.enabled"), "ok", "check"),
    ),
    h("td", {}, own ? h("span", { class: "soft small" }, t("accounts.you")) : toggle(account)),
  );
}

/** @param {Grant} grant */
function roleWords(grant) {
  return grant.role === "squad" ? `${t("role.squad")} · ${grantWords(grant)}` : grantWords(grant);
}

/** @param {Grant} grant */
function placeOf(grant) {
  const of = (/** @type {{ code: string, name: import("../types.js").Name }[]} */ all, /** @type {string} */ code) =>
    name(all.find((one) => one.code === code)?.name ?? { zh: code, en: code });
  switch (grant.role) {
    case "duty_officer":
      return of(known.desks, grant.desk);
    case "squad":
      return of(known.jurisdictions, grant.place);
    case "site_manager":
      return of(known.receivers, grant.site);
    case "dispatcher":
    case "escort":
    case "command":
    case "export":
      return of(known.jurisdictions, grant.district);
    default:
      return "";
  }
}

/** @param {Account} account */
function toggle(account) {
  const what = account.disabled ? "enable" : "disable";
  const run = () =>
    ask({
      title: t(`accounts.${what}.ask`, { name: account.display_name }),
      body: [h("p", {}, t(`accounts.${what}.words`))],
      confirm: t(`accounts.${what}`),
      danger: what === "disable",
      send: () => post(`/v1/accounts/${account.id}/${what}`),
    });
  return h(
    "button",
    {
      type: "button",
      class: "btn",
      "aria-label": `${t(`accounts.${what}`)}: ${account.display_name}`,
      onclick: async () => {
        if (await run()) await paint();
      },
    },
    t(`accounts.${what}`),
  );
}
