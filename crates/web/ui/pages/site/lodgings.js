// Who lives at the site, on which day of fourteen, and who leaves; and the rooms that wait for somebody.
import { h, fillWhen, keyed } from "../../lib/dom.js";
import { t, count, number, inOrder } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";
import { ask, chip, choices, countedList, empty, field, valueOf } from "../../lib/parts.js";
import { post } from "../../lib/api.js";
import { toast } from "../../lib/say.js";
import { date, dateClock } from "../../lib/time.js";

/** @typedef {import("../../types.js").Stays} Stays */
/** @typedef {Stays["stays"][number]} Stay */
/** @typedef {Stays["holds"][number]} Hold */

export function lodgings() {
  const nobody = empty(t("site.living.none"), t("site.living.none.words"));
  const living = countedList("living", t("site.living"), "stack");
  const holds = countedList("holds", t("site.holds"), "divided holds");
  living.el.append(nobody);
  const el = h("div", { class: "lodgings" }, living.el, holds.el);
  return {
    el,
    /** @param {Stays} of */
    paint: (of) => {
      nobody.hidden = of.stays.length > 0;
      living.count(of.stays.length, true);
      holds.count(of.holds.length, false);
      // Who leaves first comes first; on one day, and for whom a room waits, as the doors stand.
      const stays = of.stays.toSorted((a, b) => a.ends_on.localeCompare(b.ends_on) || inOrder(a.room, b.room));
      const waiting = of.holds.toSorted((a, b) => inOrder(a.room, b.room));
      keyed(living.list, stays, (stay) => stay.party, stayCard);
      keyed(holds.list, waiting, (hold) => hold.party, holdLine);
    },
  };
}

/** @param {Stay} first */
function stayCard(first) {
  const head = h("div", { class: "spread" });
  const foot = h("div", { class: "spread" });
  return {
    el: h("li", { class: "card stay", "data-party": first.party }, head, foot),
    /** @param {Stay} stay */
    update: (stay) => {
      fillWhen(head, [stay.room, stay.label, stay.people, stay.day], () => [
        h(
          "h3",
          {},
          t("site.room", { room: stay.room }),
          " ",
          h("span", { class: "soft" }, `${stay.label} · ${count("people", stay.people)}`),
        ),
        dayChip(stay),
      ]);
      fillWhen(foot, stay, () => [
        h("span", { class: "soft" }, t(stay.over ? "site.ended" : "site.ends", { on: date(stay.ends_on) })),
        h(
          "button",
          {
            type: "button",
            class: stay.over ? "btn btn--big btn--primary" : "btn btn--big",
            id: `leave-${stay.party}`,
            onclick: () => leave(stay),
          },
          icon("out"),
          t("site.leave"),
        ),
      ]);
    },
  };
}

/** @param {Stay} stay */
const dayChip = (stay) =>
  stay.over
    ? chip(t("site.over", { days: number(stay.days) }), "warn", "clock")
    : chip(t("site.day", { day: number(stay.day), days: number(stay.days) }), "info", "bed");

/** Two taps for who has stayed all the days; who leaves otherwise leaves with a reason. The beds are given away at once, so
 * there is no undo: the dialog says so. @param {Stay} stay */
async function leave(stay) {
  const options = (stay.over ? ["completed", "transferred"] : ["early", "transferred"]).map(
    (because) => /** @type {[string, string]} */ ([because, t(`site.because.${because}`)]),
  );
  const left = await ask({
    title: t("site.leave.title", { label: stay.label, room: stay.room }),
    confirm: t("site.leave.confirm"),
    danger: !stay.over,
    body: [h("p", {}, t("site.leave.words")), h("p", { class: "cluster" }, dayChip(stay))],
    fields: [
      choices({
        name: "because",
        label: t("site.because"),
        options,
        value: stay.over ? "completed" : "",
        required: true,
      }),
      field({
        name: "reason",
        label: t("dispatch.reason"),
        hint: t(stay.over ? "site.leave.note" : "site.leave.reason"),
        rows: 2,
        required: !stay.over,
        maxlength: 500,
      }),
    ],
    send: (form) =>
      post(`/v1/parties/${stay.party}/discharge`, {
        because: valueOf(form, "because"),
        reason: valueOf(form, "reason") || null,
        version: stay.version,
      }),
  });
  if (left) toast(t("site.left", { label: stay.label, room: stay.room }));
}

/** @param {Hold} first */
function holdLine(first) {
  const el = h("li", { class: "spread hold", "data-party": first.party });
  /** @param {Hold} hold */
  const update = (hold) =>
    fillWhen(el, hold, () => [
      h(
        "span",
        {},
        h("b", {}, t("site.room", { room: hold.room })),
        " ",
        `${hold.label} · ${count("people", hold.people)}`,
      ),
      hold.expires_at
        ? chip(t("site.hold.until", { at: dateClock(hold.expires_at) }), "", "clock")
        : chip(t("site.hold.way"), "info", "bus"),
    ]);
  return { el, update };
}
