// The alert strip: overdue private cars, notices nobody acknowledged, refused homes, who is on the way to a place that will
// not take them. And the sites with their free beds.
import { h, fillWhen } from "../../lib/dom.js";
import { t, name } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";
import { closedAlert } from "../../lib/gates.js";
import { clock, now } from "../../lib/time.js";
import { receiverName } from "../desk/party-words.js";
import { due } from "../../lib/answers.js";
import { hindrance, isOpenQuestion, isSilent } from "./queue.js";
import { changeAlerts } from "./change.js";
import { siteForecasts, siteItem } from "./sites.js";

/** @typedef {import("../../types.js").Row} Row */
/** @typedef {import("../../types.js").Reference} Reference */
/** @typedef {{ key: string, words: string, party: string | null }} Alert */

/** @param {Row[]} rows @returns {Alert[]} */
function alertsOf(rows) {
  /** @type {Alert[]} */ const out = [];
  const trip = (/** @type {string} */ id) =>
    /** @type {import("../../types.js").TripRow | undefined} */ (
      rows.find((row) => row.kind === "trip" && row.trip === id)
    );
  for (const row of rows) {
    if (row.kind === "trip") out.push(...changeAlerts(row), ...gateAlerts(row));
    if (row.kind === "party" && row.private_car?.overdue)
      out.push({
        key: row.party,
        party: row.party,
        words: t("dispatch.alert.car", {
          label: row.label,
          plate: row.private_car.plate,
          at: row.private_car.expected_at ? clock(row.private_car.expected_at) : "–",
        }),
      });
    else if (row.kind === "party" && row.stage === "to_refer")
      out.push({ key: row.party, party: row.party, words: t("dispatch.alert.refer", { label: row.label }) });
    else if (row.kind === "party" && hindrance(row, trip))
      out.push({
        key: row.party,
        party: row.party,
        words: t(`dispatch.alert.way.${hindrance(row, trip)}`, { label: row.label }),
      });
    else if (row.kind === "party" && row.lapsed && row.stage === "waiting")
      out.push({
        key: row.party,
        party: row.party,
        words: t("dispatch.alert.lapsed", { label: row.label, room: row.lapsed.room }),
      });
    else if (
      row.kind === "party" &&
      (((row.stage === "asked" || row.stage === "assigned") && isOpenQuestion(row)) || isSilent(row))
    )
      out.push({ key: row.party, party: row.party, words: questionWords(row) });
    else if (row.kind === "trip")
      for (const stop of row.stops)
        if (
          stop.notice?.escalated_at &&
          stop.notice.acks.length === 0 &&
          stop.stage !== "handed_over" &&
          stop.stage !== "cancelled"
        )
          out.push({
            key: stop.stop,
            party: null,
            words: t("dispatch.alert.notice", {
              gate: stop.gate ? name(stop.gate.compound) : stop.receiver,
              at: clock(stop.notice.deadline_at),
            }),
          });
  }
  return out;
}

/** Vehicles that are likely to stand before a closed gate. @param {import("../../types.js").TripRow} row @returns {Alert[]} */
const gateAlerts = (row) =>
  row.stops.flatMap((stop) => {
    const words = closedAlert(stop, row.plate ?? row.vehicle.name);
    return words ? [{ key: `gate:${stop.stop}`, party: null, words }] : [];
  });

/** @param {import("../../types.js").PartyRow} row */
function questionWords(row) {
  const to = row.destination;
  const refused =
    to?.kind === "home" && (to.opinion === "refused" || to.home_check === "unsuitable" || row.tag === "red");
  if (to?.kind === "home" && to.silence.decided && refused) return t("dispatch.alert.rule", { label: row.label });
  if (refused) return t("dispatch.alert.home", { label: row.label });
  const left = to?.kind === "home" ? due(to.deadline_at ?? "", now()).words : "";
  return t(to?.kind === "home" && to.opinion !== "pending" ? "dispatch.alert.check" : "dispatch.alert.late", {
    label: row.label,
    left,
  });
}

/** @param {(party: string) => void} open */
export function alertStrip(open) {
  const el = h("ul", { class: "alerts", "aria-label": t("dispatch.alerts"), hidden: true });
  return {
    el,
    /** @param {Row[]} rows */
    paint: (rows) => {
      const alerts = alertsOf(rows);
      if (el.hidden !== (alerts.length === 0)) el.hidden = alerts.length === 0;
      fillWhen(el, alerts, () =>
        alerts.map((one) =>
          h(
            "li",
            {},
            one.party
              ? h(
                  "button",
                  { type: "button", class: "alert", onclick: () => open(one.party ?? "") },
                  icon("alert"),
                  one.words,
                )
              : h("span", { class: "alert" }, icon("alert"), one.words),
          ),
        ),
      );
    },
  };
}

/** @param {Reference} known @param {boolean} mayAct */
export function siteStrip(known, mayAct) {
  const el = h("ul", { class: "sites", "aria-label": t("dispatch.sites") });
  const ahead = siteForecasts(() => el.dispatchEvent(new Event("forecast")));
  /** @type {Row[]} */ let last = [];
  const paint = (/** @type {Row[]} */ rows) => {
    last = rows;
    const sites = rows.filter((row) => row.kind === "site").sort((a, b) => a.receiver.localeCompare(b.receiver));
    const days = sites.map((site) => ahead.of(site));
    fillWhen(el, [sites, days, Math.floor(now() / 3_600_000)], () =>
      sites.map((site, at) => siteItem(site, receiverName(known, site.receiver), days[at] ?? null, mayAct)),
    );
  };
  el.addEventListener("forecast", () => paint(last));
  return { el, paint };
}
