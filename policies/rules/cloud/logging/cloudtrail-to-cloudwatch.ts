import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { expectPresent } from "../../../verdicts.js";

const TRAIL = "aws:cloudtrail/trail:Trail";

/** A trail also writes to CloudWatch Logs, where filters and alarms read it as it comes. */
export const cloudtrailToCloudwatch = defineRule({
  id: "cloudtrail-to-cloudwatch",
  title: "somebody can be alarmed by a trail",
  ring: "cloud",
  severity: "low",
  rationale: "A bucket is read after something happened. A log group can raise an alarm within minutes.",
  remediation: "cloudWatchLogsGroupArn: pulumi.interpolate`${group.arn}:*`, cloudWatchLogsRoleArn: role.arn",
  references: references("catalogue/rules.csv: CKV2_AWS_10, AWS-0162, NAG CloudTrailCloudWatchLogsEnabled", {
    "aws-security-hub": ["CloudTrail.5"],
    "pci-dss-4": ["7.3.3", "10.4.1.1", "11.3.1.3"],
    hipaa: ["164.312(b)", "164.312(e)(2)(i)"],
    "nist-csf-2": ["DE.AE-02", "DE.AE-03"],
    "nist-800-53": ["AU-2", "AU-3", "AU-12"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "a bucket only",
        resources: [planned(TRAIL, "audit", { s3BucketName: "logs" })],
        path: "cloudWatchLogsGroupArn",
      },
    ],
    pass: [
      {
        title: "a log group too",
        resources: [
          planned(TRAIL, "audit", {
            s3BucketName: "logs",
            cloudWatchLogsGroupArn: "arn:aws:logs:eu-west-1:111122223333:log-group:audit:*",
            cloudWatchLogsRoleArn: "arn:aws:iam::111122223333:role/audit",
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "the log group is an output",
        resources: [planned(TRAIL, "audit", { s3BucketName: "logs", cloudWatchLogsGroupArn: unresolved("string") })],
        path: "cloudWatchLogsGroupArn",
      },
    ],
  },
  ...onResource([TRAIL], ({ resource, inputs }) =>
    expectPresent(inputs.at("cloudWatchLogsGroupArn"), {
      message: `no alarm can be set on what trail '${resource.name}' records`,
      undecided: `whether trail '${resource.name}' writes to a log group is not known before the deployment`,
    }),
  ),
});
