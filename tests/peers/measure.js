// The course every system runs: published alone, boards opened, published to them, everybody cut and back again.
import { mkdirSync } from "node:fs";
import { Crowd } from "./crowd.js";
import { now, pause, round, say, summary, until } from "./clock.js";
import { AT_HEAD_WITHIN_MS, SETTLE_MS, SILENCE_MS, WHOLE_WITHIN_MS } from "./load.js";
import { look } from "./processes.js";
import { Publisher } from "./publish.js";

export async function measure(system, load, folder, port) {
  mkdirSync(folder, { recursive: true });
  const server = await system.start(folder, port, load);
  try {
    const publisher = new Publisher(server.send, load);
    (await server.heads?.())?.forEach((head, channel) => publisher.set(channel, head));
    const lines = { resumes: system.resumes, line: server.line };
    const boards = await publishToBoards(lines, publisher, load, server.pid);
    const reconnect = await storms(lines, publisher, load);
    return {
      version: system.version(),
      resumes: system.resumes,
      bytes_per_fact: server.bytes?.() ?? load.bytes,
      boards,
      reconnect,
    };
  } finally {
    await server.stop();
  }
}

async function publishToBoards(lines, publisher, load, pid) {
  const alone = await baseline(publisher, load, pid);
  const before = look(pid);
  const crowd = new Crowd(lines, load, (channel) => publisher.head(channel));
  const opening = await open(crowd, load);
  await pause(SETTLE_MS);
  const withBoards = look(pid);
  const own = process.cpuUsage();
  const published = await publishFor(publisher, load.seconds);
  await settle(crowd, lines.resumes);
  const after = look(pid);
  const { user, system } = process.cpuUsage(own);
  const missing = crowd.missing();
  crowd.cut();
  return {
    opening,
    published,
    deliveries: crowd.facts,
    sent_to_socket: summary(crowd.ages),
    checked: { facts: crowd.facts, gaps: crowd.gaps + missing, duplicates: crowd.duplicates },
    troubles: crowd.troubles,
    tool_cpu_seconds: round((user + system) / 1e6),
    process: cost({ alone, before, withBoards, after }, load.boards, crowd.facts, published.acknowledged),
  };
}

async function baseline(publisher, load, pid) {
  if (!load.baselineSeconds) return null;
  const before = look(pid);
  const { acknowledged } = await publishFor(publisher, load.baselineSeconds);
  return acknowledged ? (look(pid).cpuSeconds - before.cpuSeconds) / acknowledged : null;
}

async function publishFor(publisher, seconds) {
  const stop = { ed: false };
  const published = publisher.publish(stop);
  await pause(seconds * 1000);
  stop.ed = true;
  return published;
}

async function open(crowd, load) {
  const began = now();
  await Promise.all([crowd.open(), until(() => crowd.whole === load.boards, WHOLE_WITHIN_MS)]);
  return { seconds: round((now() - began) / 1000), boards_not_whole: load.boards - crowd.whole };
}

// Until every board is at the head; who keeps no history is done when nothing comes any more.
async function settle(crowd, resumes) {
  let [facts, since] = [crowd.facts, now()];
  const quiet = () => {
    if (crowd.facts !== facts) [facts, since] = [crowd.facts, now()];
    return !resumes && now() - since > SILENCE_MS;
  };
  await until(() => crowd.missing() === 0 || quiet(), AT_HEAD_WITHIN_MS);
}

async function storms(lines, publisher, load) {
  const crowd = new Crowd(lines, load, (channel) => publisher.head(channel));
  await open(crowd, load);
  const stop = { ed: false };
  const publishing = publisher.publish(stop);
  // Some systems tell no position before the first fact: everybody has one when the storms begin.
  await until(() => crowd.boards.every((board) => board.facts > 0), (load.receivers / load.rate) * 1000 + SETTLE_MS);
  const rounds = [];
  for (let number = 1; number <= load.rounds; number += 1) {
    crowd.cut();
    await pause(load.awayMs);
    const { boards_not_whole } = await open(crowd, load);
    const whole = summary(crowd.wholes);
    rounds.push({ whole, last_board_whole_seconds: round(whole.max_ms / 1000), boards_not_whole });
    say(`  round ${number}: the last board was whole after ${round(whole.max_ms / 1000)} s`);
  }
  stop.ed = true;
  const published = await publishing;
  await settle(crowd, lines.resumes);
  const checked = { facts: crowd.facts, gaps: crowd.gaps + crowd.missing(), duplicates: crowd.duplicates };
  crowd.cut();
  return { rounds, published, checked, troubles: crowd.troubles };
}

function cost({ alone, before, withBoards, after }, boards, deliveries, changes) {
  const used = after.cpuSeconds - withBoards.cpuSeconds;
  const perMillion = (seconds) => round((Math.max(0, seconds) * 1e6) / Math.max(1, deliveries));
  return {
    processes: after.processes,
    memory_bytes_before: before.memoryBytes,
    memory_bytes_with_boards: withBoards.memoryBytes,
    rss_bytes_per_board: round((withBoards.memoryBytes - before.memoryBytes) / boards),
    cpu_seconds_while_published: round(used),
    cpu_ms_per_change_alone: alone === null ? null : round(alone * 1000),
    cpu_seconds_per_million_deliveries: perMillion(used),
    cpu_seconds_per_million_deliveries_without_writes: alone === null ? null : perMillion(used - alone * changes),
  };
}
