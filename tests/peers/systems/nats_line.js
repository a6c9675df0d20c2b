// The few words of the NATS client protocol that a board and a publisher need, over one websocket.
import { WebSocket } from "ws";

const HELLO = 'CONNECT {"verbose":false,"pedantic":false,"lang":"js","version":"1","protocol":1,"echo":false}\r\n';

// Connects; `told` gets every message's text, `lost` how the line ended if nobody cut it.
export function connect(port, told, lost) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
    const pongs = [];
    let cut = false;
    let rest = Buffer.alloc(0);
    // What was sent before a PING was taken when its PONG comes: the protocol has no other answer.
    const ask = (text) => new Promise((pong) => pongs.push(pong) && socket.send(Buffer.from(`${text}PING\r\n`)));
    const words = {
      PONG: () => pongs.shift()?.(),
      PING: () => socket.send(Buffer.from("PONG\r\n")),
      "-ERR": (line) => reject(new Error(line)),
    };
    const drop = () => (cut = true) && (socket.terminate(), true);
    socket.on("error", reject);
    socket.on("close", (code) => cut || lost(`closed-${code}`));
    socket.on("message", (data) => {
      if (!cut) rest = read(rest.length ? Buffer.concat([rest, data]) : data, words, told);
    });
    socket.on("open", async () => {
      await ask(HELLO);
      resolve({
        cut: drop,
        subscribe: (subject) => ask(`SUB ${subject} 1\r\n`),
        publish: (subject, text) => ask(`PUB ${subject} ${Buffer.byteLength(text)}\r\n${text}\r\n`),
      });
    });
  });
}

// Reads what is complete: `MSG subject sid length`, its payload, or one word. Gives back what is not.
function read(bytes, words, told) {
  for (let from = 0; ;) {
    const end = bytes.indexOf("\r\n", from);
    if (end < 0) return bytes.subarray(from);
    const line = bytes.toString("latin1", from, end);
    if (line.startsWith("MSG ")) {
      const payload = end + 2;
      const stop = payload + Number(line.slice(line.lastIndexOf(" ") + 1));
      if (bytes.length < stop + 2) return bytes.subarray(from);
      told(bytes.toString("utf8", payload, stop));
      from = stop + 2;
    } else {
      words[line.split(" ", 1)[0]]?.(line);
      from = end + 2;
    }
  }
}
