import { defineRule, references } from "../../../define.js";
import { planned, ref, unresolved } from "../../../examples.js";
import { BUCKET, onBucketSetting } from "../../../lib/bucket-settings.js";
import type { ExampleObject } from "../../../model.js";
import { expectBoolean, expectString } from "../../../verdicts.js";

const VERSIONING = "aws:s3/bucketVersioning:BucketVersioning";

function versioned(more: ExampleObject) {
  return [
    planned(BUCKET, "votes", {}),
    planned(VERSIONING, "versions", {
      bucket: ref("votes", "id"),
      versioningConfiguration: { status: "Enabled", ...more },
    }),
  ];
}

/** Versions of a bucket are deleted with a second factor only. Only the root user of the account can turn that on. */
export const s3MfaDelete = defineRule({
  id: "s3-mfa-delete",
  title: "versions are deleted with a second factor only",
  ring: "cloud",
  severity: "info",
  rationale: "Keys that were stolen then cannot delete the versions that would undo what they did.",
  remediation: 'versioningConfiguration: { status: "Enabled", mfaDelete: "Enabled" }',
  references: references("catalogue/rules.csv: AWS-0170", { "aws-security-hub": ["S3.20"] }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "left out, which is off",
        resources: versioned({}),
        path: "versioningConfiguration.mfaDelete",
        on: "versions",
      },
      { title: "no versions at all", resources: [planned(BUCKET, "votes", {})], path: "" },
    ],
    pass: [
      { title: "turned on", resources: versioned({ mfaDelete: "Enabled" }) },
      {
        title: "on the bucket itself",
        resources: [planned(BUCKET, "votes", { versioning: { enabled: true, mfaDelete: true } })],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: versioned({ mfaDelete: unresolved("string") }),
        path: "versioningConfiguration.mfaDelete",
        on: "versions",
      },
    ],
  },
  ...onBucketSetting({
    separate: VERSIONING,
    inline: "versioning",
    judgeSeparate: (inputs, name) =>
      expectString(inputs.at("versioningConfiguration", "mfaDelete"), {
        absent: "Disabled",
        accept: (value) => value === "Enabled",
        message: `'${name}' lets versions be deleted without a second factor`,
        undecided: `whether '${name}' asks for a second factor is not known before the deployment`,
      }),
    judgeInline: (at, name) =>
      expectBoolean(at.at("mfaDelete"), {
        absent: false,
        accept: (value) => value,
        message: `versions of bucket '${name}' are deleted without a second factor`,
        undecided: `whether bucket '${name}' asks for a second factor is not known before the deployment`,
      }),
    missing: (name) => `bucket '${name}' is emptied without a second factor`,
  }),
});
