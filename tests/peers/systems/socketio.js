// socket.io on Node: a room for each receiver, recovery of what was missed, websocket transport only.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { io } from "socket.io-client";
import { fact } from "../publish.js";
import { start } from "../processes.js";

const OPTIONS = { forceNew: true, transports: ["websocket"], reconnection: false, perMessageDeflate: false };
const SERVER = fileURLToPath(new URL("socketio_server.js", import.meta.url));

export const socketio = {
  title: "socket.io",
  resumes: true,
  version() {
    const { version } = JSON.parse(readFileSync(new URL("../node_modules/socket.io/package.json", import.meta.url)));
    return `socket.io ${version} on Node.js ${process.version}`;
  },

  async start(folder, port, load) {
    const server = await start(folder, port, process.execPath, [SERVER, String(port)]);
    const url = `http://127.0.0.1:${port}`;
    const publisher = io(url, { ...OPTIONS, auth: { publishes: true } });
    await new Promise((resolve, reject) => publisher.once("connect", resolve).once("connect_error", reject));
    const send = (channel, number) =>
      new Promise((resolve) =>
        publisher.emit("publish", `r${channel}`, fact(channel, number, load.bytes), () => resolve()),
      );
    const stop = () => publisher.disconnect() && server.stop();
    return { ...server, stop, send, line: (...of) => line(url, ...of) };
  },
};

// The client keeps its session and position itself, so a board that comes back is the same socket.
function line(url, channel, memory, heard, lost) {
  memory.socket ??= io(url, { ...OPTIONS, autoConnect: false, auth: { room: `r${channel}` } });
  const { socket } = memory;
  return new Promise((resolve, reject) => {
    let cut = false;
    socket.removeAllListeners();
    socket.on("connect_error", reject);
    socket.on("disconnect", (why) => cut || lost(`closed (${why})`));
    socket.on("fact", (text) => {
      if (cut) return;
      const { s, at } = JSON.parse(text);
      heard(s, at);
    });
    const drop = () => {
      cut = true;
      socket.io.engine.transport.ws.terminate();
    };
    socket.once("connect", () => resolve({ cut: drop }));
    socket.connect();
  });
}
