import { createHash } from "node:crypto";
import type { BastionTarget } from "../core/bastion-target.js";
import type { Issue } from "../core/issue.js";
import { InputError, issue } from "../core/issue.js";

/** All that a tunnel needs. Nothing in it is a secret: what it opens asks everybody who comes through who they are. */
export interface TunnelSpec extends BastionTarget {
  /** The cluster's name in AWS. */
  readonly clusterName: string;
  /** Certificate authority of the API, PEM in base64, as EKS gives it. */
  readonly certificateAuthority: string;
  /**
   * Profile of the AWS configuration.
   *
   * @default - what the environment says
   */
  readonly profile?: string;
  /**
   * Local port, 1024 to 65535.
   *
   * @default - the same one for a cluster each time, see {@link preferredPort}
   */
  readonly port?: number;
  /**
   * Seconds until a first opening is given up: a bastion that was just made takes a minute or three.
   *
   * @default 300
   */
  readonly timeoutSeconds?: number;
}

/** The defaults of {@link TunnelSpec}. */
export const TUNNEL_DEFAULTS = { timeoutSeconds: 300 } as const;

/**
 * The ports that nobody is assigned (RFC 6335, section 6) and that Linux gives to no outgoing connection
 * (`net.ipv4.ip_local_port_range`, 32768 to 60999).
 */
export const PORTS = { first: 61_000, last: 65_535 } as const;

/**
 * What makes two tunnels the same, sixteen hexadecimal digits: the API that they lead to. Bastion, document, profile and port
 * are no part of it: who comes later joins the tunnel that runs.
 */
export function tunnelKey({ region, clusterName, endpointHost, certificateAuthority }: TunnelSpec): string {
  const parts = [region, clusterName, endpointHost, certificateAuthority];
  return createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 16);
}

/** The local port of a cluster: the same at each run, so that the address in a kubeconfig does not change. */
export function preferredPort({ region, clusterName }: Pick<TunnelSpec, "region" | "clusterName">): number {
  const hash = createHash("sha256").update(`${region}/${clusterName}`).digest().readUInt32BE();
  return PORTS.first + (hash % (PORTS.last - PORTS.first + 1));
}

/** Reads a spec that another process wrote. */
export function parseSpec(text: string): TunnelSpec {
  return JSON.parse(text) as TunnelSpec;
}

/**
 * The host of an API's URL.
 *
 * @throws InputError for what is no URL with `https:`.
 */
export function hostOf(endpoint: string): string {
  if (URL.canParse(endpoint)) {
    const { protocol, hostname } = new URL(endpoint);
    if (protocol === "https:") return hostname;
  }
  throw new InputError("tunnel", [
    issue("Malformed", "endpoint", "must be a URL with https", endpoint, "Take the cluster's endpoint as EKS gives it"),
  ]);
}

/** What a person may choose of a {@link TunnelSpec}. */
export type TunnelChoices = { readonly [K in "port" | "timeoutSeconds" | "profile"]?: TunnelSpec[K] | undefined };

/** What is wrong with the choices of a person, each with the path of its argument. */
export function choiceIssues(
  { port, timeoutSeconds, profile }: TunnelChoices,
  path: (name: string) => string,
): Issue[] {
  const issues: Issue[] = [];
  if (port !== undefined && !(Number.isInteger(port) && port >= 1024 && port <= 65_535))
    issues.push(
      issue("OutOfRange", path("port"), "must be a port from 1024 to 65535", port, "Leave it out for a fixed one"),
    );
  if (
    timeoutSeconds !== undefined &&
    !(Number.isFinite(timeoutSeconds) && timeoutSeconds > 0 && timeoutSeconds <= 3600)
  )
    issues.push(
      issue("OutOfRange", path("timeoutSeconds"), "must be more than 0 and at most 3600", timeoutSeconds, "Try 300"),
    );
  if (profile !== undefined && !/^[^\s-][^\n\r\t]*$/.test(profile))
    issues.push(
      issue("Malformed", path("profile"), "must be a profile's name", profile, "See `aws configure list-profiles`"),
    );
  return issues;
}
