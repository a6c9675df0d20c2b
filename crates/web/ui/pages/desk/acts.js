// What the desk does with a registered party: refer, correct a tag, private car. Each is one dialog and one request.
import { h } from "../../lib/dom.js";
import { t } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";
import { ask, field, checkField, choices, valueOf, isChecked } from "../../lib/parts.js";
import { actionButton } from "../../lib/submit.js";
import { post, write } from "../../lib/api.js";
import { gateOptions, memberName } from "./party-words.js";

/** @typedef {import("../../types.js").PartyDetail} PartyDetail */
/** @typedef {import("../../types.js").Reference} Reference */
/** @typedef {{ known: Reference, district: string, changed: () => Promise<void> }} Where */

const AT_DESK = new Set(["waiting", "asked", "to_confirm", "disposed"]);

/** The actions of the party's stage, the most urgent first. @param {PartyDetail} party @param {Where} where @returns {HTMLElement[]} */
export function actionsOf(party, where) {
  const stage = party.stage;
  const car = party.private_car;
  const gone = party.members.every((member) => member.custody.holder === "hospital");
  const open = (/** @type {(party: PartyDetail, where: Where) => Promise<boolean>} */ run) => async () => {
    if (await run(party, where)) await where.changed();
  };
  const big = (
    /** @type {string} */ key,
    /** @type {import("../../lib/icons.js").IconName} */ shape,
    /** @type {() => void} */ run,
    main = false,
  ) =>
    h(
      "button",
      { type: "button", class: main ? "btn btn--big btn--primary" : "btn btn--big", id: `do-${key}`, onclick: run },
      icon(shape),
      t(`desk.do.${key}`),
    );
  return [
    stage === "to_refer" ? big("refer", "medical", open(refer), true) : null,
    stage === "referred" && !gone
      ? actionButton(
          t("desk.do.taken"),
          async () => {
            await post(`/v1/parties/${party.party}/referral/taken`);
            await where.changed();
          },
          { class: "btn btn--big btn--primary", icon: "check", id: "do-taken", done: t("desk.taken.done") },
        )
      : null,
    car?.state === "recorded" ? big("release", "shield", open(release), true) : null,
    car?.state === "recorded" ? big("drop-car", "cross", open(dropCar)) : null,
    AT_DESK.has(stage) ? big("car", "car", open(recordCar)) : null,
    AT_DESK.has(stage) ? big("tag", "square", open(overrideTag)) : null,
    AT_DESK.has(stage) ? big("refer", "medical", open(refer)) : null,
  ].filter((el) => el !== null);
}

/** @param {PartyDetail} party */
function refer(party) {
  const people = party.members.map((member, place) =>
    checkField({
      name: "patients",
      value: member.arrival,
      label: memberName(member, place),
      checked: party.members.length === 1 || isIll(member),
    }),
  );
  return ask({
    title: t("desk.refer.title", { label: party.label }),
    confirm: t("desk.do.refer"),
    danger: true,
    body: [h("p", {}, t("desk.refer.words"))],
    fields: [
      field({ name: "hospital", label: t("desk.hospital"), required: true, maxlength: 100 }),
      field({ name: "ambulance_plate", label: t("desk.ambulance"), required: true, maxlength: 12, class: "mono" }),
      h("fieldset", { class: "field" }, h("legend", {}, t("desk.patients")), ...people),
    ],
    send: (form) =>
      post(`/v1/parties/${party.party}/referral`, {
        hospital: valueOf(form, "hospital"),
        ambulance_plate: valueOf(form, "ambulance_plate"),
        patients: new FormData(form).getAll("patients"),
      }),
  });
}

/** @param {PartyDetail["members"][number]} member */
const isIll = (member) => Boolean(member.screening?.symptoms) || (member.screening?.temperature_c ?? 0) >= 37.3;

/** @param {PartyDetail} party */
function overrideTag(party) {
  const people = /** @type {[string, string][]} */ (
    party.members.map((member, place) => [member.arrival, memberName(member, place)])
  );
  const tags = /** @type {[string, string][]} */ (["red", "yellow", "green"].map((tag) => [tag, t(`tag.${tag}`)]));
  return ask({
    title: t("desk.tag.title", { label: party.label }),
    confirm: t("desk.do.tag"),
    fields: [
      field({ name: "arrival", label: t("desk.who"), options: people, value: people[0]?.[0] ?? "", required: true }),
      choices({ name: "tag", label: t("desk.tag"), options: tags, required: true, value: party.tag }),
      field({ name: "reason", label: t("desk.reason"), rows: 2, required: true, maxlength: 200 }),
    ],
    send: (form) =>
      post(`/v1/parties/${party.party}/tag`, {
        arrival: valueOf(form, "arrival"),
        tag: valueOf(form, "tag"),
        reason: valueOf(form, "reason"),
      }),
  });
}

/** The five fields of who picks up. @param {PartyDetail} party @param {Where} where */
function recordCar(party, where) {
  const f = (/** @type {string} */ name, /** @type {string} */ key, /** @type {object} */ more = {}) =>
    field({ name: `pick_up/${name}`, label: t(`desk.car.${key}`), required: true, ...more });
  const to = party.destination?.kind === "home" ? party.destination.gate : "";
  return ask({
    title: t("desk.car.title", { label: party.label }),
    confirm: t("save"),
    body: [h("p", { class: "soft" }, t("desk.car.words"))],
    fields: [
      h(
        "div",
        { class: "fields" },
        f("name", "name", { maxlength: 80 }),
        f("document", "document", { maxlength: 30, class: "mono" }),
        f("phone", "phone", { type: "tel", inputmode: "tel" }),
        f("plate", "plate", { maxlength: 12, class: "mono" }),
      ),
      f("destination_gate", "gate", {
        options: gateOptions(where.known, party.responsible),
        value: typeof to === "string" ? to : to.code,
      }),
    ],
    send: (form) =>
      post(`/v1/parties/${party.party}/private-car`, {
        pick_up: Object.fromEntries(
          ["name", "document", "phone", "plate", "destination_gate"].map((name) => [
            name,
            valueOf(form, `pick_up/${name}`),
          ]),
        ),
      }),
  });
}

/** Nobody picks up after all. @param {PartyDetail} party */
function dropCar(party) {
  return ask({
    title: t("desk.drop-car.title", { label: party.label }),
    confirm: t("desk.do.drop-car"),
    fields: [field({ name: "reason", label: t("desk.reason"), rows: 2, required: true, maxlength: 200 })],
    send: (form) => write("DELETE", `/v1/parties/${party.party}/private-car`, { reason: valueOf(form, "reason") }),
  });
}

/** The release check: nothing is ticked beforehand. @param {PartyDetail} party */
function release(party) {
  return ask({
    title: t("desk.release.title", { label: party.label }),
    confirm: t("desk.do.release"),
    body: [h("p", {}, t("desk.release.plate"), " ", h("span", { class: "plate" }, party.private_car?.plate ?? ""))],
    fields: [
      field({ name: "plate_seen", label: t("desk.release.seen"), required: true, maxlength: 12, class: "mono" }),
      checkField({ name: "document_checked", label: t("desk.release.document"), required: true }),
      checkField({ name: "walked_to_car", label: t("desk.release.walked"), required: true }),
    ],
    send: (form) =>
      post(`/v1/parties/${party.party}/private-car/release`, {
        plate_seen: valueOf(form, "plate_seen"),
        document_checked: isChecked(form, "document_checked"),
        walked_to_car: isChecked(form, "walked_to_car"),
      }),
  });
}
