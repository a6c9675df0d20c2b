// The observation site: its rooms in numbers, who comes, and the hand-over at its door. Rows are those of the board.
import { h, fill, fillWhen } from "../lib/dom.js";
import { t, name, number } from "../lib/i18n.js";
import { openPage } from "../lib/shell.js";
import { reference, receiversOf } from "../lib/session.js";
import { Feed } from "../lib/feed.js";
import { staleBanner } from "../lib/stale.js";
import { everySecond } from "../lib/time.js";
import { note, chip } from "../lib/parts.js";
import { boardLists } from "./board/lists.js";
import { Watch } from "./board/watch.js";
import { ownRole } from "./board/words.js";

/** @typedef {import("../types.js").SiteRow} SiteRow */

const shell = await openPage({ title: t("site.title"), wide: true });
const known = await reference();
const grant = shell.session.account.grant;
const site = receiversOf(grant, known).find((one) => one.kind === "site");
if (site) follow(site);
else fill(shell.main, note(t("board.no-receiver"), "info"));
document.documentElement.dataset.ready = "1";

/** @param {import("../types.js").Reference["receivers"][number]} site */
function follow(site) {
  shell.setTitle(name(site.name));
  const beds = h("div", { class: "beds", "aria-label": t("site.beds"), role: "group" });
  const watch = new Watch();
  const lists = boardLists({ role: ownRole(grant), isSite: () => true, receiverName: () => name(site.name), many: false });
  shell.main.append(h("div", { class: "strip" }, beds, watch.el), lists.el);
  const showState = staleBanner(shell);
  const paint = () => {
    lists.paint(feed.rows(), feed.state);
    const row = feed.rows().find((one) => one.kind === "site");
    fillWhen(beds, row ?? null, () => (row?.kind === "site" ? numbers(row) : [h("span", { class: "soft" }, t("site.no-numbers"))]));
  };
  const feed = new Feed({ streams: [site.code], hb: 1, onState: (state) => { showState(state); paint(); }, onChange: (_, change) => {
    paint();
    if (change.kind === "event" && change.code === "notice.sent") watch.ring(2);
  } });
  showState(feed.state);
  everySecond(() => { paint(); watch.turn(lists.pending(feed.rows()), false); });
}

/** @param {SiteRow} row */
function numbers(row) {
  const one = (/** @type {string} */ key, /** @type {number} */ n) => h("p", { class: "bed" }, h("b", {}, number(n)), h("span", {}, t(`site.${key}`)));
  return [one("free", row.free), one("held", row.held), one("occupied", row.occupied), one("capacity", row.capacity), row.open ? chip(t("site.open"), "ok", "check") : chip(t("site.closed"), "alarm", "cross")];
}
