// The load every system gets, as flags, and how long we wait for anything. Names and defaults follow `homeward bench`.
import { parseArgs } from "node:util";

const FLAGS = {
  boards: 2000, // sockets, spread evenly over the receivers
  receivers: 200, // channels, rooms or subjects
  rate: 100, // facts a second over all receivers
  seconds: 30, // how long facts are published
  "baseline-seconds": 10, // before that, published alone, to take the writes' CPU off the deliveries'
  rounds: 3, // storms
  "away-ms": 500, // how long everybody is away in a storm
  "at-once": 256, // lines that are opened at once
  writers: 8, // facts under way at once
  bytes: 697, // a fact on the wire, frame headers excluded; what a row of ours has
  port: 18480, // the first of the ports that are used
};

export const WHOLE_WITHIN_MS = 120_000;
export const AT_HEAD_WITHIN_MS = 30_000;
// Who keeps no history never comes to the head: a silence this long is the end.
export const SILENCE_MS = 2_000;
export const SETTLE_MS = 1_000;

export function parseLoad(args) {
  const texts = { systems: { type: "string" }, out: { type: "string" } };
  const numbers = Object.fromEntries(Object.keys(FLAGS).map((name) => [name, { type: "string" }]));
  const { values } = parseArgs({ args, options: { ...texts, ...numbers } });
  const load = { systems: values.systems ?? "homeward,homeward-node,nchan,socket.io,nats", out: values.out ?? "peers" };
  for (const [name, fallback] of Object.entries(FLAGS)) {
    const value = Number(values[name] ?? fallback);
    if (!Number.isInteger(value) || value < 0) throw new Error(`--${name} ${values[name]} is no whole number`);
    load[name.replace(/-(.)/g, (_, letter) => letter.toUpperCase())] = value;
  }
  if (Math.min(load.boards, load.receivers, load.rate, load.seconds, load.rounds, load.atOnce, load.writers) < 1) {
    throw new Error("boards, receivers, rate, seconds, rounds, at-once and writers are at least 1");
  }
  load.systems = load.systems.split(",");
  return load;
}
