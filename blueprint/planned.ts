/** What the parts of a cluster will be, before any of them is made: enough to check the arguments of all of them at once. */
import * as pulumi from "@pulumi/pulumi";
import { Cidr } from "../core/cidr.js";
import { CLUSTER_DEFAULTS, Egress } from "../infra/index.js";
import type { ClusterRef, KeysRef, NetworkPlan, NetworkRef, SubnetsRef, SubnetTier } from "../infra/index.js";
import type { SecureClusterArgs } from "./args.js";
import type { NetworkChoices } from "./choices.js";

/** The network of a plan. Its ids are late, as they are while a program runs. */
export function plannedNetwork(plan: NetworkPlan, { egress }: NetworkChoices): NetworkRef {
  const tier = (name: SubnetTier): SubnetsRef => {
    const cidrs = plan.subnets.filter((subnet) => subnet.tier === name).map(({ cidr }) => cidr);
    return { ids: cidrs.map(() => late()), cidrs };
  };
  return {
    region: plan.region,
    vpcId: late(),
    vpcCidrs: plan.podCidr === undefined ? [plan.vpcCidr] : [plan.vpcCidr, plan.podCidr],
    nodes: tier("node"),
    pods: tier(plan.podCidr === undefined ? "node" : "pod"),
    controlPlane: tier("control-plane"),
    endpoints: tier("endpoint"),
    loadBalancers: tier("load-balancer"),
    endpointSecurityGroupId: late(),
    s3PrefixListId: late(),
    egress: egress ?? Egress.none(),
    ipFamily: "ipv4",
  };
}

/** The keys: those that are there, or late ones. */
export function plannedKeys({ keys }: SecureClusterArgs): KeysRef {
  return keys ?? { secretsKeyArn: late(), logsKeyArn: late(), volumesKeyArn: late(), registryKeyArn: late() };
}

/** The cluster, as far as it is known. */
export function plannedCluster(name: string, args: SecureClusterArgs): ClusterRef {
  const clusterName = args.clusterName ?? name;
  return {
    clusterName,
    name: clusterName,
    arn: late(),
    kubernetesVersion: args.kubernetesVersion ?? CLUSTER_DEFAULTS.kubernetesVersion,
    endpoint: late(),
    certificateAuthority: late(),
    serviceCidr: args.serviceCidr ?? Cidr.parse(CLUSTER_DEFAULTS.serviceCidr),
    controlPlaneSecurityGroupId: late(),
    oidcIssuer: late(),
  };
}

function late(): pulumi.Output<string> {
  return pulumi.output("");
}
