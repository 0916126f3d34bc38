import { connect } from "node:http2";

/** How long a tunnel without anybody waits for its first caller. */
const FIRST_CALLER_MS = 15_000;

/** How often a process is looked at, where there is nothing better to wait for. */
const POLL_MS = 500;

/** Who needs a tunnel. When the last one is gone, so is the tunnel. */
export class Holders {
  readonly #reasons = new Set<string>();
  readonly #onNone: () => void;
  readonly #first: NodeJS.Timeout;

  /** @param onNone Called once nobody is left, or nobody came. */
  constructor(onNone: () => void) {
    this.#onNone = onNone;
    this.#first = setTimeout(onNone, FIRST_CALLER_MS);
  }

  /** Adds a reason to stay open; the same reason twice is one. */
  add(reason: string): void {
    clearTimeout(this.#first);
    this.#reasons.add(reason);
  }

  /** Takes a reason away. */
  remove(reason: string): void {
    if (this.#reasons.delete(reason) && this.#reasons.size === 0) this.#onNone();
  }

  /**
   * Stays open as long as a Pulumi engine does. A connection to its server, on which nothing is ever asked, closes with it
   * however it ends: done, interrupted or killed. Its program ends earlier, and deletes come after that.
   *
   * @param address As `127.0.0.1:40000`.
   * @param pid Watched instead when there is no such server.
   */
  addEngine(address: string, pid: number): void {
    const reason = `engine ${address}`;
    if (this.#reasons.has(reason)) return;
    this.add(reason);
    let wasConnected = false;
    const session = connect(`http://${address}`);
    session.on("connect", () => {
      wasConnected = true;
    });
    session.on("goaway", () => {
      session.close();
    });
    // 'close' follows, and tells the same for all ends.
    session.on("error", () => undefined);
    session.on("close", () => {
      if (wasConnected) this.remove(reason);
      else this.#watch(pid, reason);
    });
  }

  #watch(pid: number, reason: string): void {
    const timer = setInterval(() => {
      if (isAlive(pid)) return;
      clearInterval(timer);
      this.remove(reason);
    }, POLL_MS);
  }
}

/** Whether a process is there. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
