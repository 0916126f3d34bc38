import type { Cidr } from "./cidr.js";

/**
 * What the cloud half hands to the cluster half, so that constructs can allow exactly the addresses that exist.
 *
 * Plain values only. What is known while the program is built (address plans, names) is itself; what AWS decides later
 * (an account, an ARN) is a string with tokens in it (`core/token`), fit for any string field of a manifest except
 * names, namespaces and address blocks.
 */
export interface ClusterContract {
  /** The cluster's name; also the first part of every Pulumi name inside it. */
  readonly clusterName: string;
  /** Minor version, `1.36`. */
  readonly kubernetesVersion: string;
  /** May be a token. */
  readonly region: string;
  /** Twelve digits; may be a token. */
  readonly accountId: string;
  /** Addresses of the whole VPC. */
  readonly vpcCidrs: readonly Cidr[];
  /** Where pods get their addresses: the node subnets, under the VPC CNI. */
  readonly podCidrs: readonly Cidr[];
  /** Where the control plane's network interfaces lie: the API server as pods see it, and the source of webhooks' calls. */
  readonly controlPlaneCidrs: readonly Cidr[];
  /** Where the interface endpoints of AWS services lie; empty when the VPC has none. */
  readonly endpointCidrs: readonly Cidr[];
  /** Where load balancers lie, the source of what they forward; empty when there are none. */
  readonly loadBalancerCidrs: readonly Cidr[];
  /** Virtual addresses of Services. */
  readonly serviceCidr: Cidr;
  /** Host of the private image registry, without scheme; may hold tokens. */
  readonly registryHost: string;
  /** Name of the class of encrypted disks; absent when the cluster makes no disks. */
  readonly storageClassName?: string;
  /** ARNs of the customer keys by purpose; tokens. */
  readonly keyArns: Readonly<Record<string, string>>;
}
