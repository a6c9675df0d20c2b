// The elements of the preview, empty: what stands where, and which act belongs to which button. What they show is sheet.js.
import { h } from "../../../lib/dom.js";
import { t } from "../../../lib/i18n.js";
import { icon } from "../../../lib/icons.js";
import { actionButton } from "../../../lib/submit.js";
import { entryName } from "../../desk/party-words.js";
import { OUT } from "./draft.js";

/** @typedef {{ back: (way: "undo" | "redo") => void, again: () => void, anew: () => void, commit: (only: "soon" | "all") => Promise<void>, rules: () => Promise<void>, add: (vehicle: string) => void, entry: () => void }} Acts */
/** @typedef {ReturnType<typeof frame>} Frame */

/** @param {string[]} entries points of entry, more than one are a choice @param {Acts} acts */
export function frame(entries, acts) {
  const say = h("p", { class: "sr-only", role: "status" });
  const sum = h("p", { class: "plan__sum", id: "plan-sum" });
  const [later, news, offer, stuck] = [
    h("div", { id: "plan-later" }),
    h("div", { class: "stack stack--tight", id: "plan-news" }),
    h("div", { id: "plan-offer" }),
    h("div", { class: "stack stack--tight", id: "plan-stuck" }),
  ];
  const out = h("section", {
    class: "card card--quiet plan__outs",
    id: "plan-out",
    "data-at": String(OUT),
    "aria-label": t("plan.out"),
  });
  const host = h("ol", { class: "plan" });
  const undo = h(
    "button",
    { type: "button", class: "btn", id: "plan-undo", onclick: () => acts.back("undo") },
    icon("undo"),
    t("plan.undo"),
  );
  const redo = h(
    "button",
    { type: "button", class: "btn", id: "plan-redo", onclick: () => acts.back("redo") },
    icon("redo"),
    t("plan.redo"),
  );
  const more = h("select", { class: "input plan__entry", id: "plan-add", "aria-label": t("plan.add") });
  const choice =
    entries.length > 1
      ? h(
          "select",
          { class: "input plan__entry", "aria-label": t("plan.entry"), onchange: acts.entry },
          ...entries.map((one) => h("option", { value: one }, entryName(one))),
        )
      : null;
  const again = h("button", { type: "button", class: "btn", id: "plan-again", onclick: acts.again }, t("plan.again"));
  const anew = h(
    "button",
    { type: "button", class: "btn btn--quiet", id: "plan-anew", hidden: true, onclick: acts.anew },
    t("plan.anew"),
  );
  const commit = actionButton(t("plan.commit"), () => acts.commit("soon"), {
    class: "btn btn--primary btn--big",
    id: "plan-commit",
  });
  const all = actionButton(t("plan.commit"), () => acts.commit("all"), {
    class: "btn btn--big",
    id: "plan-commit-all",
  });
  const rules = h("span", { class: "soft small", id: "plan-rules" });
  const change = actionButton(t("planning.change"), acts.rules, { class: "btn btn--quiet", id: "plan-rules-change" });
  const search = h("p", { class: "soft small", id: "plan-search" });
  const body = h("div", { class: "stack", id: "plan-body" });
  const dialog = h("dialog", { class: "sheet sheet--wide", "aria-labelledby": "plan-title" });
  const close = h("button", { type: "button", class: "btn btn--big", onclick: () => dialog.close() }, t("close"));
  dialog.append(
    h(
      "div",
      { class: "stack" },
      h(
        "div",
        { class: "spread" },
        h("h2", { id: "plan-title" }, t("plan.title")),
        h("div", { class: "cluster" }, choice, again, anew),
      ),
      say,
      body,
      h("div", { class: "cluster cluster--end sheet__foot" }, close, all, commit),
    ),
  );
  more.addEventListener("change", () => {
    acts.add(more.value);
    more.value = "";
  });
  dialog.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || event.altKey || (key !== "z" && key !== "y")) return;
    event.preventDefault();
    acts.back(key === "y" || event.shiftKey ? "redo" : "undo");
  });
  const whole = [
    sum,
    h("div", { class: "cluster" }, rules, change),
    search,
    later,
    offer,
    news,
    stuck,
    h("div", { class: "cluster" }, undo, redo, more),
    host,
    out,
    h("p", { class: "soft small" }, t("plan.words")),
  ];
  return {
    dialog,
    body,
    whole,
    say,
    sum,
    rules,
    later,
    news,
    offer,
    stuck,
    out,
    host,
    undo,
    redo,
    more,
    again,
    anew,
    commit,
    all,
    search,
    entry: () => choice?.value ?? entries[0] ?? "",
    /** @param {string} entry */
    enter: (entry) => {
      if (choice) choice.value = entry;
    },
  };
}
