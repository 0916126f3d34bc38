import { checkPortName, checkPortNumber } from "./checks.js";
import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";

/** Transport protocols of ports, as Kubernetes names them. */
export type Protocol = "TCP" | "UDP" | "SCTP";

/** One kind of HTTP request that a connection permits. */
export interface HttpRule {
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";
  /** Regular expression (RE2) that the whole path must match: `/orders/[0-9]+`. */
  readonly path: string;
}

/** A port of a pod. Connections and services name ports by number, since a policy is evaluated after address translation. */
export interface Port {
  readonly port: number;
  readonly protocol: Protocol;
  /** Of plain HTTP on this port, only these requests; for engines that look into it (Cilium). @default - whatever is sent */
  readonly http?: readonly HttpRule[];
}

/** Lowest port that a process without capabilities may listen on. */
export const FIRST_UNPRIVILEGED_PORT = 1024;

/** Makers of {@link Port}. */
export const Port = {
  tcp: (port: number): Port => ({ port, protocol: "TCP" }),
  udp: (port: number): Port => ({ port, protocol: "UDP" }),
  sctp: (port: number): Port => ({ port, protocol: "SCTP" }),
  http: (port: number, ...rules: readonly HttpRule[]): Port => ({ port, protocol: "TCP", http: rules }),
} as const;

/** A number alone means TCP. */
export function portOf(port: number | Port): Port {
  return typeof port === "number" ? Port.tcp(port) : port;
}

/** `TCP 6379`. */
export function portText({ port, protocol }: Port): string {
  return `${protocol} ${port}`;
}

/** Whether both are the same number and protocol. */
export function samePort(a: Port, b: Port): boolean {
  return a.port === b.port && a.protocol === b.protocol;
}

/** The ports of a container by name. */
export type NamedPorts = Readonly<Record<string, number | Port>>;

/** The issues of a container's ports: names and numbers. */
export function checkNamedPorts(path: string, ports: NamedPorts): readonly Issue[] {
  return Object.entries(ports).flatMap(([name, port]) => [
    ...checkPortName(`${path}.${name}`, name),
    ...checkPortNumber(`${path}.${name}`, portOf(port).port, FIRST_UNPRIVILEGED_PORT),
  ]);
}

/** The issues of the requests that a port permits. */
export function checkHttpRules(path: string, rules: readonly HttpRule[]): readonly Issue[] {
  return rules
    .filter((rule) => !rule.path.startsWith("/") || !isPattern(rule.path))
    .map((rule) =>
      issue(
        "Malformed",
        path,
        "must permit HTTP paths by a regular expression that begins with '/'",
        rule.path,
        "Write it like '/orders/[0-9]+'",
      ),
    );
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}
