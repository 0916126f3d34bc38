import type { Socket } from "node:net";
import { createInterface } from "node:readline";
import type { TunnelSpec } from "./spec.js";

/** As long as one of these is there, a tunnel stays open. */
export type Hold =
  | {
      /** Address of a Pulumi engine's gRPC server, `host:port`: held until the engine is gone. */
      readonly engine: string;
      /** Process to watch where the engine cannot be reached. */
      readonly pid: number;
    }
  /** Held until the caller closes its connection, or dies. */
  | { readonly caller: true };

/** What a caller says first, and nothing else. */
export interface Hello {
  /** {@link PROTOCOL}, of this release or another. */
  readonly protocol: string;
  readonly spec: TunnelSpec;
  readonly hold: Hold;
}

/** What a tunnel tells its callers. */
export type TunnelEvent =
  | { readonly event: "progress"; readonly text: string }
  /** Open, at first or again. */
  | { readonly event: "open"; readonly port: number }
  /** It could not be opened and ends. */
  | { readonly event: "failed"; readonly message: string };

/** Changes when a caller and a tunnel of two releases would not understand each other. */
export const PROTOCOL = "ringfence.tunnel/1";

/** Sends one message, a line of JSON. */
export function send(socket: Socket, message: Hello | TunnelEvent): void {
  if (!socket.destroyed) socket.write(`${JSON.stringify(message)}\n`);
}

/** Calls back for what a caller says. */
export function onHello(socket: Socket, callback: (hello: Hello) => void): void {
  onMessage(socket, (message) => {
    callback(message as Hello);
  });
}

/** Calls back for everything that a tunnel tells. */
export function onEvent(socket: Socket, callback: (event: TunnelEvent) => void): void {
  onMessage(socket, (message) => {
    callback(message as TunnelEvent);
  });
}

function onMessage(socket: Socket, callback: (message: unknown) => void): void {
  const lines = createInterface({ input: socket, crlfDelay: Infinity });
  // What the socket suffers is heard where the socket is.
  lines.on("error", () => undefined);
  lines.on("line", (line) => {
    const message = parsed(line);
    if (message !== undefined) callback(message);
  });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
