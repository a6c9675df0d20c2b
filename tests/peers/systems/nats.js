// NATS: a subject for each receiver, publisher and boards through the websocket listener. Core NATS, so no history.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fact } from "../publish.js";
import { start } from "../processes.js";
import { connect } from "./nats_line.js";

const settings = (port) => `
host: "127.0.0.1"
port: ${port + 1}
max_connections: 65536
websocket { host: "127.0.0.1", port: ${port}, no_tls: true, compression: false }
`;

export const nats = {
  title: "NATS",
  resumes: false,
  version: () => execFileSync("nats-server", ["--version"], { encoding: "utf8" }).trim(),

  async start(folder, port, load) {
    writeFileSync(`${folder}/nats.conf`, settings(port));
    const server = await start(folder, port, "nats-server", ["-c", `${folder}/nats.conf`]);
    const publisher = await connect(
      port,
      () => {},
      () => {},
    );
    const send = (channel, number) => publisher.publish(`r.${channel}`, fact(channel, number, load.bytes));
    const stop = () => publisher.cut() && server.stop();
    return { ...server, stop, send, line: (...of) => line(port, ...of) };
  },
};

async function line(port, channel, memory, heard, lost) {
  const told = (text) => {
    const { s, at } = JSON.parse(text);
    heard(s, at);
  };
  const connection = await connect(port, told, lost);
  await connection.subscribe(`r.${channel}`);
  return connection;
}
