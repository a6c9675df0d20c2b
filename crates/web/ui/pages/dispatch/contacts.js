// Whom to call: at a gate that does not answer its squad or the site's own people, aboard a vehicle its crew, in a private car whoever
// drives it.
import { h } from "../../lib/dom.js";
import { haltName } from "../../lib/gates.js";
import { t } from "../../lib/i18n.js";
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
    vars: { gate: haltName(stop) },
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

/** Who fetches a party by private car. @param {import("../../types.js").PartyDetail} party */
export const callCar = (party) =>
  openList({
    key: "car-driver",
    list: "contacts",
    vars: { plate: party.private_car?.plate ?? "" },
    read: async () => {
      const driver = await carDriver(party.party);
      return driver ? [line(t("dispatch.driver"), driver)] : [];
    },
  });

/** @param {string} party @returns {Promise<{ name: string, phone: string } | null>} */
export const carDriver = async (party) => (await get(`/v1/parties/${party}/private-car`)).driver ?? null;

/** @param {string} role @param {{ name: string, phone?: string | null }} one */
const line = (role, one) =>
  h(
    "li",
    { class: "spread contact" },
    h("span", {}, h("b", {}, role), " ", one.name),
    one.phone ? phoneLink(one.phone, t("contacts.call")) : h("span", { class: "soft" }, t("contacts.no-phone")),
  );
