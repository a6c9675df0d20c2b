// nchan in Debian's nginx: a publisher location for POST, websocket subscribers that come back with their message id.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import http from "node:http";
import { WebSocket } from "ws";
import { fact } from "../publish.js";
import { start } from "../processes.js";

const MODULE = "/usr/lib/nginx/modules/ngx_nchan_module.so";

// Two workers for two cores (`auto`); history as long as our ring. Nothing is logged, nothing is on disk.
const settings = (folder, port, load) => `
load_module ${MODULE};
daemon off;
pid ${folder}/pid;
error_log ${folder}/log error;
worker_processes auto;
worker_rlimit_nofile ${load.boards * 2 + 1024};
${process.getuid() === 0 ? "user root;" : ""}
events { worker_connections ${load.boards * 2 + 512}; }
http {
  access_log off;
  keepalive_requests 1000000000;
  ${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/${name};`).join(" ")}
  nchan_shared_memory_size 256M;
  server {
    listen 127.0.0.1:${port} backlog=4096;
    location ~ ^/pub/(\\w+)$ {
      nchan_publisher http;
      nchan_channel_id $1;
      nchan_message_buffer_length 1024;
      nchan_message_timeout 10m;
    }
    location ~ ^/sub/(\\w+)$ {
      nchan_subscriber websocket;
      nchan_channel_id $1;
      nchan_subscriber_first_message newest;
    }
  }
}
`;

export const nchan = {
  title: "nchan",
  resumes: true,
  version: () =>
    execFileSync("dpkg-query", ["-W", "-f", "${Package} ${Version} ", "nginx", "libnginx-mod-nchan"], {
      encoding: "utf8",
    }).trim(),

  async start(folder, port, load) {
    writeFileSync(`${folder}/nginx.conf`, settings(folder, port, load));
    const server = await start(folder, port, "nginx", ["-p", folder, "-c", `${folder}/nginx.conf`]);
    const agent = new http.Agent({ keepAlive: true, maxSockets: load.writers, noDelay: true });
    const url = `http://127.0.0.1:${port}/pub/r`;
    const send = (channel, number) => post(agent, url + channel, () => fact(channel, number, load.bytes));
    return { ...server, send, line: (...of) => line(port, ...of) };
  },
};

function post(agent, url, body) {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method: "POST", agent }, (answer) => {
      answer.resume();
      const good = answer.statusCode >= 200 && answer.statusCode < 300;
      answer.on("end", () => (good ? resolve() : reject(new Error(`status-${answer.statusCode}`))));
    });
    request.on("error", reject);
    request.end(body());
  });
}

// Frames of the sub-protocol are the message's id and type, an empty line, the message.
function line(port, channel, memory, heard, lost) {
  return new Promise((resolve, reject) => {
    const headers = memory.id ? { "Last-Event-ID": memory.id } : {};
    const options = { headers, perMessageDeflate: false };
    const socket = new WebSocket(`ws://127.0.0.1:${port}/sub/r${channel}`, "ws+meta.nchan", options);
    let cut = false;
    socket.on("error", reject);
    socket.on("close", (code) => cut || lost(`closed-${code}`));
    socket.on("message", (data) => {
      if (cut) return;
      const text = data.toString();
      memory.id = text.slice("id: ".length, text.indexOf("\n"));
      const { s, at } = JSON.parse(text.slice(text.indexOf("\n\n") + 2));
      heard(s, at);
    });
    socket.on("open", () => resolve({ cut: () => (cut = true) && socket.terminate() }));
  });
}
