import * as networkfirewall from "@pulumi/aws/networkfirewall/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { output, RunError } from "@pulumi/pulumi";
import type { Cidr } from "../../core/cidr.js";
import { DefectError } from "../../core/issue.js";
import { createLogGroup } from "../log-group.js";
import { named } from "../options.js";
import type { Tags } from "../options.js";
import { FIREWALL_DOMAINS } from "./egress.js";
import type { Egress } from "./egress.js";
import type { CreatedSubnet } from "./subnet-resources.js";
import type { Zone } from "./zones.js";

/** What {@link createFirewall} takes. */
export interface FirewallSpec {
  readonly vpcId: pulumi.Input<string>;
  readonly egress: Egress;
  /** One per zone, each for a firewall endpoint and nothing else. */
  readonly subnets: readonly CreatedSubnet[];
  /** Blocks of nodes and pods: what comes from there is inspected. */
  readonly sources: readonly Cidr[];
  readonly logsKeyArn: pulumi.Input<string>;
  readonly logRetentionDays: number | undefined;
  /** Whether deletion, and another policy, are refused. */
  readonly protect: boolean;
  readonly tags: Tags | undefined;
}

/**
 * How much the rules may weigh; AWS replaces a group whose capacity changes, so it does not follow from the list. Each domain
 * weighs one for TLS and one for HTTP.
 */
const DOMAINS_CAPACITY = 2 * FIREWALL_DOMAINS + 100;
const TCP_CAPACITY = 10;
const TCP = 6;

/**
 * A network firewall that lets through TLS for listed names and HTTP for listed hosts, writes down what it refuses, and drops the
 * rest: TCP in the order of rules, everything else (QUIC, say) before them.
 *
 * Its default actions are those of the application layer: they wait for a client's whole greeting, which since post-quantum keys
 * fills more than one packet (https://docs.aws.amazon.com/network-firewall/latest/developerguide/suricata-rule-evaluation-order.html).
 *
 * @returns The id of the firewall's endpoint in a zone.
 */
export function createFirewall(
  parent: pulumi.Resource,
  name: string,
  spec: FirewallSpec,
): (zone: Zone) => pulumi.Output<string> {
  const { firewallKeyArn } = spec.egress;
  const encryptionConfiguration =
    firewallKeyArn === undefined ? { type: "AWS_OWNED_KMS_KEY" } : { type: "CUSTOMER_KMS", keyId: firewallKeyArn };
  const group = (child: string, args: Omit<networkfirewall.RuleGroupArgs, "encryptionConfiguration" | "tags">) =>
    new networkfirewall.RuleGroup(
      child,
      { ...args, encryptionConfiguration, tags: named(child, spec.tags) },
      { parent },
    );
  const policy = new networkfirewall.FirewallPolicy(
    `${name}-firewall-policy`,
    {
      firewallPolicy: firewallPolicy(
        group(`${name}-firewall-tcp`, tcpOnly()),
        group(`${name}-firewall-domains`, domainRules(spec)),
      ),
      encryptionConfiguration,
      tags: named(`${name}-firewall-policy`, spec.tags),
    },
    { parent },
  );
  const firewall = new networkfirewall.Firewall(
    `${name}-firewall`,
    {
      vpcId: spec.vpcId,
      firewallPolicyArn: policy.arn,
      subnetMappings: spec.subnets.map(({ subnet }) => ({ subnetId: subnet.id })),
      deleteProtection: spec.protect,
      firewallPolicyChangeProtection: spec.protect,
      // Adding a zone adds a subnet.
      subnetChangeProtection: false,
      encryptionConfiguration,
      tags: named(`${name}-firewall`, spec.tags),
    },
    { parent },
  );
  logRefusals(parent, name, spec, firewall);
  return (zone) => endpointIn(firewall, spec.subnets, zone);
}

function firewallPolicy(
  tcp: networkfirewall.RuleGroup,
  domains: networkfirewall.RuleGroup,
): networkfirewall.FirewallPolicyArgs["firewallPolicy"] {
  return {
    statelessRuleGroupReferences: [{ priority: 100, resourceArn: tcp.arn }],
    statelessDefaultActions: ["aws:drop"],
    statelessFragmentDefaultActions: ["aws:drop"],
    // A connection of which the firewall missed the beginning is told so, and the program connects anew.
    statefulEngineOptions: { ruleOrder: "STRICT_ORDER", streamExceptionPolicy: "REJECT" },
    statefulRuleGroupReferences: [{ priority: 100, resourceArn: domains.arn }],
    statefulDefaultActions: ["aws:drop_established_app_layer", "aws:alert_established_app_layer"],
  };
}

function tcpOnly(): networkfirewall.RuleGroupArgs {
  const tcp = { actions: ["aws:forward_to_sfe"], matchAttributes: { protocols: [TCP] } };
  const statelessRules = [{ priority: 1, ruleDefinition: tcp }];
  return {
    type: "STATELESS",
    description: "TCP goes on to the rules on domains",
    capacity: TCP_CAPACITY,
    ruleGroup: { rulesSource: { statelessRulesAndCustomActions: { statelessRules } } },
  };
}

function domainRules({ egress, sources }: FirewallSpec): networkfirewall.RuleGroupArgs {
  return {
    type: "STATEFUL",
    description: "What nodes and pods may reach on the internet",
    capacity: DOMAINS_CAPACITY,
    ruleGroup: {
      // Left out, it is the first block of the VPC alone, and pods of another block pass unseen.
      ruleVariables: { ipSets: [{ key: "HOME_NET", ipSet: { definitions: [...sources] } }] },
      rulesSource: {
        rulesSourceList: {
          generatedRulesType: "ALLOWLIST",
          targetTypes: ["TLS_SNI", "HTTP_HOST"],
          // `.example.com` is how the service writes `*.example.com`.
          targets: egress.domains.map((domain) => domain.replace(/^\*/, "")),
        },
      },
      statefulRuleOptions: { ruleOrder: "STRICT_ORDER" },
    },
  };
}

/** Each connection that is refused, into an encrypted log group; what passes stands in the flow logs of the VPC. */
function logRefusals(
  parent: pulumi.Resource,
  name: string,
  spec: FirewallSpec,
  firewall: networkfirewall.Firewall,
): void {
  const group = createLogGroup(parent, `${name}-firewall-alerts`, {
    keyArn: spec.logsKeyArn,
    retentionDays: spec.logRetentionDays,
    tags: spec.tags,
  });
  new networkfirewall.LoggingConfiguration(
    `${name}-firewall-logging`,
    {
      firewallArn: firewall.arn,
      loggingConfiguration: {
        logDestinationConfigs: [
          {
            logType: "ALERT",
            logDestinationType: "CloudWatchLogs",
            logDestination: { logGroup: group.name },
          },
        ],
      },
    },
    { parent },
  );
}

function endpointIn(
  firewall: networkfirewall.Firewall,
  subnets: readonly CreatedSubnet[],
  zone: Zone,
): pulumi.Output<string> {
  const own = subnets.find(({ plan }) => plan.zone === zone);
  if (own === undefined) throw new DefectError(`zone ${zone} has no subnet for its firewall endpoint`);
  return output([firewall.firewallStatuses, own.subnet.id] as const).apply(([statuses, subnetId]) =>
    firewallEndpointOf(statuses, subnetId),
  );
}

/** What AWS says of a firewall, as far as it names endpoints. */
export interface FirewallStatus {
  readonly syncStates: readonly {
    readonly attachments: readonly { readonly subnetId: string; readonly endpointId: string }[];
  }[];
}

/**
 * The endpoint of a firewall in a subnet. AWS lists them in no order that anybody promised.
 *
 * @throws pulumi.RunError when there is none.
 */
export function firewallEndpointOf(statuses: readonly FirewallStatus[], subnetId: string): string {
  const attachments = statuses.flatMap(({ syncStates }) => syncStates.flatMap((state) => state.attachments));
  const found = attachments.find((attachment) => attachment.subnetId === subnetId);
  if (found !== undefined) return found.endpointId;
  throw new RunError(`AWS names no endpoint of the firewall in subnet ${subnetId}. Run the deployment again`);
}
