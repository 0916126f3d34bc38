import * as pulumi from "@pulumi/pulumi";
import { checkRegistryName } from "../constructs/image-ref.js";
import { DEFAULT_KUBERNETES_VERSION } from "../core/data/kubernetes-versions.js";
import { defined } from "../core/defined.js";
import { regionFacts } from "../core/data/regions.js";
import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";
import { bastionArgsIssues } from "../infra/bastion/bastion.js";
import { chosenAddonIssues } from "../infra/cluster/addon-checks.js";
import { CHOSEN_ADDONS, DEFAULT_ADDONS } from "../infra/cluster/addon-choices.js";
import type { AddonChoices } from "../infra/cluster/addon-choices.js";
import { clusterArgsIssues } from "../infra/cluster/plan.js";
import { planAddons } from "../infra/cluster/version.js";
import { accountServiceIssues } from "../infra/detection/account-checks.js";
import { subscriberIssues } from "../infra/detection/alert-topic.js";
import { trailIssues } from "../infra/detection/audit-trail.js";
import { clusterAlarmIssues } from "../infra/detection/cluster-alarms.js";
import { administratorIssues } from "../infra/encryption/plan.js";
import { accessIssues } from "../infra/identity/access-plan.js";
import { partitionOf } from "../infra/partition.js";
import { boundaryIssues } from "../infra/identity/permissions-boundary.js";
import { EncryptionKeys } from "../infra/index.js";
import type { ClusterRef, NetworkRef } from "../infra/index.js";
import { planNetworkArgs } from "../infra/network/args.js";
import { planChoices } from "../infra/nodes/plan.js";
import { subnetIdIssues } from "../infra/nodes/subnets.js";
import { planRegion } from "../infra/region.js";
import { registryArgsIssues } from "../infra/registry/plan.js";
import { tagIssues } from "../infra/tags.js";
import { ApiAccess } from "./api-access.js";
import { shapeIssues } from "./arg-shapes.js";
import type { SecureClusterArgs } from "./args.js";
import type { NodeChoices } from "./choices.js";
import { DEFAULT_FEATURES, isExisting } from "./defaults.js";
import { plannedCluster, plannedKeys, plannedNetwork } from "./planned.js";

/**
 * What is wrong with the arguments of a cluster, all of it at once and before anything is registered: the parts would each
 * report their own, one run after the other.
 *
 * @throws pulumi.RunError for keys that are none.
 */
export function argsIssues(
  name: string,
  args: SecureClusterArgs,
  opts?: pulumi.ComponentResourceOptions,
): readonly Issue[] {
  const wrongKind = shapeIssues(args);
  if (wrongKind.length > 0) return wrongKind;
  if (args.keys !== undefined) EncryptionKeys.existing(args.keys);
  const { network, issues } = checkNetwork(args);
  const cluster = clusterIssues(name, args, network);
  const parts = [...nodeIssues(name, args), ...poolIssues(args), ...addonIssues(args)];
  return [
    ...accessIssues(args, regionPartition(args.region)),
    ...(args.keyAdministrators === undefined ? [] : administratorIssues("keyAdministrators", args.keyAdministrators)),
    ...boundaryIssues(defined({ allowedActions: args.allowedActions, nodeRoleNames: args.nodeRoleNames })),
    ...tagIssues("tags", args.tags),
    ...providerIssues(args, opts),
    ...issues,
    ...cluster,
    // Without a version of the cluster there is none of a node or an add-on: say that, and not its consequences.
    ...(cluster.some(({ path }) => path === "kubernetesVersion")
      ? parts.filter(({ path }) => !VERSION.test(path))
      : parts),
    ...registryIssues(args),
    ...bastionIssues(name, args, network),
    ...detectionIssues(name, args),
    ...clusterAlarmIssues("alarms.", args.alarms ?? {}),
    ...(args.apiAccess ?? ApiAccess.tunnel()).issues(),
  ];
}

/** Zones of one Region in a provider of another; whoever passes a provider or a parent knows theirs. */
function providerIssues({ region }: SecureClusterArgs, opts: pulumi.ComponentResourceOptions | undefined): Issue[] {
  const stated = new pulumi.Config("aws").get("region");
  const inherits = opts?.provider === undefined && opts?.providers === undefined && opts?.parent === undefined;
  if (region === undefined || stated === undefined || region === stated || !inherits) return [];
  // What is no Region at all is said by the network.
  if (regionFacts(region) === undefined) return [];
  const advice = `Leave it out, or pass { providers: [new aws.Provider("there", { region: "${region}" })] }`;
  return [issue("Conflict", "region", `must be the provider's, '${stated}' by aws:region`, region, advice)];
}

/** Paths of versions that follow that of the cluster. */
const VERSION = /(^addonVersions\b|\.kubernetesVersion$)/;

interface CheckedNetwork {
  /** `undefined` when it cannot be planned. */
  readonly network: NetworkRef | undefined;
  readonly issues: readonly Issue[];
}

function checkNetwork(args: SecureClusterArgs): CheckedNetwork {
  const { region, features, logRetentionDays, network = {} } = args;
  if (isExisting(network)) return { network, issues: [...existingIssues(args), ...familyIssues(network)] };
  const { plan, issues } = planNetworkArgs(
    defined({ ...network, region, flowLogRetentionDays: logRetentionDays, features: features ?? DEFAULT_FEATURES }),
  );
  return {
    network: issues.length === 0 ? plannedNetwork(plan, network) : undefined,
    issues: issues
      // The cluster says the same of its own logs.
      .filter(({ path }) => path !== "flowLogRetentionDays")
      .map((i) => (/^(region$|features\b)/.test(i.path) ? i : { ...i, path: `network.${i.path}` })),
  };
}

/** The addresses in network policies are planned, and those of IPv6 are Amazon's to choose. */
function familyIssues({ ipFamily }: NetworkRef): readonly Issue[] {
  if (ipFamily !== "ipv6") return [];
  const advice = "Build an IPv6 cluster of the components of 'ringfence/infra'";
  return [issue("Unsupported", "network.ipFamily", "must be 'ipv4' in a SecureCluster", ipFamily, advice)];
}

/** What is there already has its endpoints and its Region. */
function existingIssues({ network, features, region }: SecureClusterArgs): readonly Issue[] {
  const issues: Issue[] = [];
  if (features !== undefined) {
    const advice = "Leave it out: endpoints of a VPC that is there are made where the VPC is";
    issues.push(issue("Conflict", "features", "must be left out with `Network.existing`", features, advice));
  }
  if (region !== undefined && isExisting(network) && region !== network.region) {
    const rule = `must be that of the network, '${network.region}'`;
    issues.push(issue("Conflict", "region", rule, region, "Leave it out"));
  }
  return issues;
}

/** Arguments of the control plane that stand under `cluster`. */
const UNDER_CLUSTER =
  /^(controlPlane|controlPlaneEgress|remoteNetworks|autoMode|nodeAddons|logs|support|upgradeChecks)\b/;

function clusterIssues(name: string, args: SecureClusterArgs, network: NetworkRef | undefined): readonly Issue[] {
  const { clusterName, kubernetesVersion, addonVersions, today, serviceCidr, endpointAccess, logRetentionDays } = args;
  const issues = clusterArgsIssues(name, {
    ...defined({ clusterName, kubernetesVersion, addonVersions, today, serviceCidr, endpointAccess, logRetentionDays }),
    ...args.cluster,
    network: network ?? withoutNetwork(args),
    keys: plannedKeys(args),
  });
  return issues
    .filter(({ path }) => network !== undefined || !path.startsWith("network."))
    .map((i) => (UNDER_CLUSTER.test(i.path) ? { ...i, path: `cluster.${i.path}` } : i));
}

/** Stands for a network that cannot be planned, so that the rest is checked all the same. */
function withoutNetwork({ network = {} }: SecureClusterArgs): NetworkRef {
  const { vpcCidr, zones, podCidr } = isExisting(network) ? {} : network;
  const { plan } = planNetworkArgs(defined({ region: planRegion(undefined).region, vpcCidr, zones, podCidr }));
  return plannedNetwork(plan, {});
}

function nodeIssues(name: string, args: SecureClusterArgs): readonly Issue[] {
  if (args.cluster?.autoMode?.needsNodeAddons === false) return leftOut(args);
  const cluster = plannedCluster(name, args);
  return [
    ...under("nodes", groupIssues(args.nodes ?? {}, cluster)),
    ...Object.entries(args.nodeGroups ?? {}).flatMap(([key, choices]) => [
      ...groupNameIssues(key),
      ...under(`nodeGroups.${key}`, groupIssues(choices, cluster)),
    ]),
  ];
}

function groupIssues(choices: NodeChoices, cluster: ClusterRef): readonly Issue[] {
  const { subnets } = choices;
  return [
    ...planChoices(choices, cluster).issues,
    ...(subnets === undefined ? [] : subnetIdIssues("subnets", subnets.ids, subnets.fewest)),
  ];
}

/** Settings of nodes that nothing would read. */
function leftOut({ nodes, nodeGroups }: Pick<SecureClusterArgs, "nodes" | "nodeGroups">): readonly Issue[] {
  const advice = "Leave it out, or choose AutoMode.on({ besideNodeGroups: true })";
  return Object.entries({ nodes, nodeGroups }).flatMap(([path, given]) =>
    given === undefined ? [] : [issue("Conflict", path, "must be left out with Auto Mode", given, advice)],
  );
}

function poolIssues({ nodePool, cluster }: SecureClusterArgs): readonly Issue[] {
  if (nodePool === undefined || cluster?.autoMode?.enabled === true) return [];
  const advice = "Use `nodes`, or pass cluster: { autoMode: AutoMode.on() }";
  return [issue("Conflict", "nodePool", "must be left out without Auto Mode", nodePool, advice)];
}

/** Names of other parts of a cluster, which a group of nodes would collide with. */
const TAKEN = [
  "access",
  "addons",
  "alarms",
  "bastion",
  "boundary",
  "detection",
  "keys",
  "kubernetes",
  "nodes",
  "registry",
];

function groupNameIssues(key: string): Issue[] {
  const at = `nodeGroups.${key}`;
  if (!/^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$/.test(key)) {
    const rule = "must be named by at most 20 lower-case letters, digits and hyphens, with a letter first";
    return [issue("Malformed", at, rule, key, "Write it like 'gpu'")];
  }
  if (!TAKEN.includes(key)) return [];
  return [
    issue("Duplicate", at, "must not have the name of another part", key, "Call it what its nodes are for: 'gpu'"),
  ];
}

function addonIssues({
  addons,
  coreDns,
  cluster,
  kubernetesVersion,
  addonVersions,
}: SecureClusterArgs): readonly Issue[] {
  const isAuto = cluster?.autoMode?.needsNodeAddons === false;
  const choices = addons ?? (isAuto ? {} : DEFAULT_ADDONS);
  const chosen = (Object.keys(choices) as (keyof AddonChoices)[]).map((key) => CHOSEN_ADDONS[key]);
  const planned = planAddons(
    [...(isAuto ? [] : (["coredns"] as const)), ...chosen],
    kubernetesVersion ?? DEFAULT_KUBERNETES_VERSION,
    addonVersions,
  );
  return [...planned.issues, ...chosenAddonIssues(choices, coreDns, isAuto)];
}

function registryIssues(args: SecureClusterArgs): readonly Issue[] {
  const { approvedRegistries = [], ...registry } = args.registry ?? {};
  const issues = registryArgsIssues({ ...registry, keys: plannedKeys(args) }, planRegion(args.region).region);
  return [
    ...under("registry", issues),
    ...approvedRegistries.flatMap((host, i) => checkRegistryName(`registry.approvedRegistries[${i}]`, host)),
  ];
}

/** Names of its parts are those of the cluster, which has a limit of its own. */
function detectionIssues(name: string, { detection, region }: SecureClusterArgs): readonly Issue[] {
  if (detection === undefined) return [];
  const { subscribers, trail, accountServices } = detection;
  const own = `${name}-detection`;
  return [
    ...subscriberIssues("detection.subscribers", subscribers),
    ...(trail?.options === undefined ? [] : trailIssues("detection.trail.", `${own}-trail`, trail.options)),
    ...(accountServices === undefined
      ? []
      : accountServiceIssues(
          "detection.accountServices.",
          `${own}-account`,
          accountServices,
          planRegion(region).region,
        )),
  ];
}

function bastionIssues(name: string, args: SecureClusterArgs, network: NetworkRef | undefined): readonly Issue[] {
  if (network === undefined) return [];
  const issues = bastionArgsIssues(`${name}-bastion`, {
    ...args.bastion,
    network,
    cluster: plannedCluster(name, args),
    keys: plannedKeys(args),
  });
  // What is wrong with the network is so for every part.
  return issues.map((i) => (i.path.startsWith("network.") ? i : { ...i, path: `bastion.${i.path}` }));
}

function under(path: string, issues: readonly Issue[]): readonly Issue[] {
  return issues.map((i) => ({ ...i, path: `${path}.${i.path}` }));
}

/** The partition that a cluster goes to, unless nobody names the Region, which is an issue of its own. */
function regionPartition(given: string | undefined): string | undefined {
  const { region } = planRegion(given);
  return region === "" ? undefined : partitionOf(region);
}
