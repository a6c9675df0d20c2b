// The manifest in the escort's hand: one tap a person, or a scanned or typed name; who is missing stays on top of mind.
import { h, fillWhen, keyed, text } from "../../lib/dom.js";
import { announce } from "../../lib/say.js";
import { t, person, name } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";
import { ask, field, valueOf } from "../../lib/parts.js";
import { act, showFieldError, worded } from "../../lib/submit.js";
import { post } from "../../lib/api.js";
import { clock } from "../../lib/time.js";
import { stayWith, stayingWith } from "./stay-with.js";

/** @typedef {import("../../types.js").TripDetail} TripDetail */
/** @typedef {import("../../types.js").ManifestLine} ManifestLine */
/** @typedef {ManifestLine & { place: string }} Line */

/** Everybody of the trip in the order of the stops. @param {TripDetail} trip @returns {Line[]} */
export function linesOf(trip) {
  const placeOf = (/** @type {TripDetail["stops"][number]} */ stop) =>
    stop.gate ? name(stop.gate.compound) : t("trip.site");
  const here = trip.stops.flatMap((stop) =>
    trip.manifest.filter((line) => line.stop === stop.stop).map((line) => ({ ...line, place: placeOf(stop) })),
  );
  const onward = trip.manifest.filter((line) => trip.stops.every((stop) => stop.stop !== line.stop));
  return [...here, ...onward.map((line) => ({ ...line, place: t("change.onward") }))];
}

/** @param {() => Promise<unknown>} reload */
export function manifest(reload) {
  /** @type {TripDetail | null} */ let shown = null;
  const scan = scanForm(() => shown, reload);
  const list = h("ol", { class: "manifest divided" });
  const el = h(
    "section",
    { class: "stack", "aria-labelledby": "manifest-title" },
    h("h2", { class: "serif", id: "manifest-title" }, t("trip.manifest")),
    scan,
    list,
  );
  /** @param {TripDetail} trip */
  const paint = (trip) => {
    shown = trip;
    scan.hidden = trip.stage !== "boarding";
    keyed(
      list,
      linesOf(trip),
      (line) => line.arrival,
      personLine(() => /** @type {TripDetail} */ (shown), reload),
    );
  };
  return { el, paint };
}

/** @param {() => TripDetail} trip @param {() => Promise<unknown>} reload @returns {(line: Line) => import("../../lib/dom.js").Part<Line>} */
const personLine = (trip, reload) => (first) => {
  let line = first;
  const words = h("span", { class: "manifest__who" });
  const state = h("span", { class: "manifest__state" });
  const tap = h("button", { type: "button", class: "manifest__tap", id: `board-${first.arrival}` }, state, words);
  const absent = h(
    "button",
    { type: "button", class: "btn btn--quiet", id: `no-show-${first.arrival}` },
    t("trip.no-show"),
  );
  tap.addEventListener("click", () =>
    act(tap, () =>
      post(`/v1/trips/${trip().trip}/${line.boarded_at ? "unboard" : "board"}`, { arrival: line.arrival }).then(reload),
    ),
  );
  absent.addEventListener("click", () => noShow(trip(), line, reload));
  return {
    el: h("li", { class: "manifest__line", "data-arrival": first.arrival }, tap, absent),
    update: (now) => {
      line = now;
      // Who comes from another vehicle is taken over at the change.
      const open =
        trip().stage === "boarding" &&
        !trip().changes.some((one) => one.change === now.change && one.onto === trip().trip);
      tap.setAttribute("aria-pressed", String(now.boarded_at !== null));
      tap.disabled = !open || now.no_show;
      absent.hidden = !open || now.boarded_at !== null || now.no_show;
      fillWhen(state, [now.boarded_at, now.no_show], () => [
        icon(now.boarded_at ? "check" : now.no_show ? "cross" : "ring"),
        h(
          "span",
          {},
          now.boarded_at
            ? t("trip.boarded-at", { at: clock(now.boarded_at) })
            : t(now.no_show ? "trip.absent" : "trip.not-on-board"),
        ),
      ]);
      fillWhen(words, [now.name, now.label, now.seat, now.place], () => [
        h("b", {}, now.name ? person(now.name) : now.label),
        h(
          "span",
          { class: "soft" },
          [now.label, t("trip.seat", { seat: now.seat }), now.place].filter(Boolean).join(" · "),
        ),
      ]);
    },
  };
};

/** @param {TripDetail} trip @param {Line} line @param {() => Promise<unknown>} reload */
const noShow = (trip, line, reload) =>
  ask({
    title: t("trip.no-show.ask"),
    confirm: t("trip.no-show"),
    danger: true,
    body: [h("p", {}, `${person(line.name)} · ${line.label}`)],
    fields: [
      ...stayWith(trip.manifest, line, (one) => !one.boarded_at && !one.no_show),
      field({ name: "reason", label: t("request.reason"), rows: 2, required: true, maxlength: 500 }),
    ],
    send: (form) =>
      post(`/v1/trips/${trip.trip}/no-show`, {
        arrival: line.arrival,
        with: stayingWith(form),
        reason: valueOf(form, "reason"),
      }).then(reload),
  });

/** A scanner types and presses Enter: a pass, a party's label, a seat or a name finds its person. @param {() => TripDetail | null} trip @param {() => Promise<unknown>} reload */
function scanForm(trip, reload) {
  const box = field({
    name: "scan",
    label: t("trip.scan"),
    hint: t("trip.scan.hint"),
    id: "scan",
    maxlength: 120,
    class: "mono",
  });
  const form = h(
    "form",
    { class: "scan" },
    box,
    h("button", { type: "submit", class: "btn btn--big", id: "scan-go" }, icon("scan"), t("trip.scan.go")),
  );
  const input = /** @type {HTMLInputElement} */ (box.querySelector("input"));
  const told = /** @type {HTMLElement} */ (box.querySelector(".field__error"));
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    input.removeAttribute("aria-invalid");
    text(told, "");
    const current = trip();
    const found = current ? find(linesOf(current), input.value) : [];
    if (!current || found.length !== 1)
      return showFieldError(input, t(found.length ? "trip.scan.many" : "trip.scan.none"));
    const line = /** @type {Line} */ (found[0]);
    act(
      button,
      async () => {
        await post(`/v1/trips/${current.trip}/board`, { arrival: line.arrival });
        announce(t("trip.scan.done", { who: person(line.name) }));
        input.value = "";
        input.focus();
        await reload();
      },
      { refused: (_, error) => showFieldError(input, worded(error)) },
    );
  });
  return form;
}

/** @param {Line[]} lines @param {string} typed */
function find(lines, typed) {
  const plain = (/** @type {string} */ words) => words.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  const want = plain(typed);
  if (!want) return [];
  const exact = lines.filter((line) =>
    [line.arrival, line.label, `${line.label} ${line.seat}`, String(line.seat)].some((one) => plain(one) === want),
  );
  const waiting = exact.filter((line) => !line.boarded_at && !line.no_show);
  if (exact.length) return waiting.length ? waiting : exact;
  return lines.filter(
    (line) => line.name && plain(`${line.name.surname}${line.name.given}${line.name.local ?? ""}`).includes(want),
  );
}
