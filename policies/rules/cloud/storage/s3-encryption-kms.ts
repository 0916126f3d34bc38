import type { Cursor } from "../../../../plan/world/index.js";
import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { planned, ref, unresolved } from "../../../examples.js";
import { BUCKET, onBucketSetting, takesAccessLogs } from "../../../lib/bucket-settings.js";
import type { ExampleValue, Verdict } from "../../../model.js";
import { expectString, fail, unknown } from "../../../verdicts.js";

const ENCRYPTION = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const BY_DEFAULT = "applyServerSideEncryptionByDefault";

function encrypted(sseAlgorithm: ExampleValue) {
  return [
    planned(BUCKET, "votes", {}),
    planned(ENCRYPTION, "encryption", {
      bucket: ref("votes", "id"),
      rules: [{ [BY_DEFAULT]: { sseAlgorithm, kmsMasterKeyId: "alias/votes" } }],
    }),
  ];
}

/**
 * A bucket encrypts with a key of KMS. S3 encrypts everything with keys of its own unless told otherwise. Buckets that take
 * access logs are left out: what writes them cannot use KMS.
 */
export const s3EncryptionKms = defineRule({
  id: "s3-encryption-kms",
  title: "buckets encrypt with a key of KMS",
  ring: "cloud",
  severity: "medium",
  rationale:
    "With a key of S3's own, whoever may read the bucket reads it all. A key of KMS is a second decision, on its own policy, and each use of it is on record.",
  remediation:
    'new aws.s3.BucketServerSideEncryptionConfiguration("votes", { bucket: bucket.id, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.arn }, bucketKeyEnabled: true }] })',
  references: references(
    "catalogue/rules.csv: CKV_AWS_19, CKV_AWS_145, AWS-0132, AWS-0088‡, NAG S3DefaultEncryptionKMS, PCP ×4",
    {
      "aws-security-hub": ["S3.17"],
      "pci-dss-4": ["8.3.2"],
      hipaa: ["164.312(a)(2)(iv)", "164.312(c)(1)"],
      "nist-csf-2": ["PR.DS-01"],
      "nist-800-53": ["SC-13", "SC-28(1)", "CP-9"],
    },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "left out, which is keys of S3", resources: [planned(BUCKET, "votes", {})], path: "" },
      {
        title: "keys of S3, said aloud",
        resources: encrypted("AES256"),
        path: `rules[0].${BY_DEFAULT}.sseAlgorithm`,
        on: "encryption",
      },
      {
        title: "on the bucket itself",
        resources: [
          planned(BUCKET, "votes", {
            serverSideEncryptionConfiguration: { rule: { [BY_DEFAULT]: { sseAlgorithm: "AES256" } } },
          }),
        ],
        path: `serverSideEncryptionConfiguration.rule.${BY_DEFAULT}.sseAlgorithm`,
      },
    ],
    pass: [
      { title: "a key of KMS", resources: encrypted("aws:kms") },
      {
        title: "it takes access logs, which KMS cannot encrypt",
        resources: [
          ...encrypted("aws:kms"),
          planned(BUCKET, "logs", {}),
          planned("aws:s3/bucketLogging:BucketLogging", "access", {
            bucket: ref("votes", "id"),
            targetBucket: ref("logs", "id"),
            targetPrefix: "votes/",
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: encrypted(unresolved("string")),
        path: `rules[0].${BY_DEFAULT}.sseAlgorithm`,
        on: "encryption",
      },
    ],
  },
  ...onBucketSetting({
    separate: ENCRYPTION,
    inline: "serverSideEncryptionConfiguration",
    judgeSeparate: (inputs, name) => judge(inputs.at("rules"), inputs.at("rules").items()[0], name),
    judgeInline: (at, name) => judge(at, at.at("rule"), name),
    missing: (name) => `bucket '${name}' encrypts with keys of S3, so whoever may read it needs no key`,
    exempt: (world, bucket) =>
      takesAccessLogs(world, bucket) ? "it takes access logs, which are not written with KMS" : undefined,
  }),
});

function judge(list: Cursor, rule: Cursor | undefined, name: string): Verdict {
  const undecided = `how '${name}' encrypts is not known before the deployment`;
  const message = `'${name}' encrypts with keys of S3, so whoever may read the bucket needs no key`;
  if (rule === undefined)
    return list.isUnknown || list.string() === UNKNOWN ? unknown(list, undecided) : fail(list, message);
  return expectString(rule.at(BY_DEFAULT, "sseAlgorithm"), {
    absent: undefined,
    accept: (text) => text?.startsWith("aws:kms") === true,
    message,
    undecided,
  });
}
