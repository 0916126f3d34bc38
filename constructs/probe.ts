import { checkWhole } from "./checks.js";
import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";
import type { ProbeManifest } from "./manifest.js";

/** How often, and how patiently, a probe asks. */
export interface ProbeTiming {
  /** @default 0 */
  readonly initialDelaySeconds?: number;
  /** @default 10 */
  readonly periodSeconds?: number;
  /** @default 2 */
  readonly timeoutSeconds?: number;
  /** Failures in a row until the kubelet acts. @default 3 */
  readonly failureThreshold?: number;
}

/** Arguments of {@link Probe.http}. */
export interface HttpProbeOptions extends ProbeTiming {
  /** A port of the container. */
  readonly port: number;
  /** @default "HTTP" */
  readonly scheme?: "HTTP" | "HTTPS";
}

/** Timing of a probe when nobody says otherwise: that of the Kubernetes API, with a longer timeout. */
export const PROBE_DEFAULTS = {
  initialDelaySeconds: 0,
  periodSeconds: 10,
  timeoutSeconds: 2,
  failureThreshold: 3,
} as const satisfies Required<ProbeTiming>;

/** What a probe does. */
export type ProbeAction =
  | { readonly kind: "http"; readonly path: string; readonly port: number; readonly scheme: "HTTP" | "HTTPS" }
  | { readonly kind: "tcp"; readonly port: number }
  | { readonly kind: "grpc"; readonly port: number; readonly service: string | undefined }
  | { readonly kind: "exec"; readonly command: readonly string[] };

/** A question of the kubelet to a container. It always asks the pod itself, never another host. */
export class Probe {
  /** Expects a status from 200 to 399. */
  static http(path: string, options: HttpProbeOptions): Probe {
    return new Probe({ kind: "http", path, port: options.port, scheme: options.scheme ?? "HTTP" }, options);
  }

  /** Expects the port to accept a connection. */
  static tcp(port: number, timing: ProbeTiming = {}): Probe {
    return new Probe({ kind: "tcp", port }, timing);
  }

  /** Expects `SERVING` by the gRPC health protocol, of one service or of the server. */
  static grpc(port: number, options: ProbeTiming & { readonly service?: string } = {}): Probe {
    return new Probe({ kind: "grpc", port, service: options.service }, options);
  }

  /** Expects the command to exit with 0. */
  static exec(command: readonly string[], timing: ProbeTiming = {}): Probe {
    return new Probe({ kind: "exec", command }, timing);
  }

  private constructor(
    readonly action: ProbeAction,
    readonly timing: ProbeTiming,
  ) {}
}

/** The probe as it stands in a container. */
export function probeManifest({ action, timing }: Probe): ProbeManifest {
  return {
    ...actionManifest(action),
    initialDelaySeconds: timing.initialDelaySeconds ?? PROBE_DEFAULTS.initialDelaySeconds,
    periodSeconds: timing.periodSeconds ?? PROBE_DEFAULTS.periodSeconds,
    timeoutSeconds: timing.timeoutSeconds ?? PROBE_DEFAULTS.timeoutSeconds,
    failureThreshold: timing.failureThreshold ?? PROBE_DEFAULTS.failureThreshold,
  };
}

/** The issues of a probe of a container with these ports. */
export function checkProbe(path: string, probe: Probe, containerPorts: readonly number[]): readonly Issue[] {
  const { initialDelaySeconds, periodSeconds, timeoutSeconds, failureThreshold } = probeManifest(probe);
  return [
    ...checkAction(path, probe.action, containerPorts),
    ...checkWhole(`${path}.initialDelaySeconds`, initialDelaySeconds, 0, 3600),
    ...checkWhole(`${path}.periodSeconds`, periodSeconds, 1, 3600),
    ...checkWhole(`${path}.timeoutSeconds`, timeoutSeconds, 1, 3600),
    ...checkWhole(`${path}.failureThreshold`, failureThreshold, 1, 1000),
  ];
}

function checkAction(path: string, action: ProbeAction, containerPorts: readonly number[]): readonly Issue[] {
  if (action.kind === "exec")
    return action.command.length > 0
      ? []
      : [
          issue(
            "Required",
            `${path}.command`,
            "must have at least one word",
            action.command,
            "Give the command to run",
          ),
        ];
  const issues: Issue[] = [];
  if (!containerPorts.includes(action.port))
    issues.push(
      issue("NotFound", `${path}.port`, "must be a port of the container", action.port, "Name it in 'ports'"),
    );
  if (action.kind === "http" && !action.path.startsWith("/"))
    issues.push(issue("Malformed", `${path}.path`, "must begin with '/'", action.path, "Write it like '/healthz'"));
  return issues;
}

function actionManifest(action: ProbeAction): Pick<ProbeManifest, "httpGet" | "tcpSocket" | "exec" | "grpc"> {
  switch (action.kind) {
    case "http":
      return { httpGet: { path: action.path, port: action.port, scheme: action.scheme } };
    case "tcp":
      return { tcpSocket: { port: action.port } };
    case "grpc":
      return { grpc: { port: action.port, ...(action.service === undefined ? {} : { service: action.service }) } };
    case "exec":
      return { exec: { command: action.command } };
  }
}
