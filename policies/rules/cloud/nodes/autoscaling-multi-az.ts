import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import type { ExampleObject } from "../../../model.js";
import { onResource } from "../../../shapes.js";
import { fail, pass, unknown } from "../../../verdicts.js";

const GROUP = "aws:autoscaling/group:Group";

function group(inputs: ExampleObject) {
  return [planned(GROUP, "nodes", { minSize: 1, maxSize: 3, ...inputs })];
}

/** A group of machines has subnets, or zones, of which there are two or more. */
export const autoscalingMultiAz = defineRule({
  id: "autoscaling-multi-az",
  title: "groups of machines survive the loss of a zone",
  ring: "cloud",
  severity: "low",
  rationale: "A group that knows one zone has no machine at all while that zone is away, however many it may start.",
  remediation: "vpcZoneIdentifiers: [a.id, b.id]",
  references: references("catalogue/rules.csv: PRW autoscaling_group_multiple_az", {
    "aws-security-hub": ["AutoScaling.2"],
    "nist-csf-2": ["DE.CM-02", "PR.IR-02"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "one subnet", resources: group({ vpcZoneIdentifiers: ["subnet-1"] }), path: "vpcZoneIdentifiers" },
      { title: "one zone", resources: group({ availabilityZones: ["eu-west-1a"] }), path: "availabilityZones" },
    ],
    pass: [
      { title: "two subnets", resources: group({ vpcZoneIdentifiers: ["subnet-1", "subnet-2"] }) },
      { title: "three zones", resources: group({ availabilityZones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"] }) },
    ],
    unknown: [
      {
        title: "the subnets are an output",
        resources: group({ vpcZoneIdentifiers: unresolved("list") }),
        path: "vpcZoneIdentifiers",
      },
    ],
  },
  ...onResource([GROUP], ({ resource, inputs }) => {
    const zones = inputs.at("availabilityZones");
    const at = zones.isAbsent ? inputs.at("vpcZoneIdentifiers") : zones;
    if (at.isUnknown)
      return unknown(at, `how many zones group '${resource.name}' has is not known before the deployment`);
    return at.items().length >= 2 ? pass() : fail(at, `group '${resource.name}' has one zone and goes with it`);
  }),
});
