import * as eks from "@pulumi/aws/eks/index.js";
import * as pulumi from "@pulumi/pulumi";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import type { Account } from "../account.js";
import { createRole, serviceTrust } from "../identity/role.js";
import type { CreatedRole } from "../identity/role.js";
import { ec2Principal } from "../nodes/node-role.js";
import { named } from "../options.js";
import type { Tags } from "../options.js";

/** Node pools that EKS can make of its own. */
export const AUTO_MODE_POOLS = ["general-purpose", "system"] as const;

/** Name of a node pool of EKS's own. */
export type AutoModePool = (typeof AUTO_MODE_POOLS)[number];

/** The defaults of {@link AutoModeOptions}. */
export const AUTO_MODE_DEFAULTS = { customTags: false, besideNodeGroups: false } as const;

/** What {@link AutoMode.on} takes. */
export interface AutoModeOptions {
  /**
   * Node pools of EKS's own. They use its node class, whose disks are under a key of AWS and whose pods nobody isolates until
   * a policy does; pools of yours, with a node class of yours, do not need them. From the first one on, the nodes' role is
   * fixed.
   *
   * @default - none
   */
  readonly builtInPools?: readonly AutoModePool[];
  /**
   * Whether node classes, volumes and load balancers may carry tags of yours, which the policies that AWS maintains do not
   * allow. Within this cluster's own things only.
   *
   * @default false
   */
  readonly customTags?: boolean;
  /**
   * Whether node groups run beside it: for a move from the one to the other. Then the add-ons stay that they need; Auto Mode's
   * nodes do not run them. Taken away before the last group goes, it takes those groups off the network.
   *
   * @default false
   */
  readonly besideNodeGroups?: boolean;
}

/**
 * EKS Auto Mode: EKS starts, patches and replaces nodes, and has networking, storage and load balancing built in
 * (https://docs.aws.amazon.com/eks/latest/userguide/automode.html). The control plane's role then starts instances: a boundary
 * lets it pass the nodes' role to them, as `PermissionsBoundary` does for `nodeRoleNames`.
 */
export class AutoMode {
  private constructor(
    readonly enabled: boolean,
    readonly options: AutoModeOptions,
  ) {}

  /** On: instead of node groups, and of the add-ons that it has built in, unless node groups run beside it. */
  static on(options: AutoModeOptions = {}): AutoMode {
    return new AutoMode(true, options);
  }

  /** Off, said to EKS: for a cluster that had it. Its nodes go, so others are there before. */
  static off(): AutoMode {
    return new AutoMode(false, {});
  }

  /** Whether nodes need the add-ons that Auto Mode has built in. */
  get needsNodeAddons(): boolean {
    return !this.enabled || (this.options.besideNodeGroups ?? AUTO_MODE_DEFAULTS.besideNodeGroups);
  }
}

/** What Auto Mode leaves for others to build on: node classes name the role and the group. */
export interface AutoModeRef {
  /** The role of nodes; a node class names it (`spec.role`). */
  readonly nodeRoleName: pulumi.Input<string>;
  readonly nodeRoleArn: pulumi.Input<string>;
  /** The group that EKS makes for the cluster; nodes in it reach the control plane and one another. */
  readonly securityGroupId: pulumi.Input<string>;
  /** Whether node groups run beside it, and their add-ons with them. */
  readonly besideNodeGroups: boolean;
}

/** Checks the choice, and that there is a key for the nodes' disks. */
export function autoModeIssues(autoMode: AutoMode | undefined, volumesKeyArn: unknown): Issue[] {
  if (autoMode?.enabled !== true) return [];
  const issues = (autoMode.options.builtInPools ?? []).flatMap((pool, i) => {
    if (AUTO_MODE_POOLS.includes(pool)) return [];
    const advice = `Choose among ${AUTO_MODE_POOLS.join(", ")}`;
    return [issue("NotFound", `autoMode.builtInPools[${i}]`, "must be a pool of EKS", pool, advice)];
  });
  if (volumesKeyArn === undefined) {
    const advice = "Pass all of the keys, as `new EncryptionKeys(...)` has them";
    issues.push(issue("Required", "keys.volumesKeyArn", "must be there with Auto Mode", undefined, advice));
  }
  return issues;
}

/** The three settings that EKS takes together or not at all, and the nodes' role where pools of EKS's own need it. */
export function autoModeInputs(
  autoMode: AutoMode | undefined,
  nodeRoleArn: pulumi.Input<string> | undefined,
): Pick<eks.ClusterArgs, "computeConfig" | "storageConfig"> & {
  readonly elasticLoadBalancing?: { readonly enabled: boolean };
} {
  if (autoMode === undefined) return {};
  const { enabled } = autoMode;
  const nodePools = [...(autoMode.options.builtInPools ?? [])];
  return {
    computeConfig: {
      enabled,
      ...(enabled ? { nodePools } : {}),
      // EKS refuses a role without a pool that uses it.
      ...(nodeRoleArn === undefined || nodePools.length === 0 ? {} : { nodeRoleArn }),
    },
    storageConfig: { blockStorage: { enabled } },
    elasticLoadBalancing: { enabled },
  };
}

/** The role of Auto Mode's nodes: joins, hands out Pod Identity credentials and pulls images. */
export function createAutoNodeRole(
  parent: pulumi.Resource,
  account: Account,
  name: string,
  spec: { readonly permissionsBoundaryArn: pulumi.Input<string> | undefined; readonly tags: Tags | undefined },
): CreatedRole {
  return createRole(parent, account, `${name}-auto-node-role`, {
    description: "nodes of EKS Auto Mode",
    trust: serviceTrust(ec2Principal(account)),
    awsPolicies: ["AmazonEKSWorkerNodeMinimalPolicy", "AmazonEC2ContainerRegistryPullOnly"],
    permissionsBoundaryArn: spec.permissionsBoundaryArn,
    tags: spec.tags,
  });
}

/**
 * Lets nodes of node classes of yours join: without pools of its own, EKS makes no access entry for their role
 * (https://docs.aws.amazon.com/eks/latest/userguide/create-node-class.html).
 */
export function createAutoNodeAccess(
  parent: pulumi.Resource,
  account: Account,
  name: string,
  spec: { readonly cluster: eks.Cluster; readonly nodeRoleArn: pulumi.Input<string>; readonly tags: Tags | undefined },
): void {
  const child = `${name}-auto-nodes`;
  const entry = new eks.AccessEntry(
    child,
    { clusterName: spec.cluster.name, principalArn: spec.nodeRoleArn, type: "EC2", tags: named(child, spec.tags) },
    { parent },
  );
  new eks.AccessPolicyAssociation(
    child,
    {
      clusterName: spec.cluster.name,
      principalArn: spec.nodeRoleArn,
      policyArn: pulumi.interpolate`arn:${account.partition}:eks::aws:cluster-access-policy/AmazonEKSAutoNodePolicy`,
      accessScope: { type: "cluster" },
    },
    { parent, dependsOn: entry },
  );
}
