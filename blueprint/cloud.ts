import type * as pulumi from "@pulumi/pulumi";
import { InputError, issue } from "../core/issue.js";
import { accountOf } from "../infra/account.js";
import {
  Access,
  Bastion,
  Cluster,
  ClusterAddons,
  EncryptionKeys,
  Network,
  NodeGroup,
  PermissionsBoundary,
  PullThrough,
  Registry,
} from "../infra/index.js";
import type { EndpointFeature } from "../infra/index.js";
import type { SecureClusterArgs } from "./args.js";
import { defined } from "../core/defined.js";

/** What pods and nodes use of AWS when nobody says otherwise. */
export const DEFAULT_FEATURES = [
  "nodes",
  "podIdentity",
  "bastion",
  "blockStorage",
  "loadBalancers",
  "secretsManager",
] as const satisfies readonly EndpointFeature[];

/** Everything of a cluster that lies in AWS. */
export interface Cloud {
  readonly accountId: pulumi.Output<string>;
  readonly boundary: PermissionsBoundary;
  readonly keys: EncryptionKeys;
  readonly network: Network;
  readonly registry: Registry;
  readonly cluster: Cluster;
  readonly access: Access;
  readonly nodes: NodeGroup;
  readonly addons: ClusterAddons;
  readonly bastion: Bastion;
}

/** The settings that every component takes. */
interface Common {
  readonly parent: pulumi.Resource;
  readonly tags: SecureClusterArgs["tags"];
  readonly permissionsBoundaryArn: pulumi.Output<string>;
}

/**
 * Creates the cloud half: what one component makes is what the next one takes. Nodes wait for the add-ons that let them
 * join and for the endpoints; what runs on nodes waits for nodes.
 */
export function createCloud(parent: pulumi.Resource, name: string, args: SecureClusterArgs): Cloud {
  const { tags } = args;
  const opts = { parent };
  const boundary = new PermissionsBoundary(
    `${name}-boundary`,
    defined({ allowedActions: args.allowedActions, tags }),
    opts,
  );
  const common: Common = { parent, tags, permissionsBoundaryArn: boundary.arn };

  const keys = createKeys(name, args, common);
  const network = createNetwork(name, args, common, keys);
  const registry = createRegistry(name, args, common, keys);
  const cluster = createCluster(name, args, common, { keys, network });
  const nodes = createNodes(name, args, common, { keys, network, registry, cluster });
  const addons = createAddons(name, args, common, { keys, cluster, nodes });
  const access = createAccess(name, args, common, cluster);
  const bastion = createBastion(name, args, common, { keys, network, cluster });
  return {
    accountId: accountOf(parent).id,
    ...{ boundary, keys, network, registry, cluster, access, nodes, addons, bastion },
  };
}

function createKeys(name: string, args: SecureClusterArgs, { parent, tags }: Common): EncryptionKeys {
  const administrators = args.keyAdministrators ?? args.admins;
  return new EncryptionKeys(
    `${name}-keys`,
    { administrators, ...defined({ deletionProtection: args.deletionProtection, tags }) },
    { parent },
  );
}

function createNetwork(
  name: string,
  args: SecureClusterArgs,
  { parent, tags, permissionsBoundaryArn }: Common,
  keys: EncryptionKeys,
): Network {
  return new Network(
    name,
    {
      ...defined({ region: args.region, flowLogRetentionDays: args.logRetentionDays, tags, ...args.network }),
      logsKeyArn: keys.logsKeyArn,
      features: args.features ?? DEFAULT_FEATURES,
      permissionsBoundaryArn,
    },
    { parent },
  );
}

function createRegistry(
  name: string,
  { registry }: SecureClusterArgs,
  { parent, tags, permissionsBoundaryArn }: Common,
  keys: EncryptionKeys,
): Registry {
  return new Registry(
    `${name}-registry`,
    {
      ...defined({ repositories: registry?.repositories, tags }),
      registryKeyArn: keys.registryKeyArn,
      pullThrough: registry?.pullThrough ?? [PullThrough.ecrPublic()],
      permissionsBoundaryArn,
    },
    { parent },
  );
}

function createCluster(
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
      vpcId: network.vpcId,
      vpcCidr: network.plan.vpcCidr,
      subnetIds: network.controlPlaneSubnetIds,
      secretsKeyArn: keys.secretsKeyArn,
      logsKeyArn: keys.logsKeyArn,
      permissionsBoundaryArn,
    },
    { parent },
  );
}

function createNodes(
  name: string,
  args: SecureClusterArgs,
  { parent, tags, permissionsBoundaryArn }: Common,
  { keys, network, registry, cluster }: Pick<Cloud, "keys" | "network" | "registry" | "cluster">,
): NodeGroup {
  return new NodeGroup(
    `${name}-nodes`,
    {
      ...defined({ tags, ...args.nodes }),
      clusterName: cluster.name,
      kubernetesVersion: cluster.kubernetesVersion,
      vpcId: network.vpcId,
      subnetIds: network.nodeSubnetIds,
      controlPlaneSecurityGroupId: cluster.controlPlaneSecurityGroupId,
      endpointSecurityGroupId: network.endpointSecurityGroupId,
      s3PrefixListId: network.s3PrefixListId,
      egress: network.egress,
      volumesKeyArn: keys.volumesKeyArn,
      pullThroughPrefixes: registry.pullThroughPrefixes,
      permissionsBoundaryArn,
    },
    { parent, dependsOn: [cluster, network] },
  );
}

function createAddons(
  name: string,
  { addonVersions }: SecureClusterArgs,
  { parent, tags, permissionsBoundaryArn }: Common,
  { keys, cluster, nodes }: Pick<Cloud, "keys" | "cluster" | "nodes">,
): ClusterAddons {
  return new ClusterAddons(
    `${name}-addons`,
    {
      ...defined({ addonVersions, tags }),
      clusterName: cluster.name,
      clusterArn: cluster.arn,
      kubernetesVersion: cluster.kubernetesVersion,
      blockStorage: { volumesKeyArn: keys.volumesKeyArn },
      permissionsBoundaryArn,
    },
    { parent, dependsOn: [nodes] },
  );
}

function createAccess(name: string, args: SecureClusterArgs, { parent, tags }: Common, cluster: Cluster): Access {
  const { admins, operators, developers, viewers } = args;
  return new Access(
    `${name}-access`,
    { clusterName: cluster.name, admins, ...defined({ operators, developers, viewers, tags }) },
    { parent },
  );
}

function createBastion(
  name: string,
  { logRetentionDays }: SecureClusterArgs,
  { parent, tags, permissionsBoundaryArn }: Common,
  { keys, network, cluster }: Pick<Cloud, "keys" | "network" | "cluster">,
): Bastion {
  return new Bastion(
    `${name}-bastion`,
    {
      ...defined({ logRetentionDays, tags }),
      vpcId: network.vpcId,
      subnetId: firstSubnet(network),
      controlPlaneSecurityGroupId: cluster.controlPlaneSecurityGroupId,
      endpointSecurityGroupId: network.endpointSecurityGroupId,
      apiEndpoint: cluster.endpoint,
      volumesKeyArn: keys.volumesKeyArn,
      logsKeyArn: keys.logsKeyArn,
      permissionsBoundaryArn,
    },
    { parent, dependsOn: [network] },
  );
}

function firstSubnet({ endpointSubnetIds, plan }: Network): pulumi.Output<string> {
  const [subnetId] = endpointSubnetIds;
  if (subnetId !== undefined) return subnetId;
  throw new InputError("Bastion", [
    issue("Required", "network.zones", "must hold a zone", plan.zones, "Leave `zones` out for three"),
  ]);
}
