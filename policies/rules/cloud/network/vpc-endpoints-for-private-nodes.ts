import type { PlannedResource } from "../../../../plan/model/index.js";
import type { World } from "../../../../plan/world/index.js";
import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { planned, ref, unresolved } from "../../../examples.js";
import { EGRESS_TYPES, endpointServices, hasWayOut, leadsToInternetGateway, vpcOf } from "../../../lib/egress.js";
import { NEEDED_BY_NODES } from "../../../lib/endpoint-needs.js";
import type { ExampleObject } from "../../../model.js";
import { onResource } from "../../../shapes.js";
import { every, fail, negate, notApplicable, pass, some, unknown } from "../../../verdicts.js";

const GROUP = "aws:eks/nodeGroup:NodeGroup";
const SUBNET = "aws:ec2/subnet:Subnet";
const VPC = "aws:ec2/vpc:Vpc";

/** What nodes and what runs on them call all day: besides what nodes need at all, tokens of roles, and logs. */
const SERVICES = [...NEEDED_BY_NODES, "sts", "logs"];

function network(route: ExampleObject, services: readonly string[], more: ExampleObject = {}) {
  return [
    planned(GROUP, "workers", { clusterName: "prod", nodeRoleArn: "arn", subnetIds: [ref("a", "id")] }),
    planned(VPC, "network", {}),
    planned(SUBNET, "a", { vpcId: ref("network", "id") }),
    planned("aws:ec2/routeTable:RouteTable", "table", {
      vpcId: ref("network", "id"),
      routes: [{ cidrBlock: "0.0.0.0/0", ...route }],
    }),
    planned("aws:ec2/routeTableAssociation:RouteTableAssociation", "link", {
      subnetId: ref("a", "id"),
      routeTableId: ref("table", "id"),
    }),
    ...services.map((service) =>
      planned("aws:ec2/vpcEndpoint:VpcEndpoint", service, {
        vpcId: ref("network", "id"),
        serviceName: `com.amazonaws.eu-west-1.${service}`,
        vpcEndpointType: service === "s3" ? "Gateway" : "Interface",
        ...(service === "s3" ? {} : { privateDnsEnabled: true }),
        ...more,
      }),
    ),
  ];
}

const NAT = { natGatewayId: "nat-0123" };

/**
 * Private nodes that have a way out reach the services of AWS by endpoints all the same. Nodes without any way out are judged by
 * `private-cluster-endpoint-closure`, since they do not even start; nodes in public subnets by `eks-nodegroup-private-subnets`.
 */
export const vpcEndpointsForPrivateNodes = defineRule({
  id: "vpc-endpoints-for-private-nodes",
  title: "private nodes reach AWS by endpoints",
  ring: "cloud",
  severity: "medium",
  rationale:
    "Without endpoints images, tokens and logs leave by the NAT gateway, which has to let everything out: no policy says which bucket or account they may go to.",
  remediation:
    'new aws.ec2.VpcEndpoint("ecr", { vpcId: vpc.id, serviceName: "com.amazonaws.eu-west-1.ecr.api", vpcEndpointType: "Interface", privateDnsEnabled: true, subnetIds })',
  references: references("catalogue/rules.csv: steampipe EC2.55/56/57 controls, PRW vpc_endpoint_for_ec2_enabled", {
    "aws-security-hub": ["EC2.10", "EC2.55", "EC2.56", "EC2.57"],
    "pci-dss-4": ["1.2.8", "1.3.1", "1.3.2"],
    hipaa: ["164.314(b)(1)", "164.314(b)(2)"],
    "nist-csf-2": ["PR.IR-01"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "a NAT gateway and no endpoint", resources: network(NAT, []), path: "subnetIds" },
      {
        title: "endpoints that names do not lead to",
        resources: network(NAT, SERVICES, { privateDnsEnabled: false }),
        path: "subnetIds",
      },
    ],
    pass: [
      { title: "endpoints for all of them", resources: network(NAT, SERVICES) },
      {
        title: "nodes without a way out are for another rule",
        resources: [
          ...network(NAT, SERVICES),
          planned(GROUP, "closed", { clusterName: "prod", nodeRoleArn: "arn", subnetIds: [ref("b", "id")] }),
          planned(SUBNET, "b", { vpcId: ref("network", "id") }),
        ],
      },
    ],
    unknown: [
      {
        title: "what an endpoint is for is an output",
        resources: network(NAT, ["s3"], { serviceName: unresolved("string") }),
        path: "subnetIds",
      },
    ],
  },
  ...onResource([GROUP, SUBNET, VPC, ...EGRESS_TYPES], ({ resource, inputs, world }) => {
    if (resource.type !== GROUP) return notApplicable("node groups are judged");
    const at = inputs.at("subnetIds");
    const subnets = (at.isUnknown ? [at] : at.items())
      .flatMap((id) => world.resolve(resource, id))
      .filter((r) => r.type === SUBNET);
    const leads = some(subnets.map((subnet) => isPrivateWithWayOut(world, subnet)));
    const [vpc] = subnets.flatMap((subnet) => vpcOf(world, subnet) ?? []);
    if (leads === false || vpc === undefined)
      return notApplicable("its subnets are public, have no way out, or are not in this plan");
    const services = endpointServices(world, vpc);
    if (services === undefined || leads === UNKNOWN)
      return unknown(at, `how node group '${resource.name}' reaches the services of AWS is not known from this plan`);
    const missing = SERVICES.filter((service) => !services.has(service));
    return missing.length === 0
      ? pass()
      : fail(
          at,
          `what nodes of '${resource.name}' ask of ${missing.join(", ")} leaves VPC '${vpc.name}' by its way out to the internet`,
        );
  }),
});

function isPrivateWithWayOut(world: World, subnet: PlannedResource) {
  return every([hasWayOut(world, subnet), negate(leadsToInternetGateway(world, subnet))]);
}
