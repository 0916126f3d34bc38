import * as eks from "@pulumi/aws/eks/index.js";
import * as pulumi from "@pulumi/pulumi";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { accountOf } from "../account.js";
import { roleArnIssues } from "../checks.js";
import { refuse } from "../errors.js";
import { after, named, published } from "../options.js";
import type { Tags } from "../options.js";
import { serviceAccountIssues } from "./kubernetes-names.js";
import { relaxationsOf } from "./policy-document.js";
import type { Statement } from "./policy-document.js";
import { podIdentityTrust } from "./pod-identity-trust.js";
import type { PodIdentityCluster } from "./pod-identity-trust.js";
import { sizedDocument } from "./policy-size.js";
import { createRole } from "./role.js";
import type { CreatedRole } from "./role.js";
import { statementIssues } from "./statement-checks.js";

/** Arguments of {@link PodIdentity}. */
export interface PodIdentityArgs {
  /** The cluster in which the pods run. */
  readonly cluster: PodIdentityCluster;
  /** The namespace of the service account, plain: an association is for exactly one. */
  readonly namespace: string;
  readonly serviceAccount: string;
  /**
   * What the pods may do in AWS, by a role of their own. Needed without `sharedRoleArn` and `targetRoleArn`.
   *
   * @default - none
   */
  readonly statements?: readonly [Statement, ...Statement[]];
  /**
   * ARN of a role that several associations share, instead of a role of their own: that of a {@link PodRole}.
   *
   * @default - a role of their own
   */
  readonly sharedRoleArn?: pulumi.Input<string>;
  /**
   * What these pods may do of what the shared role may; at most 2,048 characters. It switches session tags off, so that
   * policies cannot ask for them.
   *
   * @default - all that the shared role may
   */
  readonly sessionPolicy?: readonly [Statement, ...Statement[]];
  /**
   * ARN of a role, in this account or another, that EKS assumes through the first one: that of a {@link TargetRole}. Its
   * credentials are what the pods get, for at most an hour at a time.
   *
   * @default - none
   */
  readonly targetRoleArn?: pulumi.Input<string>;
  /**
   * The boundary of the role. With a target role, it allows that one (`targetRoleArns`).
   *
   * @default - none
   */
  readonly permissionsBoundaryArn?: pulumi.Input<string>;
  /**
   * Tags of the role and the association.
   *
   * @default - a name
   */
  readonly tags?: Tags;
}

/**
 * A role for the pods of one service account, and no others: EKS Pod Identity. The cluster runs the agent, and the pods'
 * network policies let them reach it at 169.254.170.23, port 80. Pods that run already get a change within six hours, new
 * ones at once.
 */
export class PodIdentity extends pulumi.ComponentResource {
  /** The role that EKS assumes: their own, or the shared one. */
  readonly roleArn: pulumi.Output<string>;

  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: PodIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:PodIdentity", name, {}, opts);
    const where = `PodIdentity '${name}'`;
    refuse(where, argsIssues(args));
    const { cluster, namespace, serviceAccount, sharedRoleArn, sessionPolicy, targetRoleArn } = args;

    const own = sharedRoleArn === undefined ? this.createRole(name, args) : undefined;
    this.roleArn = own?.role.arn ?? pulumi.output(sharedRoleArn ?? "");
    new eks.PodIdentityAssociation(
      name,
      {
        clusterName: cluster.name,
        namespace,
        serviceAccount,
        roleArn: this.roleArn,
        ...(targetRoleArn === undefined ? {} : { targetRoleArn }),
        ...(sessionPolicy === undefined
          ? {}
          : {
              policy: sizedDocument("session", where, "sessionPolicy", sessionPolicy),
              // EKS takes a session policy only without them.
              disableSessionTags: true,
            }),
        tags: named(name, args.tags),
      },
      { parent: this, dependsOn: after(opts, ...(own?.attachments ?? [])) },
    );

    const relaxations = relaxationsOf([...(args.statements ?? []), ...(sessionPolicy ?? [])]);
    this.registerOutputs(published({ roleArn: this.roleArn }, relaxations));
  }

  private createRole(name: string, args: PodIdentityArgs): CreatedRole {
    const { cluster, namespace, serviceAccount, targetRoleArn } = args;
    const account = accountOf(this);
    return createRole(this, account, `${name}-role`, {
      description: `pods of ${namespace}/${serviceAccount}`,
      trust: podIdentityTrust(account, { clusterArn: cluster.arn, namespace, serviceAccount }),
      statements: [...(args.statements ?? []), ...(targetRoleArn === undefined ? [] : [passOnTo(targetRoleArn)])],
      permissionsBoundaryArn: args.permissionsBoundaryArn,
      tags: args.tags,
    });
  }
}

/** EKS hands its session tags on to the target role. */
function passOnTo(targetRoleArn: pulumi.Input<string>): Statement {
  return { sid: "ActInTarget", actions: ["sts:AssumeRole", "sts:TagSession"], resources: [targetRoleArn] };
}

function argsIssues(args: PodIdentityArgs): Issue[] {
  const { statements, sharedRoleArn, sessionPolicy, targetRoleArn } = args;
  const issues = serviceAccountIssues(args);
  if (statements !== undefined) issues.push(...statementIssues("statements", statements));
  if (sessionPolicy !== undefined) issues.push(...statementIssues("sessionPolicy", sessionPolicy, "session"));
  if (statements === undefined && sharedRoleArn === undefined && targetRoleArn === undefined) {
    const advice = "Write what the pods may do in AWS, or pass the ARN of a shared or a target role";
    issues.push(issue("Required", "statements", "must say what the pods may do", statements, advice));
  }
  if (statements !== undefined && sharedRoleArn !== undefined) {
    const advice = "Leave one out; what narrows a shared role is `sessionPolicy`";
    issues.push(issue("Conflict", "sharedRoleArn", "must stand without `statements`", sharedRoleArn, advice));
  }
  if (sessionPolicy !== undefined && sharedRoleArn === undefined) {
    const advice = "Write it into `statements`: a role of their own needs no second policy";
    issues.push(issue("Conflict", "sessionPolicy", "must narrow a shared role", sessionPolicy, advice));
  }
  return [
    ...issues,
    ...roleArnIssues("sharedRoleArn", sharedRoleArn),
    ...roleArnIssues("targetRoleArn", targetRoleArn),
  ];
}
