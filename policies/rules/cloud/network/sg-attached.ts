import type { PlannedResource } from "../../../../plan/model/index.js";
import { Ref, walk } from "../../../../plan/model/index.js";
import type { Cursor, World } from "../../../../plan/world/index.js";
import { defineRule } from "../../../define.js";
import { planned, ref, unresolved } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { failWhole, pass, unknownWhole } from "../../../verdicts.js";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";

/** By what a mention of a group is a rule, or the group itself, and no use. */
const OF_RULES = /^aws:(ec2\/securityGroupRule|vpc\/securityGroup(Ingress|Egress)Rule|ec2\/securityGroup):/;

/** A security group is used by something of its plan, or given to others as an output of the stack. */
export const sgAttached = defineRule({
  id: "sg-attached",
  title: "security groups are used",
  ring: "cloud",
  severity: "info",
  rationale: "A group that nothing uses waits for somebody who attaches it for its name and gets its forgotten rules.",
  remediation: "vpcSecurityGroupIds: [group.id]  // or remove the group",
  references: [],
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "only a rule names it",
        resources: [
          planned(GROUP, "web", {}),
          planned("aws:ec2/securityGroupRule:SecurityGroupRule", "out", {
            securityGroupId: ref("web", "id"),
            type: "egress",
            protocol: "-1",
            fromPort: 0,
            toPort: 0,
          }),
        ],
        path: "",
      },
    ],
    pass: [
      {
        title: "a machine uses it",
        resources: [
          planned(GROUP, "web", {}),
          planned("aws:ec2/instance:Instance", "jump", { vpcSecurityGroupIds: [ref("web", "id")] }),
        ],
      },
    ],
    unknown: [
      {
        title: "the groups of a machine are an output",
        resources: [
          planned(GROUP, "web", {}),
          planned("aws:ec2/instance:Instance", "jump", { vpcSecurityGroupIds: unresolved("list") }),
        ],
        path: "",
      },
    ],
  },
  ...onResource([GROUP], ({ resource, world }) => {
    const used =
      world.mentionsOf(resource.urn).some((mention) => !OF_RULES.test(mention.resource.type)) ||
      isExported(world, resource);
    if (used) return pass();
    const [late] = lateUsers(world);
    return late === undefined
      ? failWhole(`nothing in this plan uses security group '${resource.name}'`)
      : unknownWhole(
          `whether '${late.name}' uses security group '${resource.name}' is not known before the deployment`,
        );
  }),
});

function isExported(world: World, group: PlannedResource): boolean {
  let exported = false;
  walk(world.plan.stackOutputs, (value) => {
    exported ||= value instanceof Ref && value.urn === group.urn;
  });
  return exported;
}

/** Inputs by which resources name their groups. */
const LISTS = [["vpcSecurityGroupIds"], ["securityGroups"], ["securityGroupIds"], ["vpcConfig", "securityGroupIds"]];

const late = new WeakMap<World, readonly PlannedResource[]>();

/** The resources whose groups nobody knows yet. */
function lateUsers(world: World): readonly PlannedResource[] {
  let found = late.get(world);
  if (found === undefined) {
    found = world.resources.filter(
      (r) => r.type.startsWith("aws:") && LISTS.some((path) => isLate(world.inputsOf(r).at(...path))),
    );
    late.set(world, found);
  }
  return found;
}

function isLate(list: Cursor): boolean {
  return [list, ...list.items()].some((at) => at.isUnknown && at.refs().length === 0);
}
