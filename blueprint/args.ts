import type { NamespaceExemption } from "../constructs/index.js";
import type { Cidr } from "../core/cidr.js";
import type {
  AddonVersions,
  ClusterAlarmOptions,
  DeletionProtection,
  EndpointAccess,
  EndpointFeature,
  KeysRef,
  NetworkRef,
  PersonaMembers,
  Principal,
  Tags,
} from "../infra/index.js";
import type { ApiAccess } from "./api-access.js";
import type { NodePoolChoices } from "./auto-mode.js";
import type {
  AddonSettings,
  BastionChoices,
  ClusterChoices,
  DetectionChoices,
  NetworkChoices,
  NodeChoices,
  RegistryChoices,
} from "./choices.js";

/** Arguments of {@link SecureCluster}. All but `admins` may be left out. */
export interface SecureClusterArgs extends PersonaMembers {
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
   * Keys that are there already, instead of new ones.
   *
   * @default - four new keys, one per purpose
   */
  readonly keys?: KeysRef;
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
   * Addresses, zones and the way to the internet; or a VPC that is there already, by `Network.existing`.
   *
   * @default - a /16 over three zones, without a way to the internet
   */
  readonly network?: NetworkChoices | NetworkRef;
  /**
   * Virtual addresses of Services, /12 to /24, apart from the VPC.
   *
   * @default "172.20.0.0/16"
   */
  readonly serviceCidr?: Cidr;
  /**
   * What pods and nodes use of AWS; the VPC has an endpoint for each service behind it, which costs by the zone: see
   * docs/cost.md.
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
   * @default - `ApiAccess.tunnel()`
   */
  readonly apiAccess?: ApiAccess;
  /**
   * Machines and how many.
   *
   * @default - two to six `m6i.large` with Bottlerocket
   */
  readonly nodes?: NodeChoices;
  /**
   * Further groups of nodes, by name: lower-case letters, digits and hyphens.
   *
   * @default - none
   */
  readonly nodeGroups?: Readonly<Record<string, NodeChoices>>;
  /**
   * The nodes that Auto Mode starts, at most 100 processors and 400 GiB together; only with `cluster.autoMode`.
   *
   * @default - on demand, amd64, replaced after 14 days
   */
  readonly nodePool?: NodePoolChoices;
  /**
   * Further settings of the control plane. With `autoMode`, EKS starts the nodes, and `nodes` and `nodeGroups` are left out.
   *
   * @default - those of `Cluster`
   */
  readonly cluster?: ClusterChoices;
  /**
   * The add-ons that run on nodes.
   *
   * @default - CoreDNS and volumes of EBS
   */
  readonly addons?: AddonSettings["addons"];
  /**
   * Settings of CoreDNS.
   *
   * @default - two replicas
   */
  readonly coreDns?: AddonSettings["coreDns"];
  /**
   * The bastion.
   *
   * @default - one `t4g.micro`
   */
  readonly bastion?: BastionChoices;
  /**
   * Which events of the audit log raise an alarm.
   *
   * @default - access without credentials, Secrets read by people, shells in pods, changes of RBAC, bursts of refused calls, and
   * silence
   */
  readonly alarms?: ClusterAlarmOptions;
  /**
   * Who is told of alarms, and what else of the account is watched.
   *
   * @default - nobody: alarms show in CloudWatch
   */
  readonly detection?: DetectionChoices;
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
   * Names of roles that a controller in the cluster may give to nodes that it starts, or their beginning and `*`: those of
   * Karpenter's nodes, `prod-karpenter-node*`.
   *
   * @default - none; with Auto Mode its own
   */
  readonly nodeRoleNames?: readonly string[];
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
