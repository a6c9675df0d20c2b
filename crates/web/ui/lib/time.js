// Time: the server's clock on this screen, and how instants are worded. Civil time is Asia/Shanghai everywhere.
import { lang, t } from "./i18n.js";

const ZONE = "Asia/Shanghai";
/** Server milliseconds minus this page's monotonic clock; a wrong or jumping wall clock of the device does not matter. */
let offsetMs = Date.now() - performance.now();
let known = false;

/** A sign of the server's clock (RFC 3339). Late news make it look older, so the youngest estimate wins, and a jump is believed.
 * @param {string} instant */
export function serverSays(instant) {
  const sampleMs = Date.parse(instant) - performance.now();
  if (Number.isNaN(sampleMs)) return;
  const jumpMs = Math.abs(sampleMs - offsetMs);
  if (!known || sampleMs > offsetMs || jumpMs > 1500) offsetMs = sampleMs;
  known = true;
}

/** Milliseconds since 1970 by the server's clock. */
export const now = () => offsetMs + performance.now();

const hm = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const hms = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE,
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});
const day = new Intl.DateTimeFormat(lang, { timeZone: ZONE, month: "short", day: "numeric", weekday: "short" });
const short = new Intl.DateTimeFormat(lang, { timeZone: ZONE, day: "numeric", weekday: "short" });
const dayKey = new Intl.DateTimeFormat("en-CA", { timeZone: ZONE, year: "numeric", month: "2-digit", day: "2-digit" });

/** @typedef {string | number | Date} Instant RFC 3339, or milliseconds */
/** @param {Instant} at */
const ms = (at) => (typeof at === "string" ? Date.parse(at) : Number(at));

/** `20:18` @param {Instant} at */
export const clock = (at) => hm.format(ms(at));
/** `20:18:05` @param {Instant} at */
export const clockSeconds = (at) => hms.format(ms(at));
/** `3月20日周五` / `Fri, 20 Mar` @param {Instant} at */
export const date = (at) => day.format(ms(at));
/** `20日周五` / `20 Fri`, for a narrow column @param {Instant} at */
export const weekday = (at) => short.format(ms(at));
/** `2020-03-20`, the civil day in Shanghai @param {Instant} at */
export const civilDay = (at) => dayKey.format(ms(at));
/** The clock, with the day before it unless it is today. @param {Instant} at */
export const dateClock = (at) => (civilDay(at) === civilDay(now()) ? clock(at) : `${date(at)} ${clock(at)}`);

/** A length in words: "12 s", "8 min", "2 h", "1 h 20 min". @param {number} lengthMs */
export function length(lengthMs) {
  const seconds = Math.max(0, Math.round(lengthMs / 1000));
  if (seconds < 60) return t("time.seconds", { n: seconds });
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return t("time.minutes", { n: minutes });
  const [hours, over] = [Math.floor(minutes / 60), minutes % 60];
  if (hours < 48) return over ? t("time.hours", { h: hours, m: over }) : t("time.hours.even", { h: hours });
  return t("time.days", { n: Math.floor(minutes / 1440) });
}

/** "12 s ago". @param {Instant} at */
export const ago = (at) => t("time.ago", { length: length(now() - ms(at)) });

/** "20:38–20:52", and one clock where both ends are the same minute. @param {Instant} from @param {Instant} to */
export const between = (from, to) => (clock(from) === clock(to) ? clock(from) : `${clock(from)}–${clock(to)}`);

/** Milliseconds from now until then, never negative. @param {Instant} at */
export const until = (at) => Math.max(0, ms(at) - now());

/** Whether it is now within hours of the local day, over midnight when they end before they begin. @param {import("../types.js").Shift} hours */
export function within({ from, until }) {
  const time = clock(now());
  return from < until ? from <= time && time < until : time >= from || time < until;
}

/** A time element. @param {Instant} at @param {string} [words] */
export function timeElement(at, words = clock(at)) {
  const el = document.createElement("time");
  el.dateTime = new Date(ms(at)).toISOString();
  el.textContent = words;
  return el;
}

/** Calls `turn` now and on every second of the server's clock. @param {() => void} turn @returns {() => void} stop */
export function everySecond(turn) {
  /** @type {ReturnType<typeof setTimeout>} */ let timer;
  const step = () => {
    turn();
    timer = setTimeout(step, 1000 - (now() % 1000));
  };
  step();
  return () => clearTimeout(timer);
}

const SHANGHAI_MS = 8 * 3_600_000;

/** The value of a datetime-local control, Shanghai time. @param {number} at ms */
export const localValue = (at) => new Date(at + SHANGHAI_MS).toISOString().slice(0, 16);
/** @param {string} value of a datetime-local control, Shanghai time @returns {string} RFC 3339, or the value as it is when it is no time */
export const instantOf = (value) =>
  Number.isNaN(Date.parse(`${value}:00+08:00`)) ? value : new Date(`${value}:00+08:00`).toISOString();
