// Where a party goes: home, site, onward, free. One dialog and one request each; nothing is chosen beforehand (mission.md, rule 6).
import { h } from "../../lib/dom.js";
import { t, number } from "../../lib/i18n.js";
import { ask, field, checkField, choices, reasonField, valueOf, isChecked } from "../../lib/parts.js";
import { post, write } from "../../lib/api.js";
import { reasonWords } from "../../lib/answers.js";
import { severalRooms } from "./split.js";
import { gateOptions, receiverName } from "../desk/party-words.js";

/** @typedef {import("../../types.js").PartyDetail} PartyDetail */
/** @typedef {import("../../types.js").SiteRow} SiteRow */
/** @typedef {{ known: import("../../types.js").Reference, sites: () => SiteRow[] }} Where */

/** @param {PartyDetail} party @param {Where} where */
export function proposeHome(party, where) {
  return ask({
    title: t("dispatch.home.title", { label: party.label }),
    confirm: t("dispatch.do.home"),
    body: [
      party.address ? h("p", {}, t("dispatch.home.address", { address: party.address })) : null,
      h("p", { class: "soft" }, t("dispatch.home.words")),
    ].filter((el) => el !== null),
    fields: [
      field({
        name: "gate",
        label: t("dispatch.gate"),
        options: gateOptions(where.known, party.responsible),
        required: true,
      }),
      field({
        name: "co_residents",
        label: t("dispatch.co-residents"),
        type: "number",
        inputmode: "numeric",
        min: 0,
        max: 20,
        required: true,
      }),
      checkField({ name: "own_room", label: t("request.room") }),
      checkField({ name: "own_toilet", label: t("request.toilet") }),
      checkField({ name: "co_residents_consent", label: t("request.consent") }),
    ],
    send: (form) =>
      post(`/v1/parties/${party.party}/home`, {
        gate: valueOf(form, "gate"),
        co_residents: Number(valueOf(form, "co_residents")),
        own_room: isChecked(form, "own_room"),
        own_toilet: isChecked(form, "own_toilet"),
        co_residents_consent: isChecked(form, "co_residents_consent"),
        version: party.version,
      }),
  });
}

/** @param {PartyDetail} party @param {Where} where */
export function placeAtSite(party, where) {
  const options = /** @type {[string, string][]} */ (
    where
      .sites()
      .filter((site) => site.open)
      .map((site) => [
        site.receiver,
        t("dispatch.site.option", { site: receiverName(where.known, site.receiver), free: number(site.free) }),
      ])
  );
  const closed = where
    .sites()
    .filter((site) => !site.open)
    .map((site) =>
      h(
        "p",
        { class: "note note--info" },
        t("dispatch.site.shut", { site: receiverName(where.known, site.receiver), reason: site.closed?.reason ?? "" }),
      ),
    );
  const refused = party.destination?.kind === "home" ? reasonWords(party.destination.opinion_reason ?? "") : "";
  return ask({
    title: t("dispatch.site.title", { label: party.label, n: party.people.total }),
    confirm: t("dispatch.do.site"),
    body: [...(refused ? [h("p", { class: "note note--warn" }, refused)] : []), ...closed],
    fields: [
      choices({ name: "site", label: t("dispatch.site"), options, required: true }),
      reasonField(t("dispatch.site.reason")),
      ...(party.people.total > 1 ? [severalRooms()] : []),
    ],
    send: (form) =>
      post(`/v1/parties/${party.party}/site`, {
        site: valueOf(form, "site"),
        reason: valueOf(form, "reason"),
        spread: valueOf(form, "spread") || null,
        version: party.version,
      }),
  });
}

/** @param {PartyDetail} party */
export const confirmHome = (party) =>
  ask({
    title: t("dispatch.confirm.title", { label: party.label }),
    confirm: t("dispatch.do.confirm"),
    body: [h("p", {}, t("dispatch.confirm.words"))],
    send: () => post(`/v1/parties/${party.party}/confirmation`, { version: party.version }),
  });

/** @param {PartyDetail} party */
export const sendOnward = (party) =>
  ask({
    title: t("dispatch.onward.title", { label: party.label }),
    confirm: t("dispatch.do.onward"),
    fields: [field({ name: "to", label: t("dispatch.onward.to"), required: true, maxlength: 100 }), reasonField()],
    send: (form) =>
      post(`/v1/parties/${party.party}/onward`, {
        to: valueOf(form, "to"),
        reason: valueOf(form, "reason"),
        version: party.version,
      }),
  });

/** @param {PartyDetail} party */
export const setFree = (party) =>
  ask({
    title: t("dispatch.free.title", { label: party.label }),
    confirm: t("dispatch.do.free"),
    body: [h("p", {}, t("dispatch.free.words"))],
    fields: [reasonField()],
    send: (form) =>
      post(`/v1/parties/${party.party}/free`, { reason: valueOf(form, "reason"), version: party.version }),
  });

/** @param {PartyDetail} party */
export const takeSeatsBack = (party) =>
  ask({
    title: t("dispatch.unseat.title", { label: party.label }),
    confirm: t("dispatch.do.unseat"),
    danger: true,
    fields: [reasonField(t("dispatch.unseat.reason"))],
    send: (form) =>
      write("DELETE", `/v1/parties/${party.party}/seats`, { reason: valueOf(form, "reason"), version: party.version }),
  });
