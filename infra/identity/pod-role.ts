import * as pulumi from "@pulumi/pulumi";
import { accountOf } from "../account.js";
import { refuse } from "../errors.js";
import { published } from "../options.js";
import type { Tags } from "../options.js";
import { relaxationsOf } from "./policy-document.js";
import type { Statement } from "./policy-document.js";
import { sharedPodTrust } from "./pod-identity-trust.js";
import type { PodIdentityCluster } from "./pod-identity-trust.js";
import { createRole } from "./role.js";
import { statementIssues } from "./statement-checks.js";

/** Arguments of {@link PodRole}. */
export interface PodRoleArgs {
  /** The cluster whose pods may use the role. */
  readonly cluster: PodIdentityCluster;
  /** The most that any of its associations may do; at least one statement. */
  readonly statements: readonly [Statement, ...Statement[]];
  /**
   * The boundary of the role.
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
 * One role for the pods of several service accounts, each narrowed by the session policy of its {@link PodIdentity}. For
 * accounts that are near their number of roles, or pods that come and go; a role of its own is simpler, and its trust says
 * whose it is.
 */
export class PodRole extends pulumi.ComponentResource {
  /** ARN of the role, once it has all its rights. */
  readonly arn: pulumi.Output<string>;

  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: PodRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:PodRole", name, {}, opts);
    refuse(`PodRole '${name}'`, statementIssues("statements", args.statements));
    const account = accountOf(this);
    const { role } = createRole(this, account, name, {
      description: "pods of several service accounts, each with a session policy",
      trust: sharedPodTrust(account, args.cluster.arn),
      statements: args.statements,
      permissionsBoundaryArn: args.permissionsBoundaryArn,
      tags: args.tags,
    });
    this.arn = role.arn;
    this.registerOutputs(published({ arn: this.arn }, relaxationsOf(args.statements)));
  }
}
