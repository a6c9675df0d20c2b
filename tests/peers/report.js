// The tables: figures of every system, and ours divided by each peer's. Below 1 is better for us, in every row.
const OURS = { homeward: "homeward bench", "homeward-node": "homeward, same client" };
const isPeer = (name) => !OURS[name];

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const storm = (pick) => (system) => median(system.reconnect.rounds.map(pick));

// `key`, words, how the figure is read; `ours` where our own figure is another one than the peer's.
const ROWS = [
  ["sent_p50_ms", "sent → socket p50, ms", (it) => it.boards.sent_to_socket.p50_ms],
  ["sent_p99_ms", "sent → socket p99, ms", (it) => it.boards.sent_to_socket.p99_ms],
  ["sent_p999_ms", "sent → socket p999, ms", (it) => it.boards.sent_to_socket.p999_ms],
  ["committed_p50_ms", "committed and answered → socket p50, ms", ...answered("p50_ms")],
  ["committed_p99_ms", "committed and answered → socket p99, ms", ...answered("p99_ms")],
  ["bytes_per_board", "memory of an idle board, kB", (it) => it.boards.process.rss_bytes_per_board / 1000],
  [
    "cpu",
    "server CPU-s per million deliveries, publishing included",
    (it) => it.boards.process.cpu_seconds_per_million_deliveries,
  ],
  [
    "cpu_without_writes",
    "the same without publishing",
    (it) => it.boards.process.cpu_seconds_per_million_deliveries_without_writes,
  ],
  ["storm_last_s", "storm: last board whole, s (median round)", storm((round) => round.last_board_whole_seconds)],
  ["storm_p50_ms", "storm: half of the boards whole, ms (median round)", storm((round) => round.whole.p50_ms)],
];

// Only `homeward bench` knows it. Beside it stands the peers' sent → socket, because they have nothing to commit.
function answered(quantile) {
  const ours = (it) => it.boards.answered_to_socket?.[quantile] ?? null;
  return [(it) => it.boards.sent_to_socket[quantile], ours];
}

const COUNTS = [
  ["gaps in the storms", (it) => it.reconnect.checked.gaps],
  ["duplicates in the storms", (it) => it.reconnect.checked.duplicates],
  ["facts delivered in the storms", (it) => it.reconnect.checked.facts],
  ["load of the machine before (minute)", (it) => it.load_before],
];

const figure = (name, system, [, , read, ours]) => (isPeer(name) || !ours ? read(system) : ours(system));

// By our client, by peer, by row.
export function ratios(systems) {
  const peers = Object.keys(systems).filter(isPeer);
  const between = (own, peer) =>
    Object.fromEntries(
      ROWS.map((row) => [row[0], divided(figure(own, systems[own], row), figure(peer, systems[peer], row))]),
    );
  const byPeer = (own) => Object.fromEntries(peers.map((peer) => [peer, between(own, peer)]));
  return Object.fromEntries(
    Object.keys(systems)
      .filter((name) => OURS[name])
      .map((own) => [own, byPeer(own)]),
  );
}

const divided = (ours, peer) => (ours === null || !peer ? null : Number((ours / peer).toPrecision(3)));
const short = (value) => (value === null || value === undefined ? "–" : String(Number(value.toPrecision(3))));
const line = (cells) => `| ${cells.join(" | ")} |\n`;
const head = (cells) => line(cells) + line(cells.map(() => "---"));

export function tables({ systems, ratios, asked, faults }) {
  const { boards, receivers, rate, seconds, rounds } = asked;
  const names = Object.keys(systems);
  let text = `\n${boards} boards, ${receivers} receivers, ${rate} facts/s for ${seconds} s, ${rounds} storms\n\n`;
  text += head(["", ...names.map((name) => OURS[name] ?? name)]);
  for (const row of ROWS) {
    const cells = names.map((name) => (row[3] && isPeer(name) ? "–" : short(figure(name, systems[name], row))));
    text += line([row[1], ...cells]);
  }
  for (const [words, read] of COUNTS) text += line([words, ...names.map((name) => short(read(systems[name])))]);
  for (const [own, peers] of Object.entries(ratios)) text += `\n${ratioTable(own, peers)}`;
  text += `\n${names.map((name) => `${name}: ${systems[name].version}\n`).join("")}`;
  return text + faults.map((fault) => `fault: ${fault}\n`).join("");
}

function ratioTable(own, peers) {
  let text = head([`${OURS[own]} ÷ peer, below 1 is better for us`, ...Object.keys(peers)]);
  for (const [key, words, , ours] of ROWS) {
    const label = ours ? `${words} ÷ sent → socket` : words;
    text += line([label, ...Object.values(peers).map((ratio) => short(ratio[key]))]);
  }
  return text;
}
