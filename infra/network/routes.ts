import * as ec2 from "@pulumi/aws/ec2/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { named } from "../options.js";
import type { Tags } from "../options.js";
import type { Zone } from "./zones.js";
import type { CreatedSubnet } from "./subnet-resources.js";
import type { SubnetTier } from "./subnets.js";

/** What {@link createRouteTables} takes. */
export interface RouteTablesSpec {
  readonly vpcId: pulumi.Input<string>;
  readonly subnets: readonly CreatedSubnet[];
  readonly tags: Tags | undefined;
}

/** The route tables of a network, none of which leads anywhere yet. */
export interface RouteTables {
  /** Of the control plane, the endpoints and the load balancers: it never leads out of the VPC. */
  readonly isolated: ec2.RouteTable;
  /** Of nodes and pods, by zone. */
  readonly nodes: ReadonlyMap<Zone, ec2.RouteTable>;
  /** Of NAT gateways, by zone; empty without them. */
  readonly nat: ReadonlyMap<Zone, ec2.RouteTable>;
  /** Of firewall endpoints, by zone; empty without them. */
  readonly firewall: ReadonlyMap<Zone, ec2.RouteTable>;
  /** Of load balancers on the internet; `undefined` without them. */
  readonly publicLoadBalancers: ec2.RouteTable | undefined;
}

/** Makes a route table for each kind of way and zone, and gives every subnet one: the VPC's main table serves nobody. */
export function createRouteTables(parent: pulumi.Resource, name: string, spec: RouteTablesSpec): RouteTables {
  const table = (key: string, served: readonly CreatedSubnet[]) => {
    const child = `${name}-routes-${key}`;
    const made = new ec2.RouteTable(child, { vpcId: spec.vpcId, tags: named(child, spec.tags) }, { parent });
    for (const { name: subnetName, subnet } of served)
      new ec2.RouteTableAssociation(`${subnetName}-routes`, { routeTableId: made.id, subnetId: subnet.id }, { parent });
    return made;
  };
  const ofTier = (...tiers: readonly SubnetTier[]) => spec.subnets.filter(({ plan }) => tiers.includes(plan.tier));
  const perZone = (tier: SubnetTier, ...beside: readonly SubnetTier[]) =>
    new Map(
      ofTier(tier).map(({ plan: { zone } }) => {
        const served = ofTier(tier, ...beside).filter(({ plan }) => plan.zone === zone);
        return [zone, table(`${tier}-${zone}`, served)] as const;
      }),
    );
  const open = ofTier("public-load-balancer");
  return {
    isolated: table("isolated", ofTier("control-plane", "endpoint", "load-balancer")),
    nodes: perZone("node", "pod"),
    nat: perZone("nat"),
    firewall: perZone("firewall"),
    publicLoadBalancers: open.length === 0 ? undefined : table("public-load-balancer", open),
  };
}
