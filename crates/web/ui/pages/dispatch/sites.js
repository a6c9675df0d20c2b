// The sites beside the queue: free beds now and for fourteen days; one tap shows the days in full and the rooms, closes the site or opens it.
import { h, fill } from "../../lib/dom.js";
import { t, number } from "../../lib/i18n.js";
import { showSheet } from "../../lib/sheet.js";
import { get } from "../../lib/api.js";
import { note } from "../../lib/parts.js";
import { worded } from "../../lib/submit.js";
import { roomsFold } from "../site/rooms.js";
import { fresh } from "../site/fresh.js";
import { forecastLine, forecastTable } from "../site/forecast.js";
import { closedNote, openButton } from "../site/open.js";

/** @typedef {import("../../types.js").SiteRow} SiteRow */
/** @typedef {import("../../types.js").BedForecast} BedForecast */

/** The forecasts of all sites, each asked again when its row changed. @param {() => void} changed */
export function siteForecasts(changed) {
  /** @type {Map<string, { readonly value: BedForecast | null, look: (of: unknown) => void }>} */ const reads =
    new Map();
  return {
    /** @param {SiteRow} row @returns {BedForecast | null} */
    of: (row) => {
      const read =
        reads.get(row.receiver) ??
        /** @type {{ readonly value: BedForecast | null, look: (of: unknown) => void }} */ (
          fresh(`/v1/sites/${row.receiver}/forecast`, changed)
        );
      reads.set(row.receiver, read);
      read.look(row);
      return read.value;
    },
  };
}

/** @param {SiteRow} row @param {string} name @param {BedForecast | null} days @param {boolean} mayAct */
export function siteItem(row, name, days, mayAct) {
  const words = row.open
    ? t(row.out ? "dispatch.beds.out" : "dispatch.beds", {
        free: number(row.free),
        capacity: number(row.capacity),
        held: number(row.held),
        out: number(row.out ?? 0),
      })
    : t("dispatch.site.closed");
  return h(
    "li",
    { class: "site", "data-full": String(row.free === 0 || !row.open) },
    h(
      "button",
      {
        type: "button",
        class: "site__name",
        id: `site-${row.receiver}`,
        onclick: () => sheet(row, name, days, mayAct),
      },
      name,
    ),
    h("span", {}, words),
    h("span", {
      class: "beds",
      "aria-hidden": "true",
      vars: { "--occupied": row.occupied / Math.max(1, row.capacity), "--held": row.held / Math.max(1, row.capacity) },
    }),
    days ? forecastLine(days) : null,
  );
}

/** @param {SiteRow} row @param {string} name @param {BedForecast | null} days @param {boolean} mayAct */
function sheet(row, name, days, mayAct) {
  const close = h("button", { type: "button", class: "btn btn--big" }, t("close"));
  const turn = mayAct ? openButton(row, name) : null;
  const rooms = roomsFold(row.receiver, { mayAct, changed: () => void read() });
  const read = async () => {
    const all = /** @type {import("../../types.js").SiteRooms} */ (await get(`/v1/sites/${row.receiver}/rooms`));
    rooms.paint(all.rooms);
  };
  read().catch((error) => fill(rooms.el, note(worded(error), "alarm")));
  const dialog = h(
    "dialog",
    { class: "sheet sheet--wide", "aria-labelledby": "site-title" },
    h(
      "div",
      { class: "stack" },
      h("h2", { id: "site-title" }, name),
      closedNote(row),
      days ? forecastTable(days) : h("p", { class: "soft" }, t("site.no-numbers")),
      rooms.el,
      h("div", { class: "cluster cluster--end sheet__foot" }, turn, close),
    ),
  );
  turn?.classList.add("btn--big");
  turn?.addEventListener("click", () => dialog.close(), { capture: true });
  showSheet(dialog, close);
}
