// The field for a list of rooms: typed or pasted, a row of doors added by a small form, and read back as a table line by line.
import { h, fill } from "../../lib/dom.js";
import { announce } from "../../lib/say.js";
import { t, count, number } from "../../lib/i18n.js";
import { Refused } from "../../lib/api.js";
import { icon } from "../../lib/icons.js";
import { field } from "../../lib/parts.js";
import { readList, roomsOf } from "./read-list.js";

/** @typedef {import("./read-list.js").Line} Line */
/** @typedef {{ line: number, number: string, reason: string, [data: string]: unknown }} WrongLine as the server names it: `line` is the room's place in the list */

const KINDS = /** @type {const} */ (["single", "family", "accessible"]);

/** @param {{ required: boolean }} of */
export function listField(of) {
  const el = field({
    name: "rooms",
    label: t("places.rooms"),
    hint: t("places.rooms.hint"),
    rows: 8,
    class: "list",
    required: of.required,
    placeholder: "201 single 1\n202 family 4\n301-320 single 1",
  });
  const area = /** @type {HTMLTextAreaElement} */ (el.querySelector("textarea"));
  area.spellcheck = false;
  const sum = h("p", { class: "soft", role: "status" });
  const table = h("div", { class: "read", tabindex: "0", role: "region", "aria-label": t("places.read") });
  /** @type {Line[]} */ let lines = [];
  /** @type {Map<number, WrongLine[]>} */ let refused = new Map();
  const paint = () => {
    const wrong = lines.filter((one) => one.wrong || refused.has(one.line)).length;
    const { rooms } = roomsOf(lines);
    const beds = rooms.reduce((all, room) => all + room.beds, 0);
    area.setCustomValidity(wrong ? t("places.read.wrong", { n: wrong }) : "");
    fill(
      sum,
      lines.length
        ? [
            t("places.read.sum", { rooms: count("places.rooms.n", rooms.length), beds: count("places.beds.n", beds) }),
            wrong ? h("b", { class: "read__wrong" }, ` · ${count("places.lines.wrong", wrong)}`) : null,
          ].filter((one) => one !== null)
        : t("places.read.none"),
    );
    table.hidden = lines.length === 0;
    fill(table, readBack(lines, refused));
  };
  area.addEventListener("input", () => {
    lines = readList(area.value);
    refused = new Map();
    paint();
  });
  paint();
  return {
    el: h(
      "div",
      { class: "stack" },
      rowForm(area),
      h(
        "div",
        { class: "pair" },
        el,
        h("div", { class: "stack stack--tight" }, h("p", { class: "label" }, t("places.read")), sum, table),
      ),
    ),
    rooms: () => roomsOf(lines).rooms,
    /** Shows what the server refused at the lines it is about. @param {unknown} error */
    refuse: (error) => {
      if (!(error instanceof Refused) || error.problem.code !== "rooms-wrong") return;
      const { lineOf } = roomsOf(lines);
      refused = new Map();
      for (const one of /** @type {WrongLine[]} */ (error.problem.lines ?? [])) {
        const line = lineOf(one.line);
        const first = typeof one.first === "number" ? lineOf(one.first) : undefined;
        refused.set(line, [...(refused.get(line) ?? []), { ...one, first }]);
      }
      paint();
      table.querySelector("[data-wrong=true]")?.scrollIntoView({ block: "nearest" });
    },
  };
}

/** From door to door in one go; it writes a line of the list, where it can be read and mended. @param {HTMLTextAreaElement} area */
function rowForm(area) {
  const id = (/** @type {string} */ key) => `row-${key}`;
  const part = (/** @type {Parameters<typeof field>[0]} */ of) => field(of);
  const box = h(
    "div",
    { class: "range", role: "group", "aria-label": t("places.row") },
    part({ name: "", id: id("from"), label: t("places.row.from"), placeholder: "201" }),
    part({ name: "", id: id("to"), label: t("places.row.to"), placeholder: "240" }),
    part({
      name: "",
      id: id("kind"),
      label: t("places.kind"),
      options: KINDS.map((kind) => /** @type {[string, string]} */ ([kind, t(`site.kind.${kind}`)])),
    }),
    part({ name: "", id: id("beds"), label: t("places.beds"), inputmode: "numeric", value: "1" }),
    h(
      "button",
      { type: "button", class: "btn", id: id("add"), onclick: () => add() },
      icon("plus"),
      t("places.row.add"),
    ),
  );
  const value = (/** @type {string} */ key) =>
    /** @type {HTMLInputElement | HTMLSelectElement} */ (box.querySelector(`#${id(key)}`)).value.trim();
  const add = () => {
    const [from, to] = [value("from"), value("to")];
    if (!from) return void (/** @type {HTMLElement} */ (box.querySelector(`#${id("from")}`)).focus());
    const line = `${to ? `${from}-${to}` : from} ${value("kind")} ${value("beds")}`;
    area.value = `${area.value.trimEnd()}\n${line}\n`.trimStart();
    area.dispatchEvent(new Event("input"));
    announce(line);
  };
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    add();
  });
  return box;
}

/** @param {Line[]} lines @param {Map<number, WrongLine[]>} refused */
function readBack(lines, refused) {
  const head = ["line", "room", "kind", "beds"].map((key) => h("th", { scope: "col" }, t(`places.${key}`)));
  return h(
    "table",
    { class: "table" },
    h("caption", { class: "sr-only" }, t("places.read")),
    h("thead", {}, h("tr", {}, head)),
    h(
      "tbody",
      {},
      lines.map((one) => lineRow(one, refused.get(one.line) ?? [])),
    ),
  );
}

/** @param {Line} one @param {WrongLine[]} refused */
function lineRow(one, refused) {
  const [first, last] = [one.rooms[0], one.rooms.at(-1)];
  const wrong = one.wrong ? [wrongWords(one.wrong)] : refused.map(wrongWords);
  const doors = first && last && first !== last ? `${first.number}–${last.number}` : (first?.number ?? one.text);
  const many = one.rooms.length > 1 ? ` (${count("places.rooms.n", one.rooms.length)})` : "";
  return h(
    "tr",
    { "data-line": one.line, "data-wrong": String(wrong.length > 0) },
    h("td", { class: "soft" }, number(one.line)),
    wrong.length || !first
      ? h(
          "td",
          { colspan: 3 },
          h("span", { class: "mono" }, one.text),
          wrong.map((words) => h("p", { class: "read__wrong" }, words)),
        )
      : [
          h("td", {}, h("b", {}, doors), many),
          h("td", {}, t(`site.kind.${first.kind}`)),
          h("td", {}, count("places.beds.n", first.beds)),
        ],
  );
}

/** What is wrong with a line, in words. @param {{ reason: string, [data: string]: unknown }} wrong */
function wrongWords(wrong) {
  const { reason, number: room = "", first = "", beds = 0, kind = "", max = 0 } = wrong;
  return t(`places.wrong.${reason}`, {
    room: String(room),
    first: String(first),
    max: Number(max),
    beds: count("places.beds.n", Number(beds)),
    kind: kind ? t(`site.kind.${kind}`) : "",
  });
}
