/**
 * Keeps a previewed program off the network, inside its own process, and notes every attempt. Under a network namespace
 * the kernel refuses anyway and the guard only tells; elsewhere it is what refuses. Local sockets in the temporary folder
 * stay open: compilers that run beside the program talk over them.
 */
import { createRequire } from "node:module";
import type * as dgramModule from "node:dgram";
import type * as dnsModule from "node:dns";
import type * as netModule from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** One attempt to reach the network. */
export interface Attempt {
  readonly host: string;
  /** The first frame outside Node and the SDK: `program.ts:12:5`. */
  readonly frame: string;
}

type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Installs the guard in this process.
 *
 * @param folder Folder of the engine's socket, where loopback listeners of the program go too.
 * @param report Called with every attempt, also when the program swallows the error.
 */
export function installGuard(folder: string, report: (attempt: Attempt) => void): void {
  const modules = createRequire(__filename);
  const net = modules("node:net") as typeof netModule;
  const refuse = (host: string): Error => {
    const frame = callerFrame();
    report({ host, frame });
    const error: NodeJS.ErrnoException = new Error(`no network in a preview: '${host}' was called from ${frame}`);
    error.code = "ENETUNREACH";
    error.stack = error.message;
    return error;
  };
  keepLoopbackInFolder(net, folder);
  guardConnect(net, folder, refuse);
  guardFetch(refuse);
  guardDns(modules("node:dns") as typeof dnsModule, refuse);
  guardDatagrams(modules("node:dgram") as typeof dgramModule, refuse);
}

/** A program listens on loopback only to be called back by the engine, which may live in another network namespace: listen on a socket file instead. */
function keepLoopbackInFolder(net: typeof netModule, folder: string): void {
  let next = 1;
  const ports = new WeakMap<object, number>();
  const prototype = net.Server.prototype as unknown as { listen: AnyFunction; address: AnyFunction };
  const { listen, address } = prototype;
  prototype.listen = function (...args) {
    const options = args[0] as { readonly host?: string; readonly port?: number } | undefined;
    const local = typeof options === "object" && options.port === 0 && isLoopback(options.host);
    if (!local) return listen.apply(this, args);
    const port = next++;
    ports.set(this as object, port);
    return listen.call(this, { path: callbackSocket(folder, port) }, ...args.slice(1));
  };
  prototype.address = function (...args) {
    const port = ports.get(this as object);
    return port === undefined ? address.apply(this, args) : { address: "127.0.0.1", family: "IPv4", port };
  };
}

/** Where a program that believes to listen on `127.0.0.1:<port>` listens. */
export function callbackSocket(folder: string, port: number): string {
  return join(folder, `callback-${port}.sock`);
}

function guardConnect(net: typeof netModule, folder: string, refuse: (host: string) => Error): void {
  const prototype = net.Socket.prototype as unknown as { connect: AnyFunction };
  const { connect } = prototype;
  prototype.connect = function (...args) {
    const options = connectOptions(args);
    const { path } = options;
    if (path !== undefined) {
      if ([folder, tmpdir()].some((allowed) => path.startsWith(`${allowed}/`)) || dirname(path) === "/tmp")
        return connect.apply(this, args);
    } else if (isLoopback(options.host) && options.port !== undefined && options.port < 1024) {
      const callback = (Array.isArray(args[0]) ? (args[0] as unknown[]) : args).find(
        (arg) => typeof arg === "function",
      );
      return connect.call(
        this,
        { path: callbackSocket(folder, options.port) },
        ...(callback === undefined ? [] : [callback]),
      );
    }
    const socket = this as netModule.Socket;
    const error = refuse(options.path ?? `${options.host ?? "localhost"}:${options.port ?? ""}`);
    process.nextTick(() => {
      socket.destroy(error);
    });
    return socket;
  };
}

function connectOptions(args: readonly unknown[]): {
  readonly path?: string;
  readonly host?: string;
  readonly port?: number;
} {
  // `net.connect` hands its normalised arguments on as one array.
  const [first, second] = (Array.isArray(args[0]) ? args[0] : args) as readonly unknown[];
  if (typeof first === "object" && first !== null) {
    const { path, host, port } = first as { path?: string; host?: string; port?: number | string };
    return {
      ...(path == null ? {} : { path }),
      ...(host === undefined ? {} : { host }),
      ...(port === undefined ? {} : { port: Number(port) }),
    };
  }
  if (typeof first === "string" && Number.isNaN(Number(first))) return { path: first };
  return { port: Number(first), ...(typeof second === "string" ? { host: second } : {}) };
}

/** `fetch` connects on a later turn, when nobody remembers who called: refuse at the call. */
function guardFetch(refuse: (host: string) => Error): void {
  const { fetch } = globalThis;
  globalThis.fetch = async (input, init) => {
    const url = typeof input === "string" ? input : input instanceof URL ? input.href : input.url;
    if (url.startsWith("data:")) return fetch(input, init);
    const host = URL.canParse(url) ? new URL(url).host : url;
    return Promise.reject(new TypeError("fetch failed", { cause: refuse(host) }));
  };
}

function guardDns(dns: typeof dnsModule, refuse: (host: string) => Error): void {
  const plain = dns as unknown as Record<string, unknown>;
  const promises = dns.promises as unknown as Record<string, unknown>;
  for (const name of Object.keys(plain)) {
    if (name !== "lookup" && !name.startsWith("resolve")) continue;
    const original = plain[name];
    if (typeof original !== "function") continue;
    plain[name] = (host: string, ...rest: readonly unknown[]): void => {
      const callback = rest.at(-1) as (error: Error | null, address?: string, family?: number) => void;
      if (isLoopback(host)) {
        process.nextTick(callback, null, "127.0.0.1", 4);
        return;
      }
      process.nextTick(callback, refuse(host));
    };
    if (typeof promises[name] === "function")
      promises[name] = async (host: string): Promise<never> => Promise.reject(refuse(host));
  }
}

function guardDatagrams(dgram: typeof dgramModule, refuse: (host: string) => Error): void {
  const prototype = dgram.Socket.prototype as unknown as { send: AnyFunction; connect: AnyFunction };
  prototype.send = function (...args) {
    const host = args.find((arg, i) => i > 0 && typeof arg === "string");
    const error = refuse(typeof host === "string" ? host : "a datagram address");
    process.nextTick(() => (this as dgramModule.Socket).emit("error", error));
    return undefined;
  };
  prototype.connect = prototype.send;
}

function isLoopback(host: string | undefined): boolean {
  return host === "127.0.0.1" || host === "localhost" || host === "::1";
}

function callerFrame(): string {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 50;
  const { stack = "" } = new Error("frame");
  Error.stackTraceLimit = stackTraceLimit;
  const frames = stack
    .split("\n")
    .slice(1)
    .map((line) => line.trim().replace(/^at /, ""));
  const placed = frames.filter((frame) => /[\\/]/.test(frame));
  const outside = placed.filter((frame) => !/node:|[\\/]node_modules[\\/]|[\\/]engine[\\/]host[\\/]/.test(frame));
  return (outside[0] ?? placed.find((frame) => frame.includes("node_modules")) ?? "unknown").replace("file://", "");
}
