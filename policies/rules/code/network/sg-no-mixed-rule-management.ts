import { defineRule } from "../../../define.js";
import { planned, ref, unresolved } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const RULES = [
  INGRESS_RULE,
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  "aws:ec2/securityGroupRule:SecurityGroupRule",
];

/** A security group has its rules inline or as resources, not both (provider documentation, `aws.ec2.SecurityGroup`). */
export const sgNoMixedRuleManagement = defineRule({
  id: "sg-no-mixed-rule-management",
  title: "a security group has its rules in one place",
  ring: "code",
  severity: "medium",
  rationale:
    "Inline rules are the whole list: each deployment removes what stands elsewhere, and the next one puts it back. What is open depends on which ran last.",
  remediation:
    'new aws.vpc.SecurityGroupIngressRule("web", { securityGroupId: group.id, ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "10.0.0.0/16" })',
  references: [],
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "inline and beside it",
        resources: [
          planned(GROUP, "web", { ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, self: true }] }),
          planned(INGRESS_RULE, "more", { securityGroupId: ref("web", "id"), ipProtocol: "tcp" }),
        ],
        path: "ingress",
      },
    ],
    pass: [
      {
        title: "inline alone",
        resources: [planned(GROUP, "web", { ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, self: true }] })],
      },
      {
        title: "beside it alone",
        resources: [
          planned(GROUP, "web", {}),
          planned(INGRESS_RULE, "more", { securityGroupId: ref("web", "id"), ipProtocol: "tcp" }),
        ],
      },
    ],
    unknown: [
      {
        title: "the inline rules are an output",
        resources: [
          planned(GROUP, "web", { egress: unresolved("list") }),
          planned(INGRESS_RULE, "more", { securityGroupId: ref("web", "id"), ipProtocol: "tcp" }),
        ],
        path: "egress",
      },
    ],
  },
  ...onResource([GROUP, ...RULES], ({ resource: group, inputs, world }) => {
    if (group.type !== GROUP) return notApplicable("security groups are judged");
    const [beside] = world
      .mentionsOf(group.urn)
      .filter(({ resource, path }) => RULES.includes(resource.type) && path === "securityGroupId");
    if (beside === undefined) return pass();
    return ["ingress", "egress"].map((side) => {
      const list = inputs.at(side);
      if (list.isUnknown)
        return unknown(
          list,
          `whether security group '${group.name}' has rules inline besides '${beside.resource.name}' is not known before the deployment`,
        );
      return list.items().length > 0
        ? fail(
            list,
            `security group '${group.name}' has rules inline and '${beside.resource.name}' besides, which each deployment removes or puts back`,
          )
        : pass();
    });
  }),
});
