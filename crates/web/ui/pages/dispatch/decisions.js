// The decisions about a party, on demand: what, when, who, why, by which list and rule.
import { h, fill } from "../../lib/dom.js";
import { t, has, number } from "../../lib/i18n.js";
import { get } from "../../lib/api.js";
import { note } from "../../lib/parts.js";
import { worded } from "../../lib/submit.js";
import { reasonWords } from "../../lib/answers.js";
import { dateClock } from "../../lib/time.js";
import { placeName } from "../desk/party-words.js";

/** @typedef {import("../../types.js").Decision} Decision */
/** @typedef {import("../../types.js").Reference} Reference */

/** @param {string} party @param {Reference} known */
export function decisions(party, known) {
  const body = h("div", {});
  const el = h("details", { class: "decisions", id: "decisions" }, h("summary", {}, t("decisions.title")), body);
  el.addEventListener("toggle", async () => {
    if (!el.open) return;
    try {
      const all = /** @type {Decision[]} */ ((await get(`/v1/parties/${party}/decisions`)).decisions);
      fill(
        body,
        h(
          "ol",
          { class: "divided" },
          all.map((one) => line(one, known)),
        ),
      );
    } catch (error) {
      fill(body, note(worded(error), "alarm"));
    }
  });
  return el;
}

/** @param {Decision} one @param {Reference} known */
function line(one, known) {
  const key = `decision.${one.kind}`;
  const rule = one.rule_place
    ? t("silence.rule", {
        place: placeName(known, one.rule_place),
        version: number(one.rule_version ?? 0),
        by: one.by ?? "",
      })
    : "";
  const more = [
    one.kind === "party.split" ? `${one.from ?? ""} → ${one.to ?? ""}` : "",
    one.kind === "party.spread" ? t("site.room", { room: one.to ?? "" }) : "",
    one.answer ? t(`decision.answer.${one.answer}`) : "",
    one.mode ? t(`approval.${one.mode}`) : "",
    one.reason ? reasonWords(one.reason) : "",
    one.looked_after_by ? t("decision.looked-after", { by: one.looked_after_by }) : "",
    rule,
    one.list_version ? t("decisions.list", { version: number(one.list_version) }) : "",
  ];
  return h(
    "li",
    { class: "stack stack--tight", "data-kind": one.kind },
    h(
      "p",
      { class: "cluster" },
      h("span", { class: "num" }, dateClock(one.at)),
      h("b", {}, has(key) ? t(key) : one.kind),
      h("span", {}, one.by ?? t("decisions.by-clock")),
    ),
    h("p", { class: "soft small" }, more.filter(Boolean).join(" · ")),
  );
}
