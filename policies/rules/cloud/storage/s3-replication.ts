import { defineRule, references } from "../../../define.js";
import { planned, ref, unresolved } from "../../../examples.js";
import { BUCKET, onBucketSetting } from "../../../lib/bucket-settings.js";
import { pass, unknown } from "../../../verdicts.js";

const SETTING = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";

/** A bucket is copied to another Region. Most need not be; who asks for this set wants to hear of all that are not. */
export const s3Replication = defineRule({
  id: "s3-replication",
  title: "buckets have a copy in another Region",
  ring: "cloud",
  severity: "info",
  rationale:
    "A Region can be away for a day, and an account can be lost. A copy elsewhere, best in another account, is still there.",
  remediation:
    'new aws.s3.BucketReplicationConfig("votes", { bucket: bucket.id, role: role.arn, rules: [{ status: "Enabled", destination: { bucket: copy.arn } }] })',
  references: references("catalogue/rules.csv: CKV_AWS_144, NAG S3BucketReplicationEnabled, PCP ×2", {
    "aws-security-hub": ["S3.7"],
    hipaa: ["164.312(a)(2)(ii)", "164.308(a)(1)(ii)(b)"],
    "nist-csf-2": ["ID.AM-07", "PR.IR-02"],
    "nist-800-53": ["CP-9", "CP-10", "CM-6"],
  }),
  since: "0.1.0",
  examples: {
    fail: [{ title: "none", resources: [planned(BUCKET, "votes", {})], path: "" }],
    pass: [
      {
        title: "by a resource of its own",
        resources: [
          planned(BUCKET, "votes", {}),
          planned(SETTING, "set", { bucket: ref("votes", "id"), role: "arn:1", rules: [] }),
        ],
      },
      {
        title: "on the bucket itself",
        resources: [planned(BUCKET, "votes", { replicationConfiguration: { role: "arn:1", rules: [] } })],
      },
    ],
    unknown: [
      {
        title: "which bucket has it is an output",
        resources: [
          planned(BUCKET, "votes", {}),
          planned(SETTING, "set", { bucket: unresolved("string"), role: "arn:1", rules: [] }),
        ],
        path: "",
      },
    ],
  },
  ...onBucketSetting({
    separate: SETTING,
    inline: "replicationConfiguration",
    judgeInline: (at, name) =>
      at.isUnknown ? unknown(at, `whether bucket '${name}' is copied is not known before the deployment`) : pass(),
    judgeSeparate: () => pass(),
    missing: (name) => `bucket '${name}' has no copy in another Region`,
  }),
});
