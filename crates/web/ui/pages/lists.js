// The versioned list of key countries: which version is in force, what it says, and publishing the next one.
import { h, fill } from "../lib/dom.js";
import { t, country, number } from "../lib/i18n.js";
import { openPage } from "../lib/shell.js";
import { get } from "../lib/api.js";
import { reference } from "../lib/session.js";
import { worded } from "../lib/submit.js";
import { icon } from "../lib/icons.js";
import { chip, note, empty } from "../lib/parts.js";
import { dateClock, now } from "../lib/time.js";
import { publishForm } from "./lists/publish.js";

/** @typedef {import("../types.js").KeyListVersion} Version */

const shell = await openPage({ title: t("lists.title") });
const known = await reference();
const mayPublish = shell.session.account.grant.role === "administrator";
const versions = h("div", { class: "stack" });
const editor = h("div", {});
shell.main.append(
  h(
    "div",
    { class: "lists" },
    h("div", { class: "stack" }, h("p", { class: "readable soft" }, t("lists.words")), versions),
    editor,
  ),
);
await paint();
document.documentElement.dataset.ready = "1";

async function paint() {
  try {
    const all = /** @type {{ current: number | null, versions: Version[] }} */ (await get("/v1/key-lists"));
    const newest = [...all.versions].sort((a, b) => b.version - a.version);
    fill(
      versions,
      newest.length ? newest.map((one) => card(one, all.current)) : empty(t("lists.none"), t("lists.none.words")),
    );
    if (mayPublish)
      fill(
        editor,
        publishForm({
          countries: known.countries,
          from: newest.find((one) => one.version === all.current) ?? newest[0],
          next: (newest[0]?.version ?? 0) + 1,
          published: paint,
        }),
      );
  } catch (error) {
    fill(versions, note(worded(error), "alarm"));
  }
}

/** @param {Version} of @param {number | null} current */
function card(of, current) {
  const coming = Date.parse(of.effective_at) > now();
  const state =
    of.version === current
      ? chip(t("lists.in-force"), "ok", "check")
      : coming
        ? chip(t("lists.coming"), "warn", "clock")
        : chip(t("lists.past"));
  return h(
    "section",
    { class: "card stack stack--tight", "data-version": of.version, "data-current": String(of.version === current) },
    h(
      "div",
      { class: "spread" },
      h("h2", {}, t("lists.version", { n: of.version })),
      h(
        "div",
        { class: "cluster" },
        state,
        h("span", { class: "soft" }, t("lists.since", { at: dateClock(of.effective_at) })),
      ),
    ),
    of.note ? h("p", {}, of.note) : null,
    ...["red", "yellow"].map((tag) => group(of, /** @type {"red" | "yellow"} */ (tag))),
  );
}

/** @param {Version} of @param {"red" | "yellow"} tag */
function group(of, tag) {
  const mine = of.entries.filter((entry) => entry.tag === tag);
  if (mine.length === 0) return null;
  return h(
    "div",
    { class: "listed", "data-tag": tag },
    h(
      "p",
      { class: "listed__tag" },
      icon(tag === "red" ? "diamond" : "square"),
      t(`tag.${tag}`),
      h("span", { class: "soft num" }, number(mine.length)),
    ),
    h(
      "ul",
      { class: "cluster listed__names" },
      mine.map((entry) => h("li", {}, country(entry.country))),
    ),
  );
}
