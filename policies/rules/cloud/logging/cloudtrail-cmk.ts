import { defineRule, references } from "../../../define.js";
import { planned, ref, unresolved } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { expectPresent } from "../../../verdicts.js";

const TRAIL = "aws:cloudtrail/trail:Trail";

/** A trail's files are encrypted with a customer key; with one of S3 by default. */
export const cloudtrailCmk = defineRule({
  id: "cloudtrail-cmk",
  title: "a trail's files are encrypted with a customer key",
  ring: "cloud",
  severity: "medium",
  rationale:
    "With a key of its own, whoever reads the bucket does not read the log: who may decrypt is a second decision.",
  remediation: "kmsKeyId: key.arn",
  references: references("catalogue/rules.csv: CKV_AWS_35, AWS-0015, NAG CloudTrailEncryptionEnabled", {
    "aws-security-hub": ["CloudTrail.2"],
    "cis-aws-7": ["4.5"],
    "pci-dss-4": ["8.3.2", "10.3.2", "10.3.3"],
    hipaa: ["164.312(a)(2)(iv)", "164.312(c)(1)"],
    "nist-csf-2": ["DE.AE-02", "DE.AE-03"],
    "nist-800-53": ["SC-13", "SC-28(1)", "CP-9"],
  }),
  since: "0.1.0",
  examples: {
    fail: [{ title: "left out", resources: [planned(TRAIL, "audit", { s3BucketName: "logs" })], path: "kmsKeyId" }],
    pass: [
      {
        title: "a key of this plan",
        resources: [
          planned(TRAIL, "audit", { s3BucketName: "logs", kmsKeyId: ref("logs", "arn") }),
          planned("aws:kms/key:Key", "logs", {}),
        ],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [planned(TRAIL, "audit", { s3BucketName: "logs", kmsKeyId: unresolved("string") })],
        path: "kmsKeyId",
      },
    ],
  },
  ...onResource([TRAIL], ({ resource, inputs }) =>
    expectPresent(inputs.at("kmsKeyId"), {
      message: `whoever reads the bucket of trail '${resource.name}' reads the log`,
      undecided: `whether trail '${resource.name}' has a customer key is not known before the deployment`,
    }),
  ),
});
