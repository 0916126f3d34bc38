import { NamespaceExemption } from "../constructs/index.js";
import { ADDON_NAMES } from "../core/data/addon-versions.js";
import type { Issue } from "../core/issue.js";
import type {
  AddonChoices,
  CertManagerOptions,
  EbsCsiOptions,
  EfsCsiOptions,
  ExternalDnsOptions,
} from "../infra/cluster/addon-choices.js";
import * as infra from "../infra/index.js";
import { ENDPOINT_FEATURES } from "../infra/network/endpoints.js";
import { NETWORK_CHOICES } from "../infra/network/shape.js";
import { AMI_TYPES } from "../infra/nodes/data/ami-types.js";
import { NETWORK_REF, PRINCIPAL } from "../infra/reference-shapes.js";
import * as is from "../infra/shape.js";
import type { Shapes } from "../infra/shape.js";
import { ApiAccess } from "./api-access.js";
import type { SecureClusterArgs } from "./args.js";
import type {
  BastionChoices,
  ClusterChoices,
  DetectionChoices,
  NetworkChoices,
  NodeChoices,
  RegistryChoices,
} from "./choices.js";
import { isExisting } from "./defaults.js";

/** What is not of the kind that an argument of `SecureCluster` takes; the other checks rely on there being nothing. */
export function shapeIssues(args: unknown): readonly Issue[] {
  return is.fields<SecureClusterArgs>(ARGS, ["admins"])("", args);
}

const DELETION = is.made(infra.DeletionProtection, "DeletionProtection.on()");

const NAMESPACE_MEMBER = is.fields<infra.NamespaceMember>({ principal: PRINCIPAL, namespaces: is.list(is.text) }, [
  "principal",
  "namespaces",
]);

const MEMBER = is.either(
  PRINCIPAL,
  NAMESPACE_MEMBER,
  (value) => typeof value === "object" && value !== null && "principal" in value,
);

const ADDON_OPTIONS: Shapes<infra.AddonOptions> = {
  configuration: is.anyObject,
  conflicts: is.word(["overwrite", "preserve", "none"]),
  preserve: is.flag,
};
const ADDON = is.fields<infra.AddonOptions>(ADDON_OPTIONS);
const ZONES = is.list(is.late);

const ADDONS: Shapes<AddonChoices> = {
  ebsCsi: is.fields<EbsCsiOptions>({ ...ADDON_OPTIONS, scope: is.word(["cluster", "account"]) }),
  efsCsi: is.fields<EfsCsiOptions>({ ...ADDON_OPTIONS, fileSystemArns: is.list(is.late) }, ["fileSystemArns"]),
  snapshotController: ADDON,
  metricsServer: ADDON,
  nodeMonitoringAgent: ADDON,
  guardDutyAgent: ADDON,
  certManager: is.fields<CertManagerOptions>({ ...ADDON_OPTIONS, hostedZoneArns: ZONES }),
  externalDns: is.fields<ExternalDnsOptions>(
    { ...ADDON_OPTIONS, hostedZoneArns: ZONES, domains: is.list(is.text), policy: is.word(["upsert-only", "sync"]) },
    ["hostedZoneArns"],
  ),
  kubeStateMetrics: ADDON,
  nodeExporter: ADDON,
};

const CLUSTER: Shapes<ClusterChoices> = {
  controlPlaneEgress: is.made(infra.ControlPlaneEgress, "ControlPlaneEgress.customerRouted()"),
  remoteNetworks: is.fields<infra.RemoteNetworksOptions>(
    { nodeCidrs: is.list(is.cidr), podCidrs: is.list(is.cidr), webhookPorts: is.list(is.number), nodeRoleArn: is.late },
    ["nodeCidrs"],
  ),
  autoMode: is.made(infra.AutoMode, "AutoMode.on()"),
  nodeAddons: is.fields<infra.NodeAddonOptions>({ vpcCni: ADDON, kubeProxy: ADDON, podIdentityAgent: ADDON }),
  controlPlane: is.fields<infra.ControlPlaneOptions>({
    tier: is.text,
    eventMinutes: is.number,
    nodePorts: is.fields<{ from: number; to: number }>({ from: is.number, to: is.number }, ["from", "to"]),
    autoscalerSeconds: is.number,
    finishedPods: is.number,
    scoring: is.anyObject,
  }),
  logs: is.made(infra.ClusterLogs, "ClusterLogs.all()"),
  support: is.made(infra.SupportPolicy, "SupportPolicy.standard()"),
  upgradeChecks: is.made(infra.UpgradeChecks, "UpgradeChecks.heeded()"),
  zonalShift: is.flag,
  transformCluster: is.callback,
};

const NODES: Shapes<NodeChoices> = {
  amiType: is.word([...Object.keys(AMI_TYPES), "CUSTOM"]),
  customImage: is.anyObject,
  releaseVersion: is.text,
  kubernetesVersion: is.text,
  instanceTypes: is.list(is.text),
  capacityType: is.word(["ON_DEMAND", "SPOT"]),
  scaling: is.fields<infra.Scaling>({ minSize: is.number, desiredSize: is.number, maxSize: is.number }, [
    "minSize",
    "desiredSize",
    "maxSize",
  ]),
  updates: is.anyObject,
  repair: is.anyObject,
  warmPool: is.fields<infra.WarmPool>({
    minSize: is.number,
    maxPrepared: is.number,
    state: is.word(["STOPPED", "RUNNING"]),
  }),
  subnets: is.made(infra.NodeSubnets, "NodeSubnets.of('subnet-0aaa', 'subnet-0bbb')"),
  dataVolumeGiB: is.number,
  settings: is.anyObject,
  bottlerocket: is.text,
  nodeConfig: is.anyObject,
  labels: is.record(is.text),
  taints: is.list(is.fields<infra.Taint>({ key: is.text, value: is.text, effect: is.text }, ["key", "effect"])),
  webhookPorts: is.list(is.number),
  additionalSecurityGroupIds: is.list(is.late),
  transformLaunchTemplate: is.callback,
  transformNodeGroup: is.callback,
};

const BASTION: Shapes<BastionChoices> = {
  availability: is.word(["single", "multi-zone"]),
  image: is.made(infra.BastionImage, "BastionImage.newest()"),
  instanceType: is.text,
  instances: is.number,
  maxLifetimeDays: is.number,
  patchScan: is.anyObject,
  sessionLimits: is.fields<infra.SessionLimitsOptions>({ idleMinutes: is.number, maxMinutes: is.number }),
  transformInstance: is.callback,
  transformLaunchTemplate: is.callback,
};

const DETECTION: Shapes<DetectionChoices> = {
  subscribers: is.list(
    is.fields<infra.Subscriber>({ protocol: is.word(["email", "https", "lambda", "sqs"]), endpoint: is.late }, [
      "protocol",
      "endpoint",
    ]),
  ),
  trail: is.made(infra.TrailChoice, "TrailChoice.own()"),
  accountServices: is.fields<infra.AccountServicesOptions>({
    guardDuty: is.anyObject,
    inspector: is.anyObject,
    securityHub: is.fields<infra.SecurityHubOptions>({ standards: is.list(is.text) }, ["standards"]),
    config: is.anyObject,
    accessAnalyzer: is.anyObject,
    detective: is.anyObject,
  }),
  key: is.made(infra.DetectionKey, "DetectionKey.existing('arn:aws:kms:...')"),
};

const REGISTRY: Shapes<RegistryChoices> = {
  repositories: is.list(is.text),
  pullers: is.list(is.late),
  pushers: is.list(is.late),
  otherAccounts: is.list(is.text),
  replication: is.list(is.made(infra.Replication, "Replication.toRegion('eu-central-1')")),
  scanning: is.made(infra.Scanning, "Scanning.enhanced()"),
  pullThrough: is.list(is.made(infra.PullThrough, "PullThrough.ecrPublic()")),
  approvedRegistries: is.list(is.text),
};

const ARGS: Shapes<SecureClusterArgs> = {
  admins: is.list(PRINCIPAL),
  operators: is.list(MEMBER),
  developers: is.list(MEMBER),
  viewers: is.list(MEMBER),
  auditors: is.list(PRINCIPAL),
  ciDeployers: is.list(MEMBER),
  breakGlass: is.list(PRINCIPAL),
  keyAdministrators: is.list(PRINCIPAL),
  keys: is.anyObject,
  clusterName: is.text,
  kubernetesVersion: is.text,
  addonVersions: is.fields(Object.fromEntries(ADDON_NAMES.map((name) => [name, is.text]))),
  today: is.date,
  region: is.text,
  network: is.either(is.fields<NetworkChoices>(NETWORK_CHOICES), NETWORK_REF, isExistingNetwork),
  serviceCidr: is.cidr,
  features: is.list(is.word(Object.keys(ENDPOINT_FEATURES))),
  endpointAccess: is.made(infra.EndpointAccess, "EndpointAccess.private()"),
  apiAccess: is.made(ApiAccess, "ApiAccess.tunnel()"),
  nodes: is.fields<NodeChoices>(NODES),
  nodeGroups: is.record(is.fields<NodeChoices>(NODES)),
  nodePool: is.anyObject,
  cluster: is.fields<ClusterChoices>(CLUSTER),
  addons: is.fields<AddonChoices>(ADDONS),
  coreDns: ADDON,
  bastion: is.fields<BastionChoices>(BASTION),
  alarms: is.fields<infra.ClusterAlarmOptions>({ breakGlassRoleNames: is.list(is.text), deniedCalls: is.number }),
  detection: is.fields<DetectionChoices>(DETECTION, ["subscribers"]),
  registry: is.fields<RegistryChoices>(REGISTRY),
  guardrailExemptions: is.list(
    is.made(NamespaceExemption, "NamespaceExemption.of('velero', { reason, until: '2027-03-31' })"),
  ),
  allowedActions: is.list(is.text),
  nodeRoleNames: is.list(is.text),
  logRetentionDays: is.number,
  deletionProtection: DELETION,
  tags: is.record(is.late),
};

function isExistingNetwork(value: unknown): boolean {
  return typeof value === "object" && value !== null && isExisting(value);
}
