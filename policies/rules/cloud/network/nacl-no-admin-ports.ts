import { ADMIN_PORTS, HIGH_RISK_PORTS } from "../../../../core/data/high-risk-ports.js";
import { defineRule, references } from "../../../define.js";
import { planned, ref, unresolved } from "../../../examples.js";
import { ACL_TYPES, judgeAcls, servicesIn } from "../../../lib/network-acls.js";
import type { ExampleObject } from "../../../model.js";
import { onWorld } from "../../../shapes.js";

const ACL = ACL_TYPES[0];
const RULE = ACL_TYPES[2];
const PORTS = [...ADMIN_PORTS, ...HIGH_RISK_PORTS.filter(({ service }) => service === "FTP")];

function entry(rule: ExampleObject): ExampleObject {
  return { action: "allow", protocol: "tcp", fromPort: 0, toPort: 65535, cidrBlock: "0.0.0.0/0", ruleNo: 100, ...rule };
}

/**
 * No rule of a network ACL opens SSH, remote desktop or FTP to a block of the internet's size, unless a rule before it keeps
 * the internet out. The ports are those of AWS's own check; a rule for all protocols opens them all.
 */
export const naclNoAdminPorts = defineRule({
  id: "nacl-no-admin-ports",
  title: "network ACLs keep the internet from administration ports",
  ring: "cloud",
  severity: "medium",
  rationale:
    "The ACL is the second lock: it holds when somebody opens a security group by mistake. One that lets SSH in from everywhere is no lock.",
  remediation:
    'ingress: [{ ruleNo: 90, action: "deny", protocol: "tcp", fromPort: 22, toPort: 22, cidrBlock: "0.0.0.0/0" }]',
  references: references("catalogue/rules.csv: CKV_AWS_229–232, AWS-0105", {
    "aws-security-hub": ["EC2.21"],
    "cis-aws-7": ["6.2"],
    "pci-dss-4": ["1.2.8", "1.3.1", "1.3.2"],
  }),
  since: "0.1.0",
  covers: ["nacl-not-all-ports"],
  examples: {
    fail: [
      {
        title: "everything is let in",
        resources: [
          planned(ACL, "front", { vpcId: "vpc-1", ingress: [entry({ protocol: "-1", fromPort: 0, toPort: 0 })] }),
        ],
        path: "ingress[0].cidrBlock",
      },
      {
        title: "SSH, by a rule of its own",
        resources: [
          planned(RULE, "ssh", {
            networkAclId: ref("front", "id"),
            protocol: "6",
            ruleAction: "allow",
            ruleNumber: 100,
            fromPort: 22,
            toPort: 22,
            ipv6CidrBlock: "::/0",
          }),
          planned(ACL, "front", { vpcId: "vpc-1" }),
        ],
        path: "ipv6CidrBlock",
      },
      {
        title: "the rule that keeps it out comes too late",
        resources: [
          planned(ACL, "front", {
            vpcId: "vpc-1",
            ingress: [entry({ fromPort: 22, toPort: 22 }), entry({ action: "deny", ruleNo: 200 })],
          }),
        ],
        path: "ingress[0].cidrBlock",
      },
    ],
    pass: [
      {
        title: "kept out first",
        resources: [
          planned(ACL, "front", {
            vpcId: "vpc-1",
            ingress: [
              entry({ fromPort: 1024, toPort: 3388 }),
              entry({ action: "deny", ruleNo: 10, fromPort: 3389, toPort: 3389 }),
              entry({ fromPort: 3389, toPort: 65535, ruleNo: 110 }),
            ],
          }),
        ],
      },
      {
        title: "HTTPS",
        resources: [planned(ACL, "front", { vpcId: "vpc-1", ingress: [entry({ fromPort: 443, toPort: 443 })] })],
      },
      {
        title: "everything, for the block that Amazon gives the VPC",
        resources: [
          planned(ACL, "front", {
            vpcId: ref("network", "id"),
            ingress: [
              {
                ...{ action: "allow", protocol: "-1", fromPort: 0, toPort: 0, ruleNo: 100 },
                ipv6CidrBlock: ref("network", "ipv6CidrBlock"),
              },
            ],
          }),
          planned("aws:ec2/vpc:Vpc", "network", { assignGeneratedIpv6CidrBlock: true }),
        ],
      },
      {
        title: "SSH for one network",
        resources: [
          planned(ACL, "front", {
            vpcId: "vpc-1",
            ingress: [entry({ fromPort: 22, toPort: 22, cidrBlock: "203.0.113.0/24" })],
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "who gets in is an output",
        resources: [planned(ACL, "front", { vpcId: "vpc-1", ingress: [entry({ cidrBlock: unresolved("string") })] })],
        path: "ingress[0].cidrBlock",
      },
    ],
  },
  ...onWorld(ACL_TYPES, ({ world }) => judgeAcls(world, { closed: servicesIn(PORTS) })),
});
