import * as pulumi from "@pulumi/pulumi";
import { arn } from "../account.js";
import type { Account } from "../account.js";
import type { Statement } from "../identity/policy-document.js";
import { createRole, serviceTrust } from "../identity/role.js";
import type { CreatedRole } from "../identity/role.js";
import type { Tags } from "../options.js";

/** What {@link createNodeRole} takes. */
export interface NodeRoleSpec {
  readonly clusterName: pulumi.Input<string>;
  readonly pullThroughPrefixes: readonly string[];
  readonly permissionsBoundaryArn: pulumi.Input<string> | undefined;
  readonly tags: Tags | undefined;
}

/**
 * The role of nodes: joins the cluster, hands out Pod Identity credentials, pulls images, and no more. The VPC CNI has a
 * role of its own, nobody pushes, and Session Manager is not there.
 */
export function createNodeRole(
  parent: pulumi.Resource,
  account: Account,
  name: string,
  spec: NodeRoleSpec,
): CreatedRole {
  return createRole(parent, account, name, {
    description: "nodes of the cluster",
    trust: serviceTrust(ec2Principal(account)),
    awsPolicies: ["AmazonEKSWorkerNodeMinimalPolicy", "AmazonEC2ContainerRegistryPullOnly"],
    statements: [...bootStatements(account, spec.clusterName), ...cacheStatements(account, spec.pullThroughPrefixes)],
    permissionsBoundaryArn: spec.permissionsBoundaryArn,
    tags: spec.tags,
  });
}

/** The name of EC2 in trust policies, which is another one in China: `ec2.amazonaws.com.cn`. */
export function ec2Principal(account: Account): pulumi.Output<string> {
  return pulumi.interpolate`ec2.${account.dnsSuffix}`;
}

/**
 * What Bottlerocket asks before it joins, which the minimal policy does not hold: its private DNS name, the pod limit of
 * its type, and the service range. Without the first a node never joins
 * (https://github.com/bottlerocket-os/bottlerocket-core-kit, sources/api/pluto).
 */
function bootStatements(account: Account, clusterName: pulumi.Input<string>): Statement[] {
  return [
    // EC2 offers no resource for these two.
    { sid: "OwnName", actions: ["ec2:DescribeInstances", "ec2:DescribeInstanceTypes"], resources: ["*"] },
    {
      sid: "OwnCluster",
      actions: ["eks:DescribeCluster"],
      resources: [arn(account, "eks", pulumi.interpolate`cluster/${clusterName}`)],
    },
  ];
}

/** The first pull through a cache makes the repository and imports the image. */
export function cacheStatements(account: Account, prefixes: readonly string[]): Statement[] {
  if (prefixes.length === 0) return [];
  return [
    {
      sid: "FillPullThroughCache",
      actions: ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"],
      resources: prefixes.map((prefix) => arn(account, "ecr", `repository/${prefix}/*`)),
    },
  ];
}
