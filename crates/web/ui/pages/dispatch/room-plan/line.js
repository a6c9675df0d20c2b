// One party of the preview: whether it is placed, why it needs a room, the room it would get, and another site by choice.
import { h, text } from "../../../lib/dom.js";
import { t, count, number } from "../../../lib/i18n.js";
import { chip, tagChip } from "../../../lib/parts.js";
import { icon } from "../../../lib/icons.js";
import { length, now } from "../../../lib/time.js";
import { receiverName } from "../../desk/party-words.js";

/** @typedef {import("../../../types.js").RoomPlanGuest} Guest */
/** @typedef {{ known: import("../../../types.js").Reference, sites: { receiver: string, free: number }[], changed: () => void, show: (party: string) => void }} Around */

let serial = 0;

/** @param {Guest} guest @param {Around} around */
export function guestLine(guest, around) {
  const id = `guest-${(serial += 1)}`;
  const take = /** @type {HTMLInputElement} */ (
    h("input", { type: "checkbox", id, checked: guest.must && Boolean(guest.room), disabled: !guest.room })
  );
  const door = h("span", { class: "room-plan__door" });
  const site = guest.room ? siteChoice(guest, around, id) : null;
  const showDoor = () => text(door, doorWords(guest, site?.value ?? ""));
  showDoor();
  take.addEventListener("change", around.changed);
  site?.addEventListener("change", () => {
    take.checked = true;
    showDoor();
    around.changed();
  });
  const el = h(
    "li",
    { class: "room-plan__line", "data-party": guest.party },
    h("label", { class: "check room-plan__who", htmlFor: id }, take, h("b", {}, guest.label)),
    tagChip(guest.tag),
    h("span", { class: "room-plan__what" }, whatWords(guest)),
    site ? h("span", { class: "room-plan__where" }, site, door) : noRoom(guest, around),
    h("span", { class: "field__error room-plan__error", id: `${id}-site-error` }),
  );
  return {
    el,
    guest,
    control: site ?? take,
    taken: () => take.checked,
    site: () => site?.value ?? "",
    /** What is sent is known by its place: a refusal points there. @param {number | null} nth */
    isNth: (nth) => {
      take.name = nth === null ? "" : `placements/${nth}/party`;
      if (site) site.name = nth === null ? "" : `placements/${nth}/site`;
    },
  };
}

/** @param {Guest} guest @param {Around} around @param {string} id @returns {HTMLSelectElement} */
function siteChoice(guest, around, id) {
  return /** @type {HTMLSelectElement} */ (
    h(
      "select",
      {
        class: "input room-plan__site",
        id: `${id}-site`,
        "aria-label": t("room-plan.site.of", { label: guest.label }),
        "aria-describedby": `${id}-site-error`,
      },
      around.sites.map(({ receiver, free }) =>
        h(
          "option",
          { value: receiver, selected: receiver === guest.room?.site },
          t("dispatch.site.option", { site: receiverName(around.known, receiver), free: number(free) }),
        ),
      ),
    )
  );
}

/** The room is known where it was proposed; elsewhere the site gives the smallest that fits. @param {Guest} guest @param {string} site */
function doorWords(guest, site) {
  const { room } = guest;
  if (!room) return "";
  if (site !== room.site) return t("room-plan.door.other");
  return t("room-plan.door", { door: room.door, way: length(room.way_minutes * 60_000) });
}

/** @param {Guest} guest */
function whatWords(guest) {
  return [
    h("span", {}, count("people", guest.people)),
    guest.wheelchairs ? chip(count("wheelchairs", guest.wheelchairs), "info", "wheelchair") : null,
    // The tag says itself why.
    guest.wanted === "red_tag" ? null : h("span", {}, t(`room-plan.wanted.${guest.wanted}`)),
    h("span", { class: "soft" }, t("room-plan.waits", { length: length(now() - Date.parse(guest.registered_at)) })),
  ];
}

/** @param {Guest} guest @param {Around} around */
const noRoom = (guest, around) =>
  h(
    "span",
    { class: "room-plan__where" },
    h("span", { class: "caution" }, icon("alert"), t(`room-plan.short.${guest.short}`)),
    h(
      "button",
      { type: "button", class: "btn", onclick: () => around.show(guest.party) },
      t("room-plan.open", { label: guest.label }),
    ),
  );
