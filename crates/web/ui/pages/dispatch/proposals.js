// Where the party could ride: the best seat with its arrival, up to three others, and why nothing else does. One tap takes one.
import { h } from "../../lib/dom.js";
import { t, count, number } from "../../lib/i18n.js";
import { chip, note } from "../../lib/parts.js";
import { actionButton, worded } from "../../lib/submit.js";
import { icon } from "../../lib/icons.js";
import { get, post } from "../../lib/api.js";
import { clock, dateClock } from "../../lib/time.js";
import { receiverName } from "../desk/party-words.js";
import { splitButton } from "./split.js";
import { becauseWords, cautions, dearerWords, offerWords, refusedLines } from "./seat-words.js";

/** @typedef {import("../../types.js").Proposals} Proposals */
/** @typedef {import("../../types.js").SeatOffer} SeatOffer */
/** @typedef {import("../../types.js").PartyDetail} PartyDetail */
/** @typedef {import("../../types.js").Reference} Reference */

/** So many reasons are read at a glance; more are opened by hand. */
const OPEN_MAX = 6;

/** @param {PartyDetail} party @param {Reference} known @param {() => Promise<void>} changed */
export async function proposals(party, known, changed) {
  try {
    const all = /** @type {Proposals} */ (await get(`/v1/parties/${party.party}/proposals`));
    const seats = party.destination ? seatParts(party, all, changed) : [];
    const parts = [...seats, siteParts(all, known), whole(party, all, changed)].filter((el) => el !== null);
    return parts.length ? h("section", { class: "stack stack--tight seats", id: "seats" }, ...parts) : null;
  } catch (error) {
    return note(worded(error), "warn");
  }
}

/** A trip or a vehicle has changed since: said, not done, so that no button moves under a finger. @param {HTMLElement} within */
export function seatsMayBeOld(within) {
  const again = within.querySelector("#seats-again");
  const words = again?.querySelector("span");
  if (!again || !words || again.hasAttribute("data-old")) return;
  again.setAttribute("data-old", "");
  words.textContent = t("seats.changed");
}

/** @param {PartyDetail} party @param {Proposals} all @param {() => Promise<void>} changed */
function seatParts(party, all, changed) {
  const again = h(
    "button",
    { type: "button", class: "btn btn--quiet", id: "seats-again", onclick: () => void changed() },
    icon("redo"),
    h("span", {}, t("seats.again", { at: clock(all.as_of) })),
  );
  return [
    h("div", { class: "spread" }, h("h3", {}, t("seats.title")), again),
    all.offers.length
      ? h(
          "ul",
          { class: "proposals" },
          all.offers.map((one, place) => offerLine(party, all, one, place, changed)),
        )
      : note(t("seats.none"), "warn"),
    all.refused.length ? whyNot(refusedLines(all.refused)) : null,
  ];
}

/** @param {PartyDetail} party @param {Proposals} all @param {SeatOffer} one @param {number} place @param {() => Promise<void>} changed */
function offerLine(party, all, one, place, changed) {
  const vehicle = [one.name, one.plate].filter(Boolean).join(" ");
  const best = place === 0;
  const take = async () => {
    try {
      await (one.trip
        ? post(`/v1/parties/${party.party}/seats`, { trip: one.trip, version: party.version })
        : post(`/v1/plans/${all.point_of_entry}`, tripBody(party, all, one)));
    } finally {
      // Taken or refused: what was offered is no longer so.
      await changed();
    }
  };
  return h(
    "li",
    { class: "proposal", "data-best": String(best), "data-trip": one.trip ?? "", "data-vehicle": one.vehicle },
    h(
      "div",
      { class: "stack stack--tight grow" },
      h(
        "p",
        { class: "cluster" },
        best ? chip(t("seats.best"), "ok", "check") : null,
        h("b", {}, vehicle),
        h(
          "span",
          { class: "soft small" },
          one.trip ? t("seats.joins", { n: number(one.free_seats) }) : t("seats.begins"),
        ),
      ),
      h(
        "p",
        { class: "proposal__times num" },
        t("seats.times", { departs: dateClock(one.departs_at), arrives: dateClock(one.arrives_at) }),
      ),
      h(
        "p",
        { class: "small soft" },
        offerWords(one, all.as_of),
        best ? "" : t("plan.why.space"),
        best ? "" : dearerWords(one),
      ),
      ...cautions(one).map((words) => h("p", { class: "small caution" }, icon("alert"), h("span", {}, words))),
    ),
    actionButton(t("dispatch.do.seat"), take, {
      class: best ? "btn btn--primary" : "btn",
      done: t("dispatch.seated", { label: party.label }),
      label: `${t("dispatch.do.seat")}: ${vehicle} ${clock(one.departs_at)}`,
    }),
  );
}

/** A trip of its own is a plan of one trip. @param {PartyDetail} party @param {Proposals} all @param {SeatOffer} one */
const tripBody = (party, all, one) => ({
  as_of: all.as_of,
  trips: [
    {
      vehicle: one.vehicle,
      departs_at: one.departs_at,
      riders: [{ party: party.party, version: party.version }],
    },
  ],
});

/** @param {{ what: string, why: string }[]} lines */
const whyNot = (lines) =>
  h(
    "details",
    { class: "why-not", open: lines.length <= OPEN_MAX },
    h("summary", {}, count("seats.refused", lines.length)),
    h(
      "ul",
      { class: "divided" },
      lines.map((line) => h("li", { class: "why-not__line" }, h("b", {}, line.what), h("span", {}, line.why))),
    ),
  );

const TOO_MANY = new Set(["vehicle_full", "seats_apart", "no_wheelchair_place", "no_bed", "no_room_whole"]);

/** Nowhere to ride, or nowhere to stay, because they are too many together: a person may split them.
 * @param {PartyDetail} party @param {Proposals} all @param {() => Promise<void>} changed */
function whole(party, all, changed) {
  const tooMany = [...(all.offers.length ? [] : all.refused), ...all.sites].some((one) =>
    TOO_MANY.has(one.because.code),
  );
  return party.people.total > 1 && tooMany
    ? h(
        "div",
        { class: "cluster" },
        splitButton(party, () => void changed(), "seats-split"),
      )
    : null;
}

/** @param {Proposals} all @param {Reference} known */
const siteParts = (all, known) =>
  all.sites.length
    ? h(
        "div",
        { class: "why-not", id: "sites-without-room" },
        h("h3", {}, t("seats.sites")),
        h(
          "ul",
          { class: "divided" },
          all.sites.map((one) =>
            h(
              "li",
              { class: "why-not__line" },
              h("b", {}, receiverName(known, one.site)),
              h("span", {}, becauseWords(one.because)),
            ),
          ),
        ),
      )
    : null;
