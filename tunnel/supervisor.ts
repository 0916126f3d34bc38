import { TunnelFailure } from "./failure.js";
import type { Session } from "./session.js";

/** Times by which a {@link Supervisor} goes, in milliseconds. */
export interface SupervisorTimes {
  /** How long the first opening may take. */
  readonly firstOpenMs: number;
  /** First and longest wait between two attempts. @default [1000, 15000] */
  readonly backOffMs?: readonly [number, number];
  /** Between two looks at a session, which are traffic too: an idle one ends after 20 minutes. @default 30000 */
  readonly checkMs?: number;
  /** How long a new connection waits for a session. @default 60000 */
  readonly patienceMs?: number;
  /** Age at which a session is replaced before AWS ends it, which is after 60 minutes at the least. @default 3000000 */
  readonly maxAgeMs?: number;
  /** How long a replaced session may serve the connections that it has. @default 480000 */
  readonly drainMs?: number;
}

const TIMES = {
  backOffMs: [1000, 15_000],
  checkMs: 30_000,
  patienceMs: 60_000,
  maxAgeMs: 50 * 60_000,
  drainMs: 8 * 60_000,
} as const satisfies Omit<SupervisorTimes, "firstOpenMs">;

/** What a supervisor works with. */
export interface SupervisorWork {
  /** Opens a session, unless it is told to give up. */
  readonly open: (signal: AbortSignal) => Promise<Session>;
  /** Whether the API answers through a port. */
  readonly probe: (port: number) => Promise<void>;
  /** Hears what is going on, a line each. */
  readonly onProgress: (text: string) => void;
  /** Hears that there is a session, at first and each time again. */
  readonly onOpen: () => void;
}

/** A session in use. */
interface Running {
  readonly session: Session;
  readonly since: number;
  connections: number;
}

/** Keeps one session open through which the API answers, and opens another when it drops. */
export class Supervisor {
  readonly #work: SupervisorWork;
  readonly #times: Required<SupervisorTimes>;
  readonly #running = new Set<Running>();
  readonly #waiting = new Set<() => void>();
  #current: Running | undefined;
  #opening: Promise<void> | undefined;
  #check: NodeJS.Timeout | undefined;
  #misses = 0;
  #attempting: Promise<unknown> = Promise.resolve();
  readonly #stopping = new AbortController();

  constructor(work: SupervisorWork, times: SupervisorTimes) {
    this.#work = work;
    this.#times = { ...TIMES, ...times };
  }

  /**
   * Opens the first session.
   *
   * @throws TunnelFailure when that is of no use, or not done in time: then with what stood in the way last.
   */
  async start(): Promise<void> {
    await this.#open(Date.now() + this.#times.firstOpenMs);
    if (!this.#stopped) this.#check = setInterval(() => void this.#look(), this.#times.checkMs);
  }

  /** The port of the session now, or of the next one; `undefined` when there is none within the patience. */
  async port(): Promise<number | undefined> {
    if (this.#current !== undefined || this.#stopped) return this.#current?.session.port;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, this.#times.patienceMs);
      this.#waiting.add(done);
    });
    return (this.#current as Running | undefined)?.session.port;
  }

  /** Told that nobody listens on a session's port. */
  lost(port: number): void {
    for (const running of this.#running) if (running.session.port === port) this.#drop(running);
  }

  /** Counts a connection through a port, until what it returns is called. */
  begun(port: number): () => void {
    const running = [...this.#running].find(({ session }) => session.port === port);
    if (running === undefined) return () => undefined;
    running.connections++;
    return () => {
      running.connections--;
    };
  }

  /** Ends every session, one that is just opening too. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    clearInterval(this.#check);
    this.#current = undefined;
    for (const wake of this.#waiting) wake();
    await this.#attempting.catch(() => undefined);
    await Promise.all([...this.#running].map(async ({ session }) => session.end()));
  }

  get #stopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  /** Attempts until one succeeds. Without a deadline no failure is final: credentials come back, and so do bastions. */
  async #open(deadline: number | undefined): Promise<void> {
    const [first, longest] = this.#times.backOffMs;
    let told = "";
    for (let wait = first; !this.#stopped; wait = Math.min(wait * 1.5, longest)) {
      try {
        this.#use(await this.#attempt());
        return;
      } catch (error) {
        if (!(error instanceof TunnelFailure)) throw error;
        if (deadline !== undefined && error.isFinal) throw error;
        if (deadline !== undefined && Date.now() + wait > deadline) throw tooLate(error, this.#times.firstOpenMs);
        if (told !== error.message) this.#work.onProgress(waitingLine(error, deadline));
        told = error.message;
      }
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }

  async #attempt(): Promise<Running> {
    const attempt = this.#opened();
    this.#attempting = attempt;
    return attempt;
  }

  async #opened(): Promise<Running> {
    const session = await this.#work.open(this.#stopping.signal);
    const running: Running = { session, since: Date.now(), connections: 0 };
    this.#running.add(running);
    void session.ended.then(() => {
      this.#running.delete(running);
      this.#drop(running);
    });
    try {
      await this.#work.probe(session.port);
      return running;
    } catch (error) {
      await session.end();
      throw error;
    }
  }

  #use(running: Running): void {
    if (this.#stopped || !this.#running.has(running)) return;
    this.#current = running;
    this.#misses = 0;
    for (const wake of this.#waiting) wake();
    this.#work.onOpen();
  }

  #drop(running: Running): void {
    void running.session.end();
    if (this.#current !== running || this.#stopped) return;
    this.#current = undefined;
    this.#work.onProgress("the session dropped, opening another one");
    this.#reopen();
  }

  #reopen(): void {
    this.#opening ??= this.#open(undefined).finally(() => {
      this.#opening = undefined;
      if (this.#current === undefined && !this.#stopped) this.#reopen();
    });
  }

  async #look(): Promise<void> {
    const running = this.#current;
    if (running === undefined) return;
    try {
      await this.#work.probe(running.session.port);
      this.#misses = 0;
    } catch {
      // One missed answer may be the API's own, two are the session's.
      this.#misses++;
      if (this.#misses > 1) this.#drop(running);
      return;
    }
    if (Date.now() - running.since > this.#times.maxAgeMs && this.#opening === undefined) await this.#replace(running);
  }

  async #replace(old: Running): Promise<void> {
    try {
      this.#use(await this.#attempt());
    } catch (error) {
      if (error instanceof TunnelFailure) return;
      throw error;
    }
    const latest = Date.now() + this.#times.drainMs;
    const timer = setInterval(() => {
      if (old.connections > 0 && Date.now() < latest && !this.#stopped) return;
      clearInterval(timer);
      void old.session.end();
    }, 1000).unref();
  }
}

function waitingLine(error: TunnelFailure, deadline: number | undefined): string {
  if (deadline === undefined) return `${error.message}; trying again`;
  const minutes = Math.max(1, Math.round((deadline - Date.now()) / 60_000));
  return `${error.message}; waiting for up to ${minutes} min`;
}

function tooLate({ message }: TunnelFailure, ms: number): TunnelFailure {
  return new TunnelFailure(`not open after ${Math.round(ms / 1000)} s: ${message}`, true);
}
