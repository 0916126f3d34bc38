import * as aws from "@pulumi/aws";
import { AttachmentSubnets, TransitGatewayAttachment } from "../../../infra/index.js";
import type { TransitGatewayAttachmentArgs } from "../../../infra/index.js";
import { compareWithPrevious } from "../../../plan/engine/operations.js";
import type { Plan } from "../../../plan/index.js";
import { CLUSTER, NETWORK } from "../cluster/support.js";
import { findingsIn } from "../judged.js";
import { inputs, namesOf, planIn, waitsFor } from "../support.js";
import { cidrs, INGRESS, inputsByName, ROUTE } from "./support.js";

const ATTACHMENT = "aws:ec2transitgateway/vpcAttachment:VpcAttachment";
const SUBNET = "aws:ec2/subnet:Subnet";

const ARGS: TransitGatewayAttachmentArgs = {
  network: NETWORK,
  cluster: CLUSTER,
  transitGatewayId: "tgw-0a1b2c3d",
  cidrs: cidrs("10.64.0.0/16", "10.65.0.0/16"),
  routeTableIds: ["rtb-0a1b2c3d"],
  apiCallers: cidrs("10.64.8.0/24"),
};

const planAttachment = (more: Partial<TransitGatewayAttachmentArgs> = {}, region = "eu-west-1"): Promise<Plan> =>
  planIn(() => {
    new TransitGatewayAttachment("hub", { ...ARGS, ...more });
  }, region);

let made: Plan;
beforeAll(async () => {
  made = await planAttachment();
});

test("attaches the control plane's subnets, and joins no default route table", () => {
  expect(inputs(made, ATTACHMENT)).toMatchObject({
    transitGatewayId: "tgw-0a1b2c3d",
    vpcId: "vpc-1",
    subnetIds: ["subnet-control-plane-1", "subnet-control-plane-2"],
    applianceModeSupport: "disable",
    transitGatewayDefaultRouteTableAssociation: false,
    transitGatewayDefaultRouteTablePropagation: false,
  });
  expect(namesOf(made, SUBNET)).toEqual([]);
});

test("routes lead to the named blocks, once the attachment is there", () => {
  expect(inputsByName(made, ROUTE)).toEqual({
    "hub-route-1-10.64.0.0-16": {
      routeTableId: "rtb-0a1b2c3d",
      destinationCidrBlock: "10.64.0.0/16",
      transitGatewayId: "tgw-0a1b2c3d",
    },
    "hub-route-1-10.65.0.0-16": {
      routeTableId: "rtb-0a1b2c3d",
      destinationCidrBlock: "10.65.0.0/16",
      transitGatewayId: "tgw-0a1b2c3d",
    },
  });
  expect(waitsFor(made, ROUTE, "hub-route-1-10.64.0.0-16")).toContain("hub");
});

test("only the callers may call the API", () => {
  expect(inputsByName(made, INGRESS)).toEqual({
    "hub-at-control-plane-10.64.8.0-24": {
      securityGroupId: "sg-control-plane",
      description: "To the Kubernetes API",
      cidrIpv4: "10.64.8.0/24",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
    },
  });
});

test("our own rules find nothing", () => {
  expect(findingsIn(made)).toEqual([]);
});

test("subnets of its own, in a route table without a way out", async () => {
  const [a, b] = cidrs("10.0.255.0/28", "10.0.255.16/28");
  if (a === undefined || b === undefined) throw new Error("two blocks");
  const own = await planAttachment({ subnets: AttachmentSubnets.own({ "euw1-az1": a, "euw1-az2": b }) });
  expect(inputsByName(own, SUBNET)).toEqual({
    "hub-attachment-euw1-az1": {
      vpcId: "vpc-1",
      cidrBlock: "10.0.255.0/28",
      availabilityZoneId: "euw1-az1",
      mapPublicIpOnLaunch: false,
    },
    "hub-attachment-euw1-az2": {
      vpcId: "vpc-1",
      cidrBlock: "10.0.255.16/28",
      availabilityZoneId: "euw1-az2",
      mapPublicIpOnLaunch: false,
    },
  });
  expect(inputs(own, ATTACHMENT)["subnetIds"]).toEqual([
    "<id of subnet hub-attachment-euw1-az1>",
    "<id of subnet hub-attachment-euw1-az2>",
  ]);
  expect(namesOf(own, "aws:ec2/routeTableAssociation:RouteTableAssociation")).toEqual([
    "hub-attachment-euw1-az1-routes",
    "hub-attachment-euw1-az2-routes",
  ]);
  expect(namesOf(own, ROUTE).filter((name) => name.includes("attachment"))).toEqual([]);
  const within = { action: "allow", protocol: "-1", fromPort: 0, toPort: 0 };
  const rules = [
    { ...within, ruleNo: 100, cidrBlock: "10.0.0.0/16" },
    { ...within, ruleNo: 110, cidrBlock: "10.64.0.0/16" },
    { ...within, ruleNo: 120, cidrBlock: "10.65.0.0/16" },
  ];
  expect(inputs(own, "aws:ec2/networkAcl:NetworkAcl")).toMatchObject({
    subnetIds: ["<id of subnet hub-attachment-euw1-az1>", "<id of subnet hub-attachment-euw1-az2>"],
    ingress: rules,
    egress: rules,
  });
  expect(findingsIn(own)).toEqual([]);
});

test("subnets, tables of the gateway and appliance mode by choice", async () => {
  const other = await planAttachment({
    subnets: AttachmentSubnets.given(["subnet-0a1b"]),
    gatewayRouteTableId: "tgw-rtb-0a1b",
    propagateTo: { shared: "tgw-rtb-0c1d" },
    applianceMode: true,
  });
  expect(inputs(other, ATTACHMENT)).toMatchObject({ subnetIds: ["subnet-0a1b"], applianceModeSupport: "enable" });
  expect(inputsByName(other, "aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation")).toEqual({
    "hub-association": {
      transitGatewayAttachmentId: "<id of vpcAttachment hub>",
      transitGatewayRouteTableId: "tgw-rtb-0a1b",
    },
  });
  expect(inputsByName(other, "aws:ec2transitgateway/routeTablePropagation:RouteTablePropagation")).toEqual({
    "hub-propagation-shared": {
      transitGatewayAttachmentId: "<id of vpcAttachment hub>",
      transitGatewayRouteTableId: "tgw-rtb-0c1d",
    },
  });
});

test("a shared gateway is accepted by its owner's provider, which sets its tables", async () => {
  const shared = await planIn(() => {
    const provider = new aws.Provider("hub-account", { region: "eu-west-1" });
    const tables = { gatewayRouteTableId: "tgw-rtb-0a1b", propagateTo: { shared: "tgw-rtb-0c1d" } };
    new TransitGatewayAttachment("hub", { ...ARGS, ...tables, shared: { provider } });
  });
  expect(inputs(shared, ATTACHMENT)).not.toHaveProperty("transitGatewayDefaultRouteTableAssociation");
  expect(inputs(shared, "aws:ec2transitgateway/vpcAttachmentAccepter:VpcAttachmentAccepter")).toMatchObject({
    transitGatewayAttachmentId: "<id of vpcAttachment hub>",
    transitGatewayDefaultRouteTableAssociation: false,
    transitGatewayDefaultRouteTablePropagation: false,
  });
  const theirs = shared.resources.filter((r) => JSON.stringify(r.provider ?? null).includes("hub-account"));
  expect(theirs.map((r) => r.name).sort()).toEqual(["hub-accepter", "hub-association", "hub-propagation-shared"]);
  expect(waitsFor(shared, ROUTE, "hub-route-1-10.64.0.0-16")).toContain("hub-accepter");
  expect(findingsIn(shared)).toEqual([]);
});

test("without that provider its owner does it", async () => {
  const shared = await planAttachment({ shared: {} });
  expect(inputs(shared, ATTACHMENT)).not.toHaveProperty("transitGatewayDefaultRouteTablePropagation");
  expect(namesOf(shared, "aws:ec2transitgateway/vpcAttachmentAccepter:VpcAttachmentAccepter")).toEqual([]);
});

test("another caller, block or zone replaces nothing, another gateway the attachment", async () => {
  const third = { ids: [...NETWORK.controlPlane.ids, "subnet-control-plane-3"], cidrs: NETWORK.controlPlane.cidrs };
  const operations = (after: Plan) =>
    compareWithPrevious(after, made, [])
      .resources.filter((r) => r.operation !== "same")
      .map((r) => `${r.operation ?? ""} ${r.name}`)
      .sort();
  const more = await planAttachment({
    network: { ...NETWORK, controlPlane: third },
    cidrs: [...cidrs("10.66.0.0/16"), ...ARGS.cidrs],
    apiCallers: [...cidrs("10.66.1.0/24"), ...ARGS.apiCallers],
  });
  expect(operations(more)).toEqual([
    "create hub-at-control-plane-10.66.1.0-24",
    "create hub-route-1-10.66.0.0-16",
    "update hub",
  ]);
  expect(operations(await planAttachment({ transitGatewayId: "tgw-0d" }))).toContain("replace hub");
});

test("works in the other partitions", async () => {
  for (const region of ["cn-north-1", "us-gov-west-1"]) {
    const there = await planAttachment({ network: { ...NETWORK, region } }, region);
    expect(namesOf(there, ATTACHMENT)).toEqual(["hub"]);
  }
});

const own = (zone: string, text: string) =>
  AttachmentSubnets.own(Object.fromEntries(cidrs(text).map((c) => [zone, c])));

test.each<[string, Partial<TransitGatewayAttachmentArgs>, string]>([
  [
    "another kind of gateway",
    { transitGatewayId: "vgw-0a1b" },
    "'transitGatewayId' must be an id that begins with 'tgw-', got 'vgw-0a1b'",
  ],
  [
    "a route table of a gateway for the gateway",
    { transitGatewayId: "tgw-rtb-0a1b" },
    "'transitGatewayId' must be an id that begins with 'tgw-', got 'tgw-rtb-0a1b'",
  ],
  ["nothing behind the gateway", { cidrs: [], apiCallers: [] }, "'cidrs' must name a block, got []"],
  ["everything", { cidrs: cidrs("0.0.0.0/0"), apiCallers: [] }, "'cidrs[0]' must be a /8 or smaller, got '0.0.0.0/0'"],
  [
    "the VPC's own addresses",
    { cidrs: cidrs("10.0.128.0/17"), apiCallers: [] },
    "'cidrs[0]' must not overlap the VPC's block 10.0.0.0/16, got '10.0.128.0/17'",
  ],
  [
    "the addresses of Services",
    { cidrs: cidrs("172.16.0.0/12"), apiCallers: [] },
    "'cidrs[0]' must not overlap the cluster's Services 172.20.0.0/16, got '172.16.0.0/12'",
  ],
  ["no route table", { routeTableIds: [] }, "'routeTableIds' must name a route table, got []"],
  [
    "a route table twice",
    { routeTableIds: ["rtb-0a1b", "rtb-0a1b"] },
    "'routeTableIds[1]' must name each table once, got 'rtb-0a1b'",
  ],
  [
    "a subnet for a route table",
    { routeTableIds: ["subnet-0a1b"] },
    "'routeTableIds[0]' must be an id that begins with 'rtb-', got 'subnet-0a1b'",
  ],
  [
    "a caller that is not behind the gateway",
    { apiCallers: cidrs("10.99.0.0/24") },
    "'apiCallers[0]' must lie in a block of `cidrs`, got '10.99.0.0/24'",
  ],
  [
    "a route table of the VPC for one of the gateway",
    { gatewayRouteTableId: "rtb-0a1b" },
    "'gatewayRouteTableId' must be an id that begins with 'tgw-rtb-', got 'rtb-0a1b'",
  ],
  [
    "the same to learn from",
    { propagateTo: { shared: "rtb-0a1b" } },
    "'propagateTo.shared' must be an id that begins with 'tgw-rtb-', got 'rtb-0a1b'",
  ],
  [
    "tables of a gateway that somebody else owns",
    { shared: {}, gatewayRouteTableId: "tgw-rtb-0a1b" },
    "'gatewayRouteTableId' must stand beside `shared.provider`, by which it is set, got 'a value'",
  ],
  ["no subnet", { subnets: AttachmentSubnets.given([]) }, "'subnets' must name a subnet, got []"],
  [
    "a subnet twice",
    { subnets: AttachmentSubnets.given(["subnet-0a1b", "subnet-0a1b"]) },
    "'subnets[1]' must name each subnet once, got 'subnet-0a1b'",
  ],
  ["no block of its own", { subnets: AttachmentSubnets.own({}) }, "'subnets' must name a block, got {}"],
  [
    "more blocks than an ACL takes",
    {
      subnets: own("euw1-az1", "10.0.255.0/28"),
      cidrs: cidrs(...Array.from({ length: 20 }, (_, i) => `10.${64 + i}.0.0/16`)),
    },
    "'cidrs' must be at most 19 beside subnets of their own, whose ACL has 20 rules, got 20",
  ],
  [
    "a zone of another Region",
    { subnets: own("use1-az1", "10.0.255.0/28") },
    "'subnets' must be by zone ids of eu-west-1, got 'use1-az1'. It has euw1-az1, euw1-az2, euw1-az3",
  ],
  [
    "a subnet smaller than AWS makes",
    { subnets: own("euw1-az1", "10.0.255.0/29") },
    "'subnets['euw1-az1']' must be a block of /28 or larger, got '10.0.255.0/29'",
  ],
  [
    "a subnet outside of the VPC",
    { subnets: own("euw1-az1", "10.9.255.0/28") },
    "'subnets['euw1-az1']' must lie in a block of `network.vpcCidrs`, got '10.9.255.0/28'",
  ],
  [
    "a subnet where one is",
    { subnets: own("euw1-az1", "10.0.192.0/28") },
    "'subnets['euw1-az1']' must not overlap the subnet 10.0.192.0/28, got '10.0.192.0/28'",
  ],
  [
    "what the network's ACLs drop",
    { network: { ...NETWORK, connectedCidrs: cidrs("10.65.0.0/16") } },
    "'apiCallers[0]' must lie in the network's `connectedCidrs`, which its network ACLs let through, got '10.64.8.0/24'",
  ],
])("refuses %s", async (_, args, message) => {
  await expect(planAttachment(args)).rejects.toThrow(`TransitGatewayAttachment 'hub':\n  ${message}`);
});
