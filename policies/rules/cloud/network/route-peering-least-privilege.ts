import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { openness } from "../../../lib/addresses.js";
import { onResource } from "../../../shapes.js";
import { expectString, pass, unknown } from "../../../verdicts.js";

const ROUTE = "aws:ec2/route:Route";
const TABLE = "aws:ec2/routeTable:RouteTable";

/** A route over a peering names the part of the other network that is used, not the internet. */
export const routePeeringLeastPrivilege = defineRule({
  id: "route-peering-least-privilege",
  title: "a peering is used for named networks only",
  ring: "cloud",
  severity: "medium",
  rationale:
    "A default route over a peering sends everything that knows no better way into the network of somebody else.",
  remediation: 'destinationCidrBlock: "10.1.4.0/24"',
  references: references("catalogue/rules.csv: CKV2_AWS_44, PRW", { "cis-aws-7": ["6.6"] }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "a default route",
        resources: [
          planned(ROUTE, "peer", {
            routeTableId: "rtb-0123",
            destinationCidrBlock: "0.0.0.0/0",
            vpcPeeringConnectionId: "pcx-0123",
          }),
        ],
        path: "destinationCidrBlock",
      },
      {
        title: "inline",
        resources: [
          planned(TABLE, "table", {
            vpcId: "vpc-0123",
            routes: [{ ipv6CidrBlock: "::/0", vpcPeeringConnectionId: unresolved("string") }],
          }),
        ],
        path: "routes[0].ipv6CidrBlock",
      },
    ],
    pass: [
      {
        title: "one network",
        resources: [
          planned(ROUTE, "peer", {
            routeTableId: "rtb-0123",
            destinationCidrBlock: "10.1.4.0/24",
            vpcPeeringConnectionId: "pcx-0123",
          }),
        ],
      },
      {
        title: "a default route elsewhere",
        resources: [
          planned(TABLE, "table", {
            vpcId: "vpc-0123",
            routes: [{ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-0123" }],
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "the network is an output",
        resources: [
          planned(ROUTE, "peer", {
            routeTableId: "rtb-0123",
            destinationCidrBlock: unresolved("string"),
            vpcPeeringConnectionId: "pcx-0123",
          }),
        ],
        path: "destinationCidrBlock",
      },
    ],
  },
  ...onResource([ROUTE, TABLE], ({ resource, inputs }) => {
    const undecided = `what '${resource.name}' sends over a peering is not known before the deployment`;
    const list = inputs.at("routes");
    if (list.isUnknown) return unknown(list, undecided);
    const routes = resource.type === TABLE ? list.items() : [inputs];
    return routes.flatMap((route) => {
      if (route.at("vpcPeeringConnectionId").isAbsent) return [pass()];
      return ["destinationCidrBlock", "destinationIpv6CidrBlock", "cidrBlock", "ipv6CidrBlock"]
        .map((field) => route.at(field))
        .filter((block) => !block.isAbsent)
        .map((block) =>
          expectString(block, {
            absent: "",
            accept: (text) => openness(text ?? "") !== "world",
            message: `'${resource.name}' sends all traffic without another way over a peering`,
            undecided,
          }),
        );
    });
  }),
});
