// Server processes: started, looked at through /proc, stopped. A server is a tree; all of it counts.
import { spawn, execFileSync } from "node:child_process";
import { openSync, readFileSync, readdirSync } from "node:fs";
import { connect } from "node:net";
import { now, pause } from "./clock.js";

const TICKS_A_SECOND = Number(execFileSync("getconf", ["CLK_TCK"]));

// Starts a server in its folder and waits until its port answers.
export async function start(folder, port, command, args) {
  if (await answers(port)) throw new Error(`port ${port} is taken: choose others with --port`);
  const log = openSync(`${folder}/log`, "a");
  const child = spawn(command, args, { cwd: folder, stdio: ["ignore", log, log] });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  process.once("exit", () => child.kill());
  const end = now() + 20_000;
  while (!(await answers(port))) {
    if (child.exitCode !== null || now() > end) throw new Error(`${command} does not serve; see ${folder}/log`);
    await pause(50);
  }
  const stop = async () => {
    child.kill("SIGTERM");
    const killer = setTimeout(() => child.kill("SIGKILL"), 10_000);
    await gone;
    clearTimeout(killer);
  };
  return { pid: child.pid, stop };
}

function answers(port) {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true) || socket.destroy());
    socket.once("error", () => resolve(false));
  });
}

// CPU seconds and memory of a process and its children. Memory that several processes share counts once (`Pss`);
// a process alone is counted as `homeward bench` does it (`VmRSS`).
export function look(pid) {
  const pids = family(pid);
  const ticks = pids.map(cpuTicks).reduce((sum, one) => sum + one);
  const rss = pids.map((one) => kilobytes(one, "status", "VmRSS")).reduce((sum, one) => sum + one);
  const memory =
    pids.length > 1 ? pids.map((one) => kilobytes(one, "smaps_rollup", "Pss")).reduce((sum, one) => sum + one) : rss;
  return {
    cpuSeconds: ticks / TICKS_A_SECOND,
    memoryBytes: memory * 1024,
    rssBytes: rss * 1024,
    processes: pids.length,
  };
}

// Fields of /proc/PID/stat from the third on; the name before may hold blanks and brackets.
const stat = (pid) =>
  readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ");

function family(pid) {
  const parents = new Map();
  for (const name of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      parents.set(Number(name), Number(stat(name)[1]));
    } catch (error) {
      if (error.code !== "ENOENT" && error.code !== "ESRCH") throw error; // it ended while we looked
    }
  }
  const children = [...parents].filter(([, parent]) => parent === pid).map(([child]) => child);
  return [pid, ...children.flatMap(family)];
}

function cpuTicks(pid) {
  const fields = stat(pid);
  return Number(fields[11]) + Number(fields[12]);
}

function kilobytes(pid, file, member) {
  return Number(new RegExp(`^${member}:\\s+(\\d+) kB`, "m").exec(readFileSync(`/proc/${pid}/${file}`, "utf8"))[1]);
}
