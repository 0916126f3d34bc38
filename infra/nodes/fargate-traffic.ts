import * as vpc from "@pulumi/aws/vpc/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { named } from "../options.js";
import type { Tags } from "../options.js";
import { BETWEEN_NODES } from "./traffic.js";

/** The two sides of the way between pods on Fargate and pods on nodes. */
export interface FargateTraffic {
  /** The group that EKS made for the cluster, which pods on Fargate have: `eksSecurityGroupId` of a {@link Cluster}. */
  readonly eksSecurityGroupId: pulumi.Input<string>;
  /** The group of nodes and of the pods on them: `securityGroupId` of a {@link NodeGroup}. */
  readonly nodesSecurityGroupId: pulumi.Input<string>;
}

/** Rules for both directions, on the ports that pods of different nodes have between them. What EKS's group lets out is EKS's. */
export function createFargateTraffic(
  parent: pulumi.Resource,
  name: string,
  { eksSecurityGroupId, nodesSecurityGroupId }: FargateTraffic,
  tags: Tags | undefined,
): pulumi.Resource[] {
  return BETWEEN_NODES.flatMap(({ key, protocol, from, to }) => {
    const args = (child: string, description: string, on: pulumi.Input<string>, peer: pulumi.Input<string>) => ({
      securityGroupId: on,
      referencedSecurityGroupId: peer,
      description,
      ipProtocol: protocol,
      fromPort: from,
      toPort: to,
      tags: named(child, tags),
    });
    const into = `${name}-to-nodes-${key}`;
    const back = `${name}-from-nodes-${key}`;
    const out = `${name}-nodes-out-${key}`;
    return [
      new vpc.SecurityGroupIngressRule(
        into,
        args(into, "Pods on Fargate to pods on nodes", nodesSecurityGroupId, eksSecurityGroupId),
        { parent },
      ),
      new vpc.SecurityGroupIngressRule(
        back,
        args(back, "Pods on nodes to pods on Fargate", eksSecurityGroupId, nodesSecurityGroupId),
        { parent },
      ),
      new vpc.SecurityGroupEgressRule(
        out,
        args(out, "Pods on nodes to pods on Fargate", nodesSecurityGroupId, eksSecurityGroupId),
        { parent },
      ),
    ];
  });
}
