// The door to the rooms for everybody who has to go to a site: a button with how many, and the key b.
import { h, fillWhen } from "../../lib/dom.js";
import { t, number } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";
import { isNoHome } from "../../lib/answers.js";
import { RoomSheet } from "./room-plan/sheet.js";

/** @typedef {import("../../types.js").PartyRow} PartyRow */

/** Somebody at the desk who can go nowhere but to a site, as the server reckons. @param {PartyRow} row */
function mustHaveRoom(row) {
  if (row.trip || row.private_car) return false;
  if (row.stage === "asked") return isNoHome(row);
  return row.stage === "waiting" && (row.tag === "red" || Boolean(row.lapsed));
}

/** @param {import("../../types.js").Reference} known @param {(party: string) => void} open */
export function roomPlanButton(known, open) {
  const sheet = new RoomSheet(known, open);
  const el = h("button", { type: "button", class: "btn btn--quiet", id: "room-plan", onclick: () => sheet.open() });
  return {
    el,
    open: () => sheet.open(),
    /** @param {PartyRow[]} rows */
    paint: (rows) => {
      const must = rows.filter(mustHaveRoom);
      fillWhen(el, must.length, () => [
        icon("bed"),
        t("room-plan"),
        must.length
          ? h(
              "span",
              { class: "plan__count plan__count--quiet num", title: t("room-plan.must.n", { n: number(must.length) }) },
              number(must.length),
              h("span", { class: "sr-only" }, t("room-plan.must.short")),
            )
          : null,
      ]);
      sheet.queueIs(rows);
    },
  };
}
