import type {
  BastionArgs,
  ClusterAddonsArgs,
  ClusterArgs,
  DetectionArgs,
  DetectionKey,
  NetworkArgs,
  NodeGroupArgs,
  PullThrough,
  RegistryArgs,
} from "../infra/index.js";

/** The network of a cluster; each setting as in {@link NetworkArgs}. */
export type NetworkChoices = Pick<
  NetworkArgs,
  | "vpcCidr"
  | "zones"
  | "podCidr"
  | "egress"
  | "loadBalancing"
  | "connectedCidrs"
  | "endpointServices"
  | "endpointZones"
  | "dnsFirewall"
  | "dnsQueryLogRetentionDays"
  | "publicAccessBlock"
  | "transformVpc"
>;

/** Further settings of the control plane; each as in {@link ClusterArgs}. */
export type ClusterChoices = Pick<
  ClusterArgs,
  | "controlPlaneEgress"
  | "remoteNetworks"
  | "autoMode"
  | "nodeAddons"
  | "controlPlane"
  | "logs"
  | "support"
  | "upgradeChecks"
  | "zonalShift"
  | "transformCluster"
>;

/** The add-ons that run on nodes; each setting as in {@link ClusterAddonsArgs}. */
export type AddonSettings = Pick<ClusterAddonsArgs, "addons" | "coreDns">;

/** The bastion of a cluster; each setting as in {@link BastionArgs}. */
export type BastionChoices = Pick<
  BastionArgs,
  | "availability"
  | "image"
  | "instanceType"
  | "instances"
  | "maxLifetimeDays"
  | "patchScan"
  | "sessionLimits"
  | "transformInstance"
  | "transformLaunchTemplate"
>;

/** Who is told of what; each setting as in {@link DetectionArgs}. */
export interface DetectionChoices extends Pick<DetectionArgs, "subscribers" | "trail" | "accountServices"> {
  /**
   * The key of alerts and records.
   *
   * @default - a new one, which the administrators of the other keys administer
   */
  readonly key?: DetectionKey;
}

/** The nodes of a cluster; each setting as in {@link NodeGroupArgs}. */
export type NodeChoices = Pick<
  NodeGroupArgs,
  | "amiType"
  | "customImage"
  | "releaseVersion"
  | "kubernetesVersion"
  | "instanceTypes"
  | "capacityType"
  | "scaling"
  | "updates"
  | "repair"
  | "warmPool"
  | "subnets"
  | "dataVolumeGiB"
  | "settings"
  | "bottlerocket"
  | "nodeConfig"
  | "labels"
  | "taints"
  | "webhookPorts"
  | "additionalSecurityGroupIds"
  | "transformLaunchTemplate"
  | "transformNodeGroup"
>;

/** The images of a cluster; each setting as in {@link RegistryArgs}. Its own nodes pull, whoever else is named. */
export interface RegistryChoices extends Pick<
  RegistryArgs,
  "repositories" | "pullers" | "pushers" | "otherAccounts" | "replication" | "scanning"
> {
  /**
   * Upstream registries to mirror.
   *
   * @default - `PullThrough.ecrPublic()`, which holds the official images of Docker too; none in China and GovCloud, where
   * ECR has no caches
   */
  readonly pullThrough?: readonly PullThrough[];
  /**
   * Hosts, or hosts with the beginning of a path, from which pods may take images beside the private registry. Nodes need
   * a way there: see `Egress`.
   *
   * @default - none
   */
  readonly approvedRegistries?: readonly string[];
}
