// The observation site: its rooms in numbers, who comes, the hand-over at its door, who lives there and who leaves. Rows are those of the board.
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
import { forecastTable } from "./site/forecast.js";
import { fresh } from "./site/fresh.js";
import { lodgings } from "./site/lodgings.js";
import { roomsFold } from "./site/rooms.js";
import { closedNote, openButton } from "./site/open.js";

/** @typedef {import("../types.js").SiteRow} SiteRow */
/** @typedef {import("../types.js").Row} Row */

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
  const closed = h("div", {});
  const watch = new Watch();
  const lists = boardLists({
    role: ownRole(grant),
    isSite: () => true,
    receiverName: () => name(site.name),
    many: () => false,
  });
  const days = inside(site.code);
  shell.main.append(h("div", { class: "strip" }, beds, watch.el), closed, lists.el, days.el);
  const showState = staleBanner(shell);
  const paint = () => {
    const rows = feed.rows();
    lists.paint(rows, feed.state);
    const row = rows.find((one) => one.kind === "site");
    fillWhen(beds, row ?? null, () =>
      row?.kind === "site" ? numbers(row, name(site.name)) : [h("span", { class: "soft" }, t("site.no-numbers"))],
    );
    fillWhen(closed, row?.kind === "site" ? (row.closed ?? null) : null, () =>
      row?.kind === "site" ? closedNote(row) : null,
    );
    if (feed.state.phase === "live") days.look(rows);
  };
  const feed = new Feed({
    streams: [site.code],
    hb: 1,
    onState: (state) => {
      showState(state);
      paint();
    },
    onChange: (_, change) => {
      paint();
      if (change.kind === "event" && change.code === "notice.sent") watch.ring(2);
    },
  });
  showState(feed.state);
  everySecond(() => {
    paint();
    watch.turn(lists.pending(feed.rows()), false);
  });
}

/** @param {SiteRow} row @param {string} site */
function numbers(row, site) {
  const one = (/** @type {string} */ key, /** @type {number} */ n) =>
    h("p", { class: "bed" }, h("b", {}, number(n)), h("span", {}, t(`site.${key}`)));
  return [
    one("free", row.free),
    one("held", row.held),
    one("occupied", row.occupied),
    row.out ? one("out", row.out) : null,
    one("capacity", row.capacity),
    row.open ? chip(t("site.open"), "ok", "check") : chip(t("site.closed"), "alarm", "cross"),
    grant.role === "site_manager" ? openButton(row, site) : null,
  ];
}

/** What the feed does not carry: who has which room, and the days to come. Both follow the site's row and who is on the way. @param {string} code */
function inside(code) {
  const rooms = lodgings();
  const table = h(
    "div",
    { class: "stack", hidden: true },
    h("h2", { class: "section__title" }, t("site.forecast")),
    h("div", {}),
  );
  const doors = roomsFold(code, { mayAct: grant.role === "site_manager", changed: () => void all.again() });
  doors.el.hidden = true;
  const all = fresh(`/v1/sites/${code}/rooms`, () => {
    const of = /** @type {import("../types.js").SiteRooms | null} */ (all.value);
    if (!of) return;
    doors.el.hidden = false;
    doors.paint(of.rooms);
  });
  const stays = fresh(`/v1/sites/${code}/stays`, () => {
    if (stays.value) rooms.paint(/** @type {import("../types.js").Stays} */ (stays.value));
  });
  const forecast = fresh(`/v1/sites/${code}/forecast`, () => {
    const of = /** @type {import("../types.js").BedForecast | null} */ (forecast.value);
    if (!of || !table.lastElementChild) return;
    table.hidden = false;
    fillWhen(table.lastElementChild, of, () => forecastTable(of));
  });
  return {
    el: h("div", { class: "stack stack--loose inside" }, rooms.el, doors.el, table),
    /** @param {Row[]} rows */
    look: (rows) => {
      const row = rows.find((one) => one.kind === "site");
      stays.look([row, rows.map((one) => (one.kind === "stop" ? one.stage : one.kind))]);
      forecast.look(row);
      all.look(row);
    },
  };
}
