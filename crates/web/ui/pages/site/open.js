// A site is closed to new people and opened again, each with a reason. Shared by the site's manager and the dispatcher.
import { h } from "../../lib/dom.js";
import { t } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";
import { ask, field, note, valueOf } from "../../lib/parts.js";
import { post } from "../../lib/api.js";
import { dateClock } from "../../lib/time.js";

/** @typedef {import("../../types.js").SiteRow} SiteRow */

/** Why it takes nobody new; nothing while it does. @param {SiteRow} row */
export const closedNote = (row) =>
  row.closed
    ? note(
        t("site.closed.words", { reason: row.closed.reason, by: row.closed.by, at: dateClock(row.closed.at) }),
        "alarm",
        "cross",
      )
    : null;

/** @param {SiteRow} row @param {string} name */
export function openButton(row, name) {
  return row.open
    ? h(
        "button",
        { type: "button", class: "btn", id: `close-${row.receiver}`, onclick: () => turn(row, name, "close") },
        icon("cross"),
        t("site.close"),
      )
    : h(
        "button",
        {
          type: "button",
          class: "btn btn--primary",
          id: `open-${row.receiver}`,
          onclick: () => turn(row, name, "open"),
        },
        icon("check"),
        t("site.reopen"),
      );
}

/** @param {SiteRow} row @param {string} name @param {"close" | "open"} to */
const turn = (row, name, to) =>
  ask({
    title: t(`site.${to}.title`, { site: name }),
    confirm: t(to === "close" ? "site.close" : "site.reopen"),
    danger: to === "close",
    body: [h("p", {}, t(`site.${to}.words`))],
    fields: [
      field({
        name: "reason",
        label: t("dispatch.reason"),
        hint: t(`site.${to}.hint`),
        rows: 2,
        required: true,
        maxlength: 200,
      }),
    ],
    send: (form) => post(`/v1/sites/${row.receiver}/${to}`, { reason: valueOf(form, "reason") }),
  });
