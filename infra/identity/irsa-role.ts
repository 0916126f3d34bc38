import * as pulumi from "@pulumi/pulumi";
import type { Issue } from "../../core/issue.js";
import { accountOf } from "../account.js";
import type { ClusterRef } from "../cluster/reference.js";
import { refuse } from "../errors.js";
import { published } from "../options.js";
import type { Tags } from "../options.js";
import { serviceAccountIssues } from "./kubernetes-names.js";
import { STS_AUDIENCE } from "./oidc-provider.js";
import { relaxationsOf } from "./policy-document.js";
import type { Statement } from "./policy-document.js";
import { createRole } from "./role.js";
import { statementIssues } from "./statement-checks.js";

/** Arguments of {@link IrsaRole}. */
export interface IrsaRoleArgs {
  /** The cluster whose issuer signs the tokens. */
  readonly cluster: Pick<ClusterRef, "oidcIssuer">;
  /** ARN of the identity provider of that issuer: `new OidcProvider("irsa", { url: cluster.oidcIssuer }).arn`. */
  readonly providerArn: pulumi.Input<string>;
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
   * Tags of the role.
   *
   * @default - a name
   */
  readonly tags?: Tags;
}

/**
 * A role for the pods of one service account by a token of the cluster (IRSA), for those who cannot use {@link PodIdentity}:
 * pods on Fargate, on Windows or outside of EKS. The service account carries the role's ARN in the annotation
 * `eks.amazonaws.com/role-arn`.
 */
export class IrsaRole extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: IrsaRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:IrsaRole", name, {}, opts);
    refuse(`IrsaRole '${name}'`, argsIssues(args));
    const { namespace, serviceAccount } = args;
    const { role } = createRole(this, accountOf(this), name, {
      description: `pods of ${namespace}/${serviceAccount}, by a token of the cluster`,
      trust: pulumi.output(args.cluster.oidcIssuer).apply((url) => {
        const issuer = url.replace(/^https:\/\//, "");
        return webIdentityTrust(args.providerArn, {
          [`${issuer}:aud`]: STS_AUDIENCE,
          [`${issuer}:sub`]: `system:serviceaccount:${namespace}:${serviceAccount}`,
        });
      }),
      statements: args.statements,
      permissionsBoundaryArn: args.permissionsBoundaryArn,
      tags: args.tags,
    });
    this.arn = role.arn;
    this.registerOutputs(published({ arn: this.arn }, relaxationsOf(args.statements)));
  }
}

/** Trusts tokens of an identity provider whose claims are exactly these. */
export function webIdentityTrust(
  providerArn: pulumi.Input<string>,
  claims: Readonly<Record<string, pulumi.Input<string>>>,
): Statement {
  return {
    sid: "Token",
    principals: { federated: providerArn },
    actions: ["sts:AssumeRoleWithWebIdentity"],
    conditions: { StringEquals: claims },
  };
}

function argsIssues(args: IrsaRoleArgs): Issue[] {
  return [...serviceAccountIssues(args), ...statementIssues("statements", args.statements)];
}
