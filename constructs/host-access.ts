import { checkMountPath } from "./checks.js";
import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";
import { relaxation } from "../core/relaxation.js";
import type { Reason, Relaxation } from "../core/relaxation.js";
import type { PodSecurityLevel } from "./pod-security.js";

/** Capabilities that Pod Security `baseline` admits; every other one needs a privileged namespace. */
export const BASELINE_CAPABILITIES = [
  ...["AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP"],
  ...["SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"],
] as const;

/** What of the host a pod takes. */
export type HostAccessKind =
  | { readonly kind: "network" }
  | { readonly kind: "processes" }
  | { readonly kind: "privileged" }
  | { readonly kind: "rootUser" }
  | { readonly kind: "capabilities"; readonly names: readonly string[] }
  | { readonly kind: "path"; readonly hostPath: string; readonly mountPath: string; readonly writable: boolean };

/** Arguments of {@link HostAccess.path}. */
export interface HostPathOptions extends Reason {
  /** Where the main container sees it. @default - the same path as on the host */
  readonly mountPath?: string;
}

/**
 * One thing of the host that an agent of the node (CNI, CSI, runtime detection) needs. Each is a way for an intruder in the
 * pod to take over its node, so each has a reason, stands on the namespace that grants it (`SystemNamespace`) and on the
 * workload that uses it, and admission refuses all that is not granted.
 */
export class HostAccess {
  /** The network of the node (`hostNetwork`). Network policies do not apply to such a pod, in either direction. */
  static network(why: Reason): HostAccess {
    return new HostAccess({ kind: "network" }, relaxation("HostAccess.network", why));
  }

  /** The processes of the node (`hostPID`): their environment, files and memory. */
  static processes(why: Reason): HostAccess {
    return new HostAccess({ kind: "processes" }, relaxation("HostAccess.processes", why));
  }

  /** All devices and capabilities (`privileged`): as good as root on the node. */
  static privileged(why: Reason): HostAccess {
    return new HostAccess({ kind: "privileged" }, relaxation("HostAccess.privileged", why));
  }

  /** Root as the user of the main container, still without capabilities. */
  static rootUser(why: Reason): HostAccess {
    return new HostAccess({ kind: "rootUser" }, relaxation("HostAccess.rootUser", why));
  }

  /** Linux capabilities of the main container by name, without `CAP_`: `NET_ADMIN`. */
  static capabilities(names: readonly string[], why: Reason): HostAccess {
    return new HostAccess({ kind: "capabilities", names }, relaxation("HostAccess.capabilities", why));
  }

  /** Files of the host below a path, to be read. */
  static readPath(hostPath: string, options: HostPathOptions): HostAccess {
    return HostAccess.path("HostAccess.readPath", hostPath, false, options);
  }

  /** Files of the host below a path, to be read and written. */
  static writePath(hostPath: string, options: HostPathOptions): HostAccess {
    return HostAccess.path("HostAccess.writePath", hostPath, true, options);
  }

  private constructor(
    readonly access: HostAccessKind,
    readonly relaxation: Relaxation,
  ) {}

  private static path(choice: string, hostPath: string, writable: boolean, options: HostPathOptions): HostAccess {
    const mountPath = options.mountPath ?? hostPath;
    return new HostAccess({ kind: "path", hostPath, mountPath, writable }, relaxation(choice, options));
  }
}

/** The access of one kind among several. */
export function accessOf<K extends HostAccessKind["kind"]>(
  all: readonly HostAccess[],
  kind: K,
): readonly Extract<HostAccessKind, { kind: K }>[] {
  return all.map(({ access }) => access).filter((a): a is Extract<HostAccessKind, { kind: K }> => a.kind === kind);
}

/** The lowest level of the Pod Security Standards that admits a pod with this access. */
export function levelOf(all: readonly HostAccess[]): PodSecurityLevel {
  if (all.length === 0) return "restricted";
  return all.every(({ access }) => isBaseline(access)) ? "baseline" : "privileged";
}

function isBaseline(access: HostAccessKind): boolean {
  if (access.kind === "rootUser") return true;
  if (access.kind !== "capabilities") return false;
  return access.names.every((name) => BASELINE_CAPABILITIES.some((admitted) => admitted === name));
}

/** Whether `granted` covers `asked`. A path covers what lies below it; write access covers read access. */
export function grants(granted: readonly HostAccess[], { access: asked }: HostAccess): boolean {
  switch (asked.kind) {
    case "capabilities": {
      const names = accessOf(granted, "capabilities").flatMap((g) => g.names);
      return accessOf(granted, "privileged").length > 0 || asked.names.every((name) => names.includes(name));
    }
    case "path":
      return accessOf(granted, "path").some(
        (g) => (g.writable || !asked.writable) && `${asked.hostPath}/`.startsWith(`${g.hostPath}/`.replace("//", "/")),
      );
    default:
      return accessOf(granted, asked.kind).length > 0;
  }
}

/** The issues of one access. */
export function checkHostAccess(path: string, { access }: HostAccess): readonly Issue[] {
  if (access.kind === "capabilities") {
    const wrong = access.names.filter(
      (name) => !/^[A-Z][A-Z_]*$/.test(name) || name === "ALL" || name.startsWith("CAP_"),
    );
    return [
      ...(access.names.length > 0
        ? []
        : [issue("Required", path, "must name at least one capability", access.names, "Name it like 'NET_ADMIN'")]),
      ...wrong.map((name) =>
        issue("Malformed", path, "must be one capability without 'CAP_'", name, "Name it like 'NET_ADMIN'"),
      ),
    ];
  }
  if (access.kind !== "path") return [];
  if (access.hostPath === "/")
    return [
      issue(
        "NotAllowed",
        path,
        "must not be the root of the host",
        access.hostPath,
        "Name the folders that are needed, each with its reason",
      ),
    ];
  return [...checkMountPath(path, access.hostPath), ...checkMountPath(`${path}.mountPath`, access.mountPath)];
}
