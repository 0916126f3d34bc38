import { ResolverInbound } from "../../../infra/index.js";
import type { ResolverInboundArgs } from "../../../infra/index.js";
import type { Plan } from "../../../plan/index.js";
import { NETWORK } from "../cluster/support.js";
import { findingsIn } from "../judged.js";
import { inputs, namesOf, planIn } from "../support.js";
import { cidrs, EGRESS, GROUP, INGRESS, inputsByName } from "./support.js";

const ENDPOINT = "aws:route53/resolverEndpoint:ResolverEndpoint";

const planResolver = (more: Partial<ResolverInboundArgs> = {}, name = "dns", region = "eu-west-1"): Promise<Plan> =>
  planIn(() => {
    new ResolverInbound(name, { network: NETWORK, resolvers: cidrs("10.64.0.0/24"), ...more });
  }, region);

let made: Plan;
beforeAll(async () => {
  made = await planResolver();
});

test("answers in two zones", () => {
  expect(inputs(made, ENDPOINT)).toMatchObject({
    direction: "INBOUND",
    protocols: ["Do53"],
    resolverEndpointType: "IPV4",
    ipAddresses: [{ subnetId: "subnet-endpoint-1" }, { subnetId: "subnet-endpoint-2" }],
    securityGroupIds: ["<id of securityGroup dns>"],
  });
});

test("takes questions of the named resolvers, by UDP and TCP, and asks nobody", () => {
  const rule = {
    securityGroupId: "<id of securityGroup dns>",
    description: "DNS",
    cidrIpv4: "10.64.0.0/24",
    fromPort: 53,
    toPort: 53,
  };
  expect(inputsByName(made, INGRESS)).toEqual({
    "dns-udp-10.64.0.0-24": { ...rule, ipProtocol: "udp" },
    "dns-tcp-10.64.0.0-24": { ...rule, ipProtocol: "tcp" },
  });
  expect(namesOf(made, EGRESS)).toEqual([]);
  expect(inputs(made, GROUP)).not.toHaveProperty("egress");
});

test("our own rules find nothing, in any partition", async () => {
  expect(findingsIn(made)).toEqual([]);
  const china = await planResolver({ network: { ...NETWORK, region: "cn-north-1" } }, "dns", "cn-north-1");
  expect(namesOf(china, ENDPOINT)).toEqual(["dns"]);
});

test.each<[string, Partial<ResolverInboundArgs>, string]>([
  ["nobody who asks", { resolvers: [] }, "'resolvers' must name a block, got []"],
  ["everybody", { resolvers: cidrs("0.0.0.0/0") }, "'resolvers[0]' must be a /8 or smaller, got '0.0.0.0/0'"],
  [
    "the VPC itself, which has a resolver",
    { resolvers: cidrs("10.0.0.0/24") },
    "'resolvers[0]' must not overlap the VPC's block 10.0.0.0/16, got '10.0.0.0/24'",
  ],
  ["one zone", { zones: 1 }, "'zones' must be a whole number from 2 to 2, the network's subnets of endpoints, got 1"],
  [
    "a network in one zone",
    { network: { ...NETWORK, endpoints: { ids: ["subnet-1"], cidrs: cidrs("10.0.193.0/27") } } },
    "'network.endpoints.ids' must hold subnets in two zones, got 1",
  ],
  [
    "what the network's ACLs drop",
    { network: { ...NETWORK, connectedCidrs: cidrs("10.65.0.0/16") } },
    "'resolvers[0]' must lie in the network's `connectedCidrs`, which its network ACLs let through, got '10.64.0.0/24'",
  ],
])("refuses %s", async (_, args, message) => {
  await expect(planResolver(args)).rejects.toThrow(`ResolverInbound 'dns':\n  ${message}`);
});

test("refuses a name that leaves no room", async () => {
  await expect(planResolver({}, "d".repeat(57))).rejects.toThrow(
    "'name' must have at most 56 characters, the names of resolver endpoints have 64",
  );
});
