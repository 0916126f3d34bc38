import type * as eks from "@pulumi/aws/eks/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { Cidr } from "../../core/cidr.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { keyArnIssues } from "../encryption/key-arn.js";
import { refuse } from "../errors.js";
import { retentionIssues } from "../log-group.js";
import { named } from "../options.js";
import { DeletionProtection } from "../protection.js";
import { CLUSTER_DEFAULTS } from "./args.js";
import type { ClusterArgs } from "./args.js";
import { autoModeInputs, autoModeIssues } from "./auto-mode.js";
import { ControlPlaneEgress, controlPlaneEgressIssues } from "./control-plane-egress.js";
import { controlPlaneInputs, controlPlaneIssues } from "./control-plane.js";
import { EndpointAccess, endpointAccessIssues } from "./endpoint-access.js";
import { clusterLogIssues, ClusterLogs, SupportPolicy, UpgradeChecks } from "./lifecycle.js";
import { NODE_ADDONS } from "./node-addons.js";
import type { NodeAddonVersions } from "./node-addons.js";
import { eksNameIssues, controlPlaneSubnetIssues, IPV6_SERVICES, serviceCidrIssues } from "./checks.js";
import { remoteCidrs, remoteNetworkIssues } from "./remote-networks.js";
import { planAddons, planVersion } from "./version.js";

/** The arguments of a cluster with every default filled in, all of them checked. */
export interface ClusterPlan {
  readonly clusterName: string;
  readonly kubernetesVersion: string;
  readonly serviceCidr: Cidr;
  readonly endpointAccess: EndpointAccess;
  readonly egress: ControlPlaneEgress;
  readonly logs: ClusterLogs;
  readonly protection: DeletionProtection;
  readonly support: SupportPolicy;
  readonly upgradeChecks: UpgradeChecks;
  /** Without Auto Mode, which has them built in. */
  readonly addonVersions: NodeAddonVersions | undefined;
  readonly warning: string | undefined;
}

/** Everything that is wrong with the arguments of a cluster. */
export function clusterArgsIssues(name: string, args: ClusterArgs): readonly Issue[] {
  const { version, addons, serviceCidr } = versionsOf(args);
  const { network, remoteNetworks } = args;
  return [
    ...eksNameIssues("clusterName", args.clusterName ?? name),
    ...version.issues,
    ...(version.issues.length > 0 ? [] : addons.issues),
    ...(network.ipFamily === "ipv6"
      ? ipv6Issues(args)
      : serviceCidrIssues(serviceCidr, network.vpcCidrs, remoteCidrs(remoteNetworks))),
    ...controlPlaneSubnetIssues(network),
    ...endpointAccessIssues("endpointAccess", args.endpointAccess),
    ...remoteNetworkIssues(remoteNetworks, network.vpcCidrs),
    ...hybridEndpointIssues(args),
    ...controlPlaneEgressIssues(args.controlPlaneEgress, network),
    ...controlPlaneIssues(args.controlPlane),
    ...clusterLogIssues(args.logs),
    ...autoModeIssues(args.autoMode, args.keys.volumesKeyArn),
    ...nodeAddonIssues(args),
    ...keyIssues(args),
    ...retentionIssues("logRetentionDays", args.logRetentionDays),
  ];
}

/** @throws pulumi.RunError with every problem of the arguments. */
export function planCluster(name: string, args: ClusterArgs): ClusterPlan {
  refuse(`Cluster '${name}'`, clusterArgsIssues(name, args));
  const { kubernetesVersion, serviceCidr, support, version, withAddons, addons } = versionsOf(args);
  const { network } = args;
  return {
    clusterName: args.clusterName ?? name,
    kubernetesVersion,
    serviceCidr: network.ipFamily === "ipv6" ? Cidr.parse(IPV6_SERVICES) : serviceCidr,
    endpointAccess: args.endpointAccess ?? EndpointAccess.private(),
    egress: args.controlPlaneEgress ?? ControlPlaneEgress.awsManaged(),
    logs: args.logs ?? ClusterLogs.all(),
    protection: args.deletionProtection ?? DeletionProtection.on(),
    support,
    upgradeChecks: args.upgradeChecks ?? UpgradeChecks.heeded(),
    addonVersions: withAddons ? addons.versions : undefined,
    warning: version.warning,
  };
}

function versionsOf(args: ClusterArgs) {
  const kubernetesVersion = args.kubernetesVersion ?? CLUSTER_DEFAULTS.kubernetesVersion;
  const support = args.support ?? SupportPolicy.standard();
  const withAddons = args.autoMode?.needsNodeAddons ?? true;
  return {
    ...{ kubernetesVersion, support, withAddons },
    serviceCidr: args.serviceCidr ?? Cidr.parse(CLUSTER_DEFAULTS.serviceCidr),
    version: planVersion(kubernetesVersion, args.today ?? new Date(), support.supportType === "EXTENDED"),
    addons: planAddons(withAddons ? NODE_ADDONS : [], kubernetesVersion, args.addonVersions),
  };
}

function keyIssues({ keys }: ClusterArgs): Issue[] {
  return [
    ...keyArnIssues("keys.secretsKeyArn", keys.secretsKeyArn),
    ...keyArnIssues("keys.logsKeyArn", keys.logsKeyArn),
    ...keyArnIssues("keys.volumesKeyArn", keys.volumesKeyArn),
  ];
}

/** Settings of what is not installed would be read and ignored. */
function nodeAddonIssues({ autoMode, nodeAddons }: ClusterArgs): Issue[] {
  if (nodeAddons === undefined || (autoMode?.needsNodeAddons ?? true)) return [];
  const rule = "must be left out with Auto Mode, which has these add-ons built in";
  return [issue("Conflict", "nodeAddons", rule, Object.keys(nodeAddons), "Leave it out")];
}

/** In an IPv6 cluster EKS chooses the addresses of Services, and machines outside AWS cannot join. */
function ipv6Issues({ serviceCidr, remoteNetworks }: ClusterArgs): Issue[] {
  const issues: Issue[] = [];
  if (serviceCidr !== undefined) {
    const advice = "EKS chooses the block of an IPv6 cluster: leave it out";
    issues.push(issue("Conflict", "serviceCidr", "must be left out with IPv6", serviceCidr, advice));
  }
  if (remoteNetworks !== undefined) {
    const advice = "Hybrid nodes need a cluster with IPv4: leave `remoteNetworks` out";
    issues.push(issue("Conflict", "remoteNetworks", "must be left out with IPv6", remoteNetworks.nodeCidrs, advice));
  }
  return issues;
}

/** Outside the VPC the name of an API with both endpoints leads to the public one. */
function hybridEndpointIssues({ remoteNetworks, endpointAccess }: ClusterArgs): Issue[] {
  if (remoteNetworks === undefined || endpointAccess?.isPublic !== true) return [];
  const rule = "must be private with hybrid nodes, which would take the public way";
  const advice = "Use EndpointAccess.private(), the default";
  return [issue("Conflict", "endpointAccess", rule, endpointAccess.publicCidrs, advice)];
}

/** What {@link clusterInputs} takes of what was made before the cluster. */
export interface ClusterParts {
  readonly roleArn: pulumi.Input<string>;
  readonly securityGroupId: pulumi.Input<string>;
  readonly autoNodeRoleArn: pulumi.Input<string> | undefined;
}

/** The arguments of the cluster itself. What has a default that somebody could misread is said, never left out. */
export function clusterInputs(args: ClusterArgs, plan: ClusterPlan, parts: ClusterParts): eks.ClusterArgs {
  const { endpointAccess, egress } = plan;
  const { elasticLoadBalancing, ...auto } = autoModeInputs(args.autoMode, parts.autoNodeRoleArn);
  return {
    name: plan.clusterName,
    version: plan.kubernetesVersion,
    roleArn: parts.roleArn,
    vpcConfig: {
      subnetIds: [...args.network.controlPlane.ids],
      securityGroupIds: [parts.securityGroupId],
      endpointPrivateAccess: true,
      endpointPublicAccess: endpointAccess.isPublic,
      publicAccessCidrs: endpointAccess.isPublic ? [...endpointAccess.publicCidrs] : undefined,
      // Said even when it is the default: left out, the way back from CUSTOMER_ROUTED would look like no change.
      controlPlaneEgressMode: egress.mode,
    },
    accessConfig: {
      authenticationMode: "API",
      // Set, not left out: absent it makes whoever runs this an administrator for good.
      bootstrapClusterCreatorAdminPermissions: false,
    },
    bootstrapSelfManagedAddons: false,
    enabledClusterLogTypes: [...plan.logs.types],
    encryptionConfig: { provider: { keyArn: args.keys.secretsKeyArn }, resources: ["secrets"] },
    kubernetesNetworkConfig: {
      ipFamily: args.network.ipFamily,
      ...(args.network.ipFamily === "ipv6" ? {} : { serviceIpv4Cidr: plan.serviceCidr }),
      ...(elasticLoadBalancing === undefined ? {} : { elasticLoadBalancing }),
    },
    ...auto,
    ...remoteInputs(args),
    ...controlPlaneInputs(args.controlPlane),
    upgradePolicy: { supportType: plan.support.supportType },
    ...(plan.upgradeChecks.overridden ? { forceUpdateVersion: true } : {}),
    zonalShiftConfig: { enabled: args.zonalShift ?? CLUSTER_DEFAULTS.zonalShift },
    deletionProtection: plan.protection.enabled,
    tags: named(plan.clusterName, args.tags),
  };
}

function remoteInputs({ remoteNetworks }: ClusterArgs): Pick<eks.ClusterArgs, "remoteNetworkConfig"> {
  if (remoteNetworks === undefined) return {};
  const pods = [...(remoteNetworks.podCidrs ?? [])];
  return {
    remoteNetworkConfig: {
      remoteNodeNetworks: { cidrs: [...remoteNetworks.nodeCidrs] },
      ...(pods.length === 0 ? {} : { remotePodNetworks: { cidrs: pods } }),
    },
  };
}
