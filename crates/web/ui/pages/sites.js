// Places: the observation sites with their rooms, and the relay points. The administrator opens new ones; they are on every
// open page at once.
import { h, fill } from "../lib/dom.js";
import { t, count, name, number } from "../lib/i18n.js";
import { openPage } from "../lib/shell.js";
import { reference } from "../lib/session.js";
import { get } from "../lib/api.js";
import { worded } from "../lib/submit.js";
import { icon } from "../lib/icons.js";
import { chip, empty, note } from "../lib/parts.js";
import { roomsFold } from "./site/rooms.js";
import { addRooms, openSite } from "./sites/open-site.js";
import { openRelayPoint, outWords, relayPoints } from "./sites/relay.js";

/** @typedef {import("../types.js").Places} Places */
/** @typedef {Places["sites"][number]} Site */

const shell = await openPage({ title: t("places.title") });
const known = await reference();
const sites = h("div", { class: "stack" });
const points = h("div", {});
/** Whose rooms are unfolded: they stay so when the page is painted again. @type {Set<string>} */ const unfolded =
  new Set();
shell.main.append(
  h(
    "div",
    { class: "places" },
    part("sites", t("places.words"), "open-site", "places.open", () => openSite(known), sites),
    part("relay", t("places.relay.words"), "open-relay", "places.relay.open", () => openRelayPoint(known), points),
  ),
);
await paint();
document.documentElement.dataset.ready = "1";

/** @param {"sites" | "relay"} key @param {string} words @param {string} id @param {string} label @param {() => Promise<boolean>} run @param {HTMLElement} list */
function part(key, words, id, label, run, list) {
  const open = h(
    "button",
    {
      type: "button",
      class: "btn btn--big btn--primary",
      id,
      onclick: async () => {
        if (await run()) await paint();
      },
    },
    icon("plus"),
    t(label),
  );
  return h(
    "section",
    { class: "stack", "aria-labelledby": `${key}-title` },
    h(
      "div",
      { class: "spread" },
      h(
        "div",
        { class: "stack stack--tight" },
        h("h2", { class: "section__title", id: `${key}-title` }, t(`places.${key}`)),
        h("p", { class: "readable soft" }, words),
      ),
      open,
    ),
    list,
  );
}

async function paint() {
  try {
    const all = /** @type {Places} */ (await get("/v1/places"));
    fill(sites, all.sites.length ? all.sites.map(card) : empty(t("places.none"), t("places.none.words")));
    fill(points, relayPoints(all.relay_points, paint));
  } catch (error) {
    fill(sites, note(worded(error), "alarm"));
  }
}

/** @param {Site} site */
function card(site) {
  const rooms = roomsFold(site.code, { mayAct: true, changed: paint, open: unfolded.has(site.code) });
  rooms.el.addEventListener("toggle", () => (rooms.el.open ? unfolded.add(site.code) : unfolded.delete(site.code)));
  rooms.paint(site.rooms);
  const district = known.jurisdictions.find((one) => one.code === site.district);
  return h(
    "article",
    { class: "card stack", "data-site": site.code },
    h(
      "div",
      { class: "spread" },
      h(
        "div",
        {},
        h("h3", {}, name(site.name)),
        h("p", { class: "soft" }, h("span", { class: "mono" }, site.code), district ? ` · ${name(district.name)}` : ""),
      ),
      site.closed ? chip(t("site.closed"), "alarm", "cross") : chip(t("site.open"), "ok", "check"),
    ),
    site.closed ? note(outWords(site.closed), "alarm", "cross") : null,
    h(
      "ul",
      { class: "stack stack--tight" },
      site.gates.map((gate) =>
        h(
          "li",
          { class: "cluster" },
          icon("gate"),
          name(gate.compound),
          h("span", { class: "soft point" }, `${gate.location.lat}, ${gate.location.lon}`),
        ),
      ),
    ),
    h(
      "div",
      { class: "spread" },
      numbers(site),
      h(
        "button",
        {
          type: "button",
          class: "btn",
          "data-do": "add-rooms",
          "aria-label": `${t("places.rooms.add")}: ${name(site.name)}`,
          onclick: async () => {
            if (await addRooms(site)) await paint();
          },
        },
        icon("plus"),
        t("places.rooms.add"),
      ),
    ),
    rooms.el,
  );
}

/** Rooms and beds in one line. @param {Site} site */
function numbers(site) {
  const beds = (/** @type {(room: Site["rooms"][number]) => boolean} */ of) =>
    site.rooms.filter(of).reduce((all, room) => all + room.beds, 0);
  const one = (/** @type {string} */ words, /** @type {number} */ n) =>
    h("span", {}, h("b", { class: "num" }, number(n)), " ", h("span", { class: "soft" }, words));
  const out = site.rooms.filter((room) => room.out).length;
  return h(
    "p",
    { class: "place__numbers" },
    one(t("places.rooms.word"), site.rooms.length),
    one(
      t("site.capacity"),
      beds(() => true),
    ),
    one(
      t("site.free"),
      beds((room) => room.use === "free" && !room.out),
    ),
    out ? chip(count("rooms.out", out), "alarm", "cross") : null,
  );
}
