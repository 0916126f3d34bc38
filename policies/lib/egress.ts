import type { PlannedResource } from "../../plan/model/index.js";
import type { Cursor, Read, World } from "../../plan/world/index.js";
import { UNKNOWN } from "../../plan/world/index.js";
import { every, some } from "../verdicts.js";
import { openness } from "./addresses.js";

const ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation";
const MAIN_ASSOCIATION = "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation";
const ROUTE_TABLE = "aws:ec2/routeTable:RouteTable";
const ROUTE = "aws:ec2/route:Route";
const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";

/** Wire tokens that decide which way a subnet reaches the internet and the services of AWS. */
export const EGRESS_TYPES = [ASSOCIATION, MAIN_ASSOCIATION, ROUTE_TABLE, ROUTE, ENDPOINT] as const;

/**
 * Whether a subnet has a route to the internet, by whatever gateway. A subnet without a table of its own uses the main one,
 * which has none unless somebody adds it; a table that the plan does not show is unknown.
 */
export function hasWayOut(world: World, subnet: PlannedResource): Read<boolean> {
  return defaultRoute(world, subnet, (w, table) => routesOut(w, table));
}

function defaultRoute(
  world: World,
  subnet: PlannedResource,
  leadsOut: (world: World, table: PlannedResource) => Read<boolean>,
): Read<boolean> {
  return some(tablesOf(world, subnet).map((table) => (table === undefined ? UNKNOWN : leadsOut(world, table))));
}

/** The tables that a subnet uses, its own or the main one; `undefined` for one that the plan does not show. */
function tablesOf(world: World, subnet: PlannedResource): readonly (PlannedResource | undefined)[] {
  const own = world.mentionsOf(subnet.urn).filter((m) => m.resource.type === ASSOCIATION && m.path === "subnetId");
  const vpc = vpcOf(world, subnet);
  const main = vpc === undefined ? [] : world.mentionsOf(vpc.urn).filter((m) => m.resource.type === MAIN_ASSOCIATION);
  return (own.length > 0 ? own : main).map(({ resource }) =>
    world.resolve(resource, world.inputsOf(resource).at("routeTableId")).find((r) => r.type === ROUTE_TABLE),
  );
}

/**
 * Whether a subnet has a route to the internet by an internet gateway, which also leads back in. A subnet without a table of
 * its own uses the main one.
 */
export function leadsToInternetGateway(world: World, subnet: PlannedResource): Read<boolean> {
  return defaultRoute(world, subnet, (w, table) => routesOut(w, table, isByInternetGateway));
}

/** Whether a route names an internet gateway; a gateway that no plan and no id explains may be one. */
function isByInternetGateway(world: World, from: PlannedResource, route: Cursor): Read<boolean> {
  const gateway = route.at("gatewayId");
  if (gateway.isAbsent) return false;
  const [target] = world.resolve(from, gateway);
  if (target !== undefined) return target.type === "aws:ec2/internetGateway:InternetGateway";
  const text = gateway.text();
  return text === UNKNOWN ? UNKNOWN : (text ?? "").startsWith("igw-");
}

type RouteTest = (world: World, from: PlannedResource, route: Cursor) => Read<boolean>;

function routesOut(world: World, table: PlannedResource, meets: RouteTest = () => true): Read<boolean> {
  if (world.inputsOf(table).at("routes").isUnknown) return UNKNOWN;
  return some(
    routesIn(world, table).map(({ resource, at, toEverywhere }) => every([toEverywhere, meets(world, resource, at)])),
  );
}

/** A route of a table, inline or a resource of its own. */
interface Route {
  readonly resource: PlannedResource;
  readonly at: Cursor;
  readonly toEverywhere: Read<boolean>;
}

function routesIn(world: World, table: PlannedResource): readonly Route[] {
  const inline = world
    .inputsOf(table)
    .at("routes")
    .items()
    .map((at): Route => ({ resource: table, at, toEverywhere: isDefault(at, ["cidrBlock", "ipv6CidrBlock"]) }));
  const separate = world
    .mentionsOf(table.urn)
    .filter((m) => m.resource.type === ROUTE && m.path === "routeTableId")
    .map(({ resource }): Route => {
      const at = world.inputsOf(resource);
      return { resource, at, toEverywhere: isDefault(at, ["destinationCidrBlock", "destinationIpv6CidrBlock"]) };
    });
  return [...inline, ...separate];
}

/** A default route by an internet gateway. */
export interface GatewayRoute {
  /** The route, or the table that it stands in. */
  readonly resource: PlannedResource;
  /** Where the gateway is named. */
  readonly at: Cursor;
}

/** The default routes by an internet gateway that lead from a subnet, as far as they are certain. */
export function gatewayRoutesOf(world: World, subnet: PlannedResource): readonly GatewayRoute[] {
  return tablesOf(world, subnet)
    .flatMap((table) => (table === undefined ? [] : routesIn(world, table)))
    .filter(
      ({ resource, at, toEverywhere }) => toEverywhere === true && isByInternetGateway(world, resource, at) === true,
    )
    .map(({ resource, at }) => ({ resource, at: at.at("gatewayId") }));
}

function isDefault(route: Cursor, fields: readonly string[]): Read<boolean> {
  return some(
    fields.map((field) => {
      const block = route.at(field).string();
      return block === UNKNOWN ? UNKNOWN : block !== undefined && openness(block) === "world";
    }),
  );
}

/** The VPC that a subnet, or an endpoint, names. */
export function vpcOf(world: World, resource: PlannedResource): PlannedResource | undefined {
  return world.resolve(resource, world.inputsOf(resource).at("vpcId")).find((r) => r.type === "aws:ec2/vpc:Vpc");
}

/**
 * The services of AWS that a VPC has endpoints for: `ecr.api`, `s3`. `undefined` when the name of one of its endpoints is
 * not known. An interface endpoint without private DNS is left out: clients would not find it.
 */
export function endpointServices(world: World, vpc: PlannedResource): ReadonlySet<string> | undefined {
  const services = new Set<string>();
  for (const endpoint of world.ofType(ENDPOINT)) {
    if (vpcOf(world, endpoint) !== vpc) continue;
    const inputs = world.inputsOf(endpoint);
    const name = inputs.at("serviceName").text();
    if (name === UNKNOWN) return undefined;
    const isInterface = inputs.at("vpcEndpointType").string() === "Interface";
    if (isInterface && inputs.at("privateDnsEnabled").boolean() !== true) continue;
    const [, service] = /com\.amazonaws\.[^.]+\.(.+)$/.exec(name ?? "") ?? [];
    if (service !== undefined) services.add(service);
  }
  return services;
}
