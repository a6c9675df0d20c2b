// Who is signed in, and what the grant opens. Screens ask here; the server decides.
import { get, write } from "./api.js";
import { forget } from "./position.js";

/** @typedef {import("../types.js").Session} Session */
/** @typedef {import("../types.js").Grant} Grant */
/** @typedef {import("../types.js").Reference} Reference */

/** The session; leaves for the sign-in page when there is none. @returns {Promise<Session>} */
export const session = () => get("/v1/session");

/** @type {Promise<Reference> | null} */ let reference_ = null;

/** Reference data, asked for once a page. @returns {Promise<Reference>} */
export const reference = () => (reference_ ??= get("/v1/reference"));

/** Reads the reference data again, into the object that everybody on the page holds: what was opened since is known to all of them. */
export async function renewReference() {
  Object.assign(await reference(), await get("/v1/reference"));
}

export async function signOut() {
  await write("DELETE", "/v1/session");
  forget();
  location.assign("/sign-in");
}

/** The receivers this grant takes people over for. @param {Grant} grant @param {Reference} from @returns {Reference["receivers"]} */
export function receiversOf(grant, from) {
  switch (grant.role) {
    case "squad":
      return from.receivers.filter((r) => r.kind === "community" && r.jurisdiction.startsWith(grant.place));
    case "site_manager":
      return from.receivers.filter((r) => r.code === grant.site);
    case "dispatcher":
    case "command":
      return from.receivers.filter((r) => r.jurisdiction.startsWith(grant.district));
    default:
      return [];
  }
}

/** The screens of a role, the most used first. @param {Grant} grant @returns {("desk" | "dispatch" | "trip" | "board" | "site" | "sites" | "accounts" | "lists" | "numbers" | "accuracy")[]} */
export function screensOf(grant) {
  switch (grant.role) {
    case "duty_officer":
      return ["desk"];
    case "dispatcher":
      return ["dispatch", "numbers", "accuracy", "lists", "board"];
    case "escort":
      return ["trip"];
    case "squad":
      return ["board"];
    case "site_manager":
      return ["site"];
    case "command":
      return ["numbers", "accuracy", "board", "dispatch"];
    case "administrator":
      return ["accounts", "sites", "lists", "accuracy"];
    case "auditor":
      return ["lists", "accuracy"];
    case "export":
      return []; // A program: it asks by itself and looks at no screen.
  }
}
