import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { ALL_PORTS, INGRESS_TYPES, judgeIngress } from "../../../lib/security-groups.js";
import { onResource } from "../../../shapes.js";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";

/**
 * No ingress rule opens every TCP or UDP port to a block of the internet's size (shorter than /8, or /16 of IPv6).
 * Inline rules and rules of their own count alike.
 */
export const sgNoPublicIngressAll = defineRule({
  id: "sg-no-public-ingress-all",
  title: "no security group opens every port to the internet",
  ring: "cloud",
  severity: "critical",
  rationale:
    "A rule for all ports and all addresses is no firewall: every service that listens, now or later, is open to everybody.",
  remediation: 'ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/16"] }]',
  references: references(
    "catalogue/rules.csv: CKV_AWS_277, AwsSolutions-EC23, PCP disallow-public-internet-ingress, AC_AWS_0231/0275, PRW",
    {
      "aws-security-hub": ["EC2.18"],
      "cis-aws-7": ["6.3", "6.4"],
      "pci-dss-4": ["1.2.5", "1.2.8", "1.3.1"],
      hipaa: ["164.308(a)(1)(ii)(b)"],
      "nist-csf-2": ["PR.IR-01", "RS.MI-01"],
      "nist-800-53": ["SC-7", "AC-17", "AC-17(1)"],
      attack: ["T1190"],
    },
  ),
  since: "0.1.0",
  covers: ["sg-authorized-public-ports-only", "sg-no-public-admin-ports", "sg-no-public-high-risk-ports"],
  examples: {
    fail: [
      {
        title: "all protocols to everybody",
        resources: [
          planned(GROUP, "nodes", { ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }] }),
        ],
        path: "ingress[0].cidrBlocks[0]",
      },
      {
        title: "all TCP ports over IPv6, by a rule of its own",
        resources: [
          planned(INGRESS_RULE, "all", {
            securityGroupId: "sg-0123",
            ipProtocol: "tcp",
            fromPort: 0,
            toPort: 65535,
            cidrIpv6: "::/0",
          }),
        ],
        path: "cidrIpv6",
      },
      {
        title: "the older form of a rule of its own",
        resources: [
          planned(RULE, "all", { type: "ingress", protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }),
        ],
        path: "cidrBlocks[0]",
      },
    ],
    pass: [
      {
        title: "one port to everybody is for other rules to judge",
        resources: [
          planned(GROUP, "nodes", {
            ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }],
          }),
        ],
      },
      {
        title: "everything from the VPC",
        resources: [
          planned(GROUP, "nodes", {
            ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["10.0.0.0/16"] }],
          }),
        ],
      },
      {
        title: "everything out",
        resources: [
          planned(RULE, "out", { type: "egress", protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }),
        ],
      },
    ],
    unknown: [
      {
        title: "the addresses are an output",
        resources: [
          planned(GROUP, "nodes", {
            ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: unresolved("list") }],
          }),
        ],
        path: "ingress[0].cidrBlocks",
      },
    ],
  },
  ...onResource(INGRESS_TYPES, ({ resource: group, inputs }) =>
    judgeIngress(group, inputs, {
      matches: (opened) => opened.from <= 1 && opened.to >= ALL_PORTS.to,
      what: () => "everything behind it",
    }),
  ),
});
