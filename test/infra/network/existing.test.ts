/** A VPC that is there already, said in plain values: pure, and checked. */
import { Cidr } from "../../../core/cidr.js";
import { Egress, Network } from "../../../infra/index.js";
import type { ExistingNetwork } from "../../../infra/index.js";

const cidrs = (...texts: string[]) => texts.map((text) => Cidr.parse(text));

const GIVEN: ExistingNetwork = {
  region: "eu-west-1",
  vpcId: "vpc-0a1",
  vpcCidrs: cidrs("10.0.0.0/16", "100.64.0.0/16"),
  nodes: { ids: ["subnet-0a1", "subnet-0a2"], cidrs: cidrs("10.0.0.0/20", "10.0.16.0/20") },
  controlPlane: { ids: ["subnet-0b1", "subnet-0b2"], cidrs: cidrs("10.0.240.0/28", "10.0.240.16/28") },
};

const problems = (given: Partial<ExistingNetwork>) => {
  try {
    Network.existing({ ...GIVEN, ...given });
  } catch (error) {
    return (error as Error).message
      .split("\n")
      .slice(1)
      .map((line) => line.trim());
  }
  return [];
};

test("says what others need to know, with what is left out filled in", () => {
  expect(Network.existing(GIVEN)).toEqual({
    ...GIVEN,
    pods: GIVEN.nodes,
    endpoints: GIVEN.nodes,
    loadBalancers: GIVEN.nodes,
    endpointSecurityGroupId: undefined,
    s3PrefixListId: undefined,
    egress: Egress.none(),
    ipFamily: "ipv4",
  });
});

test("takes what is given", () => {
  const given: ExistingNetwork = {
    ...GIVEN,
    pods: { ids: ["subnet-0c1", "subnet-0c2"], cidrs: cidrs("100.64.0.0/17", "100.64.128.0/17") },
    endpoints: { ids: ["subnet-0b1"], cidrs: cidrs("10.0.240.0/28") },
    loadBalancers: { ids: ["subnet-0d1"], cidrs: cidrs("10.0.241.0/27") },
    endpointSecurityGroupId: "sg-0a1",
    s3PrefixListId: "pl-6da54004",
    egress: Egress.external({ reason: "leaves by the transit gateway" }),
    ipFamily: "ipv6",
  };
  expect(Network.existing(given)).toEqual(given);
});

test.each<[string, Partial<ExistingNetwork>, string]>([
  [
    "an unlisted Region",
    { region: "mars-north-1" },
    "'region' must be a Region whose zones are listed, got 'mars-north-1'.",
  ],
  [
    "the id of something else",
    { vpcId: "subnet-0a1" },
    "'vpcId' must be an id that begins with 'vpc-', got 'subnet-0a1'.",
  ],
  ["no block", { vpcCidrs: [] }, "'vpcCidrs' must name a block of the VPC, got []."],
  [
    "a block of IPv6",
    { vpcCidrs: cidrs("10.0.0.0/16", "fd00::/56") },
    "'vpcCidrs[1]' must be an IPv4 block, got 'fd00::/56'.",
  ],
  [
    "one subnet of nodes",
    { nodes: { ids: ["subnet-0a1"], cidrs: cidrs("10.0.0.0/20") } },
    `'nodes.ids' must name two subnets in different zones, got ["subnet-0a1"]. Name one per zone`,
  ],
  [
    "one subnet of the control plane",
    { controlPlane: { ids: ["subnet-0b1"], cidrs: cidrs("10.0.240.0/28") } },
    `'controlPlane.ids' must name two subnets in different zones, got ["subnet-0b1"].`,
  ],
  [
    "the same subnet twice",
    { nodes: { ids: ["subnet-0a1", "subnet-0a1"], cidrs: cidrs("10.0.0.0/20", "10.0.16.0/20") } },
    "'nodes.ids[1]' must name each subnet once, got 'subnet-0a1'. Remove the second one",
  ],
  [
    "blocks for some subnets only",
    { nodes: { ids: ["subnet-0a1", "subnet-0a2"], cidrs: cidrs("10.0.0.0/20") } },
    `'nodes.cidrs' must hold one block per subnet, got ["10.0.0.0/20"]. 2 ids are given`,
  ],
  [
    "a block of another VPC",
    { endpoints: { ids: ["subnet-0e1"], cidrs: cidrs("10.9.0.0/24") } },
    "'endpoints.cidrs[0]' must lie inside `vpcCidrs`, got '10.9.0.0/24'.",
  ],
  [
    "a subnet that no load balancer fits",
    { loadBalancers: { ids: ["subnet-0d1"], cidrs: cidrs("10.0.241.0/28") } },
    "'loadBalancers.cidrs[0]' must be a /27 or larger, got '10.0.241.0/28'.",
  ],
  [
    "a subnet that AWS would not make",
    { controlPlane: { ids: ["subnet-0b1", "subnet-0b2"], cidrs: cidrs("10.0.240.0/29", "10.0.240.16/28") } },
    "'controlPlane.cidrs[0]' must be a /28 or larger, got '10.0.240.0/29'.",
  ],
  [
    "blocks that overlap",
    { endpoints: { ids: ["subnet-0e1"], cidrs: cidrs("10.0.8.0/24") } },
    "'endpoints.cidrs[0]' must not overlap 'nodes.cidrs[0]', 10.0.0.0/20, got '10.0.8.0/24'.",
  ],
  [
    "the same block twice for one purpose",
    { nodes: { ids: ["subnet-0a1", "subnet-0a2"], cidrs: cidrs("10.0.0.0/20", "10.0.0.0/20") } },
    "'nodes.cidrs[1]' must not overlap 'nodes.cidrs[0]', 10.0.0.0/20, got '10.0.0.0/20'.",
  ],
  [
    "no subnet of load balancers",
    { loadBalancers: { ids: [], cidrs: [] } },
    "'loadBalancers.ids' must name a subnet, got [].",
  ],
  [
    "the id of a group",
    { endpointSecurityGroupId: "pl-1" },
    "'endpointSecurityGroupId' must be an id that begins with 'sg-'",
  ],
  [
    "a prefix list by name",
    { s3PrefixListId: "com.amazonaws.s3" },
    "'s3PrefixListId' must be an id that begins with 'pl-'",
  ],
])("refuses %s", (_, given, message) => {
  const found = problems(given);
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(message);
});

test("says all problems at once", () => {
  expect(problems({ region: "mars-north-1", vpcId: "x", vpcCidrs: cidrs("10.0.0.0/16") })).toHaveLength(2);
});
