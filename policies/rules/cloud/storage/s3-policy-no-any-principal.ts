import { defineRule, references } from "../../../define.js";
import { json, planned, unresolved } from "../../../examples.js";
import { judgeOpenPolicy } from "../../../lib/resource-policies.js";
import type { ExampleObject } from "../../../model.js";
import { onResource } from "../../../shapes.js";

const BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy";

function policy(statement: ExampleObject) {
  return [
    planned(BUCKET_POLICY, "votes", {
      bucket: "votes",
      policy: json({
        Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::votes/*", ...statement }],
      }),
    }),
  ];
}

/** Policies of buckets name who gets in, or bind everybody to fixed callers (S3 user guide, "The meaning of public"). */
export const s3PolicyNoAnyPrincipal = defineRule({
  id: "s3-policy-no-any-principal",
  title: "no bucket's policy lets everybody in",
  ring: "cloud",
  severity: "critical",
  rationale: "Anybody on the internet reads, or writes, what such a statement allows, without an account of AWS.",
  remediation: "Principal: { AWS: role.arn }",
  references: references("catalogue/rules.csv: CKV_AWS_70, AWS-0346, PRW", {
    "aws-security-hub": ["S3.6"],
    "cis-aws-7": ["2.21"],
    "pci-dss-4": ["7.2.1", "7.2.2", "7.2.5"],
    hipaa: ["164.312(a)(1)", "164.308(a)(1)(ii)(b)"],
    attack: ["T1530"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "everybody reads", resources: policy({ Principal: "*" }), path: "policy.Statement[0].Principal" },
      {
        title: "from any address",
        resources: policy({
          Principal: "*",
          Condition: { IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "0.0.0.0/0"] } },
        }),
        path: "policy.Statement[0].Principal",
      },
    ],
    pass: [
      {
        title: "one VPC endpoint",
        resources: policy({ Principal: "*", Condition: { StringEquals: { "aws:SourceVpce": "vpce-0123" } } }),
      },
      {
        title: "everybody is refused without TLS",
        resources: policy({ Effect: "Deny", Principal: "*", Condition: { Bool: { "aws:SecureTransport": "false" } } }),
      },
    ],
    unknown: [
      {
        title: "the policy is an output",
        resources: [planned(BUCKET_POLICY, "votes", { bucket: "votes", policy: unresolved("string") })],
        path: "policy",
      },
    ],
  },
  ...onResource([BUCKET_POLICY, "aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"], (view) =>
    judgeOpenPolicy(view, view.inputs.at("policy"), "bucket"),
  ),
});
