// The server that socket.io's guide shows, with rooms and connection state recovery. One process: the library has one loop.
import { Server } from "socket.io";

const io = new Server(Number(process.argv[2]), {
  transports: ["websocket"],
  serveClient: false,
  perMessageDeflate: false,
  connectionStateRecovery: { maxDisconnectionDuration: 120_000, skipMiddlewares: true },
});

io.on("connection", (socket) => {
  const { room, publishes } = socket.handshake.auth;
  if (room && !socket.recovered) socket.join(room);
  if (!publishes) return;
  socket.on("publish", (to, text, answer) => {
    io.to(to).emit("fact", text);
    answer();
  });
});

process.on("SIGTERM", () => process.exit(0));
