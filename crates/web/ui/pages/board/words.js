// What a stop's row says: pure functions from a row and an instant to words. No elements, no requests.
import { t } from "../../lib/i18n.js";
import { clock, ago, length, now } from "../../lib/time.js";

/** @typedef {import("../../types.js").StopRow} StopRow */
/** @typedef {import("../../types.js").Eta} Eta */
/** @typedef {{ label: string, time: string | null, sub: string, tone: "" | "ok" | "warn" | "alarm" }} Headline */

/** A row that was just read tells when it was published; where the vehicle is since then comes with the first tick. */
const LIVE_MS = 2 * 60_000;

/** The large line of a row. A countdown never goes below zero: after the range it says so. @param {StopRow} row @param {number} nowMs @returns {Headline} */
export function headline(row, nowMs) {
  if (row.stage === "cancelled")
    return { label: t("stop.cancelled"), time: null, sub: t("stop.cancelled.sub"), tone: "" };
  if (row.diverted) return { label: t("stop.diverted"), time: null, sub: row.diverted.reason, tone: "" };
  if (row.handed_over_at) return { label: t("stop.handed-over"), time: row.handed_over_at, sub: "", tone: "ok" };
  if (row.arrived_at)
    return {
      label: t("stop.at-gate"),
      time: row.arrived_at,
      sub: t("stop.waiting-for", { length: length(nowMs - Date.parse(row.arrived_at)) }),
      tone: row.notice?.mustered_at ? "ok" : "alarm",
    };
  if (row.eta?.arriving)
    return {
      label: t("stop.arriving"),
      time: row.eta.p50,
      sub: t("stop.arriving.sub", { ago: ago(row.eta.as_of) }),
      tone: row.notice?.mustered_at ? "ok" : "alarm",
    };
  if (row.broken_at)
    return {
      label: t("stop.broken"),
      time: null,
      sub: t("stop.broken.sub", { at: clock(row.broken_at) }),
      tone: "alarm",
    };
  if (!row.eta) return { label: t("stop.no-time"), time: null, sub: t("stop.no-time.sub"), tone: "" };
  if (hasNoVehicle(row)) return { label: t("stop.no-time"), time: null, sub: t("stop.no-vehicle.sub"), tone: "warn" };
  return { label: t("stop.be-there"), time: row.eta.go_at, ...countdown(row, row.eta, nowMs) };
}

/** @param {StopRow} row @param {Eta} eta @param {number} nowMs @returns {{ sub: string, tone: Headline["tone"] }} */
function countdown(row, eta, nowMs) {
  const goMs = Date.parse(eta.go_at);
  const late = nowMs > Date.parse(eta.p90) || eta.reasons.some((one) => one.code === "later_than_expected");
  // Whoever has not gone has to go, however late the vehicle is: it can come at any moment.
  if (!row.notice?.mustered_at && nowMs >= goMs)
    return { sub: late ? `${t("stop.go-now")} · ${lateWords(eta)}` : t("stop.go-now"), tone: "alarm" };
  if (late) return { sub: lateWords(eta), tone: "warn" };
  if (row.notice?.mustered_at) return { sub: t("stop.mustered", { at: clock(row.notice.mustered_at) }), tone: "ok" };
  return {
    sub: t("stop.left", { length: length(Math.max(60_000, goMs - nowMs)) }),
    tone: goMs - nowMs < 15 * 60_000 ? "warn" : "",
  };
}

/** @param {Eta} eta */
function lateWords(eta) {
  if (eta.basis === "position") return t("stop.late.seen", { at: clock(eta.as_of) });
  return t("stop.late");
}

/** What the time rests on, and how old that is. Four different things, never mixed. @param {StopRow} row @param {Eta} eta @returns {{ words: string, tone: "ok" | "warn" | "" }} */
export function basis(row, eta) {
  if (row.broken_at && eta.position_state === "no_vehicle") return { words: t("basis.broken"), tone: "warn" };
  if (eta.basis === "manual") return { words: t("basis.manual", { ago: ago(eta.as_of) }), tone: "" };
  if (eta.position_state === "live" && eta.basis === "position")
    return {
      words: t("basis.live", { ago: ago(eta.as_of) }),
      tone: now() - Date.parse(eta.as_of) < LIVE_MS ? "ok" : "",
    };
  if (eta.position_state === "old_position") return { words: t("basis.old", { at: clock(eta.as_of) }), tone: "warn" };
  if (row.stage === "planned" || row.stage === "boarding")
    return { words: t("basis.before", { ago: ago(eta.as_of) }), tone: "" };
  return { words: t("basis.no-position", { at: clock(eta.as_of) }), tone: "warn" };
}

const ENGINES = { routing_engine_osrm_minutes: "OSRM", routing_engine_valhalla_minutes: "Valhalla" };

/** What a routing engine adds to the basis, or that it is silent; nothing where none is asked. @param {Eta} eta */
export function engineWords(eta) {
  for (const { code } of eta.reasons) {
    if (code === "routing_engine_silent_minutes") return t("basis.engine.silent");
    const engine = /** @type {Record<string, string>} */ (ENGINES)[code];
    if (engine) return t("basis.engine", { engine });
  }
  return "";
}

/** Its vehicle is out of service, or stands beside the road with others: nobody can say when it comes. @param {StopRow} row */
export const hasNoVehicle = (row) =>
  (row.stage === "planned" || row.stage === "boarding") && row.eta?.position_state === "no_vehicle";

/** Most urgent first: at the gate, then by the time to be there, then without a time. @param {StopRow} row */
export function urgency(row) {
  if (row.arrived_at) return Date.parse(row.arrived_at) - 1e12;
  if (hasNoVehicle(row)) return Number.MAX_SAFE_INTEGER;
  return row.eta ? Date.parse(row.eta.go_at) : Number.MAX_SAFE_INTEGER;
}

/** @param {StopRow} row */
export const isDone = (row) => row.stage === "handed_over" || row.stage === "cancelled" || row.stage === "diverted";

/** The roles whose readiness a row shows. @param {StopRow} row @param {boolean} isSite @returns {string[]} */
export function rolesOf(row, isSite) {
  if (isSite) return ["site_manager"];
  const roles = ["leader", "duty_officer", "committee", "doctor", "police"];
  const foreign = row.languages.some((tag) => !tag.toLowerCase().startsWith("zh"));
  return foreign || row.notice?.acks.some((ack) => ack.role === "interpreter") ? [...roles, "interpreter"] : roles;
}

/** @param {string} role */
export const roleWords = (role) =>
  t(role === "site_manager" || role === "dispatcher" ? `role.${role}` : `squad_role.${role}`);

/** The role under which this account acknowledges; null when it only looks. @param {import("../../types.js").Grant} grant @returns {string | null} */
export function ownRole(grant) {
  if (grant.role === "squad") return grant.squad_role;
  return grant.role === "site_manager" ? "site_manager" : null;
}

/** A site has one role, which leads on the wire. @param {import("../../types.js").Ack[]} acks @param {string} role */
export const ackOf = (acks, role) => acks.find((ack) => ack.role === (role === "site_manager" ? "leader" : role));

/** "20:30 → 20:44", when an answer of this screen counts no longer: the squad has to go sooner, or the vehicle comes later.
 * For those who only look, as long as nobody has answered anew. @param {StopRow} row @param {string | null} role */
export function movedWords(row, role) {
  const lapsed = row.notice?.lapsed ?? [];
  const told = (role ? ackOf(lapsed, role) : lapsed[0])?.told;
  if (!told || !row.eta || !isUnanswered(row, role)) return "";
  const { eta } = row;
  return Date.parse(eta.go_at) < Date.parse(told.go_at)
    ? t("stop.moved.sooner", { old: clock(told.go_at), new: clock(eta.go_at) })
    : t("stop.moved.later", { old: clock(told.gate_at), new: clock(eta.p50) });
}

/** Still waiting for an acknowledgement: by the own role, or by anybody for those who only look. @param {StopRow} row @param {string | null} role */
export function isUnanswered(row, role) {
  if (!row.notice || isDone(row) || row.notice.mustered_at || row.arrived_at) return false;
  return role ? !ackOf(row.notice.acks, role) : row.notice.acks.length === 0;
}
