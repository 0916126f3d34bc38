/** Endpoints, gateways, addresses, load balancers. */
import type { PriceKey } from "../../core/data/prices.js";
import type { Charge, Meter } from "../charge.js";
import { counted, perItem, unknown } from "../charge.js";

/** An interface endpoint costs in each zone that it is in; a gateway endpoint costs nothing. */
export const vpcEndpoint: Meter = (_endpoint, inputs) => {
  const part = "VPC endpoints";
  const kind = inputs.at("vpcEndpointType");
  if (kind.isAbsent || kind.string() === "Gateway") return [];
  if (kind.string() !== "Interface")
    return [{ part, reason: "noPrice", detail: "no price of endpoints that are neither interface nor gateway" }];
  const subnets = inputs.at("subnetIds");
  return [
    subnets.isAbsent
      ? unknown(part, "in how many zones they are is not said")
      : perItem(part, "endpoint", subnets, "zones"),
  ];
};

/** A zonal NAT gateway. A regional one costs by the zones that AWS puts it into. */
export const natGateway: Meter = (_gateway, inputs) => [
  inputs.at("availabilityMode").string() === "regional"
    ? unknown("NAT gateways", "AWS decides in how many zones a regional one is")
    : counted("NAT gateways", "natGateway", 1),
];

/** A firewall costs in each zone that it has an endpoint in. */
export const firewall: Meter = (_firewall, inputs) => [
  perItem("firewall endpoints", "firewallEndpoint", inputs.at("subnetMappings"), "zones"),
];

/** The addresses of a resolver endpoint. */
export const resolverEndpoint: Meter = (_endpoint, inputs) => [
  perItem("resolver addresses", "resolverAddress", inputs.at("ipAddresses"), "addresses"),
];

const BALANCERS: Readonly<Record<string, PriceKey>> = {
  application: "applicationLoadBalancer",
  network: "networkLoadBalancer",
};

/** A load balancer, with a public address in each zone unless it is internal. */
export const loadBalancer: Meter = (_balancer, inputs) => {
  const part = "load balancers";
  const kind = inputs.at("loadBalancerType");
  const name = kind.isAbsent ? "application" : kind.string();
  const priced = typeof name === "string" ? BALANCERS[name] : undefined;
  if (priced === undefined) return [{ part, reason: "noPrice", detail: "no price of load balancers of this kind" }];
  return [counted(part, priced, 1), ...addresses(inputs.at("internal").boolean() === true, inputs.at("subnets"))];
};

function addresses(internal: boolean, subnets: Parameters<typeof perItem>[2]): readonly Charge[] {
  if (internal || subnets.isAbsent) return [];
  return [perItem("public addresses", "publicAddress", subnets, "zones of load balancers")];
}

/** Something that costs the same in any form. */
export function flat(part: string, priced: PriceKey): Meter {
  return () => [counted(part, priced, 1)];
}
