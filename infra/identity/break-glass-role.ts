import * as pulumi from "@pulumi/pulumi";
import { Arn } from "../../core/arn.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { personaGroup } from "../../core/persona-group.js";
import { accountOf } from "../account.js";
import { nameIssues } from "../checks.js";
import type { ClusterRef } from "../cluster/reference.js";
import { keyArnIssues } from "../encryption/key-arn.js";
import { refuse } from "../errors.js";
import { after, published } from "../options.js";
import type { Tags } from "../options.js";
import { knownPartition } from "../partition.js";
import { clusterRef, needs } from "../reference-shapes.js";
import { planRegion } from "../region.js";
import { createEntry } from "./access.js";
import { createAssumptionAlarm } from "./assumption-alarm.js";
import { holderIssues } from "./break-glass-holders.js";
import type { BreakGlassHolders } from "./break-glass-holders.js";
import { PERSONAS } from "./personas.js";
import { relaxationsOf } from "./policy-document.js";
import type { Statement } from "./policy-document.js";
import { Principal } from "./principal.js";
import { createRole, roleIdentityIssues } from "./role.js";
import { statementIssues } from "./statement-checks.js";

/** The defaults of {@link BreakGlassRole}. */
export const BREAK_GLASS_DEFAULTS = { rights: "administrator" } as const;

/** Arguments of {@link BreakGlassRole}. */
export interface BreakGlassRoleArgs {
  /** The cluster that it opens. */
  readonly cluster: Pick<ClusterRef, "name" | "arn">;
  /** Who may take it: `BreakGlassHolders.users(Principal.user(arn, { reason }))`. */
  readonly holders: BreakGlassHolders;
  /** The topic that is told when somebody does: `arn` of an `AlertTopic`, in the same Region. */
  readonly topicArn: pulumi.Input<string>;
  /** The key of that topic. */
  readonly topicKeyArn: pulumi.Input<string>;
  /**
   * The role's physical name, at most 64 characters: `ClusterAlarms` watches roles by name (`breakGlassRoleNames`).
   *
   * @default - the component's name
   */
  readonly roleName?: string;
  /**
   * What it is in the cluster: an administrator by an EKS access policy, which holds when RBAC is broken, or a member of the
   * group `ringfence:break-glass` alone, which `BreakGlassAccess` of `ringfence/constructs` gives rights by RBAC.
   *
   * @default "administrator"
   */
  readonly rights?: "administrator" | "group";
  /**
   * What it may do in AWS besides finding the cluster: `bastion.sessionStatements`, to reach a private API.
   *
   * @default - nothing
   */
  readonly statements?: readonly Statement[];
  /**
   * The Region, plain because it decides whether there is a second rule.
   *
   * @default - `aws:region` of the stack, else AWS_REGION
   */
  readonly region?: string;
  /**
   * The boundary of both roles, this one and that of the alarm.
   *
   * @default - none
   */
  readonly permissionsBoundaryArn?: pulumi.Input<string>;
  /**
   * Tags of everything.
   *
   * @default - a name
   */
  readonly tags?: Tags;
}

/**
 * A role for the night in which nothing else works: cluster administrator by an EKS access policy, which holds when RBAC is
 * broken, for an hour at a time, by named people with a second factor. Whoever takes it sets off an alarm. Its name in the
 * cluster stays the one that EKS gives, by which the audit log's alarm knows it.
 */
export class BreakGlassRole extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  /** The physical name, for `breakGlassRoleNames` of `ClusterAlarms`. */
  readonly roleName: string;

  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: BreakGlassRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:BreakGlassRole", name, {}, opts);
    needs(`BreakGlassRole '${name}'`, args, { cluster: clusterRef("name", "arn") });
    const { cluster, holders, statements = [], permissionsBoundaryArn, tags } = args;
    this.roleName = args.roleName ?? name;
    const { region, issues } = planRegion(args.region);
    refuse(`BreakGlassRole '${name}'`, [
      ...nameIssues(name, LONGEST_NAME, "rules have 64"),
      ...argsIssues(args, this.roleName, knownPartition(this, cluster.arn)),
      ...topicIssues(args.topicArn, region),
      ...issues,
    ]);
    const account = accountOf(this);
    const { role } = createRole(this, account, name, {
      description: "for emergencies: cluster administrator, with an alarm when somebody takes it",
      trust: {
        sid: "Holders",
        principals: { aws: holders.principals.map(({ arn }) => arn) },
        actions: ["sts:AssumeRole"],
        ...(holders.conditions === undefined ? {} : { conditions: holders.conditions }),
      },
      statements: [{ sid: "FindCluster", actions: ["eks:DescribeCluster"], resources: [cluster.arn] }, ...statements],
      permissionsBoundaryArn,
      tags,
      identity: { name: this.roleName },
      maxSessionSeconds: 3600,
    });
    createAssumptionAlarm(this, account, name, {
      roleArn: role.arn,
      topicArn: args.topicArn,
      topicKeyArn: args.topicKeyArn,
      region,
      permissionsBoundaryArn,
      tags,
    });
    const byGroup = (args.rights ?? BREAK_GLASS_DEFAULTS.rights) === "group";
    createEntry(this, account, name, {
      persona: "break-glass",
      principal: Principal.role(role.arn, { key: name }),
      groups: byGroup ? [personaGroup("break-glass")] : [],
      ...(byGroup ? {} : { accessPolicy: PERSONAS["break-glass"].accessPolicy }),
      cluster,
      tags,
      after: after(opts),
    });

    this.arn = role.arn;
    const relaxations = [holders.relaxation ?? [], relaxationsOf(statements)].flat();
    const users = holders.principals.flatMap((principal) => principal.relaxation ?? []);
    this.registerOutputs(published({ arn: this.arn, roleName: this.roleName }, [...relaxations, ...users]));
  }
}

/** EventBridge takes 64 characters of a rule's name: `-taken-globally` and eight of Pulumi's come behind it. */
const LONGEST_NAME = 41;

/** A rule of EventBridge reaches topics of its own Region. */
function topicIssues(topicArn: pulumi.Input<string>, region: string): Issue[] {
  if (typeof topicArn !== "string") return [];
  const parts = Arn.parts(topicArn);
  if (parts?.service !== "sns") {
    const advice = "Write it like 'arn:<partition>:sns:eu-west-1:111122223333:alerts'";
    return [issue("Malformed", "topicArn", "must be the ARN of a topic", topicArn, advice)];
  }
  if (region === "" || parts.region === region) return [];
  const advice = "Make the topic where the role is watched";
  return [issue("Conflict", "topicArn", `must be in the Region '${region}'`, topicArn, advice)];
}

function argsIssues(args: BreakGlassRoleArgs, roleName: string, partition: string | undefined): Issue[] {
  const { statements = [] } = args;
  return [
    ...holderIssues("holders", args.holders, partition),
    ...roleIdentityIssues("role", { name: roleName }).map((one) => ({ ...one, path: "roleName" })),
    ...keyArnIssues("topicKeyArn", args.topicKeyArn),
    ...(statements.length === 0 ? [] : statementIssues("statements", statements)),
  ];
}
