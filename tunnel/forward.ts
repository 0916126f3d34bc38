import { connect } from "node:net";
import type { Socket } from "node:net";
import { LOOPBACK } from "./port.js";

/** How a connection finds its way. */
export interface Way {
  /** The port to go to now, after a wait when there is none; `undefined` when it is waited for too long. */
  readonly port: () => Promise<number | undefined>;
  /** Told that nobody listens on a port any more. */
  readonly lost: (port: number) => void;
  /** Told that a connection to a port begins; what it returns is called at its end. */
  readonly begun: (port: number) => () => void;
}

/** How often a connection looks for another port when one has just gone away. */
const TRIES = 3;

/**
 * Passes the bytes of one connection on to where the session is now. They are TLS from end to end: nothing here can read
 * them.
 */
export async function forward(client: Socket, way: Way): Promise<void> {
  client.on("error", () => client.destroy());
  for (let i = 0; i < TRIES && !client.destroyed; i++) {
    const port = await way.port();
    if (port === undefined) break;
    const server = await connected(port);
    if (server === undefined) {
      way.lost(port);
      continue;
    }
    join(client, server, way.begun(port));
    return;
  }
  client.destroy();
}

async function connected(port: number): Promise<Socket | undefined> {
  const socket = connect({ host: LOOPBACK, port, allowHalfOpen: true, noDelay: true });
  return new Promise((resolve) => {
    socket.once("connect", () => {
      resolve(socket);
    });
    socket.once("error", () => {
      resolve(undefined);
    });
  });
}

function join(client: Socket, server: Socket, atEnd: () => void): void {
  const end = (): void => {
    client.destroy();
    server.destroy();
  };
  for (const socket of [client, server]) socket.on("error", end);
  client.on("close", end);
  server.on("close", () => {
    end();
    atEnd();
  });
  if (client.destroyed) end();
  client.pipe(server);
  server.pipe(client);
}
