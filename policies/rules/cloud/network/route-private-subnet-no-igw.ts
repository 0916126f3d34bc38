import type { PlannedResource } from "../../../../plan/model/index.js";
import type { World } from "../../../../plan/world/index.js";
import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { planned, ref, unresolved } from "../../../examples.js";
import { EGRESS_TYPES, gatewayRoutesOf, leadsToInternetGateway } from "../../../lib/egress.js";
import type { ExampleObject } from "../../../model.js";
import { onWorld } from "../../../shapes.js";
import { fail, pass, unknownWhole } from "../../../verdicts.js";

const SUBNET = "aws:ec2/subnet:Subnet";
const TABLE = "aws:ec2/routeTable:RouteTable";
const ROUTE = "aws:ec2/route:Route";
const LINK = "aws:ec2/routeTableAssociation:RouteTableAssociation";

function routed(subnet: ExampleObject, routes: ExampleObject, name = "private-a") {
  return [
    planned(TABLE, "table", { vpcId: "vpc-0123", ...routes }),
    planned(SUBNET, name, { vpcId: "vpc-0123", ...subnet }),
    planned(LINK, "link", { subnetId: ref(name, "id"), routeTableId: ref("table", "id") }),
    planned("aws:ec2/internetGateway:InternetGateway", "gateway", { vpcId: "vpc-0123" }),
  ];
}

const OUT = { routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: ref("gateway", "id") }] };

/**
 * A subnet that the plan calls private has no default route by an internet gateway. Private is what has a name that says so,
 * or the tag by which load balancers find the subnets for internal ones (EKS user guide, "Subnet requirements"). The subnets of
 * nodes, whatever they are called, are judged by `eks-nodegroup-private-subnets`.
 */
export const routePrivateSubnetNoIgw = defineRule({
  id: "route-private-subnet-no-igw",
  title: "private subnets have no route by an internet gateway",
  ring: "cloud",
  severity: "high",
  rationale:
    "What stands in a subnet that is called private is built as if nobody could reach it. With such a route the only thing that is missing is a public address.",
  remediation: 'routes: [{ cidrBlock: "0.0.0.0/0", natGatewayId: nat.id }]',
  references: references("catalogue/rules.csv: NAG VPCNoUnrestrictedRouteToIGW, CKV2_AWS_35", {
    "cis-eks-1.8.0": ["5.4.3"],
    "pci-dss-4": ["1.2.8", "1.3.1", "1.3.2"],
    "nist-800-53": ["CM-7", "AC-4(21)"],
  }),
  since: "0.1.0",
  covers: ["eks-nodegroup-private-subnets"],
  examples: {
    fail: [
      { title: "a subnet that is called private", resources: routed({}, OUT), path: "routes[0].gatewayId" },
      {
        title: "a subnet for internal load balancers, and a route of its own",
        resources: [
          planned(ROUTE, "out", {
            routeTableId: ref("table", "id"),
            destinationIpv6CidrBlock: "::/0",
            gatewayId: "igw-0123",
          }),
          ...routed({ tags: { "kubernetes.io/role/internal-elb": "1" } }, {}, "a"),
        ],
        path: "gatewayId",
      },
    ],
    pass: [
      {
        title: "a NAT gateway leads out only",
        resources: routed({}, { routes: [{ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-0123" }] }),
      },
      {
        title: "only one network is reached by the gateway",
        resources: routed({}, { routes: [{ cidrBlock: "198.51.100.0/24", gatewayId: ref("gateway", "id") }] }),
      },
      { title: "a subnet that is called public", resources: routed({}, OUT, "public-a") },
    ],
    unknown: [
      {
        title: "where a route leads is an output",
        resources: routed({}, { routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: unresolved("string") }] }),
        path: "",
        on: "private-a",
      },
    ],
  },
  ...onWorld([SUBNET, ...EGRESS_TYPES], function* ({ world }) {
    for (const subnet of world.ofType(SUBNET).filter((r) => isCalledPrivate(world, r))) {
      const leads = leadsToInternetGateway(world, subnet);
      const routes = gatewayRoutesOf(world, subnet);
      for (const { resource, at } of routes)
        yield {
          resource,
          verdict: fail(
            at,
            `'${resource.name}' leads from subnet '${subnet.name}', which is called private, to the internet and back`,
          ),
        };
      if (leads === UNKNOWN)
        yield {
          resource: subnet,
          verdict: unknownWhole(
            `whether an internet gateway leads into subnet '${subnet.name}' is not known from this plan`,
          ),
        };
      if (leads === false) yield { resource: subnet, verdict: pass() };
    }
  }),
});

/** Names of subnets that nobody outside is meant to reach. */
const PRIVATE = /(^|[^a-z])(private|internal|isolated|intra)([^a-z]|$)/i;

function isCalledPrivate(world: World, subnet: PlannedResource): boolean {
  const tags = world.inputsOf(subnet).at("tags");
  if (!tags.at("kubernetes.io/role/internal-elb").isAbsent) return true;
  const name = tags.at("Name").string();
  return [subnet.name, name].some((text) => typeof text === "string" && PRIVATE.test(text) && !/public/i.test(text));
}
