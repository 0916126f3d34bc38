import { isMissingIn } from "../../core/data/service-regions.js";
import type { ConformancePack } from "./conformance-pack.js";
import type { SecurityStandard } from "./data/security-standards.js";

/** The defaults of the services' options. */
export const ACCOUNT_SERVICE_DEFAULTS = {
  agents: "guardDuty",
  scanned: ["EC2", "ECR"],
  unusedAfterDays: 90,
} as const satisfies {
  readonly agents: NonNullable<GuardDutyOptions["agents"]>;
  readonly scanned: NonNullable<InspectorOptions["scanned"]>;
  readonly unusedAfterDays: number;
};

/** What GuardDuty watches beside the calls on AWS, flow logs and DNS, by the name that the service has for it. */
export const GUARD_DUTY_FEATURES = {
  /** Audit logs of clusters. */
  clusterAudit: "EKS_AUDIT_LOGS",
  /** Malware on volumes of instances that raised suspicion. */
  malware: "EBS_MALWARE_PROTECTION",
  /** Calls on data of S3. */
  objects: "S3_DATA_EVENTS",
  /** What runs on nodes and in pods, by an agent. */
  runtime: "RUNTIME_MONITORING",
} as const;

/** A part of {@link GUARD_DUTY_FEATURES}. */
export type GuardDutyFeature = keyof typeof GUARD_DUTY_FEATURES;

/** GuardDuty: audit logs of clusters, what runs on nodes, malware on volumes, calls on data of S3. */
export interface GuardDutyOptions {
  /**
   * What is watched; the others are off. Paid by what they read.
   *
   * @default - all of {@link GUARD_DUTY_FEATURES} that the Region has: China has no `runtime`
   */
  readonly features?: readonly GuardDutyFeature[];
  /**
   * Who installs the agents that watch nodes: GuardDuty, or you (`self`, with the add-on `guardDutyAgent` of
   * {@link ClusterAddons}). Nodes without a way out need an endpoint of `guardduty-data` to report by: the feature `guardDuty`
   * of {@link Network}. Without one GuardDuty makes an endpoint with a security group by itself, and leaves both behind:
   * delete them before the VPC, or it stays
   * (https://docs.aws.amazon.com/guardduty/latest/ug/runtime-monitoring-agent-resource-clean-up.html).
   *
   * @default "guardDuty"
   */
  readonly agents?: "guardDuty" | "self";
}

/** What GuardDuty watches, after what was chosen and what the Region has. */
export function guardDutyFeatures({ features }: GuardDutyOptions, region: string): readonly GuardDutyFeature[] {
  const all = Object.keys(GUARD_DUTY_FEATURES) as GuardDutyFeature[];
  return features ?? all.filter((one) => one !== "runtime" || !isMissingIn("guardDutyRuntime", region));
}

/** Inspector: known vulnerabilities of machines, images and functions. */
export interface InspectorOptions {
  /**
   * What is scanned.
   *
   * @default ["EC2","ECR"]
   */
  readonly scanned?: readonly ("EC2" | "ECR" | "LAMBDA")[];
}

/** Security Hub: one list of findings. Most of its checks read AWS Config, here or of another stack. */
export interface SecurityHubOptions {
  /** At least one. */
  readonly standards: readonly [SecurityStandard, ...SecurityStandard[]];
}

/** AWS Config: what every resource looked like and when. Paid by the record. */
export interface ConfigOptions {
  /**
   * Rules that are checked: `[ConformancePack.eks()]`.
   *
   * @default - none
   */
  readonly conformancePacks?: readonly ConformancePack[];
}

/** IAM Access Analyzer: what is open to other accounts, and rights that nobody uses. */
export interface AccessAnalyzerOptions {
  /**
   * Days without use after which a right counts as unused; 0 leaves that analyzer out, which is paid by the role.
   *
   * @default 90
   */
  readonly unusedAfterDays?: number;
}

/**
 * Services of which an account has one in a Region. Each is on when its key is there, and off when not: two stacks that own
 * the same one collide, at the first deployment (the service says that it exists) or when one of them is destroyed (it is
 * gone for both). Name each in one stack of the account, and leave all out where an organisation's administrator turns them
 * on. To take over one that exists, `pulumi import` it.
 */
export interface AccountServicesOptions {
  /** @default - off */
  readonly guardDuty?: GuardDutyOptions;
  /** @default - off */
  readonly inspector?: InspectorOptions;
  /** @default - off */
  readonly securityHub?: SecurityHubOptions;
  /** @default - off */
  readonly config?: ConfigOptions;
  /** @default - off */
  readonly accessAnalyzer?: AccessAnalyzerOptions;
  /**
   * Detective: how findings hang together. It reads GuardDuty's, here or of another stack.
   *
   * @default - off
   */
  readonly detective?: Readonly<Record<string, never>>;
}
