import { UNKNOWN } from "../../../../plan/world/index.js";
import type { Cursor } from "../../../../plan/world/index.js";
import { defineRule } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import type { Verdict } from "../../../model.js";
import { onResource } from "../../../shapes.js";
import { fail, pass, unknown } from "../../../verdicts.js";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const RULES = [
  "aws:ec2/securityGroupRule:SecurityGroupRule",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
] as const;

/** What tools write when nobody does. */
const NOTHING = ["", "Managed by Pulumi", "Managed by Terraform", "Default security group"];

/** A security group and each of its rules say what they are for. */
export const sgDescriptionPresent = defineRule({
  id: "sg-description-present",
  title: "security groups and their rules say what they are for",
  ring: "code",
  severity: "info",
  rationale: "A rule that nobody can explain is a rule that nobody dares to remove. In a year it is the open door.",
  remediation: 'description: "HTTPS from the load balancer"',
  references: [],
  since: "0.1.0",
  examples: {
    fail: [
      { title: "left out", resources: [planned(GROUP, "web", {})], path: "description" },
      {
        title: "what the tool writes",
        resources: [planned(GROUP, "web", { description: "Managed by Pulumi" })],
        path: "description",
      },
      {
        title: "a rule within",
        resources: [
          planned(GROUP, "web", {
            description: "the shop",
            ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/8"] }],
          }),
        ],
        path: "ingress[0].description",
      },
      {
        title: "a rule of its own",
        resources: [planned(RULES[1], "https", { securityGroupId: "sg-1", ipProtocol: "tcp", cidrIpv4: "10.0.0.0/8" })],
        path: "description",
      },
    ],
    pass: [
      {
        title: "group and rule say it",
        resources: [
          planned(GROUP, "web", {
            description: "the shop",
            ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, description: "from the load balancer" }],
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "the text is an output",
        resources: [planned(GROUP, "web", { description: unresolved("string") })],
        path: "description",
      },
    ],
  },
  ...onResource([GROUP, ...RULES], ({ resource, inputs }) => [
    judge(inputs, `'${resource.name}'`),
    ...(resource.type === GROUP ? ["ingress", "egress"] : [])
      .flatMap((list) => inputs.at(list).items())
      .map((rule) => judge(rule, `a rule of '${resource.name}'`)),
  ]),
});

function judge(place: Cursor, what: string): Verdict {
  const at = place.at("description");
  const text = at.text();
  if (at.refs().length > 0) return pass();
  if (text === UNKNOWN) return unknown(at, `what ${what} says of itself is not known before the deployment`);
  return NOTHING.includes(text ?? "") ? fail(at, `${what} does not say what it is for`) : pass();
}
