import type { NamespaceExemption } from "../constructs/index.js";
import type { Cidr } from "../core/cidr.js";
import type {
  AddonVersions,
  DeletionProtection,
  EndpointAccess,
  EndpointFeature,
  NetworkArgs,
  NodeGroupArgs,
  Principal,
  PullThrough,
  Tags,
} from "../infra/index.js";
import type { ApiAccess } from "./api-access.js";

/** The network of a cluster; each setting as in `Network`. */
export type NetworkChoices = Pick<NetworkArgs, "vpcCidr" | "zones" | "egress" | "transformVpc">;

/** The nodes of a cluster; each setting as in `NodeGroup`. */
export type NodeChoices = Pick<
  NodeGroupArgs,
  | "amiType"
  | "instanceTypes"
  | "scaling"
  | "dataVolumeGiB"
  | "labels"
  | "taints"
  | "webhookPorts"
  | "additionalSecurityGroupIds"
  | "transformLaunchTemplate"
  | "transformNodeGroup"
>;

/** The images of a cluster. */
export interface RegistryChoices {
  /**
   * Names of ECR repositories that belong to no single application.
   *
   * @default - none; applications ask for theirs
   */
  readonly repositories?: readonly string[];
  /**
   * Upstream registries to mirror.
   *
   * @default - `PullThrough.ecrPublic()`, which holds the official images of Docker too
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

/** Arguments of {@link SecureCluster}. All but `admins` may be left out. */
export interface SecureClusterArgs {
  /**
   * Cluster administrators, at least one. Whoever runs the program must be able to act as one of them: nobody is an
   * administrator by implication.
   */
  readonly admins: readonly [Principal, ...Principal[]];
  /**
   * Who administers the encryption keys.
   *
   * @default - the cluster administrators
   */
  readonly keyAdministrators?: readonly [Principal, ...Principal[]];
  /**
   * Who keeps workloads running, in the namespaces of all applications: the persona `operator`.
   *
   * @default - none
   */
  readonly operators?: readonly Principal[];
  /**
   * Who changes workloads, in the namespaces of all applications: the persona `developer`.
   *
   * @default - none
   */
  readonly developers?: readonly Principal[];
  /**
   * Who reads workloads, in the namespaces of all applications: the persona `viewer`.
   *
   * @default - none
   */
  readonly viewers?: readonly Principal[];
  /**
   * The cluster's name in AWS, and the first part of every Pulumi name inside it. Another name is another cluster.
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
   * Versions of add-ons instead of the pinned ones.
   *
   * @default - the pinned versions for the Kubernetes version
   */
  readonly addonVersions?: AddonVersions;
  /**
   * The day on which the version is judged.
   *
   * @default - today
   */
  readonly today?: Date;
  /**
   * The Region, plain because it decides the zones.
   *
   * @default - `aws:region` of the stack, else AWS_REGION
   */
  readonly region?: string;
  /**
   * Addresses, zones and the way to the internet.
   *
   * @default - a /16 over three zones, without a way to the internet
   */
  readonly network?: NetworkChoices;
  /**
   * Virtual addresses of Services, /12 to /24, apart from the VPC.
   *
   * @default "172.20.0.0/16"
   */
  readonly serviceCidr?: Cidr;
  /**
   * What pods and nodes use of AWS; the VPC has an endpoint for each service behind it. An endpoint costs about 8 USD a
   * month per zone.
   *
   * @default ["nodes", "podIdentity", "bastion", "blockStorage", "loadBalancers", "secretsManager"]
   */
  readonly features?: readonly EndpointFeature[];
  /**
   * From where the API can be reached.
   *
   * @default - `EndpointAccess.private()`
   */
  readonly endpointAccess?: EndpointAccess;
  /**
   * How this program reaches the API.
   *
   * @default - `ApiAccess.direct()`
   */
  readonly apiAccess?: ApiAccess;
  /**
   * Machines and how many.
   *
   * @default - two to six `m6i.large` with Bottlerocket
   */
  readonly nodes?: NodeChoices;
  /**
   * Where images come from.
   *
   * @default - the account's ECR, with a mirror of public.ecr.aws
   */
  readonly registry?: RegistryChoices;
  /**
   * Namespaces of add-ons in which the admission guardrails do not look.
   *
   * @default - none beside those of Kubernetes
   */
  readonly guardrailExemptions?: readonly NamespaceExemption[];
  /**
   * Actions in AWS that roles of applications may be given beyond what the permissions boundary always holds:
   * `sqs:SendMessage`.
   *
   * @default - none
   */
  readonly allowedActions?: readonly string[];
  /**
   * Days that logs are kept: of the control plane, of the network and of the bastion.
   *
   * @default 365
   */
  readonly logRetentionDays?: number;
  /**
   * Whether the cluster, its keys and its namespaces may be deleted.
   *
   * @default - `DeletionProtection.on()`
   */
  readonly deletionProtection?: DeletionProtection;
  /**
   * Tags of everything that can carry them.
   *
   * @default - a name
   */
  readonly tags?: Tags;
}
