import * as eks from "@pulumi/aws/eks/index.js";
import * as pulumi from "@pulumi/pulumi";
import { accountOf, arn } from "../account.js";
import type { Account } from "../account.js";
import { nameIssues } from "../checks.js";
import type { ClusterRef } from "../cluster/reference.js";
import { refuse } from "../errors.js";
import type { Statement } from "../identity/policy-document.js";
import { createRole, serviceTrust } from "../identity/role.js";
import type { NetworkRef } from "../network/reference.js";
import { after, named, published } from "../options.js";
import type { Tags } from "../options.js";
import { CLUSTER_REF, SUBNETS, needs } from "../reference-shapes.js";
import { anyObject, has, list } from "../shape.js";
import { selectorIssues } from "./fargate-selectors.js";
import type { FargateSelector } from "./fargate-selectors.js";
import { createFargateTraffic } from "./fargate-traffic.js";
import type { FargateTraffic } from "./fargate-traffic.js";
import { cacheStatements } from "./node-role.js";
import { NodeSubnets, subnetIdIssues } from "./subnets.js";

/** The longest name: the role's is `-role` longer, and Pulumi adds eight characters to that; IAM takes 64. */
const LONGEST_NAME = 51;

/** Arguments of {@link FargateProfile}. */
export interface FargateProfileArgs {
  readonly network: Pick<NetworkRef, "pods">;
  readonly cluster: ClusterRef;
  /** Which pods run on Fargate; one to five, and not all of them. */
  readonly selectors: readonly [FargateSelector, ...FargateSelector[]];
  /**
   * Where the pods get their addresses: private subnets, EKS takes no others.
   *
   * @default - the subnets of pods of the network
   */
  readonly subnets?: NodeSubnets;
  /**
   * Opens the way between these pods and those on nodes, CoreDNS among them: on Fargate pods have the security group that EKS
   * made for the cluster, and Ringfence's nodes do not let it in.
   *
   * @default - none: for clusters without nodes
   */
  readonly traffic?: FargateTraffic;
  /**
   * ARN of the log group to which Fargate's own Fluent Bit sends what pods print. It needs the ConfigMap `aws-logging` in the
   * namespace `aws-observability` too: see `FargateLogging` among the constructs.
   *
   * @default - none: what pods print is lost with them
   */
  readonly logGroupArn?: pulumi.Input<string>;
  /**
   * Repository prefixes of pull-through caches that pods may fill, as {@link Registry} has them.
   *
   * @default - none
   */
  readonly pullThroughPrefixes?: readonly string[];
  /**
   * The boundary of the role.
   *
   * @default - none
   */
  readonly permissionsBoundaryArn?: pulumi.Input<string>;
  /**
   * Tags of everything that can carry them.
   *
   * @default - a name
   */
  readonly tags?: Tags;
}

/**
 * Pods without nodes: each that a selector takes gets a machine of its own from Fargate, in private subnets. The role is for
 * Fargate of this cluster alone, and pulls images; what pods may do in AWS comes by IRSA, as Fargate has no Pod Identity.
 *
 * EKS makes the access entry (`FARGATE_LINUX`), and makes or deletes one profile of a cluster at a time: let one wait for the
 * other. Nothing of a profile can be changed, only replaced.
 */
export class FargateProfile extends pulumi.ComponentResource {
  readonly fargateProfileName: pulumi.Output<string>;
  readonly roleArn: pulumi.Output<string>;

  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: FargateProfileArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:FargateProfile", name, {}, opts);
    needs(`FargateProfile '${name}'`, args, {
      network: has({ pods: SUBNETS }),
      cluster: CLUSTER_REF,
      selectors: list(anyObject),
    });
    const { cluster, traffic, tags } = args;
    const subnets = args.subnets ?? NodeSubnets.of(...args.network.pods.ids);
    const path = args.subnets === undefined ? "network.pods.ids" : "subnets";
    refuse(`FargateProfile '${name}'`, [
      ...nameIssues(name, LONGEST_NAME),
      ...subnetIdIssues(path, subnets.ids, subnets.fewest),
      ...selectorIssues(args.selectors),
    ]);
    const account = accountOf(this);

    const { role, attachments } = createRole(this, account, `${name}-role`, {
      description: "Fargate, which starts pods of the cluster",
      trust: serviceTrust("eks-fargate-pods.amazonaws.com", {
        StringEquals: { "aws:SourceAccount": account.id },
        ArnLike: { "aws:SourceArn": arn(account, "eks", `fargateprofile/${cluster.clusterName}/*`) },
      }),
      awsPolicies: ["AmazonEKSFargatePodExecutionRolePolicy"],
      statements: statementsOf(account, args),
      permissionsBoundaryArn: args.permissionsBoundaryArn,
      tags,
    });
    const rules = traffic === undefined ? [] : createFargateTraffic(this, name, traffic, tags);
    const profile = new eks.FargateProfile(
      name,
      {
        clusterName: cluster.name,
        podExecutionRoleArn: role.arn,
        subnetIds: [...subnets.ids],
        selectors: args.selectors.map(({ namespace, labels }) => ({ namespace, labels: labels ?? {} })),
        tags: named(name, tags),
      },
      { parent: this, dependsOn: after(opts, ...attachments, ...rules) },
    );

    this.fargateProfileName = profile.fargateProfileName;
    this.roleArn = role.arn;
    const { fargateProfileName, roleArn } = this;
    const relaxations = subnets.relaxation === undefined ? [] : [subnets.relaxation];
    this.registerOutputs(published({ fargateProfileName, roleArn }, relaxations));
  }
}

function statementsOf(account: Account, { logGroupArn, pullThroughPrefixes = [] }: FargateProfileArgs): Statement[] {
  const statements = [...cacheStatements(account, pullThroughPrefixes)];
  if (logGroupArn !== undefined)
    statements.push({
      sid: "WriteLogs",
      actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      resources: [logGroupArn, pulumi.interpolate`${logGroupArn}:*`],
    });
  return statements;
}
