// The HTTP side of the wire: reads, writes with an idempotency key an intent, problems as errors. No elements: submit.js ties them to controls.
import { serverSays } from "./time.js";

/** @typedef {import("../types.js").Problem} Problem */
/** @typedef {import("../types.js").Receipt} Receipt */

/** A refusal or failure the screen can word: `problem.code` is the i18n key after `problem.`. */
export class Refused extends Error {
  /** @param {Problem} problem */
  constructor(problem) {
    super(problem.title || problem.code);
    this.problem = problem;
  }
}

const NETWORK_TRIES = 3;
const ANSWER_MS_MAX = 15_000;

/** @param {string} code @param {number} status @returns {Problem} */
const local = (code, status) => ({ type: `/problems/${code}`, title: code, status, code });

/** Reads JSON. @param {string} path @returns {Promise<any>} @throws {Refused} */
export const get = (path) => answer(() => request("GET", path));

/** @type {Map<string, { key: string, flight: Promise<any> | null }>} */
const intents = new Map();

/**
 * Writes JSON. One intent = method + path + body: while no answer is known it keeps one idempotency key, also over several
 * calls, and a second call while the first is in flight joins it. So a double tap or a retry after a lost answer has one effect.
 * @param {"POST" | "PUT" | "DELETE"} method @param {string} path @param {unknown} [body] @returns {Promise<any>} @throws {Refused}
 */
export function write(method, path, body = {}) {
  const intent = `${method} ${path} ${JSON.stringify(body)}`;
  const entry = intents.get(intent) ?? { key: freshKey(), flight: null };
  if (entry.flight) return entry.flight;
  intents.set(intent, entry);
  const flight = answer(() => request(method, path, body, entry.key)).then(
    (value) => {
      intents.delete(intent);
      return value;
    },
    (error) => {
      settle(intent, entry, error);
      throw error;
    },
  );
  entry.flight = flight;
  return flight;
}

/** @param {string} path @param {unknown} [body] */
export const post = (path, body) => write("POST", path, body);

/** Asks something that needs a body and changes nothing, so it carries no key. @param {string} path @param {unknown} body @returns {Promise<any>} @throws {Refused} */
export const ask = (path, body) => answer(() => request("POST", path, body));

/** Sign-in carries no idempotency key: a repeated one is only one more session. @param {string} username @param {string} password @returns {Promise<any>} */
export const signIn = (username, password) => answer(() => request("POST", "/v1/session", { username, password }));

/** The first administrator; refused once there is one. @param {{ code: string, username: string, password: string, display_name: string }} first @returns {Promise<any>} */
export const setUp = (first) => answer(() => request("POST", "/v1/setup", first));

/** A definite answer ends the intent; no answer keeps its key for the next try. @param {string} intent @param {{ flight: unknown }} entry @param {unknown} error */
function settle(intent, entry, error) {
  entry.flight = null;
  const status = error instanceof Refused ? error.problem.status : 0;
  if (status >= 400 && status < 500 && status !== 429) intents.delete(intent);
}

function freshKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(18));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_");
}

/** @param {string} method @param {string} path @param {unknown} [body] @param {string} [key] @returns {Promise<Response>} */
function request(method, path, body, key) {
  /** @type {Record<string, string>} */ const headers = { accept: "application/json, application/problem+json" };
  if (body !== undefined) headers["content-type"] = "application/json";
  if (key) headers["idempotency-key"] = key;
  return fetch(path, {
    method,
    headers,
    body: body === undefined ? null : JSON.stringify(body),
    credentials: "same-origin",
    cache: "no-store",
    signal: AbortSignal.timeout(ANSWER_MS_MAX),
  });
}

/** @param {() => Promise<Response>} ask @returns {Promise<any>} */
async function answer(ask) {
  const response = await withRetry(ask);
  const value = await bodyOf(response);
  if (response.ok) {
    if (typeof value?.now === "string") serverSays(value.now);
    return value;
  }
  const problem = value?.code ? value : local(codeOf(response.status), response.status);
  if (response.status === 401 && location.pathname !== "/sign-in") toSignIn();
  throw new Refused(problem);
}

/** A lost answer is asked for again with the same request (and so the same key). @param {() => Promise<Response>} ask */
async function withRetry(ask) {
  for (let tried = 1; ; tried += 1) {
    try {
      return await ask();
    } catch {
      if (tried >= NETWORK_TRIES) throw new Refused(local("no-connection", 0));
      await new Promise((resume) => setTimeout(resume, 400 * 2 ** tried * Math.random() + 200));
    }
  }
}

/** @param {Response} response @returns {Promise<any>} null when there is no JSON in it */
async function bodyOf(response) {
  const words = await response.text();
  if (!words) return null;
  try {
    return JSON.parse(words);
  } catch {
    return null;
  }
}

/** @param {number} status */
function codeOf(status) {
  const codes = new Map([
    [401, "not-signed-in"],
    [403, "not-your-role"],
    [404, "not-found"],
    [429, "too-many-attempts"],
    // A proxy's own words for a node that was lost or does not answer.
    [502, "unavailable"],
    [503, "unavailable"],
    [504, "unavailable"],
  ]);
  return codes.get(status) ?? "unknown";
}

/** Leaves for the sign-in page and comes back here after it. */
export function toSignIn() {
  const here = location.pathname + location.search;
  location.replace(here === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(here)}`);
}
