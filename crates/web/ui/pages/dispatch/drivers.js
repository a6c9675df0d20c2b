// The drivers of the district: who they are, what each does now, their hours and their usual vehicle; added, mended, stood down and
// brought back.
import { h } from "../../lib/dom.js";
import { t } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";
import { ask, chip, field, valueOf } from "../../lib/parts.js";
import { actionButton } from "../../lib/submit.js";
import { get, post } from "../../lib/api.js";
import { openList } from "../../lib/list-sheet.js";
import { doesNow } from "./driver-words.js";

/** @typedef {import("../../types.js").Driver} Driver */
/** @typedef {import("../../types.js").Vehicle} Vehicle */
/** @typedef {{ name: string, phone: string, shift: import("../../types.js").Shift | null, usual: string | null }} Written */

export const driversButton = () =>
  h("button", { type: "button", class: "btn", id: "drivers", onclick: openDrivers }, icon("wheel"), t("drivers"));

const openDrivers = () =>
  openList({
    key: "drivers",
    list: "phones",
    read: async (reload) => {
      const [{ drivers }, { vehicles }] = await Promise.all([get("/v1/drivers"), get("/v1/vehicles")]);
      return drivers.map((/** @type {Driver} */ one) => line(one, vehicles, reload));
    },
    act: (reload) =>
      h(
        "button",
        { type: "button", class: "btn btn--big btn--primary", id: "driver-add", onclick: () => add().then(reload) },
        icon("plus"),
        t("drivers.add"),
      ),
  });

/** @param {Driver} one @param {Vehicle[]} vehicles @param {() => Promise<void>} reload */
const line = (one, vehicles, reload) =>
  h(
    "li",
    { class: "spread phones__line", "data-driver": one.id },
    h(
      "div",
      { class: "stack stack--tight" },
      h(
        "span",
        { class: "cluster" },
        h("b", {}, one.name),
        ...doesNow(one).map(({ words, tone, shape }) => chip(words, tone, shape)),
      ),
      h("span", { class: "soft small" }, [usually(one), hours(one)].join(" · ")),
    ),
    h("div", { class: "cluster" }, call(one), ...tools(one, vehicles, reload)),
  );

/** @param {Driver} one */
const usually = (one) => (one.usual ? t("drivers.usual.is", { vehicle: one.usual.name }) : t("drivers.usual.none"));

/** @param {Driver} one */
const hours = ({ shift }) =>
  shift ? t("fleet.shift", { from: shift.from, until: shift.until }) : t("fleet.shift.none");

/** The name stands beside it already. @param {Driver} one */
const call = ({ name, phone }) =>
  h(
    "a",
    { class: "btn phone", href: `tel:${phone.replace(/[^+\d]/g, "")}` },
    icon("phone"),
    h("span", { class: "sr-only" }, `${t("call")} ${name} `),
    h("span", { class: "num nowrap" }, phone),
  );

/** @param {Driver} one @param {Vehicle[]} vehicles @param {() => Promise<void>} reload */
function tools(one, vehicles, reload) {
  const { id, name, off } = one;
  const duty = off ? "on" : "off";
  const turn = async () => {
    await post(`/v1/drivers/${id}/${duty}`);
    await reload();
  };
  const edit = async () => {
    if (await mend(one, vehicles)) await reload();
  };
  const gone = async () => {
    if (!(await eraseDriver(one))) return;
    await reload();
    // The line with the button is gone.
    document.getElementById("driver-add")?.focus();
  };
  return [
    off && !one.trips.length
      ? h(
          "button",
          { type: "button", class: "btn btn--quiet", id: `driver-${id}-erase`, onclick: gone },
          t("drivers.do.erase"),
          h("span", { class: "sr-only" }, ` ${name}`),
        )
      : null,
    h(
      "button",
      { type: "button", class: "btn", id: `driver-${id}-edit`, onclick: edit },
      t("drivers.edit"),
      h("span", { class: "sr-only" }, ` ${name}`),
    ),
    actionButton(t(`drivers.do.${duty}`), turn, {
      class: off ? "btn btn--primary" : "btn",
      id: `driver-${id}-duty`,
      label: `${t(`drivers.do.${duty}`)} ${name}`,
    }),
  ];
}

/** @param {Driver} one */
const eraseDriver = (one) =>
  ask({
    title: t("drivers.erase.title", { name: one.name }),
    body: [h("p", {}, t("drivers.erase.words"))],
    confirm: t("drivers.do.erase"),
    danger: true,
    send: () => post(`/v1/drivers/${one.id}/erase`),
  });

async function add() {
  const { vehicles } = await get("/v1/vehicles");
  return ask({
    title: t("drivers.add"),
    confirm: t("drivers.add"),
    fields: fields({ name: "", phone: "", shift: null, usual: null }, vehicles),
    send: (form) => post("/v1/drivers", written(form)),
  });
}

/** Each part that differs is a write of its own; what went through is not sent again should a later one be refused.
 * @param {Driver} one @param {Vehicle[]} vehicles */
function mend(one, vehicles) {
  const known = { name: one.name, phone: one.phone, shift: one.shift, usual: one.usual?.id ?? null };
  const to = (/** @type {string} */ what) => `/v1/drivers/${one.id}/${what}`;
  return ask({
    title: t("drivers.edit.title", { name: one.name }),
    confirm: t("save"),
    fields: fields(known, vehicles),
    send: async (form) => {
      const { name, phone, shift, usual } = written(form);
      if (name !== known.name || phone !== known.phone) {
        await post(to("correct"), { name, phone });
        Object.assign(known, { name, phone });
      }
      if (shift?.from !== known.shift?.from || shift?.until !== known.shift?.until) {
        await post(to("shift"), { shift });
        known.shift = shift;
      }
      if (usual !== known.usual) await post(to("usual"), { usual });
    },
  });
}

/** @param {HTMLFormElement} form @returns {Written} */
function written(form) {
  const [from, until] = [valueOf(form, "shift/from"), valueOf(form, "shift/until")];
  return {
    name: valueOf(form, "name"),
    phone: valueOf(form, "phone"),
    shift: from || until ? { from, until } : null,
    usual: valueOf(form, "usual") || null,
  };
}

/** @param {Written} of @param {Vehicle[]} vehicles */
const fields = (of, vehicles) => [
  h(
    "div",
    { class: "fields" },
    field({ name: "name", label: t("dispatch.driver.name"), value: of.name, required: true, maxlength: 80 }),
    field({ name: "phone", label: t("dispatch.driver.phone"), type: "tel", value: of.phone, required: true }),
  ),
  field({
    name: "usual",
    label: t("drivers.usual"),
    hint: t("drivers.usual.hint"),
    options: [["", t("drivers.usual.none")], ...vehicles.map(vehicleOption)],
    value: of.usual ?? "",
  }),
  h(
    "fieldset",
    { class: "field" },
    h("legend", {}, t("fleet.do.shift")),
    h("p", { class: "field__hint" }, t("drivers.hours.hint")),
    h(
      "div",
      { class: "fields" },
      field({ name: "shift/from", label: t("fleet.shift.from"), type: "time", value: of.shift?.from ?? "" }),
      field({ name: "shift/until", label: t("fleet.shift.until"), type: "time", value: of.shift?.until ?? "" }),
    ),
  ),
];

/** @param {Vehicle} one @returns {import("../../lib/parts.js").Option} */
const vehicleOption = (one) => [one.id, [one.name, one.plate].filter(Boolean).join(" · ")];
