import fc from "fast-check";
import { Cidr } from "../../../core/cidr.js";
import type { ZoneId } from "../../../core/data/regions.js";
import { planSubnets, subnetIssues } from "../../../infra/index.js";

const ZONES: readonly ZoneId[] = ["use1-az1", "use1-az2", "use1-az3", "use1-az4", "use1-az5", "use1-az6"];

const vpcCidr = fc
  .tuple(fc.integer({ min: 16, max: 18 }), fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 3 }))
  .map(([length, second, quarter]) => {
    const third = length === 16 ? 0 : length === 17 ? (quarter % 2) * 128 : quarter * 64;
    return Cidr.parse(`10.${second}.${third}.0/${length}`);
  });
const zones = fc.shuffledSubarray([...ZONES], { minLength: 2 });

test("divides a /16 over three zones into these subnets", () => {
  const plan = planSubnets({ vpcCidr: Cidr.parse("10.0.0.0/16"), zones: ["euw1-az1", "euw1-az2", "euw1-az3"] });
  expect(plan.map(({ tier, zone, cidr }) => `${tier} ${zone} ${cidr}`)).toEqual([
    "node euw1-az1 10.0.0.0/19",
    "endpoint euw1-az1 10.0.224.0/26",
    "public euw1-az1 10.0.224.64/26",
    "control-plane euw1-az1 10.0.224.128/28",
    "load-balancer euw1-az1 10.0.224.192/26",
    "node euw1-az2 10.0.32.0/19",
    "endpoint euw1-az2 10.0.228.0/26",
    "public euw1-az2 10.0.228.64/26",
    "control-plane euw1-az2 10.0.228.128/28",
    "load-balancer euw1-az2 10.0.228.192/26",
    "node euw1-az3 10.0.64.0/19",
    "endpoint euw1-az3 10.0.232.0/26",
    "public euw1-az3 10.0.232.64/26",
    "control-plane euw1-az3 10.0.232.128/28",
    "load-balancer euw1-az3 10.0.232.192/26",
  ]);
});

test("gives every subnet aligned addresses of its own inside the VPC", () => {
  fc.assert(
    fc.property(vpcCidr, zones, (vpc, chosen) => {
      const cidrs = planSubnets({ vpcCidr: vpc, zones: chosen }).map(({ cidr }) => cidr);
      expect(cidrs).toHaveLength(5 * chosen.length);
      // Parsing refuses host bits, so what parses is aligned.
      expect(cidrs.filter((cidr) => Cidr.tryParse(cidr) !== cidr || !Cidr.contains(vpc, cidr))).toEqual([]);
      expect(cidrs.filter((cidr, i) => cidrs.slice(i + 1).some((other) => Cidr.overlaps(cidr, other)))).toEqual([]);
    }),
  );
});

test("moves nothing when a zone is added, removed or named in another order", () => {
  fc.assert(
    fc.property(vpcCidr, zones, (vpc, chosen) => {
      const all = planSubnets({ vpcCidr: vpc, zones: ZONES });
      for (const subnet of planSubnets({ vpcCidr: vpc, zones: chosen })) expect(all).toContainEqual(subnet);
    }),
  );
});

test("accepts exactly the blocks from /16 to /18", () => {
  for (let length = 8; length <= 28; length++) {
    const issues = subnetIssues({ vpcCidr: Cidr.parse(`10.0.0.0/${length}`), zones: ["euw1-az1", "euw1-az2"] });
    expect(issues.length).toBe(length >= 16 && length <= 18 ? 0 : 1);
  }
  const v6 = subnetIssues({ vpcCidr: Cidr.parse("fd00::/16"), zones: ["euw1-az1", "euw1-az2"] });
  expect(v6.map(({ code, path }) => `${code} ${path}`)).toEqual(["OutOfRange vpcCidr"]);
});

test("names every zone that is malformed or named twice", () => {
  const zones = ["eu-west-1a", "euw1-az9", "euw1-az2", "euw1-az2"] as ZoneId[];
  const issues = subnetIssues({ vpcCidr: Cidr.parse("10.0.0.0/16"), zones });
  expect(issues.map(({ code, path }) => `${code} ${path}`)).toEqual([
    "Malformed zones[0]",
    "Malformed zones[1]",
    "Duplicate zones[3]",
  ]);
});
