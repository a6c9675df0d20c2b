// The board: one receiver (`/board/<receiver>`) or all of mine (`/board`). Live rows, the watch, the stale banner.
import { h, text, fill, fillWhen } from "../lib/dom.js";
import { announce, toast } from "../lib/say.js";
import { t, count, name, number } from "../lib/i18n.js";
import { openPage } from "../lib/shell.js";
import { reference, receiversOf } from "../lib/session.js";
import { afterReturn, newPlaces } from "../lib/known.js";
import { Feed } from "../lib/feed.js";
import { staleBanner } from "../lib/stale.js";
import { clock, date, now, everySecond } from "../lib/time.js";
import { note } from "../lib/parts.js";
import { belowBar } from "./board/below.js";
import { boardLists, underWay } from "./board/lists.js";
import { Watch } from "./board/watch.js";
import { ownRole, isUnanswered } from "./board/words.js";
import { gatesButton } from "./board/gates.js";
import { silenceSection } from "./board/silence.js";
import { placeName } from "./desk/party-words.js";

/** A socket follows up to 64 streams. */
const RECEIVERS_MAX = 60;

const shell = await openPage({ title: t("board.title"), wide: true });
const known = await reference();
const asked = decodeURIComponent(location.pathname.split("/")[2] ?? "");
const { grant } = shell.session.account;
/** The places of this board as they are known now: more may be opened while it is looked at. */
const mine = () => receiversOf(grant, known).map((one) => one.code);
const places = () => (asked ? [asked] : mine().slice(0, RECEIVERS_MAX));
const nameOf = (/** @type {string} */ code) => {
  const found = known.receivers.find((one) => one.code === code);
  return found ? name(found.name) : code;
};

const streams = [...places(), ...newsOfPlaces()];
if (asked) shell.setTitle(nameOf(asked));
if (streams.length === 0) fill(shell.main, note(t("board.no-receiver"), "info"));
else follow();
document.documentElement.dataset.ready = "1";

/** Whoever sees a whole district follows its own stream, too: it tells of a place that was just opened. */
function newsOfPlaces() {
  return !asked && (grant.role === "dispatcher" || grant.role === "command") ? [`district:${grant.district}`] : [];
}

function follow() {
  const role = ownRole(grant);
  const watch = new Watch();
  const lists = boardLists({
    role,
    isSite: (code) => known.receivers.find((one) => one.code === code)?.kind === "site",
    receiverName: nameOf,
    placeName: (code) => placeName(known, code),
    many: () => places().length > 1,
  });
  const clockLine = h("p", { class: "strip__clock" });
  const dayLine = h("p", { class: "soft" });
  const sum = h("p", { class: "strip__sum" });
  const partly = h("div", { class: "board__partly" });
  sayPartly(partly);
  shell.main.append(
    h("div", { class: "strip" }, h("div", { class: "strip__now" }, clockLine, h("div", {}, dayLine, sum)), watch.el),
    partly,
    lists.el,
    ownGates(),
    ownSilence(),
  );
  const below = belowBar(lists.stops.list);
  shell.main.append(below.el);
  const showState = staleBanner(shell);
  const placesChanged = () => {
    for (const code of places()) feed.follow(code);
    sayPartly(partly);
    if (asked) shell.setTitle(nameOf(asked));
    paint();
  };
  const lookForNew = newPlaces(known, placesChanged);
  const hearReturn = afterReturn(placesChanged);
  const paint = () => {
    lookForNew(feed.rows());
    lists.paint(feed.rows(), feed.state);
    text(sum, feed.state.phase === "connecting" ? t("feed.connecting") : underWay(feed.rows()).words);
  };
  const feed = new Feed({
    streams,
    hb: 1,
    onState: (state) => {
      showState(state);
      paint();
    },
    onChange: (stream, change) => {
      hearReturn(stream, change);
      paint();
      if (change.kind === "event" && isNew(change, role)) hail(change, watch);
    },
  });
  showState(feed.state);
  everySecond(() => {
    text(clockLine, clock(now()));
    text(dayLine, dayWords());
    paint();
    below.paint();
    watch.turn(lists.pending(feed.rows()), false);
  });
}

/** The day, and of how many places this board tells. */
function dayWords() {
  const many = places().length;
  return many > 1 ? `${date(now())} · ${count("board.places", many)}` : date(now());
}

/** More places than one screen follows: it says so, or whoever looks would take the others for quiet ones. @param {HTMLElement} el */
function sayPartly(el) {
  const [shown, all] = [places().length, asked ? 1 : mine().length];
  fillWhen(el, [shown, all], () =>
    shown < all ? note(t("board.partly", { shown: number(shown), all: number(all) }), "warn") : null,
  );
}

/** The leader closes the gates of the place, and opens them. */
function ownGates() {
  if (grant.role !== "squad" || grant.squad_role !== "leader") return h("div", { hidden: true });
  const own = () => mine().filter((code) => !asked || code === asked);
  return h("div", { class: "cluster board__gates" }, gatesButton(known, own, "btn"));
}

/** A squad sees what its sub-district's silence means; its leader chooses. */
function ownSilence() {
  if (grant.role !== "squad") return h("div", { hidden: true });
  const place = grant.place.slice(0, 9);
  return place.length === 9
    ? silenceSection(place, placeName(known, place), grant.squad_role === "leader" && grant.place.length <= 9)
    : h("div", { hidden: true });
}

/** A notice that was not there before. @param {{ before: import("../types.js").Row | null, row: import("../types.js").Row | null }} change @param {string | null} role */
function isNew(change, role) {
  const { before, row } = change;
  if (row?.kind === "stop" && row.diverted) return !(before?.kind === "stop" && before.diverted);
  if (otherVehicle(change)) return true;
  if (row?.kind === "private_car") return row.overdue && !(before?.kind === "private_car" && before.overdue);
  if (row?.kind !== "stop" || !isUnanswered(row, role))
    return (
      row?.kind === "request" && (before?.kind !== "request" || before.silence.asked_again < row.silence.asked_again)
    );
  return !(before?.kind === "stop" && before.notice && before.notice.renewed_at === row.notice?.renewed_at);
}

/** Whoever looks out for a plate has to hear that it is another one. @param {{ before: import("../types.js").Row | null, row: import("../types.js").Row | null }} change */
const otherVehicle = ({ before, row }) =>
  row?.kind === "stop" && before?.kind === "stop" && before.plate !== null && row.plate !== before.plate;

/** @param {import("../types.js").StopRow} row */
const gateName = (row) => (row.gate ? name(row.gate.compound) : nameOf(row.receiver));

/** @param {{ before: import("../types.js").Row | null, row: import("../types.js").Row | null }} change @param {Watch} watch */
function hail(change, watch) {
  const { row } = change;
  watch.ring(2);
  if (row?.kind === "stop" && otherVehicle(change)) {
    const words = t("board.hail.vehicle", { gate: gateName(row), plate: row.plate ?? "–" });
    toast(words);
    announce(words, true);
    return;
  }
  if (row?.kind === "stop" && row.diverted)
    announce(
      t("board.hail.diverted", {
        gate: gateName(row),
        reason: row.diverted.reason,
      }),
      true,
    );
  else if (row?.kind === "stop" && row.eta && row.notice?.lapsed?.length)
    announce(t("board.hail.moved", { gate: gateName(row), at: clock(row.eta.go_at), best: clock(row.eta.p50) }), true);
  else if (row?.kind === "stop" && row.eta)
    announce(t("board.hail", { gate: gateName(row), at: clock(row.eta.go_at) }), true);
  else announce(t(row?.kind === "private_car" ? "board.hail.car" : "board.hail.request"), true);
}
