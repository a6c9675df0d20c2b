// Which trips could take the party, the best first, each with its reason in words; one tap gives the seats.
import { h } from "../../lib/dom.js";
import { t, has, number } from "../../lib/i18n.js";
import { chip, note } from "../../lib/parts.js";
import { actionButton, worded } from "../../lib/submit.js";
import { get, post } from "../../lib/api.js";
import { dateClock } from "../../lib/time.js";

/** @typedef {import("../../types.js").Proposal} Proposal */

/** @param {import("../../types.js").PartyDetail} party @param {() => Promise<void>} changed */
export async function proposals(party, changed) {
  const head = h("h3", {}, t("dispatch.proposals"));
  try {
    const all = /** @type {Proposal[]} */ ((await get(`/v1/parties/${party.party}/proposals`)).proposals);
    if (all.length === 0)
      return h("div", { class: "stack stack--tight" }, head, note(t("dispatch.proposals.none"), "info"));
    return h(
      "div",
      { class: "stack stack--tight" },
      head,
      h(
        "ul",
        { class: "proposals" },
        all.map((one, place) => line(party, one, place, changed)),
      ),
    );
  } catch (error) {
    return h("div", { class: "stack stack--tight" }, head, note(worded(error), "warn"));
  }
}

/** @param {import("../../types.js").PartyDetail} party @param {Proposal} one @param {number} place @param {() => Promise<void>} changed */
function line(party, one, place, changed) {
  const vehicle = [one.vehicle, one.plate].filter(Boolean).join(" ");
  const assign = async () => {
    await post(`/v1/parties/${party.party}/seats`, { trip: one.trip, version: party.version });
    await changed();
  };
  return h(
    "li",
    { class: "proposal", "data-fits": String(one.fits), "data-trip": one.trip },
    h(
      "div",
      { class: "stack stack--tight grow" },
      h("b", {}, vehicle, one.departs_at ? ` · ${t("dispatch.departs", { at: dateClock(one.departs_at) })}` : ""),
      h(
        "span",
        { class: "cluster small" },
        chip(reasonWords(one), one.fits ? "ok" : "warn", one.fits ? "check" : "cross"),
        h("span", {}, t("dispatch.seats.free", { n: number(one.free_seats) })),
        h("span", { class: "soft" }, t("dispatch.extra-km", { km: number(one.extra_km) })),
      ),
    ),
    one.fits
      ? actionButton(t("dispatch.do.seat"), assign, {
          class: place === 0 ? "btn btn--primary" : "btn",
          done: t("dispatch.seated", { label: party.label }),
          label: `${t("dispatch.do.seat")}: ${vehicle}`,
        })
      : null,
  );
}

/** @param {Proposal} one */
function reasonWords(one) {
  const key = `dispatch.reason.${one.reason_code ?? "fits"}`;
  return has(key) ? t(key) : t(one.fits ? "dispatch.reason.fits" : "dispatch.reason.other");
}
