// Who drives, in a dialog: the district's drivers with what each does now, the vehicle's usual one first; or somebody else, by name and
// phone, who enters the list of drivers.
import { h } from "../../lib/dom.js";
import { t } from "../../lib/i18n.js";
import { field, optionsOf, valueOf } from "../../lib/parts.js";
import { clock } from "../../lib/time.js";
import { doesNow } from "./driver-words.js";

/** @typedef {import("../../types.js").Driver} Driver */
/** @typedef {import("../../types.js").TripRow} TripRow */

const OTHER = "other";

/**
 * `nobody` words the choice of none. `of` tells which vehicle it is about.
 * @param {Driver[]} drivers @param {string} nobody @param {TripRow} [row] the trip as it stands
 */
export function driverFields(drivers, nobody, row) {
  const now = row?.driver;
  const typed = now && !now.id ? now : null;
  const who = field({
    name: "driver/id",
    label: t("dispatch.driver"),
    hint: now?.off_since ? t("dispatch.driver.off", { name: now.name, at: clock(now.off_since) }) : "",
    options: [],
  });
  const select = /** @type {HTMLSelectElement} */ (who.querySelector("select"));
  const other = h(
    "div",
    { class: "stack stack--tight" },
    h("p", { class: "field__hint" }, t("dispatch.driver.other.hint")),
    h(
      "div",
      { class: "fields" },
      field({ name: "driver/name", label: t("dispatch.driver.name"), value: typed?.name ?? "", maxlength: 80 }),
      field({ name: "driver/phone", label: t("dispatch.driver.phone"), type: "tel", value: typed?.phone ?? "" }),
    ),
  );
  const look = () => {
    other.hidden = select.value !== OTHER;
    for (const input of other.querySelectorAll("input")) input.required = !other.hidden;
  };
  const of = (/** @type {string} */ vehicle, /** @type {string} */ chosen = select.value) => {
    select.replaceChildren(
      ...optionsOf([["", nobody], ...offered(drivers, vehicle), [OTHER, t("dispatch.driver.other")]], chosen),
    );
    look();
  };
  of(row?.vehicle.id ?? "", typed ? OTHER : now?.off_since ? "" : (now?.id ?? ""));
  select.addEventListener("change", look);
  return { el: h("div", { class: "stack" }, who, other), of };
}

/** The usual ones of the vehicle first, then whoever is free; who is off duty is seen and cannot be chosen.
 * @param {Driver[]} drivers @param {string} vehicle @returns {import("../../lib/parts.js").Option[]} */
function offered(drivers, vehicle) {
  const usual = (/** @type {Driver} */ one) => vehicle !== "" && one.usual?.id === vehicle;
  const rank = (/** @type {Driver} */ one) =>
    one.off ? 3 : usual(one) ? 0 : doesNow(one).every((it) => it.state === "free") ? 1 : 2;
  return [...drivers]
    .sort((a, b) => rank(a) - rank(b))
    .map((one) => {
      const name = usual(one) ? t("dispatch.driver.is-usual", { name: one.name }) : one.name;
      const does = doesNow(one).map((it) => it.words);
      return [one.id, [name, ...does].join(" · "), one.off !== null];
    });
}

/** As a crew names its driver; nothing for nobody. @param {HTMLFormElement} form */
export function driverBody(form) {
  const id = valueOf(form, "driver/id");
  if (id === OTHER) return { name: valueOf(form, "driver/name"), phone: valueOf(form, "driver/phone") };
  return id ? { id } : null;
}
