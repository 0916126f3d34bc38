import * as route53 from "@pulumi/aws/route53/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { refuse } from "../errors.js";
import { named } from "../options.js";
import type { Tags } from "../options.js";
import { domainIssues } from "./domains.js";

/** How many domains one list of the Route 53 Resolver DNS Firewall takes here; AWS counts 100,000 in an account. */
const MOST_DOMAINS = 1000;

/**
 * Which names the resolver of the VPC answers. A program that is shut in can still ask for names, and say something with each:
 * an allow-list closes that way too (https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall.html).
 */
export class DnsFirewall {
  private constructor(readonly domains: readonly string[]) {}

  /**
   * Answers for these names, for those of AWS and for those inside the VPC; every other name exists without an address. Names of
   * {@link Egress.firewall} need not be named again. Private zones of your own do.
   *
   * @param domains `api.example.com`, or `*.example.com` for the names below it; none for AWS alone.
   * @throws pulumi.RunError with every problem of the domains.
   */
  static allow(domains: readonly string[] = []): DnsFirewall {
    refuse("DnsFirewall.allow", domains.length === 0 ? [] : domainIssues("domains", domains, MOST_DOMAINS));
    return new DnsFirewall(domains);
  }
}

/** What {@link createDnsFirewall} takes. */
export interface DnsFirewallSpec {
  readonly vpcId: pulumi.Input<string>;
  /** What may be asked for beside the names of AWS. */
  readonly domains: readonly string[];
  readonly region: string;
  readonly tags: Tags | undefined;
}

/** One above what AWS keeps for Firewall Manager. */
const ASSOCIATION_PRIORITY = 101;

/**
 * Names of AWS and of instances, for which nobody but AWS answers: services and their endpoints, the API of the cluster
 * (`<id>.gr7.<region>.eks.amazonaws.com`), load balancers, databases, instances, and reverse look-ups.
 */
function awsNames(region: string): readonly string[] {
  const own = region.startsWith("cn-")
    ? ["*.amazonaws.com.cn", "*.api.amazonwebservices.com.cn"]
    : ["*.amazonaws.com", "*.api.aws"];
  return [...own, "*.compute.internal", "*.ec2.internal", "*.in-addr.arpa", "*.ip6.arpa"];
}

/** Lists, rules and their order: what is listed, what is of AWS, and then nothing. When the firewall fails, so do answers. */
export function createDnsFirewall(parent: pulumi.Resource, name: string, spec: DnsFirewallSpec): void {
  const list = (key: string, domains: readonly string[]) =>
    new route53.ResolverFirewallDomainList(
      `${name}-dns-${key}`,
      { domains: [...domains], tags: named(`${name}-dns-${key}`, spec.tags) },
      { parent },
    );
  const group = new route53.ResolverFirewallRuleGroup(
    `${name}-dns-firewall`,
    { tags: named(`${name}-dns-firewall`, spec.tags) },
    { parent },
  );
  const rule = (
    key: string,
    domains: readonly string[],
    args: Pick<route53.ResolverFirewallRuleArgs, "priority" | "action" | "blockResponse">,
  ) =>
    new route53.ResolverFirewallRule(
      `${name}-dns-${key}-rule`,
      {
        firewallRuleGroupId: group.id,
        firewallDomainListId: list(key, domains).id,
        // Content networks answer with names of theirs, which nobody can list.
        firewallDomainRedirectionAction: "TRUST_REDIRECTION_DOMAIN",
        ...args,
      },
      { parent },
    );
  const rules = [
    ...(spec.domains.length === 0 ? [] : [rule("allowed", spec.domains, { priority: 100, action: "ALLOW" })]),
    rule("aws", awsNames(spec.region), { priority: 200, action: "ALLOW" }),
    rule("rest", ["*"], { priority: 300, action: "BLOCK", blockResponse: "NODATA" }),
  ];
  new route53.ResolverFirewallConfig(
    `${name}-dns-fail-closed`,
    { resourceId: spec.vpcId, firewallFailOpen: "DISABLED" },
    { parent },
  );
  // Only with all of its rules: the last one alone would answer nobody.
  new route53.ResolverFirewallRuleGroupAssociation(
    `${name}-dns-firewall-vpc`,
    {
      firewallRuleGroupId: group.id,
      vpcId: spec.vpcId,
      priority: ASSOCIATION_PRIORITY,
      tags: named(`${name}-dns-firewall-vpc`, spec.tags),
    },
    { parent, dependsOn: rules },
  );
}
