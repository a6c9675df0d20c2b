// The frame of every screen: skip link, header, banners, main, DEMO. A page calls `openPage` first and puts itself into `main`.
import { h, fill, one } from "./dom.js";
import { announce } from "./say.js";
import { t, lang, setLang } from "./i18n.js";
import { icon, mark } from "./icons.js";
import { session, signOut } from "./session.js";
import { act } from "./submit.js";

/** @typedef {import("../types.js").Session} Session */
/** @typedef {{ session: Session, main: HTMLElement, banners: HTMLElement, sign: HTMLElement, setTitle: (title: string) => void }} Shell */

/** For a signed-in page. Nothing is shown before the session is known. @param {{ title: string, wide?: boolean }} of @returns {Promise<Shell>} */
export async function openPage(of) {
  const who = await session();
  const shell = frame(of, who);
  return { ...shell, session: who };
}

/** For pages without a session (sign-in, set-up). @param {{ title: string }} of */
export const openPublicPage = (of) => frame(of, null);

/** @param {{ title: string, wide?: boolean }} of @param {Session | null} who */
function frame(of, who) {
  const sign = h("span", { class: "live", id: "live", hidden: true });
  const title = h("h1", {}, of.title);
  const banners = h("section", { id: "banners", "aria-label": t("banners") });
  const main = h("main", { id: "main", tabindex: "-1", class: of.wide ? "page page--wide" : "page" });
  fill(
    one("#page"),
    h("a", { class: "skip", href: "#main" }, t("skip")),
    h("div", { class: "head" }, header(title, sign, who), banners),
    main,
  );
  if (who?.demo) document.body.append(h("div", { class: "demo-water", "aria-hidden": "true" }, "DEMO"));
  const setTitle = (/** @type {string} */ words) => {
    title.textContent = words;
    document.title = `${words} · ${t("product")}`;
  };
  setTitle(of.title);
  return { main, banners, sign, setTitle };
}

/** @param {HTMLElement} title @param {HTMLElement} sign @param {Session | null} who */
function header(title, sign, who) {
  return h(
    "header",
    { class: "topbar" },
    h("a", { class: "brand", href: "/" }, mark(), t("product")),
    title,
    who?.demo ? h("span", { class: "demo-mark", title: t("demo.means") }, "DEMO") : null,
    sign,
    who ? h("p", { class: "topbar__who" }, h("b", {}, who.account.display_name), grantWords(who.account.grant)) : null,
    h("div", { class: "topbar__tools" }, langSwitch(), themeSwitch(), who ? signOutButton() : null),
  );
}

/** A grant in words: "doctor, reception squad". @param {import("../types.js").Grant} grant @returns {string} */
export function grantWords(grant) {
  if (grant.role === "squad") return t(`squad_role.${grant.squad_role}`);
  return t(`role.${grant.role}`);
}

function langSwitch() {
  const other = lang === "zh-CN" ? "en" : "zh-CN";
  return h(
    "button",
    { type: "button", class: "btn btn--quiet", id: "lang", lang: other, onclick: () => setLang(other) },
    other === "en" ? "English" : "中文",
  );
}

const isDark = () =>
  document.documentElement.dataset.theme === "dark" ||
  (!document.documentElement.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches);

function themeSwitch() {
  const button = h("button", { type: "button", class: "btn btn--quiet", id: "theme" });
  const paint = () => {
    fill(button, icon(isDark() ? "sun" : "moon"));
    button.setAttribute("aria-label", t(isDark() ? "theme.day" : "theme.night"));
    button.title = t(isDark() ? "theme.day" : "theme.night");
  };
  button.addEventListener("click", () => {
    const theme = isDark() ? "light" : "dark";
    document.documentElement.dataset.theme = theme;
    try {
      localStorage.setItem("theme", theme);
    } catch {
      announce(t("theme.not-kept"));
    }
    paint();
  });
  paint();
  return button;
}

function signOutButton() {
  const button = h(
    "button",
    { type: "button", class: "btn btn--quiet", id: "sign-out", "aria-label": t("sign-out"), title: t("sign-out") },
    icon("out"),
  );
  button.addEventListener("click", () => act(button, signOut));
  return button;
}
