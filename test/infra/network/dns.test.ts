/** Which names the resolver answers, and the log of what is asked for. */
import { DnsFirewall, Egress } from "../../../infra/index.js";
import type { Plan } from "../../../plan/index.js";
import { findingsIn } from "../judged.js";
import { inputs, LOGS_KEY, namesOf, waitsFor } from "../support.js";
import { networkPlan } from "./program.js";

const LIST = "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList";
const RULE = "aws:route53/resolverFirewallRule:ResolverFirewallRule";
const ASSOCIATION = "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation";

describe("an allow-list", () => {
  let made: Plan;
  beforeAll(async () => {
    made = await networkPlan({
      dnsFirewall: DnsFirewall.allow(["db.corp.internal"]),
      egress: Egress.firewall({ domains: ["*.example.com"], reason: "one supplier is on the internet" }),
    });
  });

  test("is asked first, then the names of AWS, and the rest has no address", () => {
    const rules = namesOf(made, RULE).map((name) => inputs(made, RULE, name));
    expect(rules.map(({ priority, action, blockResponse }) => [priority, action, blockResponse])).toEqual([
      [100, "ALLOW", undefined],
      [200, "ALLOW", undefined],
      [300, "BLOCK", "NODATA"],
    ]);
    expect(rules.map((rule) => rule["firewallDomainListId"])).toEqual([
      "<id of resolverFirewallDomainList prod-dns-allowed>",
      "<id of resolverFirewallDomainList prod-dns-aws>",
      "<id of resolverFirewallDomainList prod-dns-rest>",
    ]);
    expect(inputs(made, LIST, "prod-dns-rest")["domains"]).toEqual(["*"]);
  });

  test("has what the firewall on connections lets through, and the name above it", () => {
    expect(inputs(made, LIST, "prod-dns-allowed")["domains"]).toEqual([
      "db.corp.internal",
      "*.example.com",
      "example.com",
    ]);
  });

  test.each([
    "sts.eu-west-1.amazonaws.com",
    "111122223333.dkr.ecr.eu-west-1.amazonaws.com",
    "ABCDEF.gr7.eu-west-1.eks.amazonaws.com",
    "oidc-eks.eu-west-1.api.aws",
    "ip-10-0-0-1.eu-west-1.compute.internal",
    "1.0.0.10.in-addr.arpa",
  ])("answers for %s", (name) => {
    const suffixes = (inputs(made, LIST, "prod-dns-aws")["domains"] as readonly string[]).map((d) => d.slice(1));
    expect(suffixes.some((suffix) => name.endsWith(suffix))).toBe(true);
  });

  test.each(["amazonaws.com.evil.example", "eks.example.org", "awscompute.internals"])("says nothing of %s", (name) => {
    const suffixes = (inputs(made, LIST, "prod-dns-aws")["domains"] as readonly string[]).map((d) => d.slice(1));
    expect(suffixes.some((suffix) => name.endsWith(suffix))).toBe(false);
  });

  test("fails closed, and holds only with all of its rules", () => {
    expect(inputs(made, "aws:route53/resolverFirewallConfig:ResolverFirewallConfig")).toEqual({
      resourceId: "<id of vpc prod-vpc>",
      firewallFailOpen: "DISABLED",
    });
    expect(waitsFor(made, ASSOCIATION)).toEqual(
      expect.arrayContaining(["prod-dns-allowed-rule", "prod-dns-aws-rule", "prod-dns-rest-rule"]),
    );
    expect(inputs(made, ASSOCIATION)).toMatchObject({ priority: 101, vpcId: "<id of vpc prod-vpc>" });
    expect(findingsIn(made)).toEqual([]);
  });
});

test("of AWS's names alone has no list of its own, and China's names in China", async () => {
  const made = await networkPlan({ dnsFirewall: DnsFirewall.allow() }, "cn-northwest-1");
  expect(namesOf(made, LIST)).toEqual(["prod-dns-aws", "prod-dns-rest"]);
  expect(inputs(made, LIST, "prod-dns-aws")["domains"]).toEqual(
    expect.arrayContaining(["*.amazonaws.com.cn", "*.api.amazonwebservices.com.cn"]),
  );
});

test("refuses what is no domain", () => {
  expect(() => DnsFirewall.allow(["http://x.example.com"])).toThrow("'domains[0]' must be a domain in small letters");
});

test("queries are logged when somebody says for how long", async () => {
  const made = await networkPlan({ dnsQueryLogRetentionDays: 90 });
  expect(inputs(made, "aws:cloudwatch/logGroup:LogGroup", "prod-dns-queries")).toMatchObject({
    kmsKeyId: LOGS_KEY,
    retentionInDays: 90,
  });
  expect(inputs(made, "aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation")).toEqual({
    resolverQueryLogConfigId: "<id of resolverQueryLogConfig prod-dns-queries>",
    resourceId: "<id of vpc prod-vpc>",
  });
  await expect(networkPlan({ dnsQueryLogRetentionDays: 42 })).rejects.toThrow("'dnsQueryLogRetentionDays' must be");
});
