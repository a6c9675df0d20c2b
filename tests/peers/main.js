// One run: every system after the other on the same machine under the same load; a table and a JSON document at the end.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { pause, say } from "./clock.js";
import { parseLoad } from "./load.js";
import { measure } from "./measure.js";
import { ratios, tables } from "./report.js";
import { bench } from "./systems/homeward.js";
import { homewardNode } from "./systems/homeward_node.js";
import { nats } from "./systems/nats.js";
import { nchan } from "./systems/nchan.js";
import { socketio } from "./systems/socketio.js";

const PEERS = { "homeward-node": homewardNode, nchan, "socket.io": socketio, nats };
// Between two systems: what the last one left to the kernel is cleared away.
const REST_MS = 3_000;
// A port for each system and one more for its second listener.
const PORTS = 2;

const load = parseLoad(process.argv.slice(2));
const unknown = load.systems.filter((name) => name !== "homeward" && !PEERS[name]);
if (unknown.length) throw new Error(`unknown: ${unknown.join(", ")}`);

const scratch = mkdtempSync(join(tmpdir(), "peers-"));
const began_at = new Date().toISOString();
const systems = {};
const faults = [];
for (const [number, name] of load.systems.entries()) {
  say(`${name} (${number + 1} of ${load.systems.length})`);
  const [folder, port] = [join(scratch, name), load.port + number * PORTS];
  const load_before = loadavg()[0];
  try {
    const measured = await (name === "homeward" ? bench(load, folder, port) : measure(PEERS[name], load, folder, port));
    systems[name] = { load_before, ...measured };
    faults.push(...faultsOf(name, systems[name]));
  } catch (error) {
    say(`${name}: ${error.stack}`);
    faults.push(`${name} was not measured: ${error.message}`);
  }
  await pause(REST_MS);
}

const machine = { cores: cpus().length, processor: cpus()[0].model, node: process.version };
const document = { began_at, machine, asked: load, systems, ratios: ratios(systems), faults };
mkdirSync(load.out, { recursive: true });
writeFileSync(join(load.out, "peers.json"), `${JSON.stringify(document, null, 2)}\n`);
const text = tables(document);
writeFileSync(join(load.out, "peers.md"), text);
process.stdout.write(text);
if (!faults.some((fault) => fault.includes("not measured"))) rmSync(scratch, { recursive: true });
process.exit(faults.length ? 1 : 0);

// What makes the figures of a system worthless. Gaps of one without history are its nature, and stand in the table.
function faultsOf(name, { resumes, boards, reconnect }) {
  const found = [];
  if (boards.opening.boards_not_whole) found.push("boards never stood");
  if (boards.published.failed || reconnect.published.failed) found.push("facts were not published");
  if (boards.checked.gaps || boards.checked.duplicates) found.push("gaps or duplicates without a storm");
  if (reconnect.rounds.some((round) => round.boards_not_whole)) found.push("boards did not come back");
  if (resumes && (reconnect.checked.gaps || reconnect.checked.duplicates))
    found.push("gaps or duplicates although it resumes");
  return [...found, ...(boards.faults ?? []), ...(reconnect.faults ?? [])].map((fault) => `${name}: ${fault}`);
}
