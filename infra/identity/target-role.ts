import * as pulumi from "@pulumi/pulumi";
import type { Issue } from "../../core/issue.js";
import { accountOf } from "../account.js";
import { roleArnIssues } from "../checks.js";
import { refuse } from "../errors.js";
import { published } from "../options.js";
import type { Tags } from "../options.js";
import { serviceAccountIssues } from "./kubernetes-names.js";
import { relaxationsOf } from "./policy-document.js";
import type { Statement } from "./policy-document.js";
import { subjectTags } from "./pod-identity-trust.js";
import { createRole, roleIdentityIssues } from "./role.js";
import { statementIssues } from "./statement-checks.js";

/** Arguments of {@link TargetRole}. */
export interface TargetRoleArgs {
  /**
   * Its physical name, at most 64 characters: the {@link PodIdentity} of the other account writes the ARN before the role
   * is there.
   */
  readonly roleName: string;
  /** ARN of the cluster in which the pods run. */
  readonly clusterArn: pulumi.Input<string>;
  readonly namespace: string;
  readonly serviceAccount: string;
  /** ARN of the role that the pods have in the cluster's account: `roleArn` of their {@link PodIdentity}. */
  readonly podRoleArn: pulumi.Input<string>;
  /** What the pods may do in this account; at least one statement. */
  readonly statements: readonly [Statement, ...Statement[]];
  /**
   * The boundary of the role, a policy of this account.
   *
   * @default - none
   */
  readonly permissionsBoundaryArn?: pulumi.Input<string>;
  /**
   * Tags of the role.
   *
   * @default - a name
   */
  readonly tags?: Tags;
}

/**
 * A role in one account for the pods of one service account in another: the `targetRoleArn` of their {@link PodIdentity}.
 * Give it the provider of its account. It trusts the pods' role, and only while EKS says that it acts for these pods: by its
 * session tags, or without tags by the external id that it sets
 * (https://docs.aws.amazon.com/eks/latest/userguide/pod-id-assign-target-role.html).
 */
export class TargetRole extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: TargetRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:TargetRole", name, {}, opts);
    refuse(`TargetRole '${name}'`, argsIssues(args));
    const { role } = createRole(this, accountOf(this), name, {
      description: `pods of ${args.namespace}/${args.serviceAccount} in another account`,
      trust: targetTrust(args),
      statements: args.statements,
      permissionsBoundaryArn: args.permissionsBoundaryArn,
      tags: args.tags,
      identity: { name: args.roleName },
    });
    this.arn = role.arn;
    this.registerOutputs(published({ arn: this.arn }, relaxationsOf(args.statements)));
  }
}

function targetTrust(args: TargetRoleArgs): readonly Statement[] {
  const principals = { aws: args.podRoleArn };
  return [
    {
      sid: "BySessionTags",
      principals,
      actions: ["sts:AssumeRole"],
      conditions: { StringEquals: subjectTags(args) },
    },
    {
      sid: "ByExternalId",
      principals,
      actions: ["sts:AssumeRole"],
      conditions: { StringEquals: { "sts:ExternalId": externalIdOf(args) } },
    },
    { sid: "Tags", principals, actions: ["sts:TagSession"] },
  ];
}

/** `<Region>/<account>/<cluster>/<namespace>/<service account>`, as EKS sets it for a session without tags. */
function externalIdOf({ clusterArn, namespace, serviceAccount }: TargetRoleArgs): pulumi.Output<string> {
  return pulumi.output(clusterArn).apply((arn) => {
    const [, , , region = "", account = "", resource = ""] = arn.split(":");
    return [region, account, resource.replace("cluster/", ""), namespace, serviceAccount].join("/");
  });
}

function argsIssues(args: TargetRoleArgs): Issue[] {
  return [
    ...roleIdentityIssues("", { name: args.roleName }).map((one) => ({ ...one, path: "roleName" })),
    ...serviceAccountIssues(args),
    ...roleArnIssues("podRoleArn", args.podRoleArn),
    ...statementIssues("statements", args.statements),
  ];
}
