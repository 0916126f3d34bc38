import * as pulumi from "@pulumi/pulumi";
import type { BastionTarget } from "../core/bastion-target.js";
import type { Cloud } from "./cloud.js";

/**
 * What another stack needs to build on a cluster, in plain values once it exists, and without a secret. The fields have the
 * names that `Cluster.existing`, `Network.existing` and `EncryptionKeys.existing` take.
 */
export interface ClusterOutputs {
  readonly cluster: {
    readonly clusterName: string;
    readonly arn: pulumi.Output<string>;
    /** Minor version. */
    readonly kubernetesVersion: string;
    readonly endpoint: pulumi.Output<string>;
    readonly certificateAuthority: pulumi.Output<string>;
    readonly serviceCidr: string;
    readonly controlPlaneSecurityGroupId: pulumi.Output<string>;
    readonly oidcIssuer: pulumi.Output<string>;
  };
  readonly network: {
    readonly region: string;
    readonly vpcId: pulumi.Output<string>;
    readonly vpcCidrs: readonly string[];
    readonly nodes: SubnetOutputs;
    readonly pods: SubnetOutputs;
    readonly controlPlane: SubnetOutputs;
    readonly endpoints: SubnetOutputs;
    readonly loadBalancers: SubnetOutputs;
    readonly endpointSecurityGroupId: pulumi.Output<string> | undefined;
    readonly s3PrefixListId: pulumi.Output<string> | undefined;
    readonly ipFamily: "ipv4" | "ipv6";
  };
  readonly keys: {
    readonly secretsKeyArn: pulumi.Output<string>;
    readonly logsKeyArn: pulumi.Output<string>;
    readonly volumesKeyArn: pulumi.Output<string>;
    readonly registryKeyArn: pulumi.Output<string>;
  };
  /** Host of the private image registry. */
  readonly registryHost: pulumi.Output<string>;
  /** The boundary that roles of applications should have. */
  readonly permissionsBoundaryArn: pulumi.Output<string>;
  /** Role of the nodes by group: for a repository policy. */
  readonly nodeRoleArns: Readonly<Record<string, pulumi.Output<string>>>;
  /** The way to the API: `ringfence connect` finds it by itself. */
  readonly bastion: pulumi.Output<BastionTarget>;
}

/** Subnets of one kind and their blocks, zone by zone. */
export interface SubnetOutputs {
  readonly ids: readonly pulumi.Output<string>[];
  readonly cidrs: readonly string[];
}

/** The outputs of a cluster. */
export function outputsOf({ cluster, network, keys, registry, boundary, nodeGroups, bastion }: Cloud): ClusterOutputs {
  const late = (given: pulumi.Input<string> | undefined) => (given === undefined ? undefined : pulumi.output(given));
  const subnets = ({ ids, cidrs }: Cloud["network"]["nodes"]): SubnetOutputs => ({
    ids: ids.map((id) => pulumi.output(id)),
    cidrs: cidrs.map(String),
  });
  const { clusterName, arn, kubernetesVersion, endpoint, certificateAuthority, oidcIssuer } = cluster;
  return {
    cluster: {
      ...{ clusterName, arn, kubernetesVersion, endpoint, certificateAuthority, oidcIssuer },
      serviceCidr: cluster.serviceCidr,
      controlPlaneSecurityGroupId: cluster.controlPlaneSecurityGroupId,
    },
    network: {
      region: network.region,
      vpcId: pulumi.output(network.vpcId),
      vpcCidrs: network.vpcCidrs.map(String),
      nodes: subnets(network.nodes),
      pods: subnets(network.pods),
      controlPlane: subnets(network.controlPlane),
      endpoints: subnets(network.endpoints),
      loadBalancers: subnets(network.loadBalancers),
      endpointSecurityGroupId: late(network.endpointSecurityGroupId),
      s3PrefixListId: late(network.s3PrefixListId),
      ipFamily: network.ipFamily,
    },
    keys: {
      secretsKeyArn: pulumi.output(keys.secretsKeyArn),
      logsKeyArn: pulumi.output(keys.logsKeyArn),
      volumesKeyArn: pulumi.output(keys.volumesKeyArn),
      registryKeyArn: pulumi.output(keys.registryKeyArn),
    },
    registryHost: registry.host,
    permissionsBoundaryArn: boundary.arn,
    nodeRoleArns: Object.fromEntries(Object.entries(nodeGroups).map(([name, { roleArn }]) => [name, roleArn])),
    bastion: bastion.target,
  };
}
