// The phones of the district: which tell about which vehicle, when each was heard; one is enrolled with a QR code, shown once, or revoked.
import { h, svg } from "../../lib/dom.js";
import { toast } from "../../lib/say.js";
import { t, has, count } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";
import { ask, chip, field, note, valueOf } from "../../lib/parts.js";
import { actionButton, worded } from "../../lib/submit.js";
import { get, post } from "../../lib/api.js";
import { ago, dateClock } from "../../lib/time.js";
import { openList } from "../../lib/list-sheet.js";

/** @typedef {import("../../types.js").Device} Device */
/** @typedef {import("../../types.js").Enrolled} Enrolled */
/** @typedef {import("../../types.js").Vehicle} Vehicle */

const GOOD = ["kept", "recovered", "duplicate", "late"];

export const phonesButton = () =>
  h("button", { type: "button", class: "btn", id: "phones", onclick: openPhones }, icon("phone"), t("phones"));

const openPhones = () =>
  openList({
    key: "phones",
    list: "phones",
    read: async (reload) => {
      const devices = /** @type {Device[]} */ ((await get("/v1/devices")).devices);
      return devices.map((one) => line(one, reload));
    },
    act: (reload) =>
      h(
        "button",
        {
          type: "button",
          class: "btn btn--big btn--primary",
          id: "phone-enrol",
          onclick: () => enrolPhone().then(reload),
        },
        icon("plus"),
        t("phones.enrol"),
      ),
  });

/** @param {Device} device @param {() => Promise<void>} reload */
function line(device, reload) {
  const heard = device.heard_at ? t("phones.heard", { ago: ago(device.heard_at) }) : t("phones.silent");
  const key = `outcome.${device.outcome}`;
  const state = device.revoked_at
    ? chip(t("phones.revoked", { at: dateClock(device.revoked_at) }), "", "cross")
    : device.outcome && has(key)
      ? chip(t(key), GOOD.includes(device.outcome) ? "ok" : "warn", GOOD.includes(device.outcome) ? "check" : "alert")
      : null;
  return h(
    "li",
    { class: "spread phones__line", "data-device": device.id },
    h("span", {}, h("b", {}, device.label), h("span", { class: "soft" }, ` · ${device.vehicle_name}`)),
    h(
      "span",
      { class: "cluster" },
      device.revoked_at ? null : h("span", { class: "soft" }, heard),
      state,
      device.revoked_at
        ? null
        : actionButton(t("phones.revoke"), () => post(`/v1/devices/${device.id}/revoke`).then(reload), {
            class: "btn btn--danger",
            done: t("phones.revoked.done"),
            label: `${t("phones.revoke")} ${device.label}`,
          }),
    ),
  );
}

async function enrolPhone() {
  /** @type {Vehicle[]} */ let vehicles;
  try {
    vehicles = (await get("/v1/vehicles")).vehicles;
  } catch (error) {
    toast(worded(error), "alarm");
    return;
  }
  const options = /** @type {[string, string][]} */ ([
    ["", t("desk.choose")],
    ...vehicles.map((one) => [
      one.id,
      [one.name, one.plate, count("dispatch.seats-of", one.seats)].filter(Boolean).join(" · "),
    ]),
  ]);
  /** @type {Enrolled | null} */ let enrolled = null;
  await ask({
    title: t("phones.enrol"),
    confirm: t("phones.enrol"),
    fields: [
      field({ name: "vehicle", label: t("dispatch.vehicle"), options, required: true }),
      field({ name: "label", label: t("phones.label"), hint: t("phones.label.hint"), required: true, maxlength: 40 }),
    ],
    send: async (form) => {
      enrolled = await post("/v1/devices", { vehicle: valueOf(form, "vehicle"), label: valueOf(form, "label") });
    },
  });
  if (enrolled) await show(enrolled);
}

/** @param {Enrolled} enrolled */
function show({ token, set_up_url: url, qr }) {
  if (!token || !url) return Promise.resolve();
  const close = h("button", { type: "button", class: "btn btn--big btn--primary" }, t("close"));
  const words = (/** @type {string} */ label, /** @type {string} */ value) => [
    h("dt", {}, label),
    h("dd", {}, h("code", { class: "phones__secret" }, value)),
  ];
  const dialog = h(
    "dialog",
    { class: "sheet", "aria-labelledby": "phone-title" },
    h(
      "div",
      { class: "stack" },
      h("h2", { id: "phone-title" }, t("phones.enrol")),
      note(t("phones.once"), "warn"),
      h("p", {}, t("phones.scan")),
      code(qr),
      h("dl", { class: "facts" }, words(t("phones.url"), url.split("?")[0] ?? url), words(t("phones.token"), token)),
      h("div", { class: "cluster cluster--end" }, close),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  close.addEventListener("click", () => dialog.close());
  return new Promise((resolve) =>
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(undefined);
    }),
  );
}

/** Dark modules as one path; four modules of quiet around them, as the standard asks. @param {string[]} rows */
function code(rows) {
  const d = rows
    .flatMap((row, y) => [...row].map((dark, x) => (dark === "1" ? `M${x + 4} ${y + 4}h1v1h-1z` : "")))
    .join("");
  const size = rows.length + 8;
  return h(
    "div",
    { class: "phones__qr", role: "img", "aria-label": t("phones.qr") },
    svg(
      "svg",
      { viewBox: `0 0 ${size} ${size}`, "shape-rendering": "crispEdges", "aria-hidden": "true" },
      svg("path", { d, fill: "#000", stroke: "none" }),
    ),
  );
}
