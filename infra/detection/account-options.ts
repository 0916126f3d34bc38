import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import type { ConformancePack } from "./conformance-pack.js";
import { conformancePackIssues } from "./conformance-pack.js";
import { SECURITY_STANDARDS } from "./data/security-standards.js";
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

/** GuardDuty: audit logs of clusters, what runs on nodes, malware on volumes, calls on data of S3. */
export interface GuardDutyOptions {
  /**
   * Who installs the agents that watch nodes: GuardDuty, or you (`self`). Nodes without a way out need an endpoint of
   * `guardduty-data` to report by. GuardDuty makes one with a security group by itself where it installs agents, and leaves
   * both behind: delete them before the VPC, or it stays
   * (https://docs.aws.amazon.com/guardduty/latest/ug/runtime-monitoring-agent-resource-clean-up.html).
   *
   * @default "guardDuty"
   */
  readonly agents?: "guardDuty" | "self";
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

/** Rules of EventBridge have 64 characters, less `-access-analyzer-findings` and the eight that Pulumi adds. */
const LONGEST_NAME = 31;

/** Checks what was chosen of the services, and the name of their component. */
export function accountServiceIssues(prefix: string, name: string, services: AccountServicesOptions): Issue[] {
  const issues: Issue[] = [];
  const add = (code: Issue["code"], path: string, rule: string, got: unknown, advice: string) => {
    issues.push(issue(code, `${prefix}${path}`, rule, got, advice));
  };
  if (!/^[A-Za-z][\w-]*$/.test(name) || name.length > LONGEST_NAME) {
    const rule = `must have at most ${LONGEST_NAME} letters, digits, '_' and '-', beginning with a letter`;
    issues.push(
      issue("Malformed", "name", rule, name, "Names of rules and analyzers are made of it: choose a shorter one"),
    );
  }
  const { inspector, securityHub, accessAnalyzer, config } = services;
  if (inspector?.scanned?.length === 0)
    add("Required", "inspector.scanned", "must name what is scanned", [], "Leave `inspector` out to scan nothing");
  if (securityHub !== undefined) {
    const known = Object.keys(SECURITY_STANDARDS);
    const standards: readonly string[] = securityHub.standards;
    if (standards.length === 0)
      add("Required", "securityHub.standards", "must name a standard", [], `Choose from ${known.join(", ")}`);
    for (const [i, standard] of standards.entries()) {
      const path = `securityHub.standards[${i}]`;
      if (!known.includes(standard))
        add("NotFound", path, "must be a standard that is known here", standard, `Choose from ${known.join(", ")}`);
      else if (standards.indexOf(standard) !== i)
        add("Duplicate", path, "must name each standard once", standard, "Remove the second one");
    }
  }
  const days = accessAnalyzer?.unusedAfterDays;
  if (days !== undefined && days !== 0 && (!Number.isInteger(days) || days < 1 || days > 365))
    add("OutOfRange", "accessAnalyzer.unusedAfterDays", "must be a whole number from 1 to 365, or 0", days, "Try 90");
  return [...issues, ...conformancePackIssues(`${prefix}config.conformancePacks`, config?.conformancePacks ?? [])];
}
