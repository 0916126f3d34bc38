import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { relaxation } from "../../core/relaxation.js";
import type { Reason, Relaxation } from "../../core/relaxation.js";
import { asRunError } from "../errors.js";

/** Every log that an EKS control plane writes (CIS EKS 2.1.1). */
export const CLUSTER_LOG_TYPES = ["api", "audit", "authenticator", "controllerManager", "scheduler"] as const;

/** Name of a log of the control plane. */
export type ClusterLogType = (typeof CLUSTER_LOG_TYPES)[number];

/** Which logs the control plane writes. Another choice later replaces nothing. */
export class ClusterLogs {
  private constructor(
    readonly types: readonly ClusterLogType[],
    /** What was named to be left out, for the check. */
    readonly leftOut: readonly ClusterLogType[],
    readonly relaxation?: Relaxation,
  ) {}

  /** All of them, the default. */
  static all(): ClusterLogs {
    return new ClusterLogs(CLUSTER_LOG_TYPES, []);
  }

  /**
   * All but these. Audit is nearly all of the volume, and the only record of who did what.
   *
   * @throws pulumi.RunError when the reason is shorter than ten characters.
   */
  static without(types: readonly [ClusterLogType, ...ClusterLogType[]], why: Reason): ClusterLogs {
    return new ClusterLogs(
      CLUSTER_LOG_TYPES.filter((type) => !types.includes(type)),
      types,
      asRunError(() => relaxation("ClusterLogs.without", why)),
    );
  }
}

/** Checks the names of logs, for those who write JavaScript. */
export function clusterLogIssues(logs: ClusterLogs | undefined): Issue[] {
  return (logs?.leftOut ?? []).flatMap((type, i) => {
    if (CLUSTER_LOG_TYPES.includes(type)) return [];
    const advice = `Choose among ${CLUSTER_LOG_TYPES.join(", ")}`;
    return [issue("NotFound", `logs.leftOut[${i}]`, "must be a log of the control plane", type, advice)];
  });
}

/** What happens when standard support of the Kubernetes version ends. */
export class SupportPolicy {
  private constructor(
    /** As EKS names it (UpgradePolicy, `supportType`). */
    readonly supportType: "STANDARD" | "EXTENDED",
    readonly relaxation?: Relaxation,
  ) {}

  /** EKS upgrades the control plane, the default: no version lingers. */
  static standard(): SupportPolicy {
    return new SupportPolicy("STANDARD");
  }

  /**
   * The version stays for up to twelve months more, for more money; versions in extended support are accepted.
   *
   * @throws pulumi.RunError when the reason is shorter than ten characters.
   */
  static extended(why: Reason): SupportPolicy {
    return new SupportPolicy(
      "EXTENDED",
      asRunError(() => relaxation("SupportPolicy.extended", why)),
    );
  }
}

/** Whether EKS may refuse an upgrade for what its readiness checks find: nodes too old, removed APIs in use. */
export class UpgradeChecks {
  private constructor(
    readonly overridden: boolean,
    readonly relaxation?: Relaxation,
  ) {}

  /** It may, the default. */
  static heeded(): UpgradeChecks {
    return new UpgradeChecks(false);
  }

  /**
   * It upgrades whatever they find (`forceUpdateVersion`). For one deployment.
   *
   * @throws pulumi.RunError when the reason is shorter than ten characters.
   */
  static overridden(why: Reason): UpgradeChecks {
    return new UpgradeChecks(
      true,
      asRunError(() => relaxation("UpgradeChecks.overridden", why)),
    );
  }
}
