// Ours once more, with the client that the peers are measured with: what differs from `homeward` is the client.
import http from "node:http";
import { WebSocket } from "ws";
import { now } from "../clock.js";
import { serve, version } from "./homeward.js";
import { Stage } from "./homeward_stage.js";

// The number that counts in an asking is a byte.
const SERIALS = 256;

export const homewardNode = {
  title: "homeward, same client",
  resumes: true,
  version,

  async start(folder, port, load) {
    const server = await serve(folder, port, load);
    const agent = new http.Agent({ keepAlive: true, maxSockets: load.writers, noDelay: true });
    const stage = await Stage.set(`http://127.0.0.1:${port}`, agent, server.code, load);
    const sent = stage.topics.map(() => new Array(SERIALS).fill(0));
    const sizes = { facts: 0, bytes: 0 };
    const send = async (channel, number) => {
      const topic = stage.topics[channel];
      const serial = number % SERIALS;
      await stage.ask(topic, serial, () => (sent[channel][serial] = now()));
    };
    const read = (channel, frame) =>
      frame.d?.row?.party === stage.topics[channel].party ? sent[channel][frame.d.row.co_residents] : 0;
    return {
      ...server,
      send,
      heads: () => stage.heads(),
      bytes: () => Math.round(sizes.bytes / Math.max(1, sizes.facts)),
      line: (channel, ...of) => line(port, stage, channel, (frame) => read(channel, frame), sizes, ...of),
    };
  },
};

function line(port, stage, channel, sentAt, sizes, memory, heard, lost) {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${stage.watcher.token}` };
    const socket = new WebSocket(`ws://127.0.0.1:${port}/feed`, "transfer-feed.v1", {
      headers,
      perMessageDeflate: false,
    });
    let cut = false;
    const drop = () => (cut = true) && socket.terminate();
    const speak = {
      ev(frame, data) {
        sizes.facts += 1;
        sizes.bytes += data.length;
        memory.after = frame.s;
        heard(frame.s, sentAt(frame));
      },
      sub(frame) {
        const head = frame.mode === "snapshot" ? frame.seq : frame.head;
        if (frame.mode === "snapshot") memory.after = frame.seq;
        memory.epoch = frame.epoch;
        resolve({ head, from: memory.after, cut: drop });
      },
    };
    socket.on("error", reject);
    socket.on("close", (code) => cut || lost(`closed-${code}`));
    socket.on("message", (data) => {
      if (cut) return;
      const frame = JSON.parse(data.toString());
      speak[frame.op]?.(frame, data);
    });
    const position = memory.epoch ? { after: memory.after, epoch: memory.epoch } : {};
    const sub = { c: stage.topics[channel].receiver, ...position };
    socket.on("open", () => socket.send(JSON.stringify({ op: "hello", hb: 15, subs: [sub] })));
  });
}
