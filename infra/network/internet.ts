import * as ec2 from "@pulumi/aws/ec2/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { DefectError } from "../../core/issue.js";
import { named } from "../options.js";
import type { Tags } from "../options.js";
import type { Egress } from "./egress.js";
import type { RouteTables } from "./routes.js";
import type { CreatedSubnet } from "./subnet-resources.js";
import type { Zone } from "./zones.js";

/** What {@link connectInternet} takes. */
export interface InternetSpec {
  readonly vpcId: pulumi.Input<string>;
  readonly subnets: readonly CreatedSubnet[];
  readonly tables: RouteTables;
  readonly egress: Egress;
  readonly ipv6: boolean;
  /** The endpoint of the firewall in a zone; `undefined` without one. */
  readonly firewallEndpoint: ((zone: Zone) => pulumi.Input<string>) | undefined;
  readonly tags: Tags | undefined;
}

const ANYWHERE = "0.0.0.0/0";
const ANYWHERE_IPV6 = "::/0";

/**
 * The ways to the internet that were asked for, and the routes that lead there. Through a firewall both directions pass its
 * endpoint in the node's own zone, or it would see half of each connection and drop it: nodes lead to the endpoint, the endpoint
 * to the NAT gateway, and the gateway's table leads back to that zone's nodes by the same endpoint.
 *
 * What is destroyed goes in the reverse order: routes, NAT gateways, their addresses, the internet gateway.
 */
export function connectInternet(parent: pulumi.Resource, name: string, spec: InternetSpec): void {
  const { tables, egress } = spec;
  const route = (child: string, table: ec2.RouteTable, args: Omit<ec2.RouteArgs, "routeTableId">) =>
    new ec2.Route(child, { routeTableId: table.id, ...args }, { parent });
  if (spec.ipv6 && egress.kind === "nat") leadOutByIpv6(parent, name, spec, route);
  if (!egress.hasNat && tables.publicLoadBalancers === undefined) return;

  const gateway = new ec2.InternetGateway(
    `${name}-internet`,
    { vpcId: spec.vpcId, tags: named(`${name}-internet`, spec.tags) },
    { parent },
  );
  if (tables.publicLoadBalancers !== undefined) {
    const child = `${name}-public-load-balancer-internet`;
    const to = { gatewayId: gateway.id };
    route(child, tables.publicLoadBalancers, { destinationCidrBlock: ANYWHERE, ...to });
    if (spec.ipv6)
      route(`${child}-ipv6`, tables.publicLoadBalancers, { destinationIpv6CidrBlock: ANYWHERE_IPV6, ...to });
  }
  if (!egress.hasNat) return;

  const gateways = createNatGateways(parent, name, spec, gateway);
  const [first] = gateways.values();
  for (const [zone, table] of tables.nodes) {
    const nat = gateways.get(zone) ?? first;
    if (nat === undefined) throw new DefectError("a network with NAT has no zone for it");
    const out = { destinationCidrBlock: ANYWHERE };
    if (spec.firewallEndpoint === undefined) {
      route(`${name}-node-${zone}-internet`, table, { ...out, natGatewayId: nat.gateway.id });
      continue;
    }
    const vpcEndpointId = spec.firewallEndpoint(zone);
    route(`${name}-node-${zone}-internet`, table, { ...out, vpcEndpointId });
    const inspected = tables.firewall.get(zone);
    if (inspected === undefined) throw new DefectError(`zone ${zone} has no table for its firewall endpoint`);
    route(`${name}-firewall-${zone}-internet`, inspected, { ...out, natGatewayId: nat.gateway.id });
    for (const { plan, name: subnetName } of spec.subnets)
      if (plan.zone === zone && (plan.tier === "node" || plan.tier === "pod"))
        route(`${subnetName}-answers`, nat.table, { destinationCidrBlock: plan.cidr, vpcEndpointId });
  }
}

type MakeRoute = (child: string, table: ec2.RouteTable, args: Omit<ec2.RouteArgs, "routeTableId">) => ec2.Route;

/** IPv6 needs no translation: a gateway that lets nothing in. */
function leadOutByIpv6(parent: pulumi.Resource, name: string, spec: InternetSpec, route: MakeRoute): void {
  const child = `${name}-internet-ipv6`;
  const gateway = new ec2.EgressOnlyInternetGateway(
    child,
    { vpcId: spec.vpcId, tags: named(child, spec.tags) },
    { parent },
  );
  for (const [zone, table] of spec.tables.nodes)
    route(`${name}-node-${zone}-internet-ipv6`, table, {
      destinationIpv6CidrBlock: ANYWHERE_IPV6,
      egressOnlyGatewayId: gateway.id,
    });
}

interface Nat {
  readonly gateway: ec2.NatGateway;
  readonly table: ec2.RouteTable;
}

/** A NAT gateway in each subnet that is there for one. */
function createNatGateways(
  parent: pulumi.Resource,
  name: string,
  spec: InternetSpec,
  internet: ec2.InternetGateway,
): ReadonlyMap<Zone, Nat> {
  const gateways = new Map<Zone, Nat>();
  for (const { plan, subnet } of spec.subnets.filter((s) => s.plan.tier === "nat")) {
    const { zone } = plan;
    const child = `${name}-nat-${zone}`;
    const table = spec.tables.nat.get(zone);
    if (table === undefined) throw new DefectError(`zone ${zone} has no table for its NAT gateway`);
    new ec2.Route(
      `${child}-internet`,
      { routeTableId: table.id, destinationCidrBlock: ANYWHERE, gatewayId: internet.id },
      { parent },
    );
    // AWS detaches no internet gateway while an address behind it is in use.
    const address = new ec2.Eip(
      `${child}-address`,
      { domain: "vpc", tags: named(child, spec.tags) },
      { parent, dependsOn: [internet] },
    );
    const gateway = new ec2.NatGateway(
      child,
      { subnetId: subnet.id, allocationId: address.id, tags: named(child, spec.tags) },
      { parent, dependsOn: [internet] },
    );
    gateways.set(zone, { gateway, table });
  }
  return gateways;
}
