import type * as pulumi from "@pulumi/pulumi";
import { defined } from "../core/defined.js";
import { accountOf } from "../infra/account.js";
import { PermissionsBoundary } from "../infra/index.js";
import type {
  Access,
  Bastion,
  Cluster,
  ClusterAddons,
  KeysRef,
  NetworkRef,
  NodeGroup,
  Registry,
} from "../infra/index.js";
import type { SecureClusterArgs } from "./args.js";
import {
  createAccess,
  createAddons,
  createBastion,
  createCluster,
  createDetection,
  createKeys,
  createNetwork,
  createNodes,
  createRegistry,
} from "./cloud-parts.js";

/** Everything of a cluster that lies in AWS. */
export interface Cloud {
  readonly accountId: pulumi.Output<string>;
  readonly boundary: PermissionsBoundary;
  readonly keys: KeysRef;
  readonly network: NetworkRef;
  readonly registry: Registry;
  readonly cluster: Cluster;
  readonly access: Access;
  /** By name, the first one `nodes`; empty with Auto Mode. */
  readonly nodeGroups: Readonly<Record<string, NodeGroup>>;
  readonly addons: ClusterAddons;
  readonly bastion: Bastion;
}

/** The settings that every component takes. */
export interface Common {
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
    { ...defined({ allowedActions: args.allowedActions, tags }), nodeRoleNames: nodeRoles(name, args) },
    opts,
  );
  const common: Common = { parent, tags, permissionsBoundaryArn: boundary.arn };

  const keys = createKeys(name, args, common);
  const network = createNetwork(name, args, common, keys);
  const cluster = createCluster(name, args, common, { keys, network });
  const nodeGroups = createNodes(name, args, common, { keys, network, cluster });
  const registry = createRegistry(name, args, common, { keys, cluster, nodeGroups });
  const addons = createAddons(name, args, common, { keys, cluster, nodeGroups });
  const access = createAccess(name, args, common, cluster);
  const bastion = createBastion(name, args, common, { keys, network, cluster });
  createDetection(name, args, common, cluster);
  return {
    accountId: accountOf(parent).id,
    ...{ boundary, keys, network, registry, cluster, access, nodeGroups, addons, bastion },
  };
}

/** What a controller may give to nodes that it starts: with Auto Mode the control plane starts them. */
function nodeRoles(name: string, { cluster, nodeRoleNames = [] }: SecureClusterArgs): readonly string[] {
  return cluster?.autoMode?.enabled === true ? [`${name}-auto-node-role*`, ...nodeRoleNames] : nodeRoleNames;
}
