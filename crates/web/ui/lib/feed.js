// The live feed's client (subprotocol transfer-feed.v1): one socket, positions, rows. What a row looks like on a screen is not here.
import { serverSays, now } from "./time.js";
import { remember, recall } from "./position.js";
import { toSignIn } from "./api.js";

/** @typedef {import("../types.js").Row} Row */
/** @typedef {"connecting" | "live" | "stale" | "stopped"} Phase */
/** @typedef {{ phase: Phase, asOf: number | null, since: number | null, code: number | null }} State `asOf`/`since`: server ms of the last sign of life / of the connection */
/** @typedef {{ c: string, epoch: string | null, seq: number, rows: Map<string, Row>, versions: Map<string, number>, hole: number }} Stream */
/** @typedef {{ kind: "snapshot" } | { kind: "event", key: string, code: string, before: Row | null, row: Row | null } | { kind: "tick" }} Change */

const SILENCE_MS_MAX = 3000;
const WAIT_MS_MIN = 200;
const WAIT_MS_MAX = 4000;
const ACK_EVERY_MS = 1000;

/** Follows streams until `stop`. Rows stay in memory and in sessionStorage, so a reload resumes where it was. */
export class Feed {
  /** @param {{ streams: string[], hb?: number, onChange: (stream: Stream, change: Change) => void, onState?: (state: State) => void }} of */
  constructor(of) {
    this.of = of;
    /** @type {Map<string, Stream>} */
    this.streams = new Map(of.streams.map((c) => [c, begin(c)]));
    /** @type {State} */
    this.state = { phase: "connecting", asOf: null, since: null, code: null };
    /** @type {WebSocket | null} */ this.socket = null;
    this.heard = performance.now();
    this.began = performance.now();
    this.tries = 0;
    this.ready = new Set();
    this.behind = false;
    /** @type {[number, number] | null} */ this.comeBack = null;
    /** @type {Set<string>} */ this.unacked = new Set();
    this.watch();
    this.connect();
  }

  /** All rows of all streams. @returns {Row[]} */
  rows() {
    return [...this.streams.values()].flatMap((stream) => [...stream.rows.values()]);
  }

  /** One stream more, from now on. What is known of the others stays as it is. @param {string} c */
  follow(c) {
    if (this.streams.has(c)) return;
    const stream = begin(c);
    this.streams.set(c, stream);
    // A socket that has not said hello yet names it there.
    if (this.socket?.readyState === WebSocket.OPEN)
      this.socket.send(JSON.stringify({ op: "sub", ...position(stream) }));
  }

  stop() {
    clearInterval(this.pulse);
    clearInterval(this.acks);
    clearTimeout(this.wait);
    this.state = { ...this.state, phase: "stopped" };
    this.socket?.close(1000);
  }

  /** The dead-timer, the acks, and the moments to come back at once. */
  watch() {
    this.pulse = setInterval(() => this.checkSilence(), 250);
    this.acks = setInterval(() => this.sendAcks(), ACK_EVERY_MS);
    addEventListener("online", () => this.comeBackNow());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.comeBackNow());
  }

  checkSilence() {
    const silentMs = performance.now() - this.heard;
    if (this.state.phase === "stopped" || document.visibilityState !== "visible" || silentMs <= SILENCE_MS_MAX) return;
    if (this.state.phase !== "stale") this.setState("stale");
    if (this.socket && Math.min(silentMs, performance.now() - this.began) > 2 * SILENCE_MS_MAX) this.abandon();
  }

  /** A dead line may take minutes to close by itself: it is left at once. */
  abandon() {
    const old = this.socket;
    this.socket = null;
    old?.close(1000);
    this.lost(1006);
  }

  /** Back on line or visible: a silent or waiting feed tries at once. */
  comeBackNow() {
    if (this.state.phase === "stopped") return;
    const open = this.socket?.readyState === WebSocket.OPEN;
    if (open && performance.now() - this.heard < SILENCE_MS_MAX) return;
    this.tries = 0;
    this.connect();
  }

  connect() {
    clearTimeout(this.wait);
    const old = this.socket;
    this.socket = null;
    old?.close(1000);
    const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/feed`, "transfer-feed.v1");
    this.socket = socket;
    this.began = performance.now();
    this.ready.clear();
    this.behind = false;
    socket.addEventListener("open", () => this.hello(socket));
    socket.addEventListener("message", (event) => socket === this.socket && this.take(JSON.parse(event.data)));
    socket.addEventListener("close", (event) => socket === this.socket && this.lost(event.code));
  }

  /** @param {WebSocket} socket */
  hello(socket) {
    const subs = [...this.streams.values()].map(position);
    socket.send(JSON.stringify({ op: "hello", hb: this.of.hb ?? 15, subs }));
  }

  /** 4000–4499: do not come back without a change; everything else: come back with the position. @param {number} code */
  lost(code) {
    this.socket = null;
    if (code === 4401) return toSignIn();
    if (code >= 4000 && code < 4500) return this.setState("stopped", code);
    const [least, most] = this.comeBack ?? [0, Math.min(WAIT_MS_MAX, WAIT_MS_MIN * 2 ** (this.tries += 1))];
    this.comeBack = null;
    this.wait = setTimeout(() => this.connect(), least + Math.random() * (most - least));
  }

  /** @param {any} frame */
  take(frame) {
    this.heard = performance.now();
    if (frame.now) serverSays(frame.now);
    const stream = frame.c ? this.streams.get(frame.c) : undefined;
    if (frame.op === "sub" && stream) this.subscribed(stream, frame);
    else if (frame.op === "ev" && stream) this.event(stream, frame);
    else if (frame.op === "tick" && stream) this.tick(stream, frame);
    else if (frame.op === "hb") this.beat(frame);
    else if (frame.op === "bye") this.comeBack = frame.retry_ms ?? null;
    if (this.behind) return this.state.phase === "stale" ? undefined : this.setState("stale");
    this.state.asOf = now();
    if (this.state.phase !== "live" && this.ready.size === this.streams.size) this.live();
  }

  live() {
    this.tries = 0;
    this.state.since ??= now();
    this.setState("live");
  }

  /** @param {Stream} stream @param {any} frame */
  subscribed(stream, frame) {
    stream.versions.clear();
    stream.hole = 0;
    this.ready.add(stream.c);
    if (frame.mode === "resume") return this.of.onChange(stream, { kind: "snapshot" });
    stream.epoch = frame.epoch;
    stream.seq = frame.seq;
    stream.rows = new Map(frame.board.rows.map((/** @type {Row} */ row) => [keyOf(row), row]));
    this.moved(stream, { kind: "snapshot" });
  }

  /** @param {Stream} stream @param {any} frame */
  event(stream, frame) {
    if (frame.s <= stream.seq) return;
    if (frame.s !== stream.seq + 1) return this.connect();
    stream.seq = frame.s;
    const key = frame.d?.key;
    const before = key ? (stream.rows.get(key) ?? null) : null;
    const row = frame.d?.row ?? null;
    if (row) keepPosition(row, before);
    if (key && row) stream.rows.set(key, row);
    else if (key) stream.rows.delete(key);
    if (key) this.moved(stream, { kind: "event", key, code: frame.t, before, row });
    else this.moved(stream, { kind: "tick" });
  }

  /** Applied first, position kept after it. @param {Stream} stream @param {Change} change */
  moved(stream, change) {
    this.of.onChange(stream, change);
    remember(stream);
    this.unacked.add(stream.c);
  }

  /** @param {Stream} stream @param {any} frame */
  tick(stream, frame) {
    for (const news of frame.eta ?? []) {
      if ((stream.versions.get(news.stop) ?? -1) > news.v) continue;
      stream.versions.set(news.stop, news.v);
      for (const row of stream.rows.values()) applyTick(row, news);
    }
    this.of.onChange(stream, { kind: "tick" });
  }

  /** A server that cannot see its register says so: the line lives, the rows may be old. @param {any} frame */
  beat(frame) {
    this.behind = frame.behind === true;
    this.checkHeads(frame.heads ?? {});
  }

  /** A head ahead of us in two heartbeats running is a hole: ask again from our position. @param {Record<string, number>} heads */
  checkHeads(heads) {
    for (const stream of this.streams.values()) {
      const head = heads[stream.c];
      if (head === undefined || head <= stream.seq) stream.hole = 0;
      else if ((stream.hole += 1) >= 2) return this.connect();
    }
  }

  sendAcks() {
    if (this.socket?.readyState !== WebSocket.OPEN) return;
    for (const c of this.unacked) this.socket.send(JSON.stringify({ op: "ack", c, s: this.streams.get(c)?.seq ?? 0 }));
    this.unacked.clear();
  }

  /** @param {Phase} phase @param {number | null} [code] */
  setState(phase, code = null) {
    this.state = { ...this.state, phase, code };
    this.of.onState?.(this.state);
  }
}

/** Where this tab was in a stream, or its beginning. @param {string} c @returns {Stream} */
const begin = (c) => recall(c) ?? { c, epoch: null, seq: 0, rows: new Map(), versions: new Map(), hole: 0 };

/** From where a stream is asked for. @param {Stream} s */
const position = (s) => (s.epoch ? { c: s.c, after: s.seq, epoch: s.epoch } : { c: s.c });

/** The key of a row in its stream. @param {Row} row @returns {string} */
export function keyOf(row) {
  switch (row.kind) {
    case "stop":
      return row.stop;
    case "trip":
      return row.trip;
    case "site":
      return row.receiver;
    case "approval":
    case "planning":
      return row.kind;
    case "vehicle":
      return row.vehicle.id;
    case "private_car":
      return `${row.party}:car`;
    default:
      return row.party;
  }
}

/** Where a vehicle is is never written down, so a row comes without it: what a tick said holds until the ride ends. @param {Row} row @param {Row | null} before */
function keepPosition(row, before) {
  if (row.kind === "trip" && before?.kind === "trip" && row.stage === "en_route") row.position ??= before.position;
}

/** @param {Row} row @param {{ stop: string, eta: import("../types.js").Eta, position?: import("../types.js").Position | null }} news */
function applyTick(row, news) {
  if (row.kind === "stop" && row.stop === news.stop) row.eta = news.eta;
  if (row.kind !== "trip") return;
  const stop = row.stops.find((s) => s.stop === news.stop);
  if (stop) stop.eta = news.eta;
  if (stop && news.position) row.position = news.position;
}
