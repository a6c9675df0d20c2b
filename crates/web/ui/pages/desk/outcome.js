// One registered party, large: its label, the tag to stick on the passport and why, what is to be done now.
import { h, fill } from "../../lib/dom.js";
import { t, list, country, language } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";
import { tagChip, peopleChips, note } from "../../lib/parts.js";
import { worded } from "../../lib/submit.js";
import { get } from "../../lib/api.js";
import { dateClock } from "../../lib/time.js";
import { actionsOf } from "./acts.js";
import { stageChip, bigTag, tagReason, memberName, destinationWords, placeName, flightWords } from "./party-words.js";

/** @typedef {import("../../types.js").PartyDetail} PartyDetail */
/** @typedef {import("../../types.js").Reference} Reference */

/** @param {{ known: Reference, district: string, next: () => void }} of */
export function outcome(of) {
  const el = h("section", { class: "outcome stack", hidden: true, tabindex: "-1", "aria-label": t("desk.outcome") });
  let shown = "";
  /** @param {string} party */
  async function show(party) {
    shown = party;
    el.hidden = false;
    await refresh();
    if (shown === party) el.focus({ preventScroll: true });
  }
  async function refresh() {
    const party = shown;
    if (!party) return;
    try {
      const detail = /** @type {PartyDetail} */ (await get(`/v1/parties/${party}`));
      if (shown === party) fill(el, ...paint(detail, of, refresh));
    } catch (error) {
      if (shown === party) fill(el, note(worded(error), "alarm"), nextButton(of.next));
    }
  }
  return {
    el,
    show,
    refresh,
    get party() {
      return shown;
    },
    hide: () => {
      shown = "";
      el.hidden = true;
    },
  };
}

/** @param {() => void} next */
const nextButton = (next) =>
  h("button", { type: "button", class: "btn btn--big", id: "next", onclick: next }, icon("next"), t("desk.next"));

/** @param {PartyDetail} party @param {{ known: Reference, district: string, next: () => void }} of @param {() => Promise<void>} changed */
function paint(party, of, changed) {
  return [
    h(
      "div",
      { class: "outcome__head card", "data-tag": party.tag },
      h(
        "div",
        { class: "stack stack--tight" },
        h("h2", { class: "outcome__label" }, party.label),
        h("div", { class: "cluster" }, stageChip(party.stage), ...peopleChips(party.people)),
      ),
      bigTag(party.tag),
    ),
    party.stage === "to_refer" ? note(t("desk.must-refer"), "alarm", "medical") : null,
    carNote(party),
    h(
      "div",
      { class: "cluster outcome__do" },
      ...actionsOf(party, { known: of.known, district: of.district, changed }),
      nextButton(of.next),
    ),
    h(
      "ul",
      { class: "card divided people" },
      party.members.map((member, place) =>
        h(
          "li",
          { class: "people__row" },
          h("b", {}, memberName(member, place)),
          tagChip(member.tag),
          h("span", { class: "soft" }, tagReason(member, party.tag_version)),
        ),
      ),
    ),
    facts(party, of.known),
  ];
}

/** @param {PartyDetail} party */
function carNote(party) {
  const car = party.private_car;
  if (!car) return null;
  if (car.overdue) return note(t("desk.car.overdue", { plate: car.plate }), "alarm");
  if (car.state === "released")
    return note(
      t("desk.car.released", { plate: car.plate, at: car.expected_at ? dateClock(car.expected_at) : "–" }),
      "ok",
      "car",
    );
  return car.state === "received"
    ? note(t("desk.car.received", { plate: car.plate }), "ok")
    : note(t("desk.car.recorded", { plate: car.plate }), "info", "car");
}

/** @param {PartyDetail} party @param {Reference} known */
function facts(party, known) {
  const line = (/** @type {string} */ key, /** @type {string} */ words) =>
    words ? [h("dt", {}, t(key)), h("dd", {}, words)] : [];
  return h(
    "dl",
    { class: "facts card" },
    ...line("desk.flight", flightWords(party.flight)),
    ...line("desk.responsible", placeName(known, party.responsible)),
    ...line("desk.address", party.address ?? ""),
    ...line("desk.destination", destinationWords(known, party.destination)),
    ...line("desk.languages", list(party.languages.map(language))),
    ...line("desk.history", list(party.history.map((stay) => `${country(stay.country)} ${stay.from} – ${stay.until}`))),
    ...line("desk.registered", dateClock(party.registered_at)),
  );
}
