import type * as pulumi from "@pulumi/pulumi";
import type { ClusterContract } from "../core/contract.js";
import type { Cluster, EncryptionKeys, Network, Registry } from "../infra/index.js";
import type { LateValues } from "./late-values.js";

/** The cloud half, as far as the cluster half needs to know it. */
export interface CloudHalf {
  readonly network: Network;
  readonly cluster: Cluster;
  readonly registry: Registry;
  readonly keys: EncryptionKeys;
  readonly accountId: pulumi.Output<string>;
  /** Name of the class of encrypted disks. */
  readonly storageClassName: string;
}

/**
 * The hand-over from cloud to cluster: addresses and names as they are, since they are planned before the deployment, and
 * tokens for what AWS decides.
 */
export function contractOf(
  { network, cluster, registry, keys, ...cloud }: CloudHalf,
  late: LateValues,
): ClusterContract {
  return {
    clusterName: cluster.clusterName,
    kubernetesVersion: cluster.kubernetesVersion,
    region: network.plan.region,
    accountId: late.define("account-id", cloud.accountId),
    vpcCidrs: [network.plan.vpcCidr],
    podCidrs: network.nodeCidrs,
    controlPlaneCidrs: network.controlPlaneCidrs,
    endpointCidrs: network.endpointCidrs,
    loadBalancerCidrs: network.loadBalancerCidrs,
    serviceCidr: cluster.serviceCidr,
    registryHost: late.define("registry-host", registry.host),
    storageClassName: cloud.storageClassName,
    keyArns: Object.fromEntries(
      Object.entries(keys.arns).map(([purpose, arn]) => [purpose, late.define(`key-${purpose}`, arn)]),
    ),
  };
}
