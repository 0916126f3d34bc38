import * as pulumi from "@pulumi/pulumi";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { accountOf, arn } from "../account.js";
import type { Account } from "../account.js";
import type { ClusterRef } from "../cluster/reference.js";
import { refuse } from "../errors.js";
import { after, published } from "../options.js";
import type { Tags } from "../options.js";
import { registryIssues } from "../registry/plan.js";
import { createEntry } from "./access.js";
import { planEntries } from "./access-plan.js";
import type { DeliverySource } from "./delivery-source.js";
import { webIdentityTrust } from "./irsa-role.js";
import { namespaceIssues } from "./kubernetes-names.js";
import { STS_AUDIENCE } from "./oidc-provider.js";
import type { OidcProviderRef } from "./oidc-provider.js";
import { relaxationsOf } from "./policy-document.js";
import type { Statement } from "./policy-document.js";
import { Principal } from "./principal.js";
import { createRole, roleIdentityIssues } from "./role.js";
import type { RoleIdentity } from "./role.js";
import { statementIssues } from "./statement-checks.js";

/** Arguments of {@link DeliveryRole}. */
export interface DeliveryRoleArgs {
  /** The platform that signs the tokens: an {@link OidcProvider}, or `OidcProvider.existing(arn)`. */
  readonly provider: OidcProviderRef;
  /** The one place that delivers: `DeliverySource.github({ repository: "acme/shop", branch: "main" })`. */
  readonly source: DeliverySource;
  /**
   * The audience of its tokens, one that the provider has.
   *
   * @default "sts.amazonaws.com"
   */
  readonly audience?: string;
  /**
   * Names of the ECR repositories of this account and Region that it pushes to: `shop/web`.
   *
   * @default - none
   */
  readonly repositories?: readonly string[];
  /**
   * The cluster that it delivers to, as the persona `ci-deployer`.
   *
   * @default - none: images only
   */
  readonly cluster?: Pick<ClusterRef, "name" | "arn">;
  /**
   * The namespaces that it delivers to.
   *
   * @default - those of all applications
   */
  readonly namespaces?: readonly [string, ...string[]];
  /**
   * What it may do besides: `bastion.sessionStatements`, to reach a private API.
   *
   * @default - nothing
   */
  readonly statements?: readonly Statement[];
  /**
   * The role's physical name, where a pipeline has to know it beforehand.
   *
   * @default - made by Pulumi
   */
  readonly role?: RoleIdentity;
  /**
   * The boundary of the role.
   *
   * @default - none
   */
  readonly permissionsBoundaryArn?: pulumi.Input<string>;
  /**
   * Tags of the role and the entry.
   *
   * @default - a name
   */
  readonly tags?: Tags;
}

/**
 * A role for the delivery pipeline, without keys that could leak: one repository and one branch take it, for an hour at
 * most. It pushes images, and delivers in the cluster what the persona `ci-deployer` may.
 */
export class DeliveryRole extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: DeliveryRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:DeliveryRole", name, {}, opts);
    refuse(`DeliveryRole '${name}'`, argsIssues(args));
    const { cluster, namespaces, tags } = args;
    const account = accountOf(this);
    const { role } = createRole(this, account, name, {
      description: `delivery of ${args.source.summary}`,
      trust: deliveryTrust(args),
      statements: [...pushStatements(account, args.repositories ?? []), ...lookUp(cluster), ...(args.statements ?? [])],
      permissionsBoundaryArn: args.permissionsBoundaryArn,
      tags,
      identity: args.role,
      maxSessionSeconds: 3600,
    });
    if (cluster !== undefined) {
      const principal = Principal.role(role.arn, { key: name });
      const member = namespaces === undefined ? principal : { principal, namespaces };
      for (const entry of planEntries({ ciDeployers: [member] }))
        createEntry(this, account, name, { ...entry, cluster, tags, after: after(opts) });
    }
    this.arn = role.arn;
    this.registerOutputs(published({ arn: this.arn }, relaxationsOf(args.statements ?? [])));
  }
}

function deliveryTrust({ provider, source, audience }: DeliveryRoleArgs): pulumi.Output<Statement> {
  return pulumi.output(provider.issuer).apply((issuer) => {
    const claims = { aud: audience ?? STS_AUDIENCE, ...source.claims };
    const keyed = Object.entries(claims).map(([claim, value]) => [`${issuer}:${claim}`, value] as const);
    return webIdentityTrust(provider.arn, Object.fromEntries(keyed));
  });
}

/** What `docker push` and the check of a digest need (https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html). */
function pushStatements(account: Account, repositories: readonly string[]): Statement[] {
  if (repositories.length === 0) return [];
  return [
    // ECR offers no resource for this one.
    { sid: "LogIn", actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
    {
      sid: "Push",
      actions: [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:CompleteLayerUpload",
        "ecr:DescribeImages",
        "ecr:GetDownloadUrlForLayer",
        "ecr:InitiateLayerUpload",
        "ecr:PutImage",
        "ecr:UploadLayerPart",
      ],
      resources: repositories.map((repository) => arn(account, "ecr", `repository/${repository}`)),
    },
  ];
}

/** `aws eks update-kubeconfig` asks where the API is; tokens need no right. */
function lookUp(cluster: DeliveryRoleArgs["cluster"]): Statement[] {
  return cluster === undefined
    ? []
    : [{ sid: "FindCluster", actions: ["eks:DescribeCluster"], resources: [cluster.arn] }];
}

/** Issuers that are the other platform's for sure; both can run elsewhere too. */
const OTHERS = { github: /(^|\.)gitlab\./, gitlab: /^token\.actions\./ } as const;

function argsIssues(args: DeliveryRoleArgs): Issue[] {
  const { repositories = [], cluster, namespaces, statements = [], role = {}, audience } = args;
  const issues = [
    ...registryIssues(repositories, []),
    ...(statements.length === 0 ? [] : statementIssues("statements", statements)),
    ...roleIdentityIssues("role.", role),
    ...(namespaces ?? []).flatMap((name, i) => namespaceIssues(`namespaces[${i}]`, name)),
  ];
  if (audience !== undefined && (audience === "" || /[*?\s]/.test(audience))) {
    const advice = `Leave it out for '${STS_AUDIENCE}'`;
    issues.push(issue("Malformed", "audience", "must be one audience", audience, advice));
  }
  const { issuer } = args.provider;
  if (typeof issuer === "string" && OTHERS[args.source.platform].test(issuer)) {
    const rule = `must be the platform of the source, which is on ${args.source.platform}`;
    issues.push(issue("Conflict", "provider", rule, issuer, "Pass the provider whose tokens the pipeline gets"));
  }
  if (namespaces !== undefined && cluster === undefined) {
    const advice = "Pass the cluster too, or leave the namespaces out";
    issues.push(issue("Conflict", "namespaces", "must lie in a cluster", namespaces, advice));
  }
  if (repositories.length === 0 && cluster === undefined && statements.length === 0) {
    const advice = "Name repositories, or pass the cluster";
    issues.push(issue("Required", "repositories", "must have something to deliver to", repositories, advice));
  }
  return issues;
}
