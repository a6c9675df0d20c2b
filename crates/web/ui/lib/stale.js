// The red line that says a board is not live any more, and the sign in the header that says it is.
import { h, fill, text } from "./dom.js";
import { announce } from "./say.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";
import { clockSeconds } from "./time.js";

/** @typedef {import("./feed.js").State} State */

/**
 * Shows a feed's state: the header's sign, the banner, and `data-stale` on <main> (rows are dimmed by CSS, never removed).
 * @param {{ banners: HTMLElement, main: HTMLElement, sign: HTMLElement }} shell @returns {(state: State) => void}
 */
export function staleBanner(shell) {
  const words = h("span", {});
  const banner = h("div", { class: "banner banner--alarm", id: "stale", hidden: true }, icon("alert"), words);
  shell.banners.append(banner);
  shell.sign.hidden = false;
  return (state) => {
    const dead = state.phase === "stale" || state.phase === "stopped";
    const said = dead ? bannerWords(state) : "";
    text(words, said);
    if (dead && banner.hidden) announce(said, true);
    banner.hidden = !dead;
    shell.main.toggleAttribute("data-stale", dead);
    shell.sign.dataset.phase = state.phase;
    fill(shell.sign, icon(dead ? "alert" : state.phase === "live" ? "circle" : "ring"), t(`feed.${state.phase}`));
  };
}

/** @param {State} state */
function bannerWords(state) {
  if (state.phase === "stopped")
    return t(state.code === 4403 ? "feed.banner.forbidden" : "feed.banner.stopped", { code: state.code ?? 0 });
  return state.asOf ? t("feed.banner.stale", { at: clockSeconds(state.asOf) }) : t("feed.banner.never");
}
