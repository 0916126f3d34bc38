import { defineRule, references } from "../../../define.js";
import { planned, ref, unresolved } from "../../../examples.js";
import { BUCKET, onBucketSetting, takesAccessLogs } from "../../../lib/bucket-settings.js";
import { expectPresent, pass } from "../../../verdicts.js";

const LOGGING = "aws:s3/bucketLogging:BucketLogging";

/** A bucket writes down who reads and changes it. Buckets that take such logs are left out, or they would fill themselves. */
export const s3AccessLogging = defineRule({
  id: "s3-access-logging",
  title: "buckets keep a log of who uses them",
  ring: "cloud",
  severity: "low",
  rationale: "When something from a bucket turns up elsewhere, the log is what tells who took it and what else.",
  remediation:
    'new aws.s3.BucketLogging("votes", { bucket: bucket.id, targetBucket: logs.id, targetPrefix: "votes/" })',
  references: references("catalogue/rules.csv: CKV_AWS_18, AWS-0089, AwsSolutions-S1, AG, PPB", {
    "aws-security-hub": ["S3.9"],
    "pci-dss-4": ["10.2.1.1", "10.2.1.2", "10.2.1.3"],
    hipaa: ["164.312(e)(2)(i)", "164.308(a)(1)(ii)(d)"],
    "nist-csf-2": ["ID.AM-03", "PR.PS-04"],
    "nist-800-53": ["AU-2", "AU-3", "AU-12"],
  }),
  since: "0.1.0",
  examples: {
    fail: [{ title: "left out", resources: [planned(BUCKET, "votes", {})], path: "" }],
    pass: [
      {
        title: "a log in another bucket, which needs none",
        resources: [
          planned(BUCKET, "votes", {}),
          planned(BUCKET, "logs", {}),
          planned(LOGGING, "access", {
            bucket: ref("votes", "id"),
            targetBucket: ref("logs", "id"),
            targetPrefix: "votes/",
          }),
        ],
      },
      { title: "on the bucket itself", resources: [planned(BUCKET, "votes", { logging: { targetBucket: "logs" } })] },
    ],
    unknown: [
      {
        title: "which bucket has a log is an output",
        resources: [
          planned(BUCKET, "votes", {}),
          planned(LOGGING, "access", { bucket: unresolved("string"), targetBucket: "logs", targetPrefix: "votes/" }),
        ],
        path: "",
      },
    ],
  },
  ...onBucketSetting({
    separate: LOGGING,
    inline: "logging",
    judgeSeparate: () => pass(),
    judgeInline: (at, name) =>
      expectPresent(at.isUnknown ? at : at.at("targetBucket"), {
        message: `nothing records who reads bucket '${name}'`,
        undecided: `whether bucket '${name}' keeps a log is not known before the deployment`,
      }),
    missing: (name) => `nothing records who reads bucket '${name}'`,
    exempt: (world, bucket) => (takesAccessLogs(world, bucket) ? "it takes access logs itself" : undefined),
  }),
});
