import { createServer } from "node:net";
import type { Server, Socket } from "node:net";
import { UserError } from "../core/issue.js";
import { PORTS } from "./spec.js";

/** Nobody but this machine reaches a tunnel. */
export const LOOPBACK = "127.0.0.1";

/** How many ports are tried when others hold the first. */
const TRIES = 20;

/** A server that listens. */
export interface Listening {
  readonly server: Server;
  readonly port: number;
}

/** What to do about a port that somebody holds. */
export type WhenTaken = (port: number) => Promise<"retry" | "next">;

/**
 * Listens on a port of the loopback interface, or on the next free one.
 *
 * @param isFixed Whether a person named the port: then no other will do.
 * @param whenTaken Asked for each port that is taken, before the next one.
 * @throws UserError when no port is free.
 */
export async function listenFrom(
  first: number,
  isFixed: boolean,
  onConnection: (socket: Socket) => void,
  whenTaken: WhenTaken,
): Promise<Listening> {
  for (let tries = 0, port = first; tries < TRIES;) {
    const server = await listenOn(port, onConnection);
    if (server !== undefined) return { server, port };
    if ((await whenTaken(port)) === "retry") continue;
    if (isFixed) throw new UserError(`port ${port} of ${LOOPBACK} is taken by another program; name another one`);
    port = port === PORTS.last ? PORTS.first : port + 1;
    tries++;
  }
  throw new UserError(`no port from ${first} on is free on ${LOOPBACK}; name one that is`);
}

async function listenOn(port: number, onConnection: (socket: Socket) => void): Promise<Server | undefined> {
  // Half-open connections pass on: HTTP clients may end their side first.
  const server = createServer({ allowHalfOpen: true, noDelay: true }, onConnection);
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE" || error.code === "EACCES") resolve(undefined);
      else reject(error);
    });
    server.listen({ port, host: LOOPBACK, exclusive: true }, () => {
      server.removeAllListeners("error");
      resolve(server);
    });
  });
}
