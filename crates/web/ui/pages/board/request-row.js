// One request to the sub-district: may this party stay at home? Opinion and home check, each answered with two taps.
import { h, fillWhen } from "../../lib/dom.js";
import { t, list, country, name, count } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";
import { chip, peopleChips, ask, field, valueOf } from "../../lib/parts.js";
import { post } from "../../lib/api.js";
import { now } from "../../lib/time.js";
import { due, silenceWords, escalationWords, saidNo, NO_REASONS } from "../../lib/answers.js";

/** @typedef {import("../../types.js").RequestRow} RequestRow */

/** @param {import("./stop-row.js").Viewer} viewer @returns {(row: RequestRow) => import("../../lib/dom.js").Part<RequestRow>} */
export const requestRow = (viewer) => (first) => {
  const head = h("div", { class: "spread" });
  const body = h("div", { class: "stack stack--tight" });
  const silence = h("div", { class: "cluster small" });
  const answers = h("div", { class: "stack stack--tight" });
  const el = h("li", { class: "card request", "data-party": first.party }, head, body, silence, answers);
  return {
    el,
    update: (row) => {
      const refused = saidNo(row);
      const left = row.deadline_at === null || refused ? null : due(row.deadline_at, now());
      el.classList.toggle("card--alarm", Boolean(left?.late));
      fillWhen(head, [row.label, row.gate, left], () => [
        h("h3", {}, row.gate ? name(row.gate.compound) : row.label),
        left ? chip(left.words, left.late ? "alarm" : "warn", "clock") : null,
      ]);
      fillWhen(
        body,
        [row.people, row.from, row.co_residents, row.own_room, row.own_toilet, row.co_residents_consent],
        () => facts(row),
      );
      fillWhen(silence, [row.silence, row.opinion], () => silenceLine(row, viewer));
      fillWhen(answers, [row.opinion, row.home_check], () => [homeCheck(row, viewer.role), opinion(row, viewer.role)]);
    },
  };
};

/** @param {RequestRow} row */
function facts(row) {
  const yes = (/** @type {boolean} */ ok, /** @type {string} */ key) =>
    chip(t(ok ? `request.${key}` : `request.no-${key}`), ok ? "ok" : "alarm", ok ? "check" : "cross");
  return [
    h(
      "div",
      { class: "cluster" },
      h("span", { class: "soft" }, row.label),
      ...peopleChips(row.people),
      h("span", {}, t("request.from", { from: list(row.from.map(country)) })),
    ),
    h(
      "div",
      { class: "cluster" },
      yes(row.own_room, "room"),
      yes(row.own_toilet, "toilet"),
      row.co_residents ? yes(row.co_residents_consent, "consent") : null,
      chip(count("co-residents", row.co_residents)),
    ),
  ];
}

/** What silence means here, and who was told of it. @param {RequestRow} row @param {import("./stop-row.js").Viewer} viewer */
function silenceLine(row, viewer) {
  const means = silenceWords(row.silence, row.opinion === "pending", viewer.placeName ?? String);
  const told = escalationWords(row.silence);
  return [
    means ? h("span", { class: row.silence.decided ? "strong" : "soft" }, means) : null,
    told ? chip(told, "alarm", "bell") : null,
  ];
}

/** @param {RequestRow} row @param {string | null} role */
function homeCheck(row, role) {
  const state = h(
    "p",
    { class: "cluster" },
    h("span", { class: "strong" }, t("request.home-check")),
    chip(
      t(`home-check.${row.home_check}`),
      row.home_check === "suitable" ? "ok" : row.home_check === "unsuitable" ? "alarm" : "warn",
      row.home_check === "suitable" ? "check" : row.home_check === "unsuitable" ? "cross" : "clock",
    ),
  );
  if (row.home_check !== "pending" || role !== "committee") return state;
  return h(
    "div",
    { class: "stack stack--tight" },
    state,
    pair(
      {
        words: t("request.suitable"),
        id: `suitable-${row.party}`,
        run: () => confirm(row, t("request.suitable.ask"), t("request.suitable"), "home-check", { suitable: true }),
      },
      {
        words: t("request.unsuitable"),
        id: `unsuitable-${row.party}`,
        run: () => refuse(row, t("request.unsuitable.ask"), t("request.unsuitable"), "home-check", { suitable: false }),
      },
    ),
  );
}

/** @param {RequestRow} row @param {string | null} role */
function opinion(row, role) {
  const state = h(
    "p",
    { class: "cluster" },
    h("span", { class: "strong" }, t("request.opinion")),
    chip(
      t(`opinion.${row.opinion}`),
      row.opinion === "agreed" ? "ok" : row.opinion === "refused" ? "alarm" : "warn",
      row.opinion === "agreed" ? "check" : row.opinion === "refused" ? "cross" : "clock",
    ),
  );
  if (row.opinion !== "pending" || (role !== "leader" && role !== "duty_officer")) return state;
  return h(
    "div",
    { class: "stack stack--tight" },
    state,
    pair(
      {
        words: t("request.agree"),
        id: `agree-${row.party}`,
        run: () => confirm(row, t("request.agree.ask"), t("request.agree"), "opinion", { agreed: true }),
      },
      {
        words: t("request.refuse"),
        id: `refuse-${row.party}`,
        run: () => refuse(row, t("request.refuse.ask"), t("request.refuse"), "opinion", { agreed: false }),
      },
    ),
  );
}

/** @typedef {{ words: string, id: string, run: () => Promise<boolean> }} Answer */
/** @param {Answer} yes @param {Answer} no */
function pair(yes, no) {
  return h(
    "div",
    { class: "pair" },
    h(
      "button",
      { type: "button", class: "btn btn--big btn--primary", id: yes.id, onclick: yes.run },
      icon("check"),
      yes.words,
    ),
    h(
      "button",
      { type: "button", class: "btn btn--big btn--danger", id: no.id, onclick: no.run },
      icon("cross"),
      no.words,
    ),
  );
}

/** @param {RequestRow} row @param {string} title @param {string} words @param {string} what @param {object} body */
const confirm = (row, title, words, what, body) =>
  ask({ title, body: [summary(row)], confirm: words, send: () => post(`/v1/parties/${row.party}/${what}`, body) });

/** A no needs its reason: the second tap takes one from the short list, or it is typed. @param {RequestRow} row @param {string} title @param {string} words @param {string} what @param {object} body */
const refuse = (row, title, words, what, body) =>
  ask({
    title,
    confirm: words,
    danger: true,
    body: [summary(row), shortList()],
    fields: [
      h("input", { type: "hidden", name: "listed" }),
      field({
        name: "reason",
        label: t("request.reason.other"),
        hint: t("request.reason.hint"),
        rows: 2,
        required: true,
        maxlength: 500,
      }),
    ],
    send: (form) =>
      post(`/v1/parties/${row.party}/${what}`, { ...body, reason: valueOf(form, "listed") || valueOf(form, "reason") }),
  });

/** Reasons as buttons: a tap sends. */
function shortList() {
  const send = (/** @type {Event} */ event, /** @type {string} */ reason) => {
    const form = /** @type {HTMLElement} */ (event.currentTarget).closest("form");
    const [listed, typed] = [form?.elements.namedItem("listed"), form?.elements.namedItem("reason")];
    if (!form || !(listed instanceof HTMLInputElement) || !(typed instanceof HTMLTextAreaElement)) return;
    listed.value = reason;
    typed.required = false;
    form.requestSubmit();
    // Refused: the dialog stays, and may be answered in own words.
    listed.value = "";
    typed.required = true;
  };
  return h(
    "div",
    { class: "pair", role: "group", "aria-label": t("request.reason") },
    NO_REASONS.map((reason) =>
      h(
        "button",
        {
          type: "button",
          class: "btn btn--big",
          "data-reason": reason,
          onclick: (/** @type {Event} */ event) => send(event, reason),
        },
        t(`no.${reason}`),
      ),
    ),
  );
}

/** @param {RequestRow} row */
const summary = (row) =>
  h(
    "p",
    { class: "soft" },
    `${row.label} · ${row.gate ? name(row.gate.compound) : ""} · ${count("people", row.people.total)}`,
  );
