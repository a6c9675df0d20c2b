// Home: the screens of one's role as large doors; a squad or site sees each receiver it stands for.
import { h } from "../lib/dom.js";
import { t, name } from "../lib/i18n.js";
import { openPage, grantWords } from "../lib/shell.js";
import { reference, receiversOf, screensOf } from "../lib/session.js";
import { icon } from "../lib/icons.js";
import { clock, date, now } from "../lib/time.js";

/** @type {Record<string, import("../lib/icons.js").IconName>} */
const ICONS = {
  desk: "scan",
  dispatch: "bus",
  trip: "bus",
  board: "gate",
  site: "bed",
  sites: "pin",
  accounts: "keys",
  lists: "list",
  numbers: "chart",
  accuracy: "clock",
};

const shell = await openPage({ title: t("home.title") });
const { grant, display_name: who } = shell.session.account;
const screens = screensOf(grant);
shell.main.append(
  h(
    "div",
    { class: "stack stack--loose" },
    h(
      "div",
      {},
      h("p", { class: "hello serif" }, t(greeting(), { who })),
      h("p", { class: "soft" }, `${grantWords(grant)} · ${date(now())}`),
    ),
    h(
      "ul",
      { class: "doors" },
      screens.map((screen) =>
        door(`/${screen}`, ICONS[screen] ?? "ring", t(`home.${screen}`), t(`home.${screen}.sub`)),
      ),
    ),
    await receivers(),
  ),
);
document.documentElement.dataset.ready = "1";

function greeting() {
  const hour = Number(clock(now()).slice(0, 2));
  if (hour < 5 || hour >= 22) return "home.hello.night";
  return hour < 12 ? "home.hello.morning" : hour < 18 ? "home.hello.day" : "home.hello.evening";
}

/** @param {string} href @param {import("../lib/icons.js").IconName} shape @param {string} title @param {string} sub */
function door(href, shape, title, sub) {
  return h(
    "li",
    {},
    h(
      "a",
      { class: "card door-card", href },
      h("span", { class: "door-card__icon" }, icon(shape)),
      h("span", {}, h("b", {}, title), h("span", { class: "soft" }, sub)),
    ),
  );
}

/** A squad with several receivers, or a dispatcher: one door a board. */
async function receivers() {
  if (!screens.includes("board")) return null;
  const known = await reference();
  const mine = receiversOf(grant, known);
  if (mine.length < 2) return null;
  const part = (/** @type {string} */ code) => {
    const found = known.jurisdictions.find((one) => one.code === code);
    return found ? name(found.name) : "";
  };
  return h(
    "section",
    { class: "stack" },
    h("h2", { class: "serif" }, t("home.receivers")),
    h(
      "ul",
      { class: "doors doors--small" },
      mine.map((one) =>
        door(
          `/board/${one.code}`,
          one.kind === "site" ? "bed" : "gate",
          name(one.name),
          part(one.jurisdiction.slice(0, 9)),
        ),
      ),
    ),
  );
}
