import type * as eks from "@pulumi/aws/eks/index.js";
import type * as pulumi from "@pulumi/pulumi";
import type { Cidr } from "../../core/cidr.js";
import { DEFAULT_KUBERNETES_VERSION } from "../../core/data/kubernetes-versions.js";
import type { KeysRef } from "../encryption/reference.js";
import type { NetworkRef } from "../network/reference.js";
import type { Tags } from "../options.js";
import type { DeletionProtection } from "../protection.js";
import type { AutoMode } from "./auto-mode.js";
import type { ControlPlaneEgress } from "./control-plane-egress.js";
import type { ControlPlaneOptions } from "./control-plane.js";
import type { EndpointAccess } from "./endpoint-access.js";
import type { ClusterLogs, SupportPolicy, UpgradeChecks } from "./lifecycle.js";
import type { NodeAddonOptions } from "./node-addons.js";
import type { RemoteNetworksOptions } from "./remote-networks.js";
import type { AddonVersions } from "./version.js";

/** The defaults of {@link ClusterArgs}. */
export const CLUSTER_DEFAULTS = {
  kubernetesVersion: DEFAULT_KUBERNETES_VERSION,
  serviceCidr: "172.20.0.0/16",
  zonalShift: true,
} as const;

/** Arguments of {@link Cluster}. */
export interface ClusterArgs {
  /** Where the control plane's interfaces lie, in at least two zones. Nodes live elsewhere. */
  readonly network: NetworkRef;
  /**
   * The keys of Secrets and of the control plane's logs; with Auto Mode that of volumes too. A cluster cannot get another key
   * for its Secrets, nor go without.
   */
  readonly keys: Pick<KeysRef, "secretsKeyArn" | "logsKeyArn"> & Partial<Pick<KeysRef, "volumesKeyArn">>;
  /**
   * The name in AWS. Another name is another cluster.
   *
   * @default - the component's name
   */
  readonly clusterName?: string;
  /**
   * Minor version. One without standard support is refused, one that loses it within 60 days warns.
   *
   * @default "1.36"
   */
  readonly kubernetesVersion?: string;
  /**
   * The day on which the version is judged.
   *
   * @default - today
   */
  readonly today?: Date;
  /**
   * From where the API can be reached.
   *
   * @default - `EndpointAccess.private()`
   */
  readonly endpointAccess?: EndpointAccess;
  /**
   * Which way the API server takes to webhooks and token issuers. The way through your subnets cannot be taken back.
   *
   * @default - `ControlPlaneEgress.awsManaged()`
   */
  readonly controlPlaneEgress?: ControlPlaneEgress;
  /**
   * Virtual addresses of Services, /12 to /24, apart from the VPC and remote networks. Other ones are another cluster. With
   * IPv6, EKS chooses them.
   *
   * @default "172.20.0.0/16"
   */
  readonly serviceCidr?: Cidr;
  /**
   * Machines outside AWS that join the cluster.
   *
   * @default - none
   */
  readonly remoteNetworks?: RemoteNetworksOptions;
  /**
   * Nodes that EKS starts and patches, instead of node groups.
   *
   * @default - not mentioned to EKS: node groups
   */
  readonly autoMode?: AutoMode;
  /**
   * Size and settings of the control plane.
   *
   * @default - those of EKS
   */
  readonly controlPlane?: ControlPlaneOptions;
  /**
   * Which logs the control plane writes.
   *
   * @default - `ClusterLogs.all()`
   */
  readonly logs?: ClusterLogs;
  /**
   * Days that the control plane's logs are kept.
   *
   * @default 365
   */
  readonly logRetentionDays?: number;
  /**
   * Settings of the add-ons that every node needs; with Auto Mode there are none.
   *
   * @default - network policies on, prefixes of addresses, what somebody changed in the cluster set back
   */
  readonly nodeAddons?: NodeAddonOptions;
  /**
   * Versions of add-ons instead of the pinned ones.
   *
   * @default - the pinned versions for the Kubernetes version
   */
  readonly addonVersions?: AddonVersions;
  /**
   * What happens when standard support of the version ends.
   *
   * @default - `SupportPolicy.standard()`
   */
  readonly support?: SupportPolicy;
  /**
   * Whether EKS may refuse an upgrade for what its readiness checks find.
   *
   * @default - `UpgradeChecks.heeded()`
   */
  readonly upgradeChecks?: UpgradeChecks;
  /**
   * Whether traffic can be moved out of a zone that fails (Application Recovery Controller).
   *
   * @default true
   */
  readonly zonalShift?: boolean;
  /**
   * Whether the cluster may be deleted.
   *
   * @default - `DeletionProtection.on()`
   */
  readonly deletionProtection?: DeletionProtection;
  /**
   * The boundary of the roles of control plane, VPC CNI and Auto Mode's nodes.
   *
   * @default - none
   */
  readonly permissionsBoundaryArn?: pulumi.Input<string>;
  /**
   * Tags of everything that can carry them.
   *
   * @default - a name
   */
  readonly tags?: Tags;
  /**
   * Last-resort edit of the raw cluster arguments. The rules still judge the result.
   *
   * @default - arguments are used as computed
   */
  readonly transformCluster?: (args: eks.ClusterArgs) => eks.ClusterArgs;
}
