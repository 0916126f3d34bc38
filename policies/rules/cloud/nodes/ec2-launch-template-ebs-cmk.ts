import { defineRule } from "../../../define.js";
import { planned, ref, unresolved } from "../../../examples.js";
import { judgeCustomerKey } from "../../../lib/rule-kinds.js";
import type { ExampleObject } from "../../../model.js";
import { onResource } from "../../../shapes.js";
import { notApplicable } from "../../../verdicts.js";

const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const DEFAULT_KEY = "aws:ebs/defaultKmsKey:DefaultKmsKey";

function template(ebs: ExampleObject) {
  return [planned(TEMPLATE, "nodes", { blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs }] })];
}

/** Encrypted disks of a launch template have a key of the customer, their own or the account's default. */
export const ec2LaunchTemplateEbsCmk = defineRule({
  id: "ec2-launch-template-ebs-cmk",
  title: "disks of machines are encrypted with a key of yours",
  ring: "cloud",
  severity: "low",
  rationale:
    "A node's disk holds images, logs and what programs cached. A key of yours says who may open its snapshot.",
  remediation: "ebs: { encrypted: true, kmsKeyId: key.arn }",
  references: [],
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "encrypted with the key of AWS",
        resources: template({ encrypted: "true" }),
        path: "blockDeviceMappings[0].ebs.kmsKeyId",
      },
    ],
    pass: [
      {
        title: "a key of this plan",
        resources: [
          ...template({ encrypted: "true", kmsKeyId: ref("key", "arn") }),
          planned("aws:kms/key:Key", "key", {}),
        ],
      },
      {
        title: "an alias of the customer, and a disk that is not encrypted, which is for another rule",
        resources: [
          ...template({ encrypted: "true", kmsKeyId: "alias/disks" }),
          planned(TEMPLATE, "other", {
            blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: "false" } }],
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "the key is an output",
        resources: template({ encrypted: "true", kmsKeyId: unresolved("string") }),
        path: "blockDeviceMappings[0].ebs.kmsKeyId",
      },
    ],
  },
  ...onResource([TEMPLATE, DEFAULT_KEY], (view) => {
    const { resource, inputs, world } = view;
    if (resource.type === DEFAULT_KEY || world.ofType(DEFAULT_KEY).length > 0)
      return notApplicable("the plan sets the account's default key");
    return inputs
      .at("blockDeviceMappings")
      .items()
      .map((mapping) => mapping.at("ebs"))
      .filter((disk) => disk.at("encrypted").boolean() === true)
      .map((disk) => judgeCustomerKey(view, disk.at("kmsKeyId"), "a disk of machines from"));
  }),
});
