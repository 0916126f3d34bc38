/** Ways to the internet: which route leads where, in which order things end, and what nodes open. */
import { Cluster, Egress, Network, NodeGroup } from "../../../infra/index.js";
import type { Plan } from "../../../plan/index.js";
import { findingsIn } from "../judged.js";
import {
  inputs,
  LOGS_KEY,
  namesOf,
  planIn,
  REGISTRY_KEY,
  resource,
  SECRETS_KEY,
  VOLUMES_KEY,
  waitsFor,
} from "../support.js";
import { networkPlan } from "./program.js";

const ROUTE = "aws:ec2/route:Route";
const NAT = "aws:ec2/natGateway:NatGateway";
const reason = "the payment provider has no private link";

const routeOf = (plan: Plan, name: string) => inputs(plan, ROUTE, name);

describe("NAT", () => {
  let made: Plan;
  beforeAll(async () => {
    made = await networkPlan({ egress: Egress.nat({ reason }) });
  });

  test("sends each zone's nodes through its own gateway, and nothing else", () => {
    expect(namesOf(made, ROUTE)).toEqual([
      "prod-nat-euw1-az1-internet",
      "prod-nat-euw1-az2-internet",
      "prod-nat-euw1-az3-internet",
      "prod-node-euw1-az1-internet",
      "prod-node-euw1-az2-internet",
      "prod-node-euw1-az3-internet",
    ]);
    expect(routeOf(made, "prod-node-euw1-az2-internet")).toEqual({
      routeTableId: "<id of routeTable prod-routes-node-euw1-az2>",
      destinationCidrBlock: "0.0.0.0/0",
      natGatewayId: "<id of natGateway prod-nat-euw1-az2>",
    });
    expect(routeOf(made, "prod-nat-euw1-az2-internet")).toEqual({
      routeTableId: "<id of routeTable prod-routes-nat-euw1-az2>",
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: "<id of internetGateway prod-internet>",
    });
  });

  test("gives instances beside the gateways no public address", () => {
    expect(inputs(made, "aws:ec2/subnet:Subnet", "prod-nat-euw1-az1")).toMatchObject({
      cidrBlock: "10.0.224.64/28",
      mapPublicIpOnLaunch: false,
    });
  });

  test("ends gateways and their addresses before the internet gateway", () => {
    expect(waitsFor(made, NAT, "prod-nat-euw1-az1")).toContain("prod-internet");
    expect(waitsFor(made, "aws:ec2/eip:Eip", "prod-nat-euw1-az1-address")).toContain("prod-internet");
  });

  test("records the choice and its reason, and the rules have nothing to say", () => {
    expect(resource(made, "ringfence:infra:Network").outputs["relaxations"]).toEqual([
      { choice: "Egress.nat", reason },
    ]);
    expect(findingsIn(made)).toEqual([]);
  });
});

test("a single NAT gateway stands in the zone of the lowest number, whatever the order", async () => {
  const made = await networkPlan({
    zones: ["euw1-az3", "euw1-az2"],
    egress: Egress.nat({ reason, perZone: false }),
  });
  expect(namesOf(made, NAT)).toEqual(["prod-nat-euw1-az2"]);
  expect(routeOf(made, "prod-node-euw1-az3-internet")).toMatchObject({
    routeTableId: "<id of routeTable prod-routes-node-euw1-az3>",
    natGatewayId: "<id of natGateway prod-nat-euw1-az2>",
  });
  expect(namesOf(made, "aws:ec2/subnet:Subnet").filter((name) => name.includes("-nat-"))).toEqual([
    "prod-nat-euw1-az2",
  ]);
});

test.each<[string, Egress, string[]]>([
  ["none", Egress.none(), []],
  ["nat", Egress.nat({ reason }), ["443 prod-nodes-to-internet"]],
  ["external", Egress.external({ reason }), ["443 prod-nodes-to-internet"]],
  [
    "firewall",
    Egress.firewall({ domains: ["api.example.com"], reason }),
    ["443 prod-nodes-to-internet", "80 prod-nodes-to-internet-http"],
  ],
])("nodes open to the internet what %s lets through, and no more", async (_, egress, opened) => {
  const keys = {
    volumesKeyArn: VOLUMES_KEY,
    logsKeyArn: LOGS_KEY,
    secretsKeyArn: SECRETS_KEY,
    registryKeyArn: REGISTRY_KEY,
  };
  const made = await planIn(() => {
    const network = new Network("prod", { keys, egress });
    const cluster = new Cluster("prod", { network, keys, today: new Date("2026-11-21") });
    new NodeGroup("prod-nodes", { network, cluster, keys });
  });
  const RULE = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
  const open = namesOf(made, RULE).filter((name) => inputs(made, RULE, name)["cidrIpv4"] === "0.0.0.0/0");
  expect(open.map((name) => `${String(inputs(made, RULE, name)["toPort"])} ${name}`)).toEqual(opened);
});

test("ways that somebody else makes are left to them", async () => {
  const made = await networkPlan({ egress: Egress.external({ reason: "leaves by the transit gateway" }) });
  expect(namesOf(made, ROUTE)).toEqual([]);
  expect(namesOf(made, "aws:ec2/internetGateway:InternetGateway")).toEqual([]);
  expect(resource(made, "ringfence:infra:Network").outputs["relaxations"]).toEqual([
    { choice: "Egress.external", reason: "leaves by the transit gateway" },
  ]);
});

test.each([
  ["nat", () => Egress.nat({ reason: "need it" })],
  ["firewall", () => Egress.firewall({ domains: ["example.com"], reason: "need it" })],
  ["external", () => Egress.external({ reason: "need it" })],
])("%s asks for a reason", (_, choose) => {
  expect(choose).toThrow("'reason' must say why");
});

test("domains are checked, all of them at once", () => {
  const domains = ["https://example.com", "*.example.com", "*.example.com", "EXAMPLE.com", "10.0.0.1", "*", "a..b"];
  expect(() => Egress.firewall({ domains, reason })).toThrow(
    [
      "Egress.firewall:",
      "  'domains[0]' must be a domain in small letters, got 'https://example.com'. Write 'api.example.com', or '*.example.com' for all names below",
      "  'domains[2]' must name each domain once, got '*.example.com'. Remove the second one",
      "  'domains[3]' must be a domain in small letters, got 'EXAMPLE.com'. Write",
    ].join("\n"),
  );
  for (const i of [4, 5, 6])
    expect(() => Egress.firewall({ domains, reason })).toThrow(`'domains[${i}]' must be a domain`);
  expect(() => Egress.firewall({ domains: [], reason })).toThrow("'domains' must name a domain");
  const many = Array.from({ length: 201 }, (_, i) => `a${i}.example.com`);
  expect(() => Egress.firewall({ domains: many, reason })).toThrow("'domains' must be at most 200 domains, got 201");
});
