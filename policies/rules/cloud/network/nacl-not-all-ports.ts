import { defineRule } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { ACL_TYPES, judgeAcls } from "../../../lib/network-acls.js";
import { ALL_PORTS } from "../../../lib/security-groups.js";
import type { ExampleObject } from "../../../model.js";
import { onWorld } from "../../../shapes.js";

const ACL = ACL_TYPES[0];

function acl(rule: ExampleObject) {
  return [
    planned(ACL, "front", {
      vpcId: "vpc-1",
      ingress: [
        { action: "allow", ruleNo: 100, protocol: "tcp", fromPort: 0, toPort: 0, cidrBlock: "0.0.0.0/0", ...rule },
      ],
    }),
  ];
}

/** No rule of a network ACL lets the internet in on all ports, as the ACL that every VPC starts with does. */
export const naclNotAllPorts = defineRule({
  id: "nacl-not-all-ports",
  title: "network ACLs open named ports only",
  ring: "cloud",
  severity: "low",
  rationale:
    "An ACL that lets everything in leaves the security groups as the only thing between the internet and the machines.",
  remediation:
    'ingress: [{ ruleNo: 100, action: "allow", protocol: "tcp", fromPort: 443, toPort: 443, cidrBlock: "0.0.0.0/0" }]',
  references: [],
  since: "0.1.0",
  examples: {
    fail: [
      { title: "all protocols", resources: acl({ protocol: "-1" }), path: "ingress[0].cidrBlock" },
      { title: "all ports", resources: acl({ toPort: 65535 }), path: "ingress[0].cidrBlock" },
    ],
    pass: [
      { title: "the ports of answers", resources: acl({ fromPort: 1024, toPort: 65535 }) },
      { title: "all, for the VPC itself", resources: acl({ protocol: "-1", cidrBlock: "10.0.0.0/16" }) },
    ],
    unknown: [
      {
        title: "the ports are an output",
        resources: acl({ fromPort: unresolved("number"), toPort: unresolved("number") }),
        path: "ingress[0]",
      },
    ],
  },
  ...onWorld(ACL_TYPES, ({ world }) =>
    judgeAcls(world, {
      closed: (opened) =>
        opened.from <= 0 && opened.to >= ALL_PORTS.to ? [{ ...ALL_PORTS, service: "every port" }] : [],
    }),
  ),
});
