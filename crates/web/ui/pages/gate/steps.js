// Who may do which step, and what is still missing: pure functions over a stop's people.
import { t, list, person } from "../../lib/i18n.js";

/** @typedef {import("../../types.js").GatePerson} GatePerson */
/** @typedef {"verify" | "inform" | "enrol"} StepName */

/** @type {StepName[]} */
export const STEPS = ["verify", "inform", "enrol"];

const FIELD = /** @type {const} */ ({ verify: "verified", inform: "informed", enrol: "enrolled" });

/** @param {GatePerson} one @param {StepName} step */
export const doneStep = (one, step) => one.reception[FIELD[step]] ?? null;

/** @param {StepName} step @param {string | null} role */
export function maySettle(step, role) {
  if (role === "site_manager") return true;
  if (step === "verify") return role === "committee" || role === "duty_officer" || role === "leader";
  return role === (step === "inform" ? "police" : "doctor");
}

/** @param {string | null} role */
export const mayAccept = (role) =>
  role === "leader" || role === "duty_officer" || role === "committee" || role === "site_manager";

/** "TANAKA YUKI: enrol", one line a person that is not complete. @param {GatePerson[]} people @returns {string[]} */
export function missing(people) {
  return people.flatMap((one) => {
    const open = STEPS.filter((step) => !doneStep(one, step));
    return open.length ? [`${person(one.name)}${t("gate.colon")}${list(open.map((step) => t(`gate.${step}`)))}`] : [];
  });
}
