/** What the tests of connections share. */
import { Cidr } from "../../../infra/index.js";
import { toPlainJson } from "../../../plan/index.js";
import type { Plan } from "../../../plan/index.js";

export const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
export const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
export const ROUTE = "aws:ec2/route:Route";
export const GROUP = "aws:ec2/securityGroup:SecurityGroup";

/** Blocks from text. */
export const cidrs = (...texts: readonly string[]): Cidr[] => texts.map((text) => Cidr.parse(text));

/** Inputs of all resources of a type, without tags, by name. */
export function inputsByName(plan: Plan, type: string): Record<string, unknown> {
  const found = plan.resources
    .filter((r) => r.type === type)
    .map((r): [string, unknown] => {
      const { tags: _tags, ...rest } = toPlainJson(r.inputs) as Record<string, unknown>;
      return [r.name, rest];
    });
  return Object.fromEntries(found);
}
