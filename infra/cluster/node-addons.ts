import type * as eks from "@pulumi/aws/eks/index.js";
import type * as pulumi from "@pulumi/pulumi";
import type { AddonName } from "../../core/data/addon-versions.js";
import { arn } from "../account.js";
import type { Account } from "../account.js";
import { podIdentityTrust } from "../identity/pod-identity-trust.js";
import { createRole } from "../identity/role.js";
import type { RoleSpec } from "../identity/role.js";
import type { NetworkRef } from "../network/reference.js";
import type { Tags } from "../options.js";
import { createAddon } from "./addon.js";
import type { AddonOptions } from "./addon.js";

/** What must run before the first node, which gets no addresses, no routes to Services and no credentials otherwise. */
export const NODE_ADDONS = ["vpc-cni", "kube-proxy", "eks-pod-identity-agent"] as const satisfies readonly AddonName[];

/** Settings of the add-ons that every node needs. */
export interface NodeAddonOptions {
  /**
   * Of the VPC CNI, over those for network policies and prefixes: `{ configuration: { env: { WARM_IP_TARGET: "5" } } }`.
   *
   * @default - network policies on, prefixes of addresses
   */
  readonly vpcCni?: AddonOptions;
  /**
   * Of kube-proxy: `{ configuration: { mode: "nftables" } }`.
   *
   * @default - those of the add-on
   */
  readonly kubeProxy?: AddonOptions;
  /**
   * Of the Pod Identity agent.
   *
   * @default - those of the add-on
   */
  readonly podIdentityAgent?: AddonOptions;
}

/** A version of each of {@link NODE_ADDONS}. */
export type NodeAddonVersions = Readonly<Record<(typeof NODE_ADDONS)[number], string>>;

/**
 * Settings of the VPC CNI. `enableNetworkPolicy` is text in the add-on's schema; without it network policies are stored
 * and not enforced. Prefixes of sixteen addresses (one is enough for ever with IPv6, which has no other way, and for which the add-on sets itself up) keep the number of network
 * interfaces from limiting the pods of a node. Pods in subnets of their own are found by the subnets' tags:
 * `kubernetes.io/role/cni` is `1` there and `0` on those of the nodes
 * (https://docs.aws.amazon.com/eks/latest/userguide/cni-subnet-selection.html).
 */
function cniConfiguration({ ipFamily, pods, nodes }: NetworkRef): Record<string, unknown> {
  const isApart = pods !== nodes && pods.cidrs.some((cidr) => !nodes.cidrs.includes(cidr));
  return {
    enableNetworkPolicy: "true",
    env: {
      ENABLE_PREFIX_DELEGATION: "true",
      ...(ipFamily === "ipv6" ? {} : { WARM_PREFIX_TARGET: "1" }),
      ...(isApart ? { ENABLE_SUBNET_DISCOVERY: "true" } : {}),
    },
  };
}

/**
 * What the VPC CNI does in EC2. The policy that AWS maintains covers IPv4 only
 * (https://github.com/aws/amazon-vpc-cni-k8s/blob/master/docs/iam-policy.md#ipv6-mode).
 */
function cniRights(account: Account, ipFamily: NetworkRef["ipFamily"]): Pick<RoleSpec, "awsPolicies" | "statements"> {
  if (ipFamily === "ipv4") return { awsPolicies: ["AmazonEKS_CNI_Policy"] };
  return {
    statements: [
      {
        sid: "Look",
        actions: [
          "ec2:DescribeInstances",
          "ec2:DescribeInstanceTypes",
          "ec2:DescribeNetworkInterfaces",
          "ec2:DescribeTags",
        ],
        resources: ["*"],
      },
      {
        sid: "Addresses",
        actions: ["ec2:AssignIpv6Addresses", "ec2:CreateTags"],
        resources: [arn(account, "ec2", "network-interface/*")],
      },
    ],
  };
}

/** What {@link createNodeAddons} takes. */
export interface NodeAddonsSpec {
  readonly cluster: eks.Cluster;
  readonly network: NetworkRef;
  readonly options: NodeAddonOptions | undefined;
  readonly versions: NodeAddonVersions;
  readonly permissionsBoundaryArn: pulumi.Input<string> | undefined;
  readonly tags: Tags | undefined;
}

/** The add-ons of every node. The VPC CNI has a role of its own, by Pod Identity, so that nodes need no rights in EC2. */
export function createNodeAddons(parent: pulumi.Resource, account: Account, name: string, spec: NodeAddonsSpec): void {
  const { cluster, versions, options, tags } = spec;
  const common = { clusterName: cluster.name, tags };
  const serviceAccount = "aws-node";
  const { role, attachments } = createRole(parent, account, `${name}-vpc-cni-role`, {
    description: "the VPC CNI, which gives pods their addresses",
    trust: podIdentityTrust(account, { clusterArn: cluster.arn, namespace: "kube-system", serviceAccount }),
    ...cniRights(account, spec.network.ipFamily),
    permissionsBoundaryArn: spec.permissionsBoundaryArn,
    tags,
  });
  createAddon(
    name,
    { addon: "kube-proxy", version: versions["kube-proxy"], options: options?.kubeProxy, ...common },
    { parent },
  );
  const agent = createAddon(
    name,
    {
      addon: "eks-pod-identity-agent",
      version: versions["eks-pod-identity-agent"],
      options: options?.podIdentityAgent,
      ...common,
    },
    { parent },
  );
  createAddon(
    name,
    {
      addon: "vpc-cni",
      version: versions["vpc-cni"],
      options: options?.vpcCni,
      configuration: cniConfiguration(spec.network),
      identity: { serviceAccount, roleArn: role.arn },
      ...common,
    },
    { parent, dependsOn: [agent, ...attachments] },
  );
}
