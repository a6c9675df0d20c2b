// The rooms of a site, a tile a door: one tap takes a room out of use with a reason, or puts it back. Shared by the site's
// manager, the dispatcher and the administrator.
import { h, fill } from "../../lib/dom.js";
import { t, count, inOrder } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";
import { ask, chip, empty, keptReason, note, valueOf } from "../../lib/parts.js";
import { post } from "../../lib/api.js";
import { dateClock } from "../../lib/time.js";

/** @typedef {import("../../types.js").SiteRooms} SiteRooms */
/** @typedef {SiteRooms["rooms"][number]} Room */

/** @param {string} site @param {{ mayAct: boolean, changed: () => void, open?: boolean }} how */
export function roomsFold(site, how) {
  const summary = h("span", {});
  const list = h("ul", { class: "rooms" });
  const none = empty(t("rooms.none"), t("rooms.none.words"));
  const el = h(
    "details",
    { class: "rooms__fold", id: `rooms-${site}`, open: how.open ?? false },
    h("summary", {}, summary),
    how.mayAct ? h("p", { class: "soft small rooms__words" }, t("rooms.words")) : null,
    none,
    list,
  );
  return {
    el,
    /** @param {Room[]} rooms */
    paint: (rooms) => {
      const out = rooms.filter((room) => room.out).length;
      const held = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.room : undefined;
      fill(summary, t("rooms.title"), out ? ` · ${count("rooms.out", out)}` : "");
      none.hidden = rooms.length > 0;
      fill(
        list,
        rooms.toSorted((a, b) => inOrder(a.number, b.number)).map((room) => h("li", {}, tile(site, room, how))),
      );
      if (held) /** @type {HTMLElement | null} */ (list.querySelector(`[data-room="${CSS.escape(held)}"]`))?.focus();
    },
  };
}

/** @param {string} site @param {Room} room @param {{ mayAct: boolean, changed: () => void }} how */
function tile(site, room, how) {
  const state = room.out
    ? chip(t("places.out"), "alarm", "cross")
    : room.use === "free"
      ? chip(t("rooms.free"), "ok", "check")
      : chip(t(`rooms.${room.use}`), "info", room.use === "held" ? "clock" : "bed");
  const kind = `${t(`site.kind.${room.kind}`)} · ${count("places.beds.n", room.beds)}`;
  const has = room.out && room.use !== "free" ? h("span", { class: "room__kind" }, t(`rooms.${room.use}`)) : null;
  return h(
    how.mayAct ? "button" : "div",
    {
      type: how.mayAct ? "button" : null,
      class: "room",
      "data-room": room.number,
      "data-use": room.use,
      "data-out": String(Boolean(room.out)),
      title: room.out ? outWords(room.out) : null,
      onclick: how.mayAct
        ? async () => {
            if (await turn(site, room)) how.changed();
          }
        : () => {},
    },
    h("b", {}, room.number),
    h("span", { class: "room__kind" }, kind),
    state,
    has,
  );
}

/** @param {{ reason: string, by: string, at: string }} out */
const outWords = (out) => t("places.out.words", { reason: out.reason, by: out.by, at: dateClock(out.at) });

/** @param {string} site @param {Room} room */
function turn(site, room) {
  const to = room.out ? "in-use" : "out-of-use";
  return ask({
    title: t(`rooms.${to}.title`, { room: room.number }),
    confirm: t(room.out ? "places.put-back" : "places.take-out"),
    danger: !room.out,
    body: [
      room.out ? note(outWords(room.out), "alarm", "cross") : h("p", {}, t("rooms.out-of-use.words")),
      ...(room.use === "free" ? [] : [note(t(`rooms.stays.${room.use}`), "info", "bed")]),
      h("p", { class: "soft" }, room.out ? t("rooms.in-use.words") : t("rooms.out-of-use.hint")),
    ],
    fields: [keptReason()],
    send: (form) =>
      post(`/v1/sites/${site}/rooms/${encodeURIComponent(room.number)}/${to}`, { reason: valueOf(form, "reason") }),
  });
}
