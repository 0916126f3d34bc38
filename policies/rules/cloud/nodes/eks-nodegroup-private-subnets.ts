import type { PlannedResource } from "../../../../plan/model/index.js";
import type { World } from "../../../../plan/world/index.js";
import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { planned, ref } from "../../../examples.js";
import { EGRESS_TYPES, gatewayRoutesOf, leadsToInternetGateway } from "../../../lib/egress.js";
import type { ExampleObject } from "../../../model.js";
import { onResource } from "../../../shapes.js";
import type { FailureDetails } from "../../../verdicts.js";
import { fail, notApplicable, pass, some, unknown } from "../../../verdicts.js";

const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
const SUBNET = "aws:ec2/subnet:Subnet";
const TABLE = "aws:ec2/routeTable:RouteTable";
const LINK = "aws:ec2/routeTableAssociation:RouteTableAssociation";
const GROUP = planned(NODE_GROUP, "workers", { clusterName: "prod", subnetIds: [ref("a", "id")] });

function routed(route: ExampleObject) {
  return [
    GROUP,
    planned(SUBNET, "a", { vpcId: "vpc-0123" }),
    planned(TABLE, "table", { vpcId: "vpc-0123", routes: [{ cidrBlock: "0.0.0.0/0", ...route }] }),
    planned(LINK, "link", { subnetId: ref("a", "id"), routeTableId: ref("table", "id") }),
  ];
}

/** The subnets of a node group give no public addresses and have no route to an internet gateway. */
export const eksNodegroupPrivateSubnets = defineRule({
  id: "eks-nodegroup-private-subnets",
  title: "nodes live in private subnets",
  ring: "cloud",
  severity: "high",
  rationale:
    "In a public subnet one wrong security group, or one address too many, puts a kubelet and every NodePort on the internet.",
  remediation: "subnetIds: privateSubnets.map((subnet) => subnet.id)",
  references: references(
    "catalogue/rules.csv: C-0229† (tests endpoint, not subnets), PRW eks_cluster_private_nodes_enabled, HE deploy_workers_onto_private_subnets",
    { "cis-eks-1.8.0": ["5.4.3"], "owasp-k8s": ["K06"] },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "the subnet gives public addresses",
        resources: [GROUP, planned(SUBNET, "a", { vpcId: "vpc-0123", mapPublicIpOnLaunch: true })],
        path: "subnetIds[0]",
      },
      {
        title: "the subnet's route leads to an internet gateway",
        resources: [
          ...routed({ gatewayId: ref("igw", "id") }),
          planned("aws:ec2/internetGateway:InternetGateway", "igw", { vpcId: "vpc-0123" }),
        ],
        path: "subnetIds[0]",
      },
    ],
    pass: [
      { title: "no route out", resources: [GROUP, planned(SUBNET, "a", { vpcId: "vpc-0123" })] },
      { title: "a NAT gateway leads out only", resources: routed({ natGatewayId: "nat-0123" }) },
    ],
    unknown: [
      {
        title: "the subnets are not in this plan",
        resources: [planned(NODE_GROUP, "workers", { clusterName: "prod", subnetIds: ["subnet-0123"] })],
        path: "subnetIds[0]",
      },
    ],
  },
  ...onResource([NODE_GROUP, SUBNET, ...EGRESS_TYPES], ({ resource: group, inputs, world }) => {
    if (group.type !== NODE_GROUP) return notApplicable("node groups are judged");
    const list = inputs.at("subnetIds");
    return (list.isUnknown ? [list] : list.items()).map((id) => {
      const [subnet] = world.resolve(group, id).filter(({ type }) => type === SUBNET);
      const undecided = `whether the subnets of node group '${group.name}' are private is not known from this plan`;
      if (subnet === undefined) return unknown(id, undecided);
      const gives = world.inputsOf(subnet).at("mapPublicIpOnLaunch").boolean() ?? false;
      const isPublic = some([gives, leadsToInternetGateway(world, subnet)]);
      if (isPublic === UNKNOWN) return unknown(id, undecided);
      return isPublic
        ? fail(
            id,
            `nodes of '${group.name}' live in subnet '${subnet.name}', which ${gives === true ? "gives public addresses" : "an internet gateway leads into"}`,
            causeOf(world, subnet, gives === true),
          )
        : pass();
    });
  }),
});

/** The route that makes a subnet public, where that is all that does. */
function causeOf(world: World, subnet: PlannedResource, givesAddresses: boolean): FailureDetails {
  const [route] = givesAddresses ? [] : gatewayRoutesOf(world, subnet);
  return route === undefined ? {} : { under: route.resource };
}
