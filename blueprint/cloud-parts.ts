/** The parts of the cloud half, each from the arguments of the whole. */
import type * as pulumi from "@pulumi/pulumi";
import { defined } from "../core/defined.js";
import {
  Access,
  Bastion,
  Cluster,
  ClusterAddons,
  ClusterAlarms,
  Detection,
  DetectionKey,
  EncryptionKeys,
  Network,
  NodeGroup,
  PullThrough,
  Registry,
} from "../infra/index.js";
import type { KeysRef, NetworkRef } from "../infra/index.js";
import type { NodeGroupChoices } from "../infra/nodes/plan.js";
import { planRegion } from "../infra/region.js";
import type { SecureClusterArgs } from "./args.js";
import type { Cloud, Common } from "./cloud.js";
import { DEFAULT_FEATURES, isExisting } from "./defaults.js";

/** The keys: those that are there, or one per purpose. */
export function createKeys(name: string, args: SecureClusterArgs, { parent, tags }: Common): KeysRef {
  if (args.keys !== undefined) return args.keys;
  return new EncryptionKeys(
    `${name}-keys`,
    {
      administrators: args.keyAdministrators ?? args.admins,
      ...defined({ deletionProtection: args.deletionProtection, tags }),
    },
    { parent },
  );
}

/** The network: what is there, or a VPC of its own. */
export function createNetwork(
  name: string,
  args: SecureClusterArgs,
  { parent, tags, permissionsBoundaryArn }: Common,
  keys: KeysRef,
): NetworkRef {
  const { network, region, features, logRetentionDays, deletionProtection } = args;
  if (isExisting(network)) return network;
  return new Network(
    name,
    {
      ...defined({ region, flowLogRetentionDays: logRetentionDays, deletionProtection, tags, ...network }),
      keys,
      features: features ?? DEFAULT_FEATURES,
      permissionsBoundaryArn,
    },
    { parent },
  );
}

/** The registry, with the mirrors that the Region has. */
export function createRegistry(
  name: string,
  args: SecureClusterArgs,
  { parent, tags, permissionsBoundaryArn }: Common,
  cloud: Pick<Cloud, "keys" | "cluster" | "nodeGroups">,
): Registry {
  const { region, deletionProtection, registry = {} } = args;
  const { repositories, pushers, otherAccounts, replication, scanning } = registry;
  return new Registry(
    `${name}-registry`,
    {
      ...defined({ repositories, pushers, otherAccounts, replication, scanning }),
      ...defined({ region, deletionProtection, tags, pullers: pullersOf(args, cloud) }),
      keys: cloud.keys,
      pullThrough: cachesOf(args),
      permissionsBoundaryArn,
    },
    { parent },
  );
}

/** Where roles are named, who pulls: those, and this cluster's nodes, whose roles nobody can name before there are any. */
export function pullersOf(
  { registry }: Pick<SecureClusterArgs, "registry">,
  { cluster, nodeGroups }: Pick<Cloud, "cluster" | "nodeGroups">,
): readonly pulumi.Input<string>[] | undefined {
  if (registry?.pullers === undefined) return undefined;
  const ofAutoMode = cluster.autoMode === undefined ? [] : [cluster.autoMode.nodeRoleArn];
  return [...registry.pullers, ...Object.values(nodeGroups).map(({ roleArn }) => roleArn), ...ofAutoMode];
}

function cachesOf({ region, registry }: Pick<SecureClusterArgs, "region" | "registry">): readonly PullThrough[] {
  return registry?.pullThrough ?? PullThrough.defaultsIn(planRegion(region).region);
}

/** The control plane. */
export function createCluster(
  name: string,
  args: SecureClusterArgs,
  { parent, tags, permissionsBoundaryArn }: Common,
  { keys, network }: Pick<Cloud, "keys" | "network">,
): Cluster {
  const { clusterName, kubernetesVersion, addonVersions, today, serviceCidr } = args;
  const { endpointAccess, logRetentionDays, deletionProtection } = args;
  return new Cluster(
    name,
    {
      ...defined({ clusterName, kubernetesVersion, addonVersions, today, serviceCidr }),
      ...defined({ endpointAccess, logRetentionDays, deletionProtection, tags }),
      ...args.cluster,
      network,
      keys,
      permissionsBoundaryArn,
    },
    { parent },
  );
}

/**
 * The first group, whose name every cluster of this package has had, and the further ones, which share its security group: pods
 * of one group reach CoreDNS on another. None with Auto Mode.
 */
export function createNodes(
  name: string,
  args: SecureClusterArgs,
  { parent, tags, permissionsBoundaryArn }: Common,
  { keys, network, cluster }: Pick<Cloud, "keys" | "network" | "cluster">,
): Readonly<Record<string, NodeGroup>> {
  if (cluster.autoMode?.besideNodeGroups === false) return {};
  const create = (key: string, choices: NodeGroupChoices) =>
    new NodeGroup(
      `${name}-${key}`,
      {
        ...defined({ tags, ...choices }),
        ...{ network, cluster, keys, permissionsBoundaryArn },
        pullThroughPrefixes: cachesOf(args).map(({ prefix }) => prefix),
      },
      { parent, dependsOn: [cluster, ...readyNetwork(network)] },
    );
  const nodes = create("nodes", args.nodes ?? {});
  const { securityGroupId } = nodes;
  const further = Object.entries(args.nodeGroups ?? {}).map(
    ([key, choices]) => [key, create(key, { ...choices, securityGroupId })] as const,
  );
  return { nodes, ...Object.fromEntries(further) };
}

/** What runs on nodes beside applications. */
export function createAddons(
  name: string,
  { addonVersions, addons, coreDns }: SecureClusterArgs,
  { parent, tags, permissionsBoundaryArn }: Common,
  { keys, cluster, nodeGroups }: Pick<Cloud, "keys" | "cluster" | "nodeGroups">,
): ClusterAddons {
  return new ClusterAddons(
    `${name}-addons`,
    { ...defined({ addonVersions, addons, coreDns, tags }), cluster, keys, permissionsBoundaryArn },
    // The first group alone: a group more makes no add-on wait.
    { parent, dependsOn: Object.values(nodeGroups).slice(0, 1) },
  );
}

/** Who may enter, as what. */
export function createAccess(
  name: string,
  args: SecureClusterArgs,
  { parent, tags }: Common,
  cluster: Cluster,
): Access {
  const { admins, operators, developers, viewers, auditors, ciDeployers, breakGlass } = args;
  const others = { operators, developers, viewers, auditors, ciDeployers, breakGlass };
  return new Access(`${name}-access`, { cluster, admins, ...defined({ ...others, tags }) }, { parent });
}

/** The way to the API from outside. */
export function createBastion(
  name: string,
  { logRetentionDays, bastion }: SecureClusterArgs,
  { parent, tags, permissionsBoundaryArn }: Common,
  { keys, network, cluster }: Pick<Cloud, "keys" | "network" | "cluster">,
): Bastion {
  return new Bastion(
    `${name}-bastion`,
    { ...defined({ logRetentionDays, tags, ...bastion }), network, cluster, keys, permissionsBoundaryArn },
    { parent, dependsOn: [...readyNetwork(network)] },
  );
}

/** Alarms on the audit log; with somebody to tell, all of {@link Detection}. */
export function createDetection(
  name: string,
  { alarms = {}, detection, admins, keyAdministrators, deletionProtection }: SecureClusterArgs,
  { parent, tags, permissionsBoundaryArn }: Common,
  cluster: Cluster,
): void {
  if (detection === undefined) {
    new ClusterAlarms(`${name}-alarms`, { ...alarms, cluster, ...defined({ tags }) }, { parent });
    return;
  }
  new Detection(
    `${name}-detection`,
    {
      key: DetectionKey.own(keyAdministrators ?? admins),
      ...detection,
      ...{ cluster, clusterAlarms: alarms, permissionsBoundaryArn },
      ...defined({ deletionProtection, tags }),
    },
    { parent },
  );
}

/** What must be there before something starts in a network: its endpoints and routes, where they are made here. */
function readyNetwork(network: NetworkRef): readonly pulumi.Resource[] {
  return network instanceof Network ? [network] : [];
}
