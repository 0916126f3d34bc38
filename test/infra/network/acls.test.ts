/** Network ACLs: who passes which one, what AWS limits, and that nothing is left to the VPC's default one. */
import fc from "fast-check";
import { Cidr } from "../../../core/cidr.js";
import { Egress, LoadBalancing } from "../../../infra/index.js";
import type { SubnetTier } from "../../../infra/index.js";
import { aclRules } from "../../../infra/network/acl-rules.js";
import type { AclRule, AclSpec } from "../../../infra/network/acl-rules.js";
import { findingsIn } from "../judged.js";
import { inputs, namesOf } from "../support.js";
import { networkPlan } from "./program.js";

const ACL = "aws:ec2/networkAcl:NetworkAcl";
const reason = "a public shop, and one supplier";

const text = ({ ruleNo, action, protocol, fromPort, toPort, cidrBlock, ipv6CidrBlock }: AclRule) => {
  const block = cidrBlock ?? (typeof ipv6CidrBlock === "string" ? ipv6CidrBlock : "known later");
  return `${ruleNo} ${action} ${protocol} ${fromPort}-${toPort} ${block}`;
};

const SPEC: AclSpec = { inside: [Cidr.parse("10.0.0.0/16")], insideIpv6: undefined, ipv6Out: false, httpOut: false };
const TIERS: readonly SubnetTier[] = [
  "node",
  "pod",
  "control-plane",
  "endpoint",
  "load-balancer",
  "public-load-balancer",
  "nat",
  "firewall",
];

const rules = (tier: SubnetTier, spec: Partial<AclSpec> = {}) => {
  const { ingress, egress } = aclRules(tier, { ...SPEC, ...spec });
  return { ingress: ingress.map(text), egress: egress.map(text) };
};

test("the control plane and internal load balancers speak with addresses inside alone", () => {
  for (const tier of ["control-plane", "load-balancer"] as const)
    expect(rules(tier)).toEqual({
      ingress: ["100 allow -1 0-0 10.0.0.0/16"],
      egress: ["100 allow -1 0-0 10.0.0.0/16"],
    });
});

test("nodes call S3 even without internet, whose answers come to any high port but that of remote desktop", () => {
  expect(rules("node")).toEqual({
    ingress: ["100 allow -1 0-0 10.0.0.0/16", "110 deny tcp 3389-3389 0.0.0.0/0", "120 allow tcp 1024-65535 0.0.0.0/0"],
    egress: ["100 allow -1 0-0 10.0.0.0/16", "110 allow tcp 443-443 0.0.0.0/0"],
  });
});

test("behind a firewall HTTP goes out too", () => {
  expect(rules("nat", { httpOut: true }).egress).toEqual([
    "100 allow -1 0-0 10.0.0.0/16",
    "110 allow tcp 80-80 0.0.0.0/0",
    "120 allow tcp 443-443 0.0.0.0/0",
  ]);
});

test("load balancers on the internet are called on 80 and 443, by both versions of IP in a VPC that has both", () => {
  expect(rules("public-load-balancer", { insideIpv6: "2001:db8::/56" })).toEqual({
    ingress: [
      "100 allow -1 0-0 10.0.0.0/16",
      "110 allow -1 0-0 2001:db8::/56",
      "120 allow tcp 80-80 0.0.0.0/0",
      "130 allow tcp 80-80 ::/0",
      "140 allow tcp 443-443 0.0.0.0/0",
      "150 allow tcp 443-443 ::/0",
    ],
    egress: [
      "100 allow -1 0-0 10.0.0.0/16",
      "110 allow -1 0-0 2001:db8::/56",
      "120 allow tcp 1024-65535 0.0.0.0/0",
      "130 allow tcp 1024-65535 ::/0",
    ],
  });
});

test("every ACL stays within the twenty rules each way that AWS takes, each with a number of its own", () => {
  const connected = Array.from({ length: 10 }, (_, i) => Cidr.parse(`10.${i + 1}.0.0/16`));
  fc.assert(
    fc.property(fc.constantFrom(...TIERS), fc.boolean(), fc.boolean(), fc.boolean(), (tier, ipv6, ipv6Out, httpOut) => {
      const inside = [Cidr.parse("10.0.0.0/16"), Cidr.parse("100.64.0.0/16"), ...connected];
      const made = aclRules(tier, { inside, insideIpv6: ipv6 ? "2001:db8::/56" : undefined, ipv6Out, httpOut });
      for (const side of [made.ingress, made.egress]) {
        expect(side.length).toBeLessThanOrEqual(20);
        expect(new Set(side.map(({ ruleNo }) => ruleNo)).size).toBe(side.length);
      }
    }),
  );
});

test("each kind of subnet has one, so that the default one serves nobody", async () => {
  const made = await networkPlan({
    egress: Egress.firewall({ domains: ["api.example.com"], reason }),
    loadBalancing: LoadBalancing.internetFacing({ reason }),
    podCidr: Cidr.parse("100.64.0.0/16"),
    connectedCidrs: [Cidr.parse("172.20.0.0/16")],
  });
  const served = namesOf(made, ACL).flatMap((name) => inputs(made, ACL, name)["subnetIds"] as readonly string[]);
  expect([...served].sort()).toEqual(namesOf(made, "aws:ec2/subnet:Subnet").map((name) => `<id of subnet ${name}>`));
  expect(namesOf(made, ACL)).toHaveLength(8);
  const inside = (inputs(made, ACL, "prod-acl-control-plane")["ingress"] as readonly AclRule[]).map(text);
  expect(inside).toEqual([
    "100 allow -1 0-0 10.0.0.0/16",
    "110 allow -1 0-0 100.64.0.0/16",
    "120 allow -1 0-0 172.20.0.0/16",
  ]);
  expect(findingsIn(made)).toEqual([]);
});

test("blocks outside of the VPC are checked", async () => {
  const texts = ["10.0.128.0/20", "172.0.0.0/7", "fd00::/8", "192.168.0.0/16", "192.168.1.0/24"];
  const connectedCidrs = texts.map((text) => Cidr.parse(text));
  const refused = networkPlan({ connectedCidrs });
  await expect(refused).rejects.toThrow(
    [
      "Network 'prod':",
      "  'connectedCidrs[0]' must not overlap 10.0.0.0/16, got '10.0.128.0/20'. No route can tell them apart",
      "  'connectedCidrs[1]' must be a /8 or smaller, got '172.0.0.0/7'. Name the networks that are connected",
      "  'connectedCidrs[2]' must be an IPv4 block, got 'fd00::/8'. Write Cidr.parse('172.20.0.0/16')",
      "  'connectedCidrs[4]' must not overlap 192.168.0.0/16, got '192.168.1.0/24'. No route can tell them apart",
    ].join("\n"),
  );
  const many = Array.from({ length: 11 }, (_, i) => Cidr.parse(`10.${i + 1}.0.0/16`));
  await expect(networkPlan({ connectedCidrs: many })).rejects.toThrow(
    "'connectedCidrs' must be at most 10 blocks, for a network ACL has twenty rules, got 11",
  );
});
