import type { PlannedResource } from "../../../../plan/model/index.js";
import type { World } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { planned, ref, unresolved } from "../../../examples.js";
import type { ExampleObject } from "../../../model.js";
import { onResource } from "../../../shapes.js";
import { expectString, notApplicable } from "../../../verdicts.js";

const GROUP = "aws:autoscaling/group:Group";
const ATTACHMENT = "aws:autoscaling/attachment:Attachment";

function group(inputs: ExampleObject) {
  return [planned(GROUP, "web", { minSize: 1, maxSize: 3, ...inputs })];
}

/** A group of machines behind a load balancer replaces those that the load balancer finds broken. It asks EC2 only unless told (Auto Scaling API, `HealthCheckType`). */
export const autoscalingElbHealthCheck = defineRule({
  id: "autoscaling-elb-health-check",
  title: "groups replace machines that their load balancer finds broken",
  ring: "cloud",
  severity: "low",
  rationale:
    "A machine that is on and answers nobody is well for EC2. The group keeps it, and with it a share of the traffic.",
  remediation: 'healthCheckType: "ELB"',
  references: references(
    "catalogue/rules.csv: CKV2_AWS_15, NAG AutoScalingGroupELBHealthCheckRequired, AwsSolutions-AS2",
    {
      "aws-security-hub": ["AutoScaling.1"],
      hipaa: ["164.308(a)(1)(ii)(b)", "164.308(a)(7)(i)"],
      "nist-csf-2": ["ID.AM-05", "PR.IR-03"],
      "nist-800-53": ["CM-6", "AU-12(3)", "AU-14"],
    },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "left out, which asks EC2 only",
        resources: group({ targetGroupArns: ["tg"] }),
        path: "healthCheckType",
      },
      {
        title: "attached by a resource of its own",
        resources: [
          ...group({ healthCheckType: "EC2" }),
          planned(ATTACHMENT, "behind", { autoscalingGroupName: ref("web", "name"), lbTargetGroupArn: "tg" }),
        ],
        path: "healthCheckType",
      },
    ],
    pass: [
      { title: "the load balancer is asked", resources: group({ targetGroupArns: ["tg"], healthCheckType: "ELB" }) },
      {
        title: "among others",
        resources: group({ trafficSources: [{ identifier: "tg" }], healthCheckType: "EC2,ELB" }),
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: group({ targetGroupArns: ["tg"], healthCheckType: unresolved("string") }),
        path: "healthCheckType",
      },
    ],
  },
  ...onResource([GROUP, ATTACHMENT], ({ resource, inputs, world }) =>
    resource.type === GROUP && isBehindBalancer(world, resource)
      ? expectString(inputs.at("healthCheckType"), {
          absent: "EC2",
          accept: (types) => /\b(ELB|VPC_LATTICE)\b/.test(types ?? ""),
          message: `group '${resource.name}' keeps machines that its load balancer finds broken`,
          undecided: `whom group '${resource.name}' asks is not known before the deployment`,
          fix: "ELB",
        })
      : notApplicable("no load balancer is in front of it"),
  ),
});

function isBehindBalancer(world: World, group: PlannedResource): boolean {
  const inputs = world.inputsOf(group);
  return (
    ["targetGroupArns", "loadBalancers", "trafficSources"].some((list) => inputs.at(list).items().length > 0) ||
    world.mentionsOf(group.urn).some(({ resource }) => resource.type === ATTACHMENT)
  );
}
