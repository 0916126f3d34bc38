import fc from "fast-check";
import { Cidr } from "../../../core/cidr.js";
import { planSubnets } from "../../../infra/index.js";
import type { PlacedZone, SubnetPlan } from "../../../infra/index.js";

const ZONES: readonly PlacedZone[] = [1, 2, 3, 4, 5, 6, 7].map((n) => ({ zone: `use1-az${n}`, slot: n - 1 }));

/** Private blocks of every length that a VPC may have. */
const block = (first: string) =>
  fc
    .tuple(fc.integer({ min: 16, max: 18 }), fc.integer({ min: 64, max: 127 }), fc.integer({ min: 0, max: 3 }))
    .map(([length, second, quarter]) => {
      const third = length === 16 ? 0 : length === 17 ? (quarter % 2) * 128 : quarter * 64;
      return Cidr.parse(`${first}.${second}.${third}.0/${length}`);
    });
const vpcCidr = block("10");
const podCidr = fc.option(block("100"), { nil: undefined });
const zones = fc.shuffledSubarray([...ZONES], { minLength: 2 });

const text = ({ tier, zone, cidr }: SubnetPlan) => `${tier} ${zone} ${cidr}`;

test("divides a /16 over zones into these subnets", () => {
  const plan = planSubnets({ vpcCidr: Cidr.parse("10.0.0.0/16"), zones: ZONES.slice(0, 2) });
  expect(plan.map(text)).toEqual([
    "node use1-az1 10.0.0.0/19",
    "endpoint use1-az1 10.0.224.0/26",
    "nat use1-az1 10.0.224.64/28",
    "firewall use1-az1 10.0.224.80/28",
    "control-plane use1-az1 10.0.224.128/28",
    "public-load-balancer use1-az1 10.0.224.160/27",
    "load-balancer use1-az1 10.0.224.192/26",
    "node use1-az2 10.0.32.0/19",
    "endpoint use1-az2 10.0.228.0/26",
    "nat use1-az2 10.0.228.64/28",
    "firewall use1-az2 10.0.228.80/28",
    "control-plane use1-az2 10.0.228.128/28",
    "public-load-balancer use1-az2 10.0.228.160/27",
    "load-balancer use1-az2 10.0.228.192/26",
  ]);
});

test("divides a block of pods in the same way", () => {
  const blocks = { vpcCidr: Cidr.parse("10.0.0.0/18"), podCidr: Cidr.parse("100.64.0.0/16") };
  const pods = planSubnets({ ...blocks, zones: ZONES.slice(0, 3) }).filter(({ tier }) => tier === "pod");
  expect(pods.map(text)).toEqual([
    "pod use1-az1 100.64.0.0/19",
    "pod use1-az2 100.64.32.0/19",
    "pod use1-az3 100.64.64.0/19",
  ]);
});

test("gives every subnet aligned addresses of its own inside its block, with both versions of IP", () => {
  fc.assert(
    fc.property(vpcCidr, podCidr, zones, (vpc, pods, chosen) => {
      const plan = planSubnets({ vpcCidr: vpc, podCidr: pods, zones: chosen });
      const cidrs = plan.map(({ cidr }) => cidr);
      expect(cidrs).toHaveLength((pods === undefined ? 7 : 8) * chosen.length);
      // Parsing refuses host bits, so what parses is aligned.
      const outside = plan.filter(
        ({ tier, cidr }) => !Cidr.contains(tier === "pod" && pods !== undefined ? pods : vpc, cidr),
      );
      expect([...outside, ...cidrs.filter((cidr) => Cidr.tryParse(cidr) !== cidr)]).toEqual([]);
      expect(cidrs.filter((cidr, i) => cidrs.slice(i + 1).some((other) => Cidr.overlaps(cidr, other)))).toEqual([]);
      const indices = plan.map(({ ipv6Index }) => ipv6Index);
      expect(new Set(indices).size).toBe(indices.length);
      expect(Math.max(...indices)).toBeLessThan(256);
    }),
  );
});

test("moves nothing when a zone is added, removed or named in another order, or pods get a block", () => {
  fc.assert(
    fc.property(vpcCidr, podCidr, zones, (vpc, pods, chosen) => {
      const all = planSubnets({ vpcCidr: vpc, podCidr: Cidr.parse("100.64.0.0/16"), zones: ZONES });
      const some = planSubnets({ vpcCidr: vpc, podCidr: pods, zones: chosen });
      for (const subnet of some.filter(({ tier }) => tier !== "pod")) expect(all).toContainEqual(subnet);
    }),
  );
});

test("leaves the VPC CNI room for prefixes of sixteen: more than any instance type can use, in every zone", () => {
  fc.assert(
    fc.property(vpcCidr, zones, (vpc, chosen) => {
      const nodes = planSubnets({ vpcCidr: vpc, zones: chosen }).filter(({ tier }) => tier === "node");
      for (const { cidr } of nodes) expect(28 - Cidr.prefixLength(cidr)).toBeGreaterThanOrEqual(7);
    }),
  );
});

test("keeps what AWS asks of each kind: six free addresses for EKS, a /27 for load balancers, a /28 for a firewall", () => {
  fc.assert(
    fc.property(vpcCidr, zones, (vpc, chosen) => {
      const longest = { "load-balancer": 27, "public-load-balancer": 27 } as Partial<Record<string, number>>;
      for (const { tier, cidr } of planSubnets({ vpcCidr: vpc, zones: chosen }))
        expect(Cidr.prefixLength(cidr)).toBeLessThanOrEqual(longest[tier] ?? 28);
    }),
  );
});
