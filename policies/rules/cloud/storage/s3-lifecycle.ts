import type { Cursor } from "../../../../plan/world/index.js";
import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { planned, ref, unresolved } from "../../../examples.js";
import { BUCKET, onBucketSetting } from "../../../lib/bucket-settings.js";
import type { ExampleObject, Verdict } from "../../../model.js";
import { fail, pass, unknown } from "../../../verdicts.js";

const LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";

function managed(rule: ExampleObject) {
  return [
    planned(BUCKET, "votes", {}),
    planned(LIFECYCLE, "life", { bucket: ref("votes", "id"), rules: [{ id: "parts", status: "Enabled", ...rule }] }),
  ];
}

const ABORT = { abortIncompleteMultipartUpload: { daysAfterInitiation: 7 } };

/** A bucket has a lifecycle, and the parts of uploads that nobody finished go at some time: no listing shows them. */
export const s3Lifecycle = defineRule({
  id: "s3-lifecycle",
  title: "what buckets hold has an end",
  ring: "cloud",
  severity: "info",
  rationale:
    "What nobody deletes is paid for, and found, years later. Parts of broken uploads stay for ever and no listing shows them.",
  remediation:
    'rules: [{ id: "parts", status: "Enabled", abortIncompleteMultipartUpload: { daysAfterInitiation: 7 } }]',
  references: references("catalogue/rules.csv: CKV2_AWS_61, CKV_AWS_300", {
    "aws-security-hub": ["S3.13"],
    "pci-dss-4": ["3.2.1", "3.3.1.1", "3.3.1.3"],
    "nist-csf-2": ["DE.CM-09", "ID.AM-07"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "none", resources: [planned(BUCKET, "votes", {})], path: "" },
      {
        title: "parts of uploads stay",
        resources: managed({ expiration: { days: 30 } }),
        path: "rules",
        on: "life",
      },
      { title: "a rule that is off", resources: managed({ ...ABORT, status: "Disabled" }), path: "rules", on: "life" },
    ],
    pass: [
      { title: "parts go after a week", resources: managed(ABORT) },
      {
        title: "on the bucket itself",
        resources: [
          planned(BUCKET, "votes", { lifecycleRules: [{ enabled: true, abortIncompleteMultipartUploadDays: 7 }] }),
        ],
      },
    ],
    unknown: [
      {
        title: "the rules are an output",
        resources: [
          planned(BUCKET, "votes", {}),
          planned(LIFECYCLE, "life", { bucket: ref("votes", "id"), rules: unresolved("list") }),
        ],
        path: "rules",
        on: "life",
      },
    ],
  },
  ...onBucketSetting({
    separate: LIFECYCLE,
    inline: "lifecycleRules",
    judgeSeparate: (inputs, name) =>
      judge(inputs.at("rules"), name, (rule) => {
        const status = rule.at("status").string();
        const aborts = !rule.at("abortIncompleteMultipartUpload").isAbsent;
        return status === UNKNOWN ? UNKNOWN : status === "Enabled" && aborts;
      }),
    judgeInline: (at, name) => judge(at, name, (rule) => !rule.at("abortIncompleteMultipartUploadDays").isAbsent),
    missing: (name) => `nothing that bucket '${name}' holds ever goes`,
  }),
});

function judge(rules: Cursor, name: string, aborts: (rule: Cursor) => boolean | typeof UNKNOWN): Verdict {
  const found = rules.items().map(aborts);
  if (found.includes(true)) return pass();
  return rules.isUnknown || found.includes(UNKNOWN)
    ? unknown(rules, `whether '${name}' clears broken uploads is not known before the deployment`)
    : fail(rules, `'${name}' keeps the parts of broken uploads for ever`);
}
