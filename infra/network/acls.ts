import * as ec2 from "@pulumi/aws/ec2/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { named } from "../options.js";
import type { Tags } from "../options.js";
import { aclRules } from "./acl-rules.js";
import type { AclSpec } from "./acl-rules.js";
import type { CreatedSubnet } from "./subnet-resources.js";

/** What {@link createAcls} takes. */
export interface AclsSpec extends AclSpec {
  readonly vpcId: pulumi.Input<string>;
  readonly subnets: readonly CreatedSubnet[];
  readonly tags: Tags | undefined;
}

/** A network ACL per tier of subnets, so that no subnet uses the VPC's default one. */
export function createAcls(parent: pulumi.Resource, name: string, spec: AclsSpec): void {
  for (const tier of new Set(spec.subnets.map(({ plan }) => plan.tier))) {
    const { ingress, egress } = aclRules(tier, spec);
    new ec2.NetworkAcl(
      `${name}-acl-${tier}`,
      {
        vpcId: spec.vpcId,
        subnetIds: spec.subnets.filter(({ plan }) => plan.tier === tier).map(({ subnet }) => subnet.id),
        ingress: [...ingress],
        egress: [...egress],
        tags: named(`${name}-acl-${tier}`, spec.tags),
      },
      { parent },
    );
  }
}

/**
 * Adopts what AWS makes with every VPC and empties it: the security group, the network ACL and the main route table. What
 * somebody makes without naming its own reaches nothing and is reached by nothing (CIS AWS Foundations 6.5). `pulumi destroy`
 * leaves them to the VPC, with which they end.
 */
export function adoptDefaults(parent: pulumi.Resource, name: string, vpc: ec2.Vpc, tags: Tags | undefined): void {
  new ec2.DefaultSecurityGroup(
    `${name}-default`,
    { vpcId: vpc.id, ingress: [], egress: [], tags: named(`${name}-default-unused`, tags) },
    { parent },
  );
  new ec2.DefaultNetworkAcl(
    `${name}-default-acl`,
    {
      defaultNetworkAclId: vpc.defaultNetworkAclId,
      ingress: [],
      egress: [],
      tags: named(`${name}-default-unused`, tags),
    },
    // A subnet is in it from its creation until its own ACL takes it, and may be seen there.
    { parent, ignoreChanges: ["subnetIds"] },
  );
  new ec2.DefaultRouteTable(
    `${name}-default-routes`,
    { defaultRouteTableId: vpc.defaultRouteTableId, routes: [], tags: named(`${name}-default-unused`, tags) },
    { parent },
  );
}
