import { Cidr } from "../core/cidr.js";
import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";
import { CLUSTER_DEFAULTS, NETWORK_DEFAULTS, NODE_GROUP_DEFAULTS } from "../infra/index.js";
import { endpointAccessIssues } from "../infra/cluster/endpoint-access.js";
import { clusterNameIssues, serviceCidrIssues } from "../infra/cluster/plan.js";
import { planAddons, planVersion } from "../infra/cluster/version.js";
import { ADDON_NAMES } from "../core/data/addon-versions.js";
import { principalIssues } from "../infra/identity/principal.js";
import type { Principal } from "../infra/identity/principal.js";
import { retentionIssues } from "../infra/log-group.js";
import { planNetwork } from "../infra/network/plan.js";
import { instanceTypeIssues, scalingIssues, volumeIssues, webhookPortIssues } from "../infra/nodes/plan.js";
import { planRegion } from "../infra/region.js";
import { registryIssues } from "../infra/registry/plan.js";
import type { SecureClusterArgs } from "./args.js";

/**
 * What is wrong with the arguments of a cluster, all of it at once: the parts would each report their own, one run after
 * the other.
 */
export function argsIssues(name: string, args: SecureClusterArgs): readonly Issue[] {
  return [
    ...someAdmin(args.admins),
    ...principalIssues("admins", args.admins),
    ...principalIssues("keyAdministrators", args.keyAdministrators ?? []),
    ...principalIssues("operators", args.operators ?? []),
    ...principalIssues("developers", args.developers ?? []),
    ...principalIssues("viewers", args.viewers ?? []),
    ...clusterIssues(name, args),
    ...networkIssues(args),
    ...under("nodes", nodeIssues(args.nodes ?? {})),
    ...under("registry", registryIssues(args.registry?.repositories ?? [], args.registry?.pullThrough ?? [])),
  ];
}

/** The type asks for one, and plain JavaScript has no types. */
function someAdmin(admins: readonly Principal[]): readonly Issue[] {
  if (admins.length > 0) return [];
  const advice = "Write Principal.role('<ARN of the role that you act as>'): nobody could get in to name another";
  return [issue("Required", "admins", "must name an administrator", admins, advice)];
}

function clusterIssues(name: string, args: SecureClusterArgs): readonly Issue[] {
  const version = args.kubernetesVersion ?? CLUSTER_DEFAULTS.kubernetesVersion;
  const ended = planVersion(version, args.today ?? new Date()).issues;
  return [
    ...clusterNameIssues(args.clusterName ?? name),
    ...(ended.length > 0 ? ended : planAddons(ADDON_NAMES, version, args.addonVersions).issues),
    ...serviceCidrIssues(args.serviceCidr ?? Cidr.parse(CLUSTER_DEFAULTS.serviceCidr), vpcCidrOf(args)),
    ...endpointAccessIssues("endpointAccess", args.endpointAccess),
    ...retentionIssues("logRetentionDays", args.logRetentionDays),
  ];
}

function networkIssues(args: SecureClusterArgs): readonly Issue[] {
  const { region, issues } = planRegion(args.region);
  if (issues.length > 0) return issues;
  const found = planNetwork(region, vpcCidrOf(args), args.network?.zones ?? NETWORK_DEFAULTS.zones).issues;
  return found.map((i) => (i.path === "region" ? i : { ...i, path: `network.${i.path}` }));
}

function nodeIssues(nodes: NonNullable<SecureClusterArgs["nodes"]>): readonly Issue[] {
  return [
    ...instanceTypeIssues(
      nodes.instanceTypes ?? NODE_GROUP_DEFAULTS.instanceTypes,
      nodes.amiType ?? NODE_GROUP_DEFAULTS.amiType,
    ),
    ...scalingIssues(nodes.scaling ?? NODE_GROUP_DEFAULTS.scaling),
    ...volumeIssues(nodes.dataVolumeGiB ?? NODE_GROUP_DEFAULTS.dataVolumeGiB),
    ...webhookPortIssues(nodes.webhookPorts ?? NODE_GROUP_DEFAULTS.webhookPorts),
  ];
}

function under(path: string, issues: readonly Issue[]): readonly Issue[] {
  return issues.map((i) => ({ ...i, path: `${path}.${i.path}` }));
}

function vpcCidrOf(args: SecureClusterArgs): Cidr {
  return args.network?.vpcCidr ?? Cidr.parse(NETWORK_DEFAULTS.vpcCidr);
}
