import type * as ec2 from "@pulumi/aws/ec2/index.js";
import type * as eks from "@pulumi/aws/eks/index.js";
import type * as pulumi from "@pulumi/pulumi";
import type { NodeSettings } from "../../core/node-settings.js";
import type { ClusterRef } from "../cluster/reference.js";
import type { KeysRef } from "../encryption/reference.js";
import type { NetworkRef } from "../network/reference.js";
import type { Tags } from "../options.js";
import type { CapacityType, NodeRepair, NodeUpdates, Scaling, WarmPool } from "./capacity.js";
import type { AmiType } from "./data/ami-types.js";
import type { CustomImage } from "./image.js";
import type { Taint } from "./labels.js";
import type { NodeConfigSpec } from "./node-config.js";
import type { NodeSubnets } from "./subnets.js";

/** The defaults of {@link NodeGroupArgs}. Types on Arm are the default with an image for Arm. */
export const NODE_GROUP_DEFAULTS = {
  amiType: "BOTTLEROCKET_x86_64",
  instanceTypes: ["m6i.large"],
  armInstanceTypes: ["m7g.large"],
  capacityType: "ON_DEMAND",
  scaling: { minSize: 2, desiredSize: 3, maxSize: 6 },
  updates: { maxUnavailable: "33%", strategy: "DEFAULT" },
  dataVolumeGiB: 50,
  webhookPorts: [4443, 8443, 9443, 10251],
} as const;

/** Arguments of {@link NodeGroup}. */
export interface NodeGroupArgs {
  /** Where nodes and pods get their addresses, and what they may reach. */
  readonly network: NetworkRef;
  readonly cluster: ClusterRef;
  /** The key that encrypts the volumes; its policy admits Auto Scaling, as that of {@link EncryptionKeys}. */
  readonly keys: Pick<KeysRef, "volumesKeyArn">;
  /**
   * Where the nodes live.
   *
   * @default - the subnets of nodes that the network has at creation
   */
  readonly subnets?: NodeSubnets;
  /**
   * Minor version of the kubelets: at most the cluster's, at most three older.
   *
   * @default - the cluster's
   */
  readonly kubernetesVersion?: string;
  /**
   * The image.
   *
   * @default "BOTTLEROCKET_x86_64"
   */
  readonly amiType?: AmiType;
  /**
   * An image of one's own; needed with `CUSTOM`.
   *
   * @default - an image of EKS
   */
  readonly customImage?: CustomImage;
  /**
   * The release of the image: `1.63.0-1a2b3c4d` of Bottlerocket, `1.36.1-20261110` of Amazon Linux.
   *
   * @default - the newest at creation; EKS leaves it as it is until the version or the template changes
   */
  readonly releaseVersion?: string;
  /**
   * Instance types, the preferred first. Nitro types, of the image's processor and device.
   *
   * @default - `m6i.large`, or `m7g.large` with an image for Arm
   */
  readonly instanceTypes?: readonly string[];
  /**
   * Spot costs less and goes at two minutes' notice; name several instance types with it.
   *
   * @default "ON_DEMAND"
   */
  readonly capacityType?: CapacityType;
  /**
   * How many nodes.
   *
   * @default { minSize: 2, desiredSize: 3, maxSize: 6 }
   */
  readonly scaling?: Scaling;
  /**
   * How nodes are exchanged for newer ones.
   *
   * @default { maxUnavailable: "33%", strategy: "DEFAULT" }
   */
  readonly updates?: NodeUpdates;
  /**
   * Limits to the repair of broken nodes; it is always on.
   *
   * @default - as EKS chooses
   */
  readonly repair?: NodeRepair;
  /**
   * Instances that have booted and wait.
   *
   * @default - none
   */
  readonly warmPool?: WarmPool;
  /**
   * Size of each node's data volume; on Amazon Linux of its only one.
   *
   * @default 50
   */
  readonly dataVolumeGiB?: number;
  /**
   * The kubelet and the kernel.
   *
   * @default - see {@link NodeSettings}
   */
  readonly settings?: NodeSettings;
  /**
   * Settings of Bottlerocket in TOML, laid over ours: `[settings.ntp]`. What would loosen a guarantee is refused.
   *
   * @default - none
   */
  readonly bottlerocket?: string;
  /**
   * Parts of a NodeConfig of Amazon Linux 2023, laid over ours. What would loosen a guarantee is refused.
   *
   * @default - none
   */
  readonly nodeConfig?: NodeConfigSpec;
  /**
   * Ports on which admission webhooks and aggregated APIs of pods listen.
   *
   * @default [4443, 8443, 9443, 10251]
   */
  readonly webhookPorts?: readonly number[];
  /**
   * Repository prefixes of pull-through caches that nodes may fill, as {@link Registry} has them.
   *
   * @default - none
   */
  readonly pullThroughPrefixes?: readonly string[];
  /**
   * Labels of the nodes.
   *
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Taints of the nodes.
   *
   * @default - none
   */
  readonly taints?: readonly Taint[];
  /**
   * The security group of another group of the cluster, to share it: pods of both reach one another, and CoreDNS wherever it
   * runs. A group with a security group of its own reaches no pod of the others.
   *
   * @default - a security group of its own, with the rules that nodes need
   */
  readonly securityGroupId?: pulumi.Input<string>;
  /**
   * Further security groups of the nodes.
   *
   * @default - none
   */
  readonly additionalSecurityGroupIds?: readonly pulumi.Input<string>[];
  /**
   * The boundary of the nodes' role.
   *
   * @default - none
   */
  readonly permissionsBoundaryArn?: pulumi.Input<string>;
  /**
   * Tags of everything that can carry them, instances and volumes included.
   *
   * @default - a name
   */
  readonly tags?: Tags;
  /**
   * Last-resort edit of the raw launch template arguments. What EKS would reject is refused; the rules still judge the result.
   *
   * @default - arguments are used as computed
   */
  readonly transformLaunchTemplate?: (args: ec2.LaunchTemplateArgs) => ec2.LaunchTemplateArgs;
  /**
   * Last-resort edit of the raw node group arguments. What EKS would reject is refused; the rules still judge the result.
   *
   * @default - arguments are used as computed
   */
  readonly transformNodeGroup?: (args: eks.NodeGroupArgs) => eks.NodeGroupArgs;
}
