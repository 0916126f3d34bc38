import * as iam from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { accountOf, iamArn } from "../account.js";
import type { Account } from "../account.js";
import { roleArnIssues } from "../checks.js";
import { refuse } from "../errors.js";
import { after, named } from "../options.js";
import type { Tags } from "../options.js";
import { BOUNDARY_ACTIONS, BOUNDARY_DENIED_ACTIONS, INSTANCE_PROFILE_ACTIONS } from "./data/boundary-actions.js";
import type { Statement } from "./policy-document.js";
import { sizedDocument, sizeIssues } from "./policy-size.js";
import { unknownActionIssues } from "./statement-checks.js";

/** Arguments of {@link PermissionsBoundary}. */
export interface PermissionsBoundaryArgs {
  /**
   * Actions that roles of your applications need beyond {@link BOUNDARY_ACTIONS}: `sqs:SendMessage`. None that is denied
   * ({@link BOUNDARY_DENIED_ACTIONS}).
   *
   * @default - none
   */
  readonly allowedActions?: readonly string[];
  /**
   * Names of the roles of nodes that Karpenter or Auto Mode start: each whole, or its beginning and a `*`. Roles with the
   * boundary can pass these to EC2, and no others to anybody: a machine with a stronger role would undo the boundary.
   *
   * @default - none
   */
  readonly nodeRoleNames?: readonly string[];
  /**
   * ARNs of roles that pods may go on to assume, in this account or another: see {@link TargetRole}.
   *
   * @default - none
   */
  readonly targetRoleArns?: readonly pulumi.Input<string>[];
  /**
   * Tags of the policy.
   *
   * @default - a name
   */
  readonly tags?: Tags;
}

/**
 * A permissions boundary for every role of a cluster: a policy attached by mistake, or by an attacker, cannot reach past
 * it (https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html). A role gets nothing from it.
 */
export class PermissionsBoundary extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: PermissionsBoundaryArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:PermissionsBoundary", name, {}, opts);
    const where = `PermissionsBoundary '${name}'`;
    const statements = boundaryStatements(accountOf(this), args);
    const issues = boundaryIssues(args);
    refuse(where, issues.length > 0 ? issues : sizeIssues("managed", "allowedActions", statements));

    const policy = new iam.Policy(
      name,
      {
        description: "the most that a role of this cluster can be given",
        policy: sizedDocument("managed", where, "allowedActions", statements),
        tags: named(name, args.tags),
      },
      { parent: this, dependsOn: after(opts) },
    );

    this.arn = policy.arn;
    this.registerOutputs({ arn: this.arn });
  }
}

function boundaryStatements(account: Account, args: PermissionsBoundaryArgs): readonly Statement[] {
  const { allowedActions = [], nodeRoleNames = [], targetRoleArns = [] } = args;
  return [
    { sid: "AtMost", actions: [...BOUNDARY_ACTIONS, ...allowedActions], resources: ["*"] },
    { sid: "Never", effect: "Deny", actions: BOUNDARY_DENIED_ACTIONS, resources: ["*"] },
    ...(nodeRoleNames.length === 0
      ? []
      : [
          {
            sid: "StartNodes",
            actions: ["iam:PassRole"],
            resources: nodeRoleNames.map((role) => iamArn(account, `role/${role}`)),
            // The second is EC2's name in China.
            conditions: { StringEquals: { "iam:PassedToService": ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"] } },
          },
          {
            sid: "NodeProfiles",
            actions: INSTANCE_PROFILE_ACTIONS,
            resources: [iamArn(account, "instance-profile/*")],
          },
        ]),
    ...(targetRoleArns.length === 0
      ? []
      : [{ sid: "TargetRoles", actions: ["sts:AssumeRole", "sts:TagSession"], resources: targetRoleArns }]),
  ];
}

/** What is wrong with what a boundary is to allow. */
export function boundaryIssues({
  allowedActions = [],
  nodeRoleNames = [],
  targetRoleArns = [],
}: PermissionsBoundaryArgs): Issue[] {
  return [
    ...allowedActions.flatMap((action, i) => actionIssues(`allowedActions[${i}]`, action)),
    ...nodeRoleNames.flatMap((role, i) => {
      if (/^[\w+=,.@-]{2,64}\*?$/.test(role)) return [];
      const rule = "must be the name of a role, or at least two letters of it and '*'";
      return [issue("Malformed", `nodeRoleNames[${i}]`, rule, role, "Write it like 'prod-nodes-*'")];
    }),
    ...targetRoleArns.flatMap((arn, i) => roleArnIssues(`targetRoleArns[${i}]`, arn)),
  ];
}

function actionIssues(path: string, action: string): Issue[] {
  if (!/^[a-z0-9-]+:[A-Za-z0-9]+\*?$/.test(action)) {
    const advice = "Write it like 'sqs:SendMessage' or 'sqs:Get*'; a whole service is no bound";
    return [issue("Malformed", path, "must be an action of one service", action, advice)];
  }
  const denied = BOUNDARY_DENIED_ACTIONS.find((pattern) => meet(pattern, action));
  if (denied === undefined) {
    const [service = ""] = action.split(":");
    if (service !== "iam" && service !== "sts") return unknownActionIssues(path, action, NEWER);
    const rule = `must not be of '${service}', which leads to other rights`;
    const advice = "Name the roles of nodes in `nodeRoleNames`, and others in `targetRoleArns`";
    return [issue("NotAllowed", path, rule, action, advice)];
  }
  const advice = "A denial wins over it. Give the role that needs it no boundary, or another one";
  return [issue("Conflict", path, `must not be denied already, as '${denied}'`, action, advice)];
}

/** The way in for an action that is newer than the list. */
const NEWER = "What is newer than this list fits under a pattern, like 'sqs:Send*'";

/** Whether two names, each with a `*` at most at its end, can mean the same action. */
function meet(a: string, b: string): boolean {
  const [left, right] = [a, b].map((name) => name.replace(/\*$/, "").toLowerCase()) as [string, string];
  if (a.endsWith("*") && right.startsWith(left)) return true;
  if (b.endsWith("*") && left.startsWith(right)) return true;
  return left === right;
}
