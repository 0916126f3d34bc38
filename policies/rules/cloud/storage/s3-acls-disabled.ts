import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import type { ExampleValue } from "../../../model.js";
import { onResource } from "../../../shapes.js";
import { expectString } from "../../../verdicts.js";

const CONTROLS = "aws:s3/bucketOwnershipControls:BucketOwnershipControls";

function controls(objectOwnership: ExampleValue) {
  return [planned(CONTROLS, "votes", { bucket: "votes", rule: { objectOwnership } })];
}

/** Lists of rights stay off. New buckets have them off unless somebody turns them on (S3 user guide, "Controlling ownership of objects"). */
export const s3AclsDisabled = defineRule({
  id: "s3-acls-disabled",
  title: "buckets take no lists of rights",
  ring: "cloud",
  severity: "low",
  rationale:
    "With lists of rights each object says for itself who reads it, and whoever uploads one owns it. Then no policy of the bucket tells who gets in.",
  remediation: 'rule: { objectOwnership: "BucketOwnerEnforced" }',
  references: references("catalogue/rules.csv: CKV2_AWS_65, PRW", {
    "aws-security-hub": ["S3.12"],
    "pci-dss-4": ["7.2.1", "7.2.2", "7.2.5"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "whoever uploads owns", resources: controls("ObjectWriter"), path: "rule.objectOwnership" },
      {
        title: "the bucket's owner, when the uploader says so",
        resources: controls("BucketOwnerPreferred"),
        path: "rule.objectOwnership",
      },
    ],
    pass: [{ title: "the bucket's owner owns all", resources: controls("BucketOwnerEnforced") }],
    unknown: [{ title: "an output decides", resources: controls(unresolved("string")), path: "rule.objectOwnership" }],
  },
  ...onResource([CONTROLS], ({ resource, inputs }) =>
    expectString(inputs.at("rule", "objectOwnership"), {
      absent: undefined,
      accept: (value) => value === "BucketOwnerEnforced",
      message: `'${resource.name}' turns lists of rights on, so every object says for itself who reads it`,
      undecided: `whether '${resource.name}' turns lists of rights on is not known before the deployment`,
      fix: "BucketOwnerEnforced",
    }),
  ),
});
