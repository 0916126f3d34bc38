import { relaxation } from "../core/relaxation.js";
import type { Reason, Relaxation } from "../core/relaxation.js";
import { levelOf } from "./host-access.js";
import type { HostAccess } from "./host-access.js";
import type { StringMap } from "./manifest.js";

/** The levels of the Pod Security Standards (https://kubernetes.io/docs/concepts/security/pod-security-standards/). */
export type PodSecurityLevel = "privileged" | "baseline" | "restricted";

/** The label by which a namespace asks admission to refuse pods. */
export const ENFORCE_LABEL = "pod-security.kubernetes.io/enforce";

/** What admission asks of the pods of a namespace. */
export class PodSecurity {
  /** The default: pods run as non-root, without privileges, capabilities and paths of the host. */
  static restricted(): PodSecurity {
    return new PodSecurity("restricted", []);
  }

  /**
   * Pods may run as root, but not reach the host. `warn` and `audit` stay at `restricted`.
   *
   * @throws InputError when the reason is missing.
   */
  static baseline(why: Reason): PodSecurity {
    return new PodSecurity("baseline", [relaxation("PodSecurity.baseline", why)]);
  }

  /**
   * Pods may do anything, take over their node included: for agents of the node. `warn` and `audit` stay at `restricted`.
   *
   * @throws InputError when the reason is missing.
   */
  static privileged(why: Reason): PodSecurity {
    return new PodSecurity("privileged", [relaxation("PodSecurity.privileged", why)]);
  }

  /**
   * The lowest level that admits pods with this access to the host, each with its reason. The level admits more than that:
   * `SystemNamespace` takes it and adds the policy that refuses the rest.
   */
  static forHostAccess(hostAccess: readonly HostAccess[]): PodSecurity {
    return new PodSecurity(
      levelOf(hostAccess),
      hostAccess.map((access) => access.relaxation),
      hostAccess,
    );
  }

  private constructor(
    readonly level: PodSecurityLevel,
    /** Why it is lower than `restricted`; none on that level. */
    readonly relaxations: readonly Relaxation[],
    /** What of the host the workloads made here may take. */
    readonly hostAccess: readonly HostAccess[] = [],
  ) {}
}

/**
 * The labels of a namespace, pinned at a version, so that an upgrade of the cluster does not change what is admitted.
 * `version` is a minor version, `1.36`.
 */
export function podSecurityLabels({ level }: PodSecurity, version: string): StringMap {
  const pin = `v${version}`;
  return {
    [ENFORCE_LABEL]: level,
    [`${ENFORCE_LABEL}-version`]: pin,
    "pod-security.kubernetes.io/warn": "restricted",
    "pod-security.kubernetes.io/warn-version": pin,
    "pod-security.kubernetes.io/audit": "restricted",
    "pod-security.kubernetes.io/audit-version": pin,
  };
}
