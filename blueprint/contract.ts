import * as pulumi from "@pulumi/pulumi";
import type { ClusterContract } from "../core/contract.js";
import type { Cluster, KeysRef, NetworkRef, Registry } from "../infra/index.js";
import type { LateValues } from "./late-values.js";

/** The cloud half, as far as the cluster half needs to know it. */
export interface CloudHalf {
  readonly network: NetworkRef;
  readonly cluster: Cluster;
  readonly registry: Registry;
  readonly keys: KeysRef;
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
    region: network.region,
    accountId: late.define("account-id", cloud.accountId),
    vpcCidrs: network.vpcCidrs,
    podCidrs: network.pods.cidrs,
    controlPlaneCidrs: network.controlPlane.cidrs,
    endpointCidrs: network.endpoints.cidrs,
    loadBalancerCidrs: network.loadBalancers.cidrs,
    serviceCidr: cluster.serviceCidr,
    registryHost: late.define("registry-host", registry.host),
    storageClassName: cloud.storageClassName,
    keyArns: {
      secrets: late.define("key-secrets", pulumi.output(keys.secretsKeyArn)),
      logs: late.define("key-logs", pulumi.output(keys.logsKeyArn)),
      volumes: late.define("key-volumes", pulumi.output(keys.volumesKeyArn)),
      registry: late.define("key-registry", pulumi.output(keys.registryKeyArn)),
    },
  };
}
