import { defineRule, references } from "../../../define.js";
import { planned, ref, unresolved } from "../../../examples.js";
import { BUCKET, onBucketSetting } from "../../../lib/bucket-settings.js";
import type { ExampleValue } from "../../../model.js";
import { expectBoolean, expectString } from "../../../verdicts.js";

const VERSIONING = "aws:s3/bucketVersioning:BucketVersioning";

function versioned(status: ExampleValue) {
  return [
    planned(BUCKET, "votes", {}),
    planned(VERSIONING, "versions", { bucket: ref("votes", "id"), versioningConfiguration: { status } }),
  ];
}

/** A bucket keeps what is overwritten and deleted. It does not by default. */
export const s3Versioning = defineRule({
  id: "s3-versioning",
  title: "buckets keep former versions",
  ring: "cloud",
  severity: "low",
  rationale: "Without versions one wrong command, or one intruder, deletes what nobody has a copy of.",
  remediation:
    'new aws.s3.BucketVersioning("votes", { bucket: bucket.id, versioningConfiguration: { status: "Enabled" } })',
  references: references("catalogue/rules.csv: CKV_AWS_21, AWS-0090, NAG S3BucketVersioningEnabled, PPB", {
    "aws-security-hub": ["S3.14"],
    "pci-dss-4": ["10.3.4"],
    hipaa: ["164.312(a)(2)(ii)", "164.312(c)(1)"],
    "nist-csf-2": ["DE.CM-09", "ID.AM-07"],
    "nist-800-53": ["CP-9", "CP-10", "AU-9(2)"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "left out, which keeps none", resources: [planned(BUCKET, "votes", {})], path: "" },
      {
        title: "suspended",
        resources: versioned("Suspended"),
        path: "versioningConfiguration.status",
        on: "versions",
      },
    ],
    pass: [
      { title: "turned on", resources: versioned("Enabled") },
      { title: "on the bucket itself", resources: [planned(BUCKET, "votes", { versioning: { enabled: true } })] },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: versioned(unresolved("string")),
        path: "versioningConfiguration.status",
        on: "versions",
      },
    ],
  },
  ...onBucketSetting({
    separate: VERSIONING,
    inline: "versioning",
    judgeSeparate: (inputs, name) =>
      expectString(inputs.at("versioningConfiguration", "status"), {
        absent: undefined,
        accept: (status) => status === "Enabled",
        message: `'${name}' turns versions off, so what is deleted is gone`,
        undecided: `whether '${name}' turns versions on is not known before the deployment`,
        fix: "Enabled",
      }),
    judgeInline: (at, name) =>
      expectBoolean(at.at("enabled"), {
        absent: false,
        accept: (value) => value,
        message: `bucket '${name}' keeps no versions, so what is deleted is gone`,
        undecided: `whether bucket '${name}' keeps versions is not known before the deployment`,
        fix: true,
      }),
    missing: (name) => `bucket '${name}' keeps no versions, so what is deleted is gone`,
  }),
});
