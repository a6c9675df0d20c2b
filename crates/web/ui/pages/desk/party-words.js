// How a party is worded: its stage, destination, tag and the reason for the tag. Shared by the desk and the dispatcher.
import { h } from "../../lib/dom.js";
import { t, has, country, name, person } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";
import { chip } from "../../lib/parts.js";

/** @typedef {import("../../types.js").PartyRow} PartyRow */
/** @typedef {import("../../types.js").PartyDetail} PartyDetail */
/** @typedef {import("../../types.js").Reference} Reference */
/** @typedef {import("../../types.js").PartyStage} PartyStage */

/** @type {Record<string, [import("../../lib/parts.js").Tone, import("../../lib/icons.js").IconName]>} */
const STAGES = {
  waiting: ["warn", "clock"],
  to_refer: ["alarm", "medical"],
  asked: ["warn", "clock"],
  to_confirm: ["warn", "shield"],
  disposed: ["info", "pin"],
  assigned: ["info", "bus"],
  boarding: ["info", "bus"],
  riding: ["info", "bus"],
  arrived: ["info", "gate"],
  handed_over: ["ok", "check"],
  private_car: ["info", "car"],
  referred: ["alarm", "medical"],
  released: ["ok", "check"],
};

/** @param {string} stage */
export function stageChip(stage) {
  const [tone, shape] = STAGES[stage] ?? ["", "ring"];
  return chip(t(`stage.${stage}`), tone, shape);
}

const SHAPES = /** @type {const} */ ({ red: "diamond", yellow: "square", green: "circle" });

/** The tag as large as the sticker: colour, word and shape. @param {import("../../types.js").Tag} tag */
export const bigTag = (tag) =>
  h("p", { class: "bigtag", "data-tag": tag }, icon(SHAPES[tag]), h("span", {}, t(`tag.${tag}`)));

/** Why the tag is what it is: the country and the list's version, or the person's reason. @param {PartyDetail["members"][number]} member @param {number} version */
export function tagReason(member, version) {
  if (member.tag_reason) return t("desk.tag.overridden", { reason: member.tag_reason });
  if (member.tag_because) return t("desk.tag.because", { country: country(member.tag_because), version });
  return t("desk.tag.none", { version });
}

/** @param {PartyDetail["members"][number]} member @param {number} place */
export const memberName = (member, place) => (member.name ? person(member.name) : t("desk.member", { n: place + 1 }));

/** @param {Reference} known @param {string} code */
export const placeName = (known, code) =>
  name(known.jurisdictions.find((one) => one.code === code)?.name ?? { zh: code, en: code });
/** An airport has no name of its own in the reference data; a code without words shows itself. @param {string} code IATA */
export const entryName = (code) => (has(`entry.${code}`) ? t(`entry.${code}`) : code);
/** @param {Reference} known @param {string} code */
export const receiverName = (known, code) =>
  name(known.receivers.find((one) => one.code === code)?.name ?? { zh: code, en: code });
/** @param {Reference} known @param {string | import("../../types.js").GateRef} gate */
export function gateName(known, gate) {
  if (typeof gate !== "string") return name(gate.compound);
  const found = known.gates.find((one) => one.code === gate);
  return found ? name(found.compound) : gate;
}

/** Gates under a sub-district, as options. @param {Reference} known @param {string} place @returns {[string, string][]} */
export function gateOptions(known, place) {
  const of = new Map(known.receivers.map((one) => [one.code, one]));
  const inside = known.gates.filter((gate) => {
    const receiver = of.get(gate.receiver);
    return receiver?.kind === "community" && receiver.jurisdiction.startsWith(place);
  });
  return [
    ["", t("desk.choose")],
    ...inside.map(
      (gate) =>
        /** @type {[string, string]} */ ([gate.code, `${name(gate.compound)} · ${receiverName(known, gate.receiver)}`]),
    ),
  ];
}

/** Where the party goes, in words. @param {Reference} known @param {PartyRow["destination"]} to */
export function destinationWords(known, to) {
  if (!to) return t("destination.none");
  if (to.kind === "home") return t("destination.home", { gate: gateName(known, to.gate) });
  if (to.kind === "site") return t("destination.site", { site: receiverName(known, to.receiver), room: to.room ?? "" });
  if (to.kind === "referral") return t("destination.referral", { hospital: to.hospital });
  return to.kind === "onward" ? t("destination.onward", { to: to.to ?? "" }) : t("destination.free");
}

/** @param {PartyRow["flight"]} flight */
export const flightWords = (flight) => (typeof flight === "string" ? flight : flight.number);
