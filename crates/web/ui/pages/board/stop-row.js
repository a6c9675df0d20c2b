// One stop of this receiver as a row: when to be there, who comes, who is ready, what to do. Words come from words.js.
import { h, fillWhen, text } from "../../lib/dom.js";
import { t, list, country, language, name } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";
import { closedAt, closedChip } from "../../lib/gates.js";
import { chip, peopleChips, phoneLink } from "../../lib/parts.js";
import { actionButton } from "../../lib/submit.js";
import { post } from "../../lib/api.js";
import { clock, now, timeElement } from "../../lib/time.js";
import { changeChip } from "./change.js";
import {
  ackOf,
  hasNoVehicle,
  headline,
  basis,
  engineWords,
  movedWords,
  rolesOf,
  roleWords,
  isUnanswered,
} from "./words.js";
import { saidWords, whyPart } from "./why.js";

/** @typedef {import("../../types.js").StopRow} StopRow */
/** @typedef {{ role: string | null, isSite: (receiver: string) => boolean, receiverName: (receiver: string) => string, placeName?: (code: string) => string, many: () => boolean }} Viewer who looks: own role (null only looks), and how to name receivers and, on a board with requests, places */

/** @param {Viewer} viewer @returns {(row: StopRow) => import("../../lib/dom.js").Part<StopRow>} */
export const stopRow = (viewer) => (first) => {
  const parts = skeleton(first);
  return { el: parts.el, update: (row) => paint(parts, row, viewer) };
};

/** @param {StopRow} row */
function skeleton(row) {
  const id = `stop-${row.stop}`;
  const parts = {
    label: h("p", { class: "when__label" }),
    time: h("p", { class: "when__time" }),
    moved: h("p", { class: "when__moved" }),
    sub: h("p", { class: "when__sub" }),
    range: h("p", { class: "when__range" }),
    basis: h("p", { class: "when__basis" }),
    why: whyPart(),
    title: h("h3", { class: "who__gate", id }),
    people: h("div", { class: "cluster" }),
    facts: h("dl", { class: "facts who__facts" }),
    squad: h("ul", { class: "squad" }),
    notice: h("div", { class: "notice" }),
    actions: h("div", { class: "actions" }),
  };
  const el = h(
    "li",
    { class: "stop", "data-stop": row.stop, "aria-labelledby": id },
    h(
      "div",
      { class: "when" },
      parts.label,
      parts.time,
      parts.moved,
      parts.sub,
      parts.range,
      parts.basis,
      parts.why.el,
    ),
    h("div", { class: "who" }, parts.title, parts.people, parts.facts),
    h("div", { class: "ready" }, parts.notice, parts.squad),
    parts.actions,
  );
  return { ...parts, el };
}

/** @param {ReturnType<typeof skeleton>} parts @param {StopRow} row @param {Viewer} viewer */
function paint(parts, row, viewer) {
  const unanswered = isUnanswered(row, viewer.role);
  parts.el.dataset.stage = row.stage;
  parts.el.classList.toggle("stop--new", unanswered);
  const moved = movedWords(row, viewer.role);
  fillWhen(parts.moved, moved, () => (moved ? chip(moved, "alarm", "clock") : null));
  paintWhen(parts, row);
  text(parts.title, title(row, viewer));
  fillWhen(parts.people, [row.people, row.home_check, row.change, row.handed_over_at, closedAt(row)], () => [
    closedChip(row),
    ...peopleChips(row.people),
    homeCheckChip(row),
    changeChip(row),
  ]);
  fillWhen(parts.facts, [row.languages, row.from, row.flights, row.plate, row.parties], () => facts(row));
  fillWhen(parts.notice, [row.notice, unanswered, moved], () => noticeLine(row, unanswered, moved !== ""));
  fillWhen(parts.squad, [row.notice?.acks, row.notice?.lapsed, row.languages], () => squad(row, viewer));
  fillWhen(parts.actions, [row.stop, row.stage, row.notice, row.escort, row.driver, unanswered, moved !== ""], () =>
    actions(row, viewer, unanswered, moved !== ""),
  );
}

/** @param {ReturnType<typeof skeleton>} parts @param {StopRow} row */
function paintWhen(parts, row) {
  const head = headline(row, now());
  parts.el.dataset.tone = head.tone;
  text(parts.label, head.label);
  fillWhen(parts.time, head.time, () => (head.time ? timeElement(head.time) : "– –"));
  fillWhen(parts.sub, [head.sub, head.tone], () => [
    head.tone ? icon(head.tone === "ok" ? "check" : head.tone === "alarm" ? "alert" : "clock") : null,
    head.sub,
  ]);
  const eta = row.arrived_at || row.stage === "cancelled" || hasNoVehicle(row) ? null : row.eta;
  text(parts.range, eta ? t("stop.range", { from: clock(eta.p10), to: clock(eta.p90), best: clock(eta.p50) }) : "");
  const on = eta ? basis(row, eta) : null;
  const engine = eta ? engineWords(eta) : "";
  const said = eta ? saidWords(eta) : "";
  parts.why.paint(eta);
  fillWhen(parts.basis, [on, eta?.confidence, engine, said], () =>
    eta && on
      ? [
          chip(on.words, on.tone, on.tone === "ok" ? "pin" : on.tone === "warn" ? "alert" : "clock"),
          h("span", { class: "nowrap" }, t(`confidence.${eta.confidence}`)),
          engine ? h("span", { class: "nowrap" }, engine) : null,
          said ? chip(said, "warn", "alert") : null,
        ]
      : [],
  );
}

/** @param {StopRow} row @param {Viewer} viewer */
function title(row, viewer) {
  const place = row.gate ? name(row.gate.compound) : viewer.receiverName(row.receiver);
  // The dot stays with what it ends, so that no line begins with it.
  return viewer.many() && row.gate ? `${place}\u00a0· ${viewer.receiverName(row.receiver)}` : place;
}

/** @param {StopRow} row */
function homeCheckChip(row) {
  if (row.home_check === "none") return null;
  const how = /** @type {const} */ ({
    pending: ["warn", "clock"],
    suitable: ["ok", "check"],
    unsuitable: ["alarm", "alert"],
  })[row.home_check];
  return chip(t(`home-check.${row.home_check}`), how[0], how[1]);
}

/** @param {StopRow} row */
function facts(row) {
  /** @type {[string, string][]} */
  const pairs = [
    [t("stop.from"), list(row.from.map(country))],
    [t("stop.languages"), list(row.languages.map(language))],
    [t("stop.flights"), list(row.flights)],
    [t("stop.plate"), row.plate ?? t("stop.plate.none")],
    [t("stop.parties"), list(row.parties)],
  ];
  return pairs.filter(([, value]) => value).flatMap(([label, value]) => [h("dt", {}, label), h("dd", {}, value)]);
}

/** @param {StopRow} row @param {boolean} unanswered @param {boolean} again */
function noticeLine(row, unanswered, again) {
  const { notice } = row;
  if (!notice) return [h("span", { class: "soft" }, t("notice.none"))];
  const sent = h(
    "span",
    { class: "soft" },
    t(notice.renewed_at ? "notice.renewed" : "notice.sent", { at: clock(notice.renewed_at ?? notice.sent_at) }),
  );
  if (notice.escalated_at && unanswered) return [chip(t("notice.escalated"), "alarm", "alert"), sent];
  if (unanswered)
    return [
      chip(t(again ? "notice.again" : "notice.new"), "warn", "bell"),
      h("span", { class: "soft" }, t("notice.deadline", { at: clock(notice.deadline_at) })),
    ];
  return [sent];
}

/** @param {StopRow} row @param {Viewer} viewer */
function squad(row, viewer) {
  const { acks = [], lapsed = [] } = row.notice ?? {};
  return rolesOf(row, viewer.isSite(row.receiver)).map((role) => {
    const ack = ackOf(acks, role);
    const again = !ack && ackOf(lapsed, role);
    const own = role === viewer.role ? " squad__own" : "";
    return h(
      "li",
      { class: `${ack ? "squad__in" : "squad__out"}${own}` },
      icon(ack ? "check" : "ring"),
      h("span", {}, roleWords(role)),
      h(
        "span",
        { class: "squad__at" },
        ack
          ? [h("span", { class: "squad__by" }, ack.by), " ", timeElement(ack.at)]
          : t(again ? "squad.again" : "squad.open"),
      ),
    );
  });
}

/** One main action at a time: received → at the gate → checklist. @param {StopRow} row @param {Viewer} viewer @param {boolean} unanswered @param {boolean} again */
function actions(row, viewer, unanswered, again) {
  const call = row.escort ? phoneLink(row.escort.phone, t("stop.escort", { name: row.escort.name })) : null;
  if (!viewer.role) return [call];
  const id = row.stop;
  const gate = (/** @type {boolean} */ main) =>
    h(
      "a",
      { class: `btn btn--big${main ? " btn--primary" : ""}`, href: `/gate/${id}`, id: `gate-${id}` },
      icon("list"),
      t("stop.open-gate"),
    );
  const big = "btn btn--big btn--primary";
  if (unanswered)
    return [
      actionButton(
        t(again ? "stop.acknowledge.again" : "stop.acknowledge"),
        () => post(`/v1/stops/${id}/acknowledge`),
        {
          class: big,
          icon: "check",
          id: `ack-${id}`,
          done: t("stop.acknowledged"),
        },
      ),
      gate(false),
      call,
    ];
  if (row.notice && !row.notice.mustered_at && !row.offered_at)
    return [
      actionButton(t("stop.muster"), () => post(`/v1/stops/${id}/muster`), {
        class: row.arrived_at ? "btn btn--big" : big,
        icon: "gate",
        id: `muster-${id}`,
        done: t("stop.muster.done"),
      }),
      gate(row.arrived_at !== null),
      call,
    ];
  return [gate(true), call];
}
