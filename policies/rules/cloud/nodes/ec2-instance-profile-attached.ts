import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { expectPresent, notApplicable } from "../../../verdicts.js";

const INSTANCE = "aws:ec2/instance:Instance";

/** A machine has a role of its own. One from a launch template gets the template's. */
export const ec2InstanceProfileAttached = defineRule({
  id: "ec2-instance-profile-attached",
  title: "machines have a role of their own",
  ring: "cloud",
  severity: "low",
  rationale: "A machine without a role that still has to call AWS is given a key in a file, which does not expire.",
  remediation: "iamInstanceProfile: profile.name",
  references: references("catalogue/rules.csv: CKV2_AWS_41, NAG EC2InstanceProfileAttached, PPB", {
    "pci-dss-4": ["7.2.1", "7.2.2", "7.2.5"],
    "nist-800-53": ["AC-3", "CM-6", "CM-5(1)"],
  }),
  since: "0.1.0",
  examples: {
    fail: [{ title: "none", resources: [planned(INSTANCE, "jump", {})], path: "iamInstanceProfile" }],
    pass: [
      { title: "a role", resources: [planned(INSTANCE, "jump", { iamInstanceProfile: "jump" })] },
      {
        title: "what the launch template says is not asked here",
        resources: [
          planned(INSTANCE, "jump", { iamInstanceProfile: "jump" }),
          planned(INSTANCE, "other", { launchTemplate: { id: "lt-1" } }),
        ],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [planned(INSTANCE, "jump", { iamInstanceProfile: unresolved("string") })],
        path: "iamInstanceProfile",
      },
    ],
  },
  ...onResource([INSTANCE], ({ resource, inputs }) =>
    inputs.at("launchTemplate").isAbsent || !inputs.at("iamInstanceProfile").isAbsent
      ? expectPresent(inputs.at("iamInstanceProfile"), {
          message: `machine '${resource.name}' has no role, so whatever it asks of AWS needs a stored key`,
          undecided: `whether machine '${resource.name}' has a role is not known before the deployment`,
        })
      : notApplicable("its launch template may say it"),
  ),
});
