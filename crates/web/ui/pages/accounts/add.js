// The dialog that adds an account: the place asked for depends on the role.
import { h, fill } from "../../lib/dom.js";
import { t, name } from "../../lib/i18n.js";
import { ask, field, valueOf } from "../../lib/parts.js";
import { post } from "../../lib/api.js";

/** @typedef {import("../../types.js").Reference} Reference */

const ROLES = [
  "duty_officer",
  "dispatcher",
  "escort",
  "squad",
  "site_manager",
  "command",
  "export",
  "auditor",
  "administrator",
];
const SQUAD_ROLES = ["leader", "duty_officer", "committee", "doctor", "police", "interpreter"];
const PASSWORD_MIN = 12;

/** @typedef {[string, string][]} Options */
/** @param {{ code: string, name: import("../../types.js").Name }[]} places @returns {Options} */
const options = (places) => [
  ["", t("desk.choose")],
  ...places.map((one) => /** @type {[string, string]} */ ([one.code, `${name(one.name)} · ${one.code}`])),
];

/** The fields of a role's place, named as the wire's grant names them. @param {string} role @param {Reference} known @returns {HTMLElement[]} */
function placeFields(role, known) {
  const level = (/** @type {string[]} */ ...levels) =>
    options(known.jurisdictions.filter((one) => levels.includes(one.level)));
  const f = (/** @type {string} */ key, /** @type {Options} */ of) =>
    field({ name: `grant/${key}`, label: t(`accounts.grant.${key}`), options: of, required: true });
  if (role === "duty_officer") return [f("desk", options(known.desks))];
  if (role === "site_manager") return [f("site", options(known.receivers.filter((one) => one.kind === "site")))];
  if (role === "squad")
    return [
      f("place", level("subdistrict", "committee")),
      f("squad_role", [
        ["", t("desk.choose")],
        ...SQUAD_ROLES.map((one) => /** @type {[string, string]} */ ([one, t(`squad_role.${one}`)])),
      ]),
    ];
  return role === "dispatcher" || role === "escort" || role === "command" || role === "export"
    ? [f("district", level("district"))]
    : [];
}

/** @param {Reference} known @returns {Promise<boolean>} */
export function addAccount(known) {
  const role = field({
    name: "grant/role",
    label: t("accounts.role"),
    options: [["", t("desk.choose")], ...ROLES.map((one) => /** @type {[string, string]} */ ([one, t(`role.${one}`)]))],
    required: true,
  });
  const place = h("div", { class: "stack" });
  const select = /** @type {HTMLSelectElement} */ (role.querySelector("select"));
  select.addEventListener("change", () => fill(place, ...placeFields(select.value, known)));
  return ask({
    title: t("accounts.add"),
    confirm: t("accounts.add"),
    fields: [
      field({ name: "display_name", label: t("accounts.name"), required: true, maxlength: 40 }),
      h(
        "div",
        { class: "fields" },
        field({ name: "username", label: t("accounts.username"), required: true, maxlength: 40, class: "mono" }),
        field({ name: "phone", label: t("accounts.phone.optional"), type: "tel" }),
      ),
      field({
        name: "password",
        label: t("accounts.password"),
        hint: t("accounts.password.hint", { n: PASSWORD_MIN }),
        type: "password",
        autocomplete: "new-password",
        required: true,
      }),
      role,
      place,
    ],
    send: (form) => post("/v1/accounts", bodyOf(form)),
  });
}

/** @param {HTMLFormElement} form */
function bodyOf(form) {
  const phone = valueOf(form, "phone");
  const grant = Object.fromEntries(
    [...new FormData(form)]
      .filter(([key]) => key.startsWith("grant/"))
      .map(([key, value]) => [key.slice("grant/".length), String(value)]),
  );
  return {
    username: valueOf(form, "username"),
    password: String(new FormData(form).get("password") ?? ""),
    display_name: valueOf(form, "display_name"),
    ...(phone ? { phone } : {}),
    grant,
  };
}
