// Whom to call: at a gate that does not answer its squad or the site's own people, aboard a vehicle its crew, each with the work phone.
import { h } from "../../lib/dom.js";
import { t, name } from "../../lib/i18n.js";
import { openList } from "../../lib/list-sheet.js";
import { phoneLink } from "../../lib/parts.js";
import { get } from "../../lib/api.js";
import { roleWords } from "../board/words.js";

/** @typedef {import("../../types.js").StopRow} StopRow */
/** @typedef {import("../../types.js").TripRow} TripRow */
/** @typedef {{ name: string, role: string, phone: string | null }} Contact */

/** @param {StopRow} stop */
export const callReceiver = (stop) =>
  openList({
    key: "contacts",
    list: "contacts",
    vars: { gate: stop.gate ? name(stop.gate.compound) : stop.receiver },
    read: async () => {
      const { contacts } = await get(`/v1/receivers/${stop.receiver}/contacts`);
      return /** @type {Contact[]} */ (contacts).map((one) => line(roleWords(one.role), one));
    },
  });

/** Who drives and who rides along. @param {TripRow} row */
export const callCrew = (row) =>
  openList({
    key: "crew",
    list: "contacts",
    vars: { vehicle: row.vehicle.name },
    read: async () => [
      ...(row.driver ? [line(t("dispatch.driver"), row.driver)] : []),
      ...row.escorts.map((one) => line(t("role.escort"), one)),
    ],
  });

/** @param {string} role @param {{ name: string, phone?: string | null }} one */
const line = (role, one) =>
  h(
    "li",
    { class: "spread contact" },
    h("span", {}, h("b", {}, role), " ", one.name),
    one.phone ? phoneLink(one.phone, t("contacts.call")) : h("span", { class: "soft" }, t("contacts.no-phone")),
  );
