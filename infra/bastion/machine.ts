import type * as ec2 from "@pulumi/aws/ec2/index.js";
import * as vpc from "@pulumi/aws/vpc/index.js";
import type * as pulumi from "@pulumi/pulumi";
import type { ClusterRef } from "../cluster/reference.js";
import type { NetworkRef } from "../network/reference.js";
import { named } from "../options.js";
import type { Tags } from "../options.js";
import type { BastionImage } from "./image.js";

/** What an instance of the bastion is made of, alone or in a group. */
export interface MachineSpec {
  readonly image: BastionImage;
  readonly instanceType: string;
  readonly securityGroupId: pulumi.Output<string>;
  readonly profile: {
    readonly name: pulumi.Output<string>;
    readonly arn: pulumi.Output<string>;
  };
  readonly userData: pulumi.Output<string>;
  readonly volumesKeyArn: pulumi.Input<string>;
  /** With the name, and with the tag by which instances are found. */
  readonly tags: Record<string, pulumi.Input<string>>;
  /** What has to be there before an instance starts. */
  readonly dependsOn: pulumi.Input<pulumi.Input<pulumi.Resource>[]>;
}

/** Metadata by token only, and none behind the instance itself (EC2.8 of Security Hub). */
export const METADATA = {
  httpEndpoint: "enabled",
  httpTokens: "required",
  httpPutResponseHopLimit: 1,
  httpProtocolIpv6: "disabled",
  instanceMetadataTags: "disabled",
} as const;

const HTTPS = { ipProtocol: "tcp", fromPort: 443, toPort: 443 } as const;

/**
 * The rules of the bastion: nothing comes in, HTTPS goes to the API and to AWS services; and the one rule by which the
 * control plane lets it in. DNS to the VPC's resolver, time and instance metadata pass no security group.
 *
 * @returns The rules: without any one of them nobody comes through.
 */
export function createBastionTraffic(
  parent: pulumi.Resource,
  name: string,
  securityGroup: ec2.SecurityGroup,
  {
    network,
    cluster,
    tags,
  }: { readonly network: NetworkRef; readonly cluster: ClusterRef; readonly tags: Tags | undefined },
): pulumi.Resource[] {
  const { endpointSecurityGroupId } = network;
  const services =
    endpointSecurityGroupId === undefined
      ? { cidrIpv4: "0.0.0.0/0" }
      : { referencedSecurityGroupId: endpointSecurityGroupId };
  const allowOut = (
    key: string,
    description: string,
    peer: Pick<vpc.SecurityGroupEgressRuleArgs, "referencedSecurityGroupId" | "cidrIpv4">,
  ) =>
    new vpc.SecurityGroupEgressRule(
      `${name}-to-${key}`,
      { securityGroupId: securityGroup.id, description, ...peer, ...HTTPS, tags: named(`${name}-to-${key}`, tags) },
      { parent },
    );
  const out = [
    allowOut("api", "The Kubernetes API", { referencedSecurityGroupId: cluster.controlPlaneSecurityGroupId }),
    allowOut("endpoints", "AWS services", services),
  ];
  const atControlPlane = new vpc.SecurityGroupIngressRule(
    `${name}-at-control-plane`,
    {
      securityGroupId: cluster.controlPlaneSecurityGroupId,
      description: "The bastion to the Kubernetes API",
      referencedSecurityGroupId: securityGroup.id,
      ...HTTPS,
      tags: named(`${name}-at-control-plane`, tags),
    },
    { parent },
  );
  return [...out, atControlPlane];
}
