/** A stack that builds on the `outputs` of another one: see docs/existing.md. */
import { StackReference } from "@pulumi/pulumi";
import { Cidr } from "ringfence";
import type { ClusterOutputs } from "ringfence";
import { Cluster, EncryptionKeys, Network, NodeGroup } from "ringfence/infra";

/** Adds a group of nodes for batches to the cluster of the stack `organization/platform/prod`. */
export function batchNodes(): NodeGroup {
  const outputs = new StackReference("organization/platform/prod").requireOutput("outputs");
  /** What Pulumi knows late; names, versions and address blocks stay plain, since they decide what is made. */
  const late = (read: (of: Plain<ClusterOutputs>) => string | undefined) =>
    outputs.apply((of) => read(of as Plain<ClusterOutputs>) ?? "");

  const network = Network.existing({
    region: "eu-west-1",
    vpcId: late((of) => of.network.vpcId),
    vpcCidrs: [Cidr.parse("10.0.0.0/16")],
    nodes: {
      ids: [0, 1, 2].map((zone) => late((of) => of.network.nodes.ids[zone])),
      cidrs: ["10.0.0.0/19", "10.0.32.0/19", "10.0.64.0/19"].map((block) => Cidr.parse(block)),
    },
    controlPlane: {
      ids: [0, 1, 2].map((zone) => late((of) => of.network.controlPlane.ids[zone])),
      cidrs: ["10.0.224.128/28", "10.0.228.128/28", "10.0.232.128/28"].map((block) => Cidr.parse(block)),
    },
    endpointSecurityGroupId: late((of) => of.network.endpointSecurityGroupId),
    s3PrefixListId: late((of) => of.network.s3PrefixListId),
  });
  const cluster = Cluster.existing({
    clusterName: "prod",
    kubernetesVersion: "1.36",
    arn: late((of) => of.cluster.arn),
    endpoint: late((of) => of.cluster.endpoint),
    certificateAuthority: late((of) => of.cluster.certificateAuthority),
    controlPlaneSecurityGroupId: late((of) => of.cluster.controlPlaneSecurityGroupId),
    oidcIssuer: late((of) => of.cluster.oidcIssuer),
    serviceCidr: Cidr.parse("172.20.0.0/16"),
  });
  const keys = EncryptionKeys.existing({
    secretsKeyArn: late((of) => of.keys.secretsKeyArn),
    logsKeyArn: late((of) => of.keys.logsKeyArn),
    volumesKeyArn: late((of) => of.keys.volumesKeyArn),
    registryKeyArn: late((of) => of.keys.registryKeyArn),
  });
  const permissionsBoundaryArn = late((of) => of.permissionsBoundaryArn);
  return new NodeGroup("batch", { network, cluster, keys, permissionsBoundaryArn, capacityType: "SPOT" });
}

/** A type without its Outputs: what a stack reference holds. */
type Plain<T> = T extends { apply(read: (value: infer V) => unknown): unknown }
  ? V
  : T extends object
    ? { [K in keyof T]: Plain<T[K]> }
    : T;
