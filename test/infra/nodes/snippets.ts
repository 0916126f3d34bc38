/** The programs that docs/cloud/nodes.md shows, so that they compile and plan. */
import { Construct } from "constructs";
import {
  AutoModeNetworkPolicy,
  AutoModeNodeClass,
  HardenedNodeClass,
  HardenedNodePool,
} from "../../../constructs/index.js";
import { FargateProfile, Karpenter, NodeGroup, NodeSubnets } from "../../../infra/index.js";
import type { KarpenterValues } from "../../../infra/index.js";
import type { ClusterRef } from "../../../infra/cluster/reference.js";
import type { KeysRef } from "../../../infra/encryption/reference.js";
import type { NetworkRef } from "../../../infra/network/reference.js";

/** What the programs stand on. */
interface Around {
  readonly network: NetworkRef;
  readonly cluster: ClusterRef;
  readonly keys: Pick<KeysRef, "volumesKeyArn">;
}

/** A group, and a second one beside it. */
export function groups({ network, cluster, keys }: Around): void {
  const nodes = new NodeGroup("prod-nodes", { network, cluster, keys });

  new NodeGroup("prod-batch", {
    network,
    cluster,
    keys,
    securityGroupId: nodes.securityGroupId,
    amiType: "BOTTLEROCKET_ARM_64",
    instanceTypes: ["m7g.large", "m7g.xlarge", "m6g.large"],
    capacityType: "SPOT",
    scaling: { minSize: 0, desiredSize: 0, maxSize: 20 },
    labels: { "example.com/tier": "batch" },
    taints: [{ key: "example.com/batch", effect: "NO_SCHEDULE" }],
  });
}

/** Settings, and what is laid over them. */
export function settings({ network, cluster, keys }: Around): void {
  new NodeGroup("prod-nodes", {
    network,
    cluster,
    keys,
    settings: { maxPods: 58, podPidsLimit: 2048, sysctls: { "net.core.somaxconn": "4096" } },
    bottlerocket: '[settings.ntp]\ntime-servers = ["169.254.169.123"]\n',
  });
}

/** One zone. */
export function oneZone({ network, cluster, keys }: Around): void {
  new NodeGroup("prod-database-a", {
    network,
    cluster,
    keys,
    subnets: NodeSubnets.oneZone("subnet-0a1b2c3d4e5f60718", { reason: "its pods have volumes in this zone" }),
  });
}

/** Karpenter in AWS. */
export function karpenter({ network, cluster, keys }: Around): KarpenterValues {
  const system = new NodeGroup("prod-system", { network, cluster, keys });
  const { securityGroupId } = system;
  const karpenter = new Karpenter("prod-karpenter", { network, cluster, keys, securityGroupId });
  return karpenter.values;
}

interface NodesProps {
  readonly instanceProfile: string;
  readonly securityGroupId: string;
  readonly subnetIds: readonly string[];
  readonly volumesKeyArn: string;
}

/** What Karpenter may start, in the cluster. */
export class Nodes extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { instanceProfile, securityGroupId, subnetIds, volumesKeyArn }: NodesProps,
  ) {
    super(scope, id);
    const nodeClass = new HardenedNodeClass(this, "bottlerocket", {
      instanceProfile,
      securityGroupIds: [securityGroupId],
      subnetIds,
      volumesKeyArn,
    });
    new HardenedNodePool(this, "general", {
      nodeClass: nodeClass.ref,
      limits: { cpu: 200, memoryGiB: 800 },
      capacityTypes: ["spot", "on-demand"],
    });
  }
}

/** The same under Auto Mode. */
export class AutoNodes extends Construct {
  constructor(scope: Construct, id: string, { securityGroupId, subnetIds, volumesKeyArn }: NodesProps) {
    super(scope, id);
    const securityGroupIds = [securityGroupId];
    new AutoModeNetworkPolicy(this, "network-policy");
    const nodeClass = new AutoModeNodeClass(this, "private", {
      role: "prod-auto-nodes",
      securityGroupIds,
      subnetIds,
      volumesKeyArn,
    });
    new HardenedNodePool(this, "general", { nodeClass: nodeClass.ref, limits: { cpu: 200 } });
  }
}

/** Pods without nodes. */
export function fargate({ network, cluster }: Around): void {
  new FargateProfile("prod-batch", {
    network,
    cluster,
    selectors: [{ namespace: "batch", labels: { tier: "night" } }],
    logGroupArn: "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/eks/prod/fargate",
  });
}
