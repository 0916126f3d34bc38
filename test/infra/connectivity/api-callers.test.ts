import { ApiCallers } from "../../../infra/index.js";
import type { ApiCallersArgs, Cidr } from "../../../infra/index.js";
import { CLUSTER } from "../cluster/support.js";
import { findingsIn } from "../judged.js";
import { planIn } from "../support.js";
import { cidrs, INGRESS, inputsByName } from "./support.js";

const planCallers = (args: Partial<ApiCallersArgs>) =>
  planIn(() => {
    new ApiCallers("ci", { cluster: CLUSTER, ...args });
  });

test("a rule for 443 for each block and each group, named by what it lets in", async () => {
  const made = await planCallers({
    cidrs: cidrs("10.1.0.0/16"),
    securityGroups: { runners: "sg-0a1b2c3d" },
  });
  const https = { ipProtocol: "tcp", fromPort: 443, toPort: 443, securityGroupId: "sg-control-plane" };
  expect(inputsByName(made, INGRESS)).toEqual({
    "ci-at-control-plane-10.1.0.0-16": { ...https, description: "To the Kubernetes API", cidrIpv4: "10.1.0.0/16" },
    "ci-at-control-plane-runners": {
      ...https,
      description: "To the Kubernetes API",
      referencedSecurityGroupId: "sg-0a1b2c3d",
    },
  });
  expect(findingsIn(made)).toEqual([]);
});

test("another caller moves no rule", async () => {
  const [one, two] = await Promise.all([
    planCallers({ cidrs: cidrs("10.1.0.0/16") }),
    planCallers({ cidrs: cidrs("10.2.0.0/16", "10.1.0.0/16") }),
  ]);
  expect(inputsByName(two, INGRESS)).toMatchObject(inputsByName(one, INGRESS));
});

test.each<[string, Partial<ApiCallersArgs>, string]>([
  ["nobody", {}, "'cidrs' must name a caller, got []"],
  ["everybody", { cidrs: cidrs("0.0.0.0/0") }, "'cidrs[0]' must be a /8 or smaller, got '0.0.0.0/0'"],
  ["half of everybody", { cidrs: cidrs("128.0.0.0/1") }, "'cidrs[0]' must be a /8 or smaller, got '128.0.0.0/1'"],
  ["IPv6", { cidrs: cidrs("fd00::/16") }, "'cidrs[0]' must be an IPv4 block, got 'fd00::/16'"],
  ["no block", { cidrs: ["10.1.0.0" as Cidr] }, "'cidrs[0]' must be an address block, got '10.1.0.0'"],
  [
    "one within the other",
    { cidrs: cidrs("10.1.0.0/16", "10.1.2.0/24") },
    "'cidrs[1]' must not overlap 10.1.0.0/16 of the same list, got '10.1.2.0/24'",
  ],
  [
    "more than a security group takes",
    { cidrs: Array.from({ length: 41 }, (_, i) => cidrs(`10.${i}.0.0/16`)[0] ?? ("" as Cidr)) },
    "'cidrs' must hold at most 40 blocks, got 41",
  ],
  [
    "a VPC for a group",
    { securityGroups: { runners: "vpc-0a1b2c3d" } },
    "'securityGroups.runners' must be an id that begins with 'sg-', got 'vpc-0a1b2c3d'",
  ],
  [
    "a name that is no part of a name",
    { securityGroups: { "a/b": "sg-0a1b2c3d" } },
    "'securityGroups' must have names of letters, digits and hyphens, got 'a/b'",
  ],
])("refuses %s", async (_, args, message) => {
  await expect(planCallers(args)).rejects.toThrow(`ApiCallers 'ci':\n  ${message}`);
});
