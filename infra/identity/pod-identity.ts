import * as eks from "@pulumi/aws/eks/index.js";
import * as pulumi from "@pulumi/pulumi";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { accountOf } from "../account.js";
import { refuse } from "../errors.js";
import { after, named } from "../options.js";
import type { Tags } from "../options.js";
import type { Statement } from "./policy-document.js";
import { podIdentityTrust } from "./pod-identity-trust.js";
import { createRole } from "./role.js";

/** Arguments of {@link PodIdentity}. */
export interface PodIdentityArgs {
  /** An output of the cluster rather than a text, so that the association waits for it. */
  readonly clusterName: pulumi.Input<string>;
  readonly clusterArn: pulumi.Input<string>;
  /** The namespace of the service account, plain: an association is for exactly one. */
  readonly namespace: string;
  readonly serviceAccount: string;
  /** What the pods may do in AWS; at least one statement. */
  readonly statements: readonly [Statement, ...Statement[]];
  /**
   * The boundary of the role.
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
 * network policies let them reach it at 169.254.170.23, port 80.
 */
export class PodIdentity extends pulumi.ComponentResource {
  readonly roleArn: pulumi.Output<string>;

  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: PodIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:PodIdentity", name, {}, opts);
    refuse(`PodIdentity '${name}'`, subjectIssues(args));
    const { namespace, serviceAccount } = args;

    const account = accountOf(this);
    const { role, attachments } = createRole(this, account, `${name}-role`, {
      description: `pods of ${namespace}/${serviceAccount}`,
      trust: podIdentityTrust(account, { clusterArn: args.clusterArn, namespace, serviceAccount }),
      statements: args.statements,
      permissionsBoundaryArn: args.permissionsBoundaryArn,
      tags: args.tags,
    });
    new eks.PodIdentityAssociation(
      name,
      { clusterName: args.clusterName, namespace, serviceAccount, roleArn: role.arn, tags: named(name, args.tags) },
      { parent: this, dependsOn: after(opts, ...attachments) },
    );

    this.roleArn = role.arn;
    this.registerOutputs({ roleArn: this.roleArn });
  }
}

/** Names as Kubernetes has them: a label of DNS for the namespace, a subdomain for the service account. */
function subjectIssues({ namespace, serviceAccount }: PodIdentityArgs): Issue[] {
  const issues: Issue[] = [];
  const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
  const subdomain = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;
  if (!label.test(namespace))
    issues.push(
      issue("Malformed", "namespace", "must be the name of one namespace", namespace, "Write it like 'vote'"),
    );
  if (!subdomain.test(serviceAccount)) {
    const rule = "must be the name of one service account";
    issues.push(issue("Malformed", "serviceAccount", rule, serviceAccount, "Write it like 'worker'"));
  }
  return issues;
}
