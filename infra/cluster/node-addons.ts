import type * as eks from "@pulumi/aws/eks/index.js";
import type * as pulumi from "@pulumi/pulumi";
import type { AddonName } from "../../core/data/addon-versions.js";
import type { Account } from "../account.js";
import { podIdentityTrust } from "../identity/pod-identity-trust.js";
import { createRole } from "../identity/role.js";
import type { Tags } from "../options.js";
import { createAddon } from "./addon.js";

/** What must run before the first node, which gets no addresses, no routes to Services and no credentials otherwise. */
export const NODE_ADDONS = ["vpc-cni", "kube-proxy", "eks-pod-identity-agent"] as const satisfies readonly AddonName[];

/** A version of each of {@link NODE_ADDONS}. */
export type NodeAddonVersions = Readonly<Record<(typeof NODE_ADDONS)[number], string>>;

/**
 * Settings of the VPC CNI. `enableNetworkPolicy` is text in the add-on's schema; without it network policies are stored
 * and not enforced. Prefixes of sixteen addresses keep the number of network interfaces from limiting the pods of a node.
 */
const VPC_CNI_CONFIGURATION = {
  enableNetworkPolicy: "true",
  env: { ENABLE_PREFIX_DELEGATION: "true", WARM_PREFIX_TARGET: "1" },
} as const;

/** What {@link createNodeAddons} takes. */
export interface NodeAddonsSpec {
  readonly cluster: eks.Cluster;
  readonly versions: NodeAddonVersions;
  readonly permissionsBoundaryArn: pulumi.Input<string> | undefined;
  readonly tags: Tags | undefined;
}

/** The add-ons of every node. The VPC CNI has a role of its own, by Pod Identity, so that nodes need no rights in EC2. */
export function createNodeAddons(parent: pulumi.Resource, account: Account, name: string, spec: NodeAddonsSpec): void {
  const { cluster, versions, tags } = spec;
  const common = { clusterName: cluster.name, tags };
  const serviceAccount = "aws-node";
  const { role, attachments } = createRole(parent, account, `${name}-vpc-cni-role`, {
    description: "the VPC CNI, which gives pods their addresses",
    trust: podIdentityTrust(account, { clusterArn: cluster.arn, namespace: "kube-system", serviceAccount }),
    awsPolicies: ["AmazonEKS_CNI_Policy"],
    permissionsBoundaryArn: spec.permissionsBoundaryArn,
    tags,
  });
  createAddon(name, { addon: "kube-proxy", version: versions["kube-proxy"], ...common }, { parent });
  const agent = createAddon(
    name,
    { addon: "eks-pod-identity-agent", version: versions["eks-pod-identity-agent"], ...common },
    { parent },
  );
  createAddon(
    name,
    {
      addon: "vpc-cni",
      version: versions["vpc-cni"],
      configuration: VPC_CNI_CONFIGURATION,
      identity: { serviceAccount, roleArn: role.arn },
      ...common,
    },
    { parent, dependsOn: [agent, ...attachments] },
  );
}
