// Our server on a fresh SQLite register, and `homeward bench` on it: the figures that deploy/measuring.md explains.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { until } from "../clock.js";
import { start } from "../processes.js";

export const PASSWORD = "a sentence to remember";
const binary = () => process.env.HOMEWARD_BIN;

// The reference data knows 24 communities; the rest of what the load wants is added, with a gate each.
const COMMUNITIES = 24;
const PRINTED_WITHIN_MS = 10_000;
const more = (count) => `
  with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})
  insert into receiver (code, kind, jurisdiction, name_zh, name_en)
  select printf('peers-%05d', i), 'community', (select min(jurisdiction) from receiver where kind = 'community'), 'P' || i, 'P' || i from n;
  with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})
  insert into gate (code, receiver, compound_zh, compound_en, lat, lon)
  select printf('peers-%05d-g1', i), printf('peers-%05d', i), 'P' || i, 'P' || i, 31.2, 121.4 from n;`;

// Starts the server; gives the code that makes its first administrator, too.
export async function serve(folder, port, load) {
  mkdirSync(folder, { recursive: true });
  const database = `sqlite:${folder}/h.db`;
  execFileSync(binary(), ["migrate", "--database", database], { stdio: ["ignore", "ignore", "inherit"] });
  if (load.receivers > COMMUNITIES) execFileSync("sqlite3", [`${folder}/h.db`, more(load.receivers - COMMUNITIES)]);
  const listen = `127.0.0.1:${port}`;
  const server = await start(folder, port, binary(), [
    "serve",
    "--listen",
    listen,
    "--database",
    database,
    "--log",
    "off",
  ]);
  // The port listens before the code is printed.
  const code = () => /^set-up code: (.*)$/m.exec(readFileSync(`${folder}/log`, "utf8"))?.[1];
  if (!(await until(code, PRINTED_WITHIN_MS))) throw new Error(`no set-up code in ${folder}/log`);
  return { ...server, code: code() };
}

export const version = () => execFileSync(binary(), ["--version"], { encoding: "utf8" }).trim();

// One server for both loads, as every peer has.
export async function bench(load, folder, port) {
  const server = await serve(folder, port, load);
  try {
    const crowd = ["boards", "receivers", "rate", "writers"].flatMap((name) => [`--${name}`, String(load[name])]);
    const common = ["--url", `http://127.0.0.1:${port}`, "--yes-write", ...crowd, "--at-once", String(load.atOnce)];
    const ofBoards = ["--seconds", load.seconds, "--baseline-seconds", load.baselineSeconds, "--pid", server.pid];
    const ofStorms = ["--rounds", load.rounds, "--away-ms", load.awayMs];
    const run = (what, flags) =>
      measured([what, ...common, ...flags.map(String)], `${folder}/${what}.json`, server.code);
    const boards = await run("boards", ofBoards);
    return { version: version(), resumes: true, boards, reconnect: await run("reconnect", ofStorms) };
  } finally {
    await server.stop();
  }
}

// Exit code 1 is a run with faults, and the document names them; every other one is a run without figures.
async function measured(flags, out, code) {
  const env = { ...process.env, HOMEWARD_BENCH_PASSWORD: PASSWORD, HOMEWARD_BENCH_SET_UP_CODE: code };
  const child = spawn(binary(), ["bench", ...flags, "--out", out], { env, stdio: ["ignore", "ignore", "inherit"] });
  const status = await new Promise((resolve) => child.once("exit", resolve));
  if (status > 1 || status === null) throw new Error(`homeward bench ${flags[0]} ended with ${status}`);
  const { result, faults } = JSON.parse(readFileSync(out, "utf8"));
  return { ...result, faults };
}
