// The preview: everybody who has to go to a site with the room they would get, then who might. A person takes some out, chooses
// another site, says why, and makes it true whole. Nothing is written before the last button (mission.md, rule 6).
import { h, fill } from "../../../lib/dom.js";
import { toast } from "../../../lib/say.js";
import { t, count, number } from "../../../lib/i18n.js";
import { get, post, Refused } from "../../../lib/api.js";
import { empty, note, reasonField, valueOf } from "../../../lib/parts.js";
import { onSubmit, showFieldError, worded } from "../../../lib/submit.js";
import { showSheet } from "../../../lib/sheet.js";
import { receiverName } from "../../desk/party-words.js";
import { laterNote } from "../later.js";
import { guestLine } from "./line.js";

/** @typedef {import("../../../types.js").RoomPlan} RoomPlan */
/** @typedef {import("../../../types.js").Reference} Reference */
/** @typedef {import("../../../types.js").PartyRow} PartyRow */
/** @typedef {ReturnType<typeof guestLine>} Line */

export class RoomSheet {
  /** @param {Reference} known @param {(party: string) => void} open shows a party on the page behind */
  constructor(known, open) {
    this.known = known;
    this.openParty = open;
    /** @type {RoomPlan | null} */ this.plan = null;
    /** @type {Line[]} */ this.lines = [];
    /** @type {PartyRow[]} */ this.rows = [];
    this.dialog = h("dialog", { class: "sheet sheet--wide", "aria-labelledby": "room-plan-title" });
  }

  /** The queue as it is: what the preview was made for may be another one by now. @param {PartyRow[]} rows */
  queueIs(rows) {
    this.rows = rows;
    if (this.dialog.open && this.news) this.news.hidden = !this.isOld();
  }

  /** What the queue says each party's version is now. */
  versions() {
    return new Map(this.rows.map((row) => [row.party, row.version]));
  }

  isOld() {
    const now = this.versions();
    return Boolean(this.plan?.guests.some((guest) => now.has(guest.party) && now.get(guest.party) !== guest.version));
  }

  open() {
    this.frame();
    void this.propose();
  }

  frame() {
    const close = h("button", { type: "button", class: "btn btn--big" }, t("close"));
    const again = h("button", { type: "button", class: "btn", id: "room-plan-again" }, t("plan.again"));
    again.addEventListener("click", () => void this.propose());
    this.news = note(t("room-plan.old"), "warn");
    this.news.hidden = true;
    this.sum = h("p", { class: "plan__sum", id: "room-plan-sum", role: "status" });
    this.body = h("div", { class: "stack", id: "room-plan-body" });
    this.why = reasonField(t("room-plan.reason"));
    this.send = h("button", { type: "submit", class: "btn btn--big btn--primary", id: "room-plan-commit" });
    this.end = h("div", { class: "stack" }, this.why, h("p", { role: "alert" }));
    const form = h(
      "form",
      { class: "stack" },
      h("div", { class: "spread" }, h("h2", { id: "room-plan-title" }, t("room-plan.title")), again),
      h("p", { class: "soft" }, t("room-plan.words")),
      this.news,
      this.sum,
      this.body,
      this.end,
      h("div", { class: "cluster cluster--end sheet__foot" }, close, this.send),
    );
    onSubmit(form, () => this.commit(form));
    this.dialog.replaceChildren(form);
    showSheet(this.dialog, close);
  }

  async propose() {
    this.lines = [];
    this.paint([h("p", { class: "soft" }, t("plan.thinking"))]);
    try {
      this.plan = /** @type {RoomPlan} */ (await get("/v1/room-plan"));
    } catch (error) {
      this.plan = null;
      return this.paint([note(worded(error), "alarm")]);
    }
    if (this.news) this.news.hidden = true;
    const { guests, sites, later } = this.plan;
    if (!guests.length) return this.paint([empty(t("room-plan.none"), t("room-plan.none.words"))]);
    const changed = () => this.paintSum();
    const show = (/** @type {string} */ party) => {
      this.dialog.close();
      this.openParty(party);
    };
    this.lines = guests.map((guest) => guestLine(guest, { known: this.known, sites, changed, show }));
    this.paint([laterNote(later, "rooms"), this.group(true), this.group(false)]);
  }

  /** @param {boolean} must whether they can go nowhere else */
  group(must) {
    const mine = this.lines.filter((line) => line.guest.must === must);
    if (!mine.length) return must ? h("p", { class: "soft" }, t("room-plan.must.nobody")) : null;
    const rows = h("ul", { class: "room-plan divided" }, ...mine.map((line) => line.el));
    const who = { parties: count("parties", mine.length), people: people(mine) };
    const title = t(`room-plan.group.${must ? "must" : "might"}`, who);
    if (must) return h("section", { class: "stack stack--tight" }, h("h3", {}, title), rows);
    // Where nobody has to go, this is all there is to decide.
    const open = this.lines.length === mine.length;
    return h("details", { class: "why-not", open }, h("summary", {}, title), rows);
  }

  /** @param {(Node | null)[]} body */
  paint(body) {
    if (this.body) fill(this.body, ...body);
    if (this.end) this.end.hidden = !this.lines.length;
    this.paintSum();
  }

  paintSum() {
    const taken = this.taken();
    const sites = this.plan?.sites ?? [];
    const words = sites.map((site) => {
      const here = taken.filter((line) => line.site() === site.receiver);
      const n = here.reduce((all, line) => all + line.guest.people, 0);
      return h(
        "span",
        { class: n > site.free ? "caution" : "" },
        t("room-plan.site", {
          site: receiverName(this.known, site.receiver),
          people: number(n),
          free: number(site.free),
        }),
      );
    });
    if (this.sum) fill(this.sum, ...words);
    if (!this.send) return;
    this.send.textContent = t("room-plan.commit", { parties: count("parties", taken.length), people: people(taken) });
    this.send.hidden = !this.lines.length;
    this.send.disabled = !taken.length;
  }

  taken() {
    return this.lines.filter((line) => line.taken());
  }

  /** @param {HTMLFormElement} form */
  async commit(form) {
    const taken = this.taken();
    this.lines.forEach((line) => line.isNth(null));
    taken.forEach((line, nth) => line.isNth(nth));
    const placements = taken.map((line) => ({
      party: line.guest.party,
      version: line.guest.version,
      site: line.site(),
    }));
    try {
      await post("/v1/room-plan", { placements, reason: valueOf(form, "reason") });
    } catch (error) {
      if (!this.pointAt(error, taken)) throw error;
      return;
    }
    this.dialog.close();
    const done = { parties: count("parties", taken.length), people: people(taken) };
    toast(t("room-plan.done", done));
  }

  /** A party that changed meanwhile is named by the queue, not by the refusal. @param {unknown} error @param {Line[]} taken @returns {boolean} whether it was found */
  pointAt(error, taken) {
    if (!(error instanceof Refused) || error.problem.code !== "stale") return false;
    const now = this.versions();
    const old = taken.filter((line) => now.get(line.guest.party) !== line.guest.version);
    old.forEach((line, at) => showFieldError(line.control, t("room-plan.changed", { label: line.guest.label }), !at));
    if (this.news) this.news.hidden = false;
    return old.length > 0;
  }
}

/** @param {Line[]} lines */
const people = (lines) =>
  count(
    "people",
    lines.reduce((all, line) => all + line.guest.people, 0),
  );
