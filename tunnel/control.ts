import { unlinkSync } from "node:fs";
import { connect, createServer } from "node:net";
import type { Server, Socket } from "node:net";
import { DefectError } from "../core/issue.js";

/** Listens where callers of a tunnel come; a socket that a dead one left behind is taken away. */
export async function listenForCallers(path: string, onCaller: (socket: Socket) => void): Promise<Server> {
  for (let i = 0; i < 2; i++) {
    const server = await listening(path, onCaller);
    if (server !== undefined) return server;
    // Only who holds the port of a tunnel comes here, so nobody alive loses a socket.
    if ((await callTunnel(path)) === undefined) unlinkSync(path);
  }
  throw new DefectError(`two tunnels hold ${path}`);
}

async function listening(path: string, onCaller: (socket: Socket) => void): Promise<Server | undefined> {
  const server = createServer(onCaller);
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(undefined);
      else reject(error);
    });
    server.listen(path, () => {
      resolve(server);
    });
  });
}

/** A connection to the tunnel that listens there, or nothing when none does. */
export async function callTunnel(path: string): Promise<Socket | undefined> {
  const socket = connect(path);
  return new Promise((resolve) => {
    socket.once("connect", () => {
      resolve(socket);
    });
    socket.once("error", () => {
      resolve(undefined);
    });
  });
}
