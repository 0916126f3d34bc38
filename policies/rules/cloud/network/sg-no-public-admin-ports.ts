import { ADMIN_PORTS } from "../../../../core/data/high-risk-ports.js";
import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { anyOf, INGRESS_TYPES, judgeIngress } from "../../../lib/security-groups.js";
import { onResource } from "../../../shapes.js";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

/** No ingress rule opens port 22 or 3389 to a block of the internet's size (`core/data/high-risk-ports`). */
export const sgNoPublicAdminPorts = defineRule({
  id: "sg-no-public-admin-ports",
  title: "SSH and remote desktop are not open to the internet",
  ring: "cloud",
  severity: "high",
  rationale:
    "Open administration ports are tried by strangers within minutes, day and night. Systems Manager reaches machines with no port open at all.",
  remediation: 'Remove the rule and use Session Manager, or admit one network: cidrBlocks: ["203.0.113.0/24"]',
  references: references(
    "catalogue/rules.csv: CKV_AWS_24, CKV_AWS_25, AWS-0107, NAG EC2RestrictedSSH, AC_AWS_0227/0230, PPB security-group-ssh-rdp",
    {
      "aws-security-hub": ["EC2.13", "EC2.14"],
      "cis-aws-7": ["6.3", "6.4"],
      "pci-dss-4": ["1.2.8", "1.3.1", "1.3.2"],
      hipaa: ["164.308(a)(1)(ii)(b)"],
      "nist-csf-2": ["PR.IR-01", "RS.MI-01"],
      "nist-800-53": ["SC-7", "AC-17", "AC-17(1)"],
      attack: ["T1133"],
    },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "SSH to everybody",
        resources: [
          planned(GROUP, "nodes", {
            ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] }],
          }),
        ],
        path: "ingress[0].cidrBlocks[0]",
      },
      {
        title: "a range that holds remote desktop",
        resources: [
          planned(INGRESS_RULE, "apps", { ipProtocol: "tcp", fromPort: 3000, toPort: 4000, cidrIpv4: "0.0.0.0/0" }),
        ],
        path: "cidrIpv4",
      },
    ],
    pass: [
      {
        title: "SSH from one network",
        resources: [
          planned(GROUP, "nodes", {
            ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["203.0.113.0/24"] }],
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
    ],
    unknown: [
      {
        title: "the address is an output",
        resources: [
          planned(INGRESS_RULE, "ssh", { ipProtocol: "tcp", fromPort: 22, toPort: 22, cidrIpv4: unresolved("string") }),
        ],
        path: "cidrIpv4",
      },
    ],
  },
  ...onResource(INGRESS_TYPES, ({ resource: group, inputs }) => judgeIngress(group, inputs, anyOf(ADMIN_PORTS))),
});
