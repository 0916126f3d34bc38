import type * as pulumi from "@pulumi/pulumi";
import type { Construct } from "constructs";
import { AutoModeNetworkPolicy, AutoModeNodeClass, HardenedNodePool } from "../constructs/index.js";
import type { HardenedNodePoolProps } from "../constructs/index.js";
import type { Cloud } from "./cloud.js";
import type { LateValues } from "./late-values.js";

/** The nodes of Auto Mode; each setting as in {@link HardenedNodePoolProps}. */
export type NodePoolChoices = Partial<Omit<HardenedNodePoolProps, "name" | "nodeClass">>;

/** The most that Auto Mode starts when nobody says otherwise: some twelve machines of eight processors. */
const NODE_POOL_LIMITS = { cpu: 100, memoryGiB: 400 } as const;

/** What Auto Mode's nodes need to know of the cloud; tokens. */
export interface AutoModeFacts {
  readonly role: string;
  readonly subnetIds: readonly string[];
  readonly podSubnetIds: readonly string[];
  readonly securityGroupId: string;
  readonly volumesKeyArn: string;
}

/** The facts of a cluster with Auto Mode; `undefined` without. */
export function autoModeFacts({ cluster, network, keys }: Cloud, late: LateValues): AutoModeFacts | undefined {
  const { autoMode } = cluster;
  if (autoMode === undefined) return undefined;
  const ids = (tier: string, given: readonly pulumi.Input<string>[]) =>
    given.map((id, i) => late.define(`${tier}-subnet-${i}`, id));
  return {
    role: late.define("auto-node-role", autoMode.nodeRoleName),
    subnetIds: ids("node", network.nodes.ids),
    podSubnetIds: network.pods === network.nodes ? [] : ids("pod", network.pods.ids),
    securityGroupId: late.define("auto-node-group", autoMode.securityGroupId),
    volumesKeyArn: late.define("auto-node-key", keys.volumesKeyArn),
  };
}

/** Network policies that hold, and one pool of nodes with the guarantees of a node group. */
export function addAutoMode(scope: Construct, facts: AutoModeFacts, choices: NodePoolChoices): void {
  const policies = new AutoModeNetworkPolicy(scope, "auto-mode-policies");
  const nodeClass = new AutoModeNodeClass(scope, "hardened", {
    role: facts.role,
    subnetIds: facts.subnetIds,
    securityGroupIds: [facts.securityGroupId],
    volumesKeyArn: facts.volumesKeyArn,
    ...(facts.podSubnetIds.length === 0 ? {} : { podSubnetIds: facts.podSubnetIds }),
  });
  // A node that starts before them enforces no policy until it is replaced.
  nodeClass.node.addDependency(policies);
  const pool = new HardenedNodePool(scope, "hardened-nodes", {
    limits: NODE_POOL_LIMITS,
    ...choices,
    nodeClass: nodeClass.ref,
  });
  pool.node.addDependency(nodeClass);
}
