import * as ec2 from "@pulumi/aws/ec2/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { named } from "../options.js";
import type { Tags } from "../options.js";
import type { Egress } from "./egress.js";
import type { SubnetPlan } from "./subnets.js";

/** A subnet with what was planned for it. */
export interface CreatedSubnet {
  readonly plan: SubnetPlan;
  readonly subnet: ec2.Subnet;
}

/** What {@link createRoutes} takes. */
export interface RoutesSpec {
  readonly vpcId: pulumi.Input<string>;
  readonly subnets: readonly CreatedSubnet[];
  readonly egress: Egress;
  readonly tags: Tags | undefined;
}

/**
 * Route tables: one per zone for nodes, one that never leaves the VPC for the control plane, the endpoints and the load balancers and, with
 * NAT, one to the internet gateway for the public subnets.
 *
 * @returns Ids of the private tables, for the S3 gateway endpoint.
 */
export function createRoutes(parent: pulumi.Resource, name: string, spec: RoutesSpec): pulumi.Output<string>[] {
  const table = (key: string) => {
    const child = `${name}-routes-${key}`;
    return new ec2.RouteTable(child, { vpcId: spec.vpcId, tags: named(child, spec.tags) }, { parent });
  };
  const associate = (routeTable: ec2.RouteTable, { plan, subnet }: CreatedSubnet) =>
    new ec2.RouteTableAssociation(
      `${name}-${plan.tier}-${plan.zone}-routes`,
      { routeTableId: routeTable.id, subnetId: subnet.id },
      { parent },
    );
  const ofTier = (...tiers: readonly string[]) => spec.subnets.filter(({ plan }) => tiers.includes(plan.tier));

  const isolated = table("isolated");
  for (const created of ofTier("control-plane", "endpoint", "load-balancer")) associate(isolated, created);
  const nodeTables = ofTier("node").map((created) => {
    const { zone } = created.plan;
    const routeTable = table(`node-${zone}`);
    associate(routeTable, created);
    return { zone, routeTable };
  });

  if (spec.egress.kind === "nat") {
    const gateways = createNat(parent, name, spec, ofTier("public"), table, associate);
    for (const { zone, routeTable } of nodeTables) {
      const natGateway = gateways.get(zone);
      if (natGateway !== undefined)
        new ec2.Route(
          `${name}-node-${zone}-internet`,
          { routeTableId: routeTable.id, destinationCidrBlock: "0.0.0.0/0", natGatewayId: natGateway.id },
          { parent },
        );
    }
  }
  return [isolated.id, ...nodeTables.map(({ routeTable }) => routeTable.id)];
}

/** The internet gateway and a NAT gateway per zone; a zone that fails takes only its own nodes' way out with it. */
function createNat(
  parent: pulumi.Resource,
  name: string,
  spec: RoutesSpec,
  publicSubnets: readonly CreatedSubnet[],
  table: (key: string) => ec2.RouteTable,
  associate: (routeTable: ec2.RouteTable, created: CreatedSubnet) => ec2.RouteTableAssociation,
): ReadonlyMap<string, ec2.NatGateway> {
  const internetGateway = new ec2.InternetGateway(
    `${name}-internet`,
    { vpcId: spec.vpcId, tags: named(`${name}-internet`, spec.tags) },
    { parent },
  );
  const publicTable = table("public");
  new ec2.Route(
    `${name}-public-internet`,
    { routeTableId: publicTable.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: internetGateway.id },
    { parent },
  );
  return new Map(
    publicSubnets.map((created) => {
      const { zone } = created.plan;
      associate(publicTable, created);
      const address = new ec2.Eip(
        `${name}-nat-${zone}-address`,
        { domain: "vpc", tags: named(`${name}-nat-${zone}`, spec.tags) },
        { parent },
      );
      const natGateway = new ec2.NatGateway(
        `${name}-nat-${zone}`,
        { subnetId: created.subnet.id, allocationId: address.id, tags: named(`${name}-nat-${zone}`, spec.tags) },
        { parent, dependsOn: [internetGateway] },
      );
      return [zone, natGateway] as const;
    }),
  );
}
