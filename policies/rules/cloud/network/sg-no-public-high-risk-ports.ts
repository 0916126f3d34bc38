import { HIGH_RISK_PORTS } from "../../../../core/data/high-risk-ports.js";
import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { anyOf, INGRESS_TYPES, judgeIngress } from "../../../lib/security-groups.js";
import { onResource } from "../../../shapes.js";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

/** No ingress rule opens a port of `core/data/high-risk-ports` to a block of the internet's size. */
export const sgNoPublicHighRiskPorts = defineRule({
  id: "sg-no-public-high-risk-ports",
  title: "ports of container hosts, cluster components and databases are not open to the internet",
  ring: "cloud",
  severity: "high",
  rationale:
    "The Docker API, the kubelet, etcd, databases and caches trust whoever reaches them; many have no authentication at all. NodePorts expose whatever Service happens to get them.",
  remediation: "Remove the rule, or name the security group that needs it: securityGroups: [webSecurityGroup.id]",
  references: references(
    "catalogue/rules.csv: NAG EC2RestrictedCommonPorts, CKV_AWS_260 (80), PRW ×14, AC_AWS_0233–0276 (44 single-port rules), PCP disallow-inbound-http",
    {
      "aws-security-hub": ["EC2.19"],
      "pci-dss-4": ["1.2.5", "1.2.8", "1.3.1"],
      hipaa: ["164.308(a)(1)(ii)(b)"],
      "nist-csf-2": ["PR.IR-01", "RS.MI-01"],
      "nist-800-53": ["SC-7", "CM-7", "AC-17"],
      attack: ["T1133"],
    },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "the Docker API to everybody",
        resources: [
          planned(GROUP, "nodes", {
            ingress: [{ protocol: "tcp", fromPort: 2375, toPort: 2375, cidrBlocks: ["0.0.0.0/0"] }],
          }),
        ],
        path: "ingress[0].cidrBlocks[0]",
      },
      {
        title: "every NodePort to everybody",
        resources: [
          planned(INGRESS_RULE, "node-ports", {
            ipProtocol: "tcp",
            fromPort: 30000,
            toPort: 32767,
            cidrIpv4: "0.0.0.0/0",
          }),
        ],
        path: "cidrIpv4",
      },
    ],
    pass: [
      {
        title: "a database from the VPC",
        resources: [
          planned(GROUP, "nodes", {
            ingress: [{ protocol: "tcp", fromPort: 5432, toPort: 5432, cidrBlocks: ["10.0.0.0/16"] }],
          }),
        ],
      },
      {
        title: "HTTPS to everybody",
        resources: [
          planned(GROUP, "nodes", {
            ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }],
          }),
        ],
      },
      {
        title: "ICMP has no ports",
        resources: [
          planned(GROUP, "nodes", {
            ingress: [{ protocol: "icmp", fromPort: 8, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "the ports are an output",
        resources: [
          planned(INGRESS_RULE, "app", {
            ipProtocol: "tcp",
            fromPort: unresolved("number"),
            toPort: unresolved("number"),
            cidrIpv4: "0.0.0.0/0",
          }),
        ],
        path: "fromPort",
      },
    ],
  },
  ...onResource(INGRESS_TYPES, ({ resource: group, inputs }) => judgeIngress(group, inputs, anyOf(HIGH_RISK_PORTS))),
});
