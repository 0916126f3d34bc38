import type { PlannedResource } from "../../../../plan/model/index.js";
import type { World } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { planned, ref, unresolved } from "../../../examples.js";
import type { Verdict } from "../../../model.js";
import { onWorld } from "../../../shapes.js";
import { fail, failWhole, pass, unknown } from "../../../verdicts.js";

const VPC = "aws:ec2/vpc:Vpc";
const DEFAULT_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
const INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const RULES = [
  INGRESS_RULE,
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  "aws:ec2/securityGroupRule:SecurityGroupRule",
];

/**
 * The default security group is adopted and empty. As AWS makes it, its members reach one another and the world (EC2
 * user guide, "Default security groups").
 */
export const vpcDefaultSecurityGroupClosed = defineRule({
  id: "vpc-default-security-group-closed",
  title: "a VPC's default security group lets nothing through",
  ring: "cloud",
  severity: "medium",
  rationale:
    "Whatever starts without a security group gets the default one, which lets its members reach one another and the whole world.",
  remediation: 'new aws.ec2.DefaultSecurityGroup("default", { vpcId: vpc.id })',
  references: references(
    "catalogue/rules.csv: CKV2_AWS_12, AWS-0173, NAG VPCDefaultSecurityGroupClosed, AC_AWS_0232, PRW",
    {
      "aws-security-hub": ["EC2.2"],
      "cis-aws-7": ["6.5"],
      "pci-dss-4": ["7.2.1"],
      "nist-csf-2": ["PR.IR-01", "RS.MI-01"],
      "nist-800-53": ["SC-7", "AC-17", "CM-6"],
    },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "left as AWS makes it", resources: [planned(VPC, "main", {})], path: "" },
      {
        title: "adopted, and opened",
        resources: [
          planned(VPC, "main", {}),
          planned(DEFAULT_GROUP, "default", {
            vpcId: ref("main", "id"),
            ingress: [{ protocol: "-1", self: true, fromPort: 0, toPort: 0 }],
          }),
        ],
        path: "ingress",
        on: "default",
      },
      {
        title: "adopted, and opened by a rule of its own",
        resources: [
          planned(VPC, "main", {}),
          planned(DEFAULT_GROUP, "default", { vpcId: ref("main", "id") }),
          planned(INGRESS_RULE, "web", {
            securityGroupId: ref("default", "id"),
            ipProtocol: "tcp",
            fromPort: 443,
            toPort: 443,
          }),
        ],
        path: "securityGroupId",
        on: "web",
      },
    ],
    pass: [
      {
        title: "adopted and empty",
        resources: [planned(VPC, "main", {}), planned(DEFAULT_GROUP, "default", { vpcId: ref("main", "id") })],
      },
    ],
    unknown: [
      {
        title: "its rules are an output",
        resources: [
          planned(VPC, "main", {}),
          planned(DEFAULT_GROUP, "default", { vpcId: ref("main", "id"), ingress: unresolved("list") }),
        ],
        path: "ingress",
        on: "default",
      },
      {
        title: "adopted for a VPC that is named by its id",
        resources: [planned(VPC, "main", {}), planned(DEFAULT_GROUP, "default", { vpcId: "vpc-0123" })],
        path: "",
      },
    ],
  },
  ...onWorld([VPC, DEFAULT_GROUP, ...RULES], function* ({ world }) {
    for (const vpc of world.ofType(VPC)) {
      const groups = world.ofType(DEFAULT_GROUP).map((group) => ({ group, at: world.inputsOf(group).at("vpcId") }));
      const [own] = groups.filter(({ group, at }) => world.resolve(group, at).includes(vpc));
      if (own !== undefined) yield* judgeGroup(world, vpc, own.group);
      else if (groups.some(({ group, at }) => !at.isAbsent && world.resolve(group, at).length === 0))
        yield {
          resource: vpc,
          verdict: unknown(
            world.inputsOf(vpc),
            `a default security group names its VPC by a text, so nobody can tell whether it is that of VPC '${vpc.name}'`,
          ),
        };
      else
        yield {
          resource: vpc,
          verdict: failWhole(
            `the default security group of VPC '${vpc.name}' is as AWS makes it: its members reach one another and the world`,
          ),
        };
    }
  }),
});

function* judgeGroup(
  world: World,
  vpc: PlannedResource,
  group: PlannedResource,
): Iterable<{ readonly resource: PlannedResource; readonly verdict: Verdict }> {
  const message = `the default security group of VPC '${vpc.name}' lets traffic through`;
  const inputs = world.inputsOf(group);
  const inline = ["ingress", "egress"]
    .map((side) => inputs.at(side))
    .find((list) => list.isUnknown || list.items().length > 0);
  if (inline !== undefined)
    yield {
      resource: group,
      verdict: inline.isUnknown
        ? unknown(
            inline,
            `the rules of the default security group of VPC '${vpc.name}' are not known before the deployment`,
          )
        : fail(inline, message),
    };
  const [rule] = world
    .mentionsOf(group.urn)
    .filter((m) => RULES.includes(m.resource.type) && m.path === "securityGroupId");
  if (rule !== undefined)
    yield { resource: rule.resource, verdict: fail(world.inputsOf(rule.resource).at("securityGroupId"), message) };
  if (inline === undefined && rule === undefined) yield { resource: vpc, verdict: pass() };
}
