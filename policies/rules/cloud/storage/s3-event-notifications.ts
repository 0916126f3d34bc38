import { defineRule, references } from "../../../define.js";
import { planned, ref, unresolved } from "../../../examples.js";
import { BUCKET, onBucketSetting } from "../../../lib/bucket-settings.js";
import { pass } from "../../../verdicts.js";

const SETTING = "aws:s3/bucketNotification:BucketNotification";

/** A bucket sends events, to EventBridge or to somebody. Most need not; who asks for this set wants to hear of all that do not. */
export const s3EventNotifications = defineRule({
  id: "s3-event-notifications",
  title: "what happens in buckets is passed on",
  ring: "cloud",
  severity: "info",
  rationale:
    "An event for each new or deleted object starts a scan, or an alarm, in seconds. The log of accesses comes hours later.",
  remediation: 'new aws.s3.BucketNotification("votes", { bucket: bucket.id, eventbridge: true })',
  references: references("catalogue/rules.csv: CKV2_AWS_62", { "aws-security-hub": ["S3.11"] }),
  since: "0.1.0",
  examples: {
    fail: [{ title: "none", resources: [planned(BUCKET, "votes", {})], path: "" }],
    pass: [
      {
        title: "by a resource of its own",
        resources: [
          planned(BUCKET, "votes", {}),
          planned(SETTING, "set", { bucket: ref("votes", "id"), eventbridge: true }),
        ],
      },
    ],
    unknown: [
      {
        title: "which bucket has it is an output",
        resources: [
          planned(BUCKET, "votes", {}),
          planned(SETTING, "set", { bucket: unresolved("string"), eventbridge: true }),
        ],
        path: "",
      },
    ],
  },
  ...onBucketSetting({
    separate: SETTING,

    judgeSeparate: () => pass(),
    missing: (name) => `bucket '${name}' tells nobody what happens in it`,
  }),
});
