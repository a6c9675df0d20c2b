// The selected party: who, what was answered, what can be done at its stage, and which trips fit.
import { h, fill, fillWhen } from "../../lib/dom.js";
import { t, list, country, language } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";
import { chip, tagChip, peopleChips, note, empty } from "../../lib/parts.js";
import { worded } from "../../lib/submit.js";
import { get } from "../../lib/api.js";
import { between, dateClock, clock, now } from "../../lib/time.js";
import { due, silenceWords, escalationWords, isNoHome, reasonWords, saidNo } from "../../lib/answers.js";
import {
  stageChip,
  tagReason,
  memberName,
  destinationWords,
  placeName,
  receiverName,
  flightWords,
} from "../desk/party-words.js";
import { confirmHome, proposeHome, placeAtSite, sendOnward, setFree, takeSeatsBack } from "./decide.js";
import { splitParty } from "./split.js";
import { proposals, seatsMayBeOld } from "./proposals.js";
import { decisions } from "./decisions.js";
import { callCar } from "./contacts.js";
import { divertCar, divertTrip } from "./divert.js";
import { hindrance } from "./queue.js";

/** @typedef {import("../../types.js").PartyDetail} PartyDetail */
/** @typedef {import("../../types.js").TripRow} TripRow */
/** @typedef {{ known: import("../../types.js").Reference, sites: () => import("../../types.js").SiteRow[], trip: (id: string) => TripRow | undefined, mayAct: boolean }} Where */

const UNDECIDED = new Set(["waiting", "asked", "to_confirm", "disposed"]);

/** @param {Where} where */
export function partyPanel(where) {
  const body = h(
    "div",
    { class: "col__body", id: "party", tabindex: "-1" },
    empty(t("dispatch.party.none"), t("dispatch.party.none.words")),
  );
  const el = h(
    "section",
    { class: "col", "aria-labelledby": "party-title" },
    h("h2", { id: "party-title", class: "col__title" }, t("dispatch.party")),
    body,
  );
  let shown = "";
  /** @type {PartyDetail | null} */ let known = null;
  const ride = h("div", { class: "stack stack--tight" });
  /** The trip moves more often than its party: its line is painted from the feed. */
  const paintRide = () => {
    const trip = known?.trip ? where.trip(known.trip) : undefined;
    const line = known && trip ? rideWords(trip, known) : "";
    const open = known ? answerDue(known) : null;
    fillWhen(ride, [line, open], () => [
      open ? h("p", { class: "cluster" }, chip(open.words, open.late ? "alarm" : "warn", "clock")) : null,
      line ? h("p", { class: "note note--info" }, icon("bus"), h("span", {}, line)) : null,
    ]);
    ride.hidden = !line && !open;
  };
  const refresh = async () => {
    const party = shown;
    if (!party) return;
    try {
      const detail = /** @type {PartyDetail} */ (await get(`/v1/parties/${party}`));
      const asks = mayBeSeated(detail) || detail.stage === "waiting";
      const trips = where.mayAct && asks ? await proposals(detail, where.known, refresh) : null;
      if (party !== shown) return;
      known = detail;
      fill(body, ...paint(detail, where, refresh, trips, ride));
      paintRide();
    } catch (error) {
      if (party === shown) fill(body, note(worded(error), "alarm"));
    }
  };
  return {
    el,
    refresh,
    paintRide,
    /** What is offered may no longer be so. */
    mayBeOld: () => seatsMayBeOld(body),
    get party() {
      return shown;
    },
    /** @param {string} party */
    show: async (party) => {
      shown = party;
      await refresh();
      if (!matchMedia("(min-width: 64rem)").matches) body.scrollIntoView({ block: "start" });
    },
    focus: () => {
      const first = /** @type {HTMLElement | null} */ (body.querySelector("button"));
      if (shown) (first ?? body).focus();
    },
  };
}

/** @param {PartyDetail} party @param {Where} where @param {() => Promise<void>} changed @param {HTMLElement | null} trips @param {HTMLElement} ride */
function paint(party, where, changed, trips, ride) {
  const does = where.mayAct ? h("div", { class: "cluster party__do" }, ...actions(party, where, changed)) : null;
  return [
    h(
      "div",
      { class: "spread" },
      h("h3", { class: "party__label" }, party.label),
      h("div", { class: "cluster" }, tagChip(party.tag), stageChip(party.stage)),
    ),
    h(
      "div",
      { class: "cluster" },
      ...peopleChips(party.people),
      h("span", { class: "soft" }, list(party.languages.map(language))),
    ),
    answers(party, where),
    lapsed(party, where),
    ride,
    // Who knows where to go waits for a seat; another destination is the rarer wish.
    ...(mayBeSeated(party) ? [trips, does] : [does, trips]),
    h("dl", { class: "facts" }, ...facts(party, where)),
    h(
      "ul",
      { class: "divided people" },
      party.members.map((member, place) =>
        h(
          "li",
          { class: "people__row" },
          h("b", {}, memberName(member, place)),
          tagChip(member.tag),
          h("span", { class: "soft small" }, tagReason(member, party.tag_version)),
        ),
      ),
    ),
    decisions(party.party, where.known),
  ];
}

/** A destination that nothing speaks against: seats may be given while the answers are under way. @param {PartyDetail} party */
function mayBeSeated(party) {
  const to = party.destination;
  if (party.stage === "disposed") return true;
  return party.stage === "asked" && to?.kind === "home" && !isNoHome(party);
}

/** The clock of the answers that are waited for. @param {PartyDetail} party */
function answerDue(party) {
  const to = party.destination;
  if (to?.kind !== "home" || !to.deadline_at || saidNo(to)) return null;
  return to.opinion === "pending" || to.home_check === "pending" ? due(to.deadline_at, now()) : null;
}

/** What was asked and what was said stay on one line. @param {string} asked @param {HTMLElement} said */
const answer = (asked, said) => h("span", { class: "cluster" }, h("span", { class: "soft" }, t(asked)), said);

/** @param {PartyDetail} party @param {Where} where */
function answers(party, where) {
  const to = party.destination;
  if (to?.kind !== "home") return null;
  /** @returns {["ok" | "warn" | "alarm", "check" | "clock" | "cross"]} */
  const tone = (/** @type {string} */ said) =>
    said === "agreed" || said === "suitable"
      ? ["ok", "check"]
      : said === "pending"
        ? ["warn", "clock"]
        : ["alarm", "cross"];
  return h(
    "div",
    { class: "cluster" },
    answer("request.opinion", chip(t(`opinion.${to.opinion}`), ...tone(to.opinion))),
    answer("request.home-check", chip(t(`home-check.${to.home_check}`), ...tone(to.home_check))),
    to.approval.confirmed_by
      ? h(
          "span",
          { class: "soft" },
          t("approval.confirmed", {
            by: to.approval.confirmed_by,
            at: to.approval.confirmed_at ? clock(to.approval.confirmed_at) : "",
          }),
        )
      : null,
    ...[
      silenceWords(to.silence, to.opinion === "pending", (code) => placeName(where.known, code)),
      escalationWords(to.silence),
    ]
      .filter(Boolean)
      .map((words) => h("span", { class: "soft small" }, words)),
    to.opinion_reason ? h("span", { class: "note note--warn" }, reasonWords(to.opinion_reason)) : null,
  );
}

/** Why the party is undecided again. @param {PartyDetail} party @param {Where} where */
const lapsed = (party, where) =>
  party.lapsed
    ? note(
        t("dispatch.lapsed.words", {
          site: receiverName(where.known, party.lapsed.receiver),
          room: party.lapsed.room,
          at: dateClock(party.lapsed.at),
        }),
        "warn",
        "clock",
      )
    : null;

/** A party under way is shown with its trip. @param {TripRow} trip @param {PartyDetail} party */
function rideWords(trip, party) {
  const stop = trip.stops.find((one) => one.stop === party.stop || one.parties.includes(party.label));
  const arrives = stop?.arrived_at
    ? t("dispatch.stop.arrived", { at: clock(stop.arrived_at) })
    : stop?.eta
      ? t("dispatch.eta", { range: between(stop.eta.p10, stop.eta.p90) })
      : "";
  const stage = t(`dispatch.trip.${trip.stage}`);
  return [`${trip.vehicle.name} ${trip.plate ?? ""}`, stage, arrives].filter(Boolean).join(" · ");
}

/** @param {PartyDetail} party @param {Where} where @param {() => Promise<void>} changed */
function actions(party, where, changed) {
  const button = (
    /** @type {string} */ key,
    /** @type {import("../../lib/icons.js").IconName} */ shape,
    /** @type {(party: PartyDetail, where: Where) => Promise<boolean>} */ run,
    main = false,
  ) =>
    h(
      "button",
      {
        type: "button",
        class: main ? "btn btn--primary" : "btn",
        id: `do-${key}`,
        onclick: async () => {
          if (await run(party, where)) await changed();
        },
      },
      icon(shape),
      t(`dispatch.do.${key}`),
    );
  const refused = isNoHome(party);
  if (party.stage === "to_refer") return [note(t("dispatch.at-desk"), "alarm", "medical")];
  if (party.stage === "assigned") return [button("unseat", "cross", takeSeatsBack)];
  if (hindrance(party, where.trip) === "board") return [note(t("dispatch.way.board"), "warn", "bus")];
  // A car that waits does not keep the dispatcher from deciding otherwise.
  if (!UNDECIDED.has(party.stage) && party.private_car?.state !== "recorded")
    return onTheWay(party, where).map((one) => button(...one));
  const fresh = party.stage === "waiting";
  return [
    party.stage === "to_confirm" ? button("confirm", "check", confirmHome, true) : null,
    button("home", "home", proposeHome, fresh && party.tag !== "red"),
    button("site", "bed", placeAtSite, refused || (fresh && party.tag === "red")),
    button("onward", "plane", sendOnward),
    party.tag === "green" ? button("free", "check", setFree) : null,
    party.people.total > 1 ? button("split", "people", splitParty) : null,
  ].filter((el) => el !== null);
}

/** What can still be done for who is on the way. @param {PartyDetail} party @param {Where} where @returns {[string, import("../../lib/icons.js").IconName, (party: PartyDetail) => Promise<boolean>, boolean][]} */
function onTheWay(party, where) {
  const trip = party.trip ? where.trip(party.trip) : undefined;
  const problem = hindrance(party);
  if (problem === "confirm") return [["confirm", "check", confirmHome, true]];
  if (party.private_car?.state === "released")
    return [
      ["divert", "next", (one) => divertCar(one, where.known), problem !== null],
      ["call-car", "phone", (one) => callCar(one).then(() => false), false],
    ];
  if (trip?.stage === "en_route") return [["divert", "next", () => divertTrip(trip, where.known), problem !== null]];
  return [];
}

/** @param {PartyDetail} party @param {Where} where */
function facts(party, where) {
  const line = (/** @type {string} */ key, /** @type {string} */ words) =>
    words ? [h("dt", {}, t(key)), h("dd", {}, words)] : [];
  return [
    ...line("desk.destination", destinationWords(where.known, party.destination)),
    ...line("desk.responsible", placeName(where.known, party.responsible)),
    ...line("desk.address", party.address ?? ""),
    ...line("desk.flight", flightWords(party.flight)),
    ...line("desk.history", list(party.history.map((stay) => `${country(stay.country)} ${stay.from} – ${stay.until}`))),
    ...line("desk.registered", dateClock(party.registered_at)),
    ...line(
      "desk.do.car",
      party.private_car
        ? `${party.private_car.plate}${party.private_car.expected_at ? ` · ${t("car.expected", { at: clock(party.private_car.expected_at) })}` : ""}`
        : "",
    ),
  ];
}
