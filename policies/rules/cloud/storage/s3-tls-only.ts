import { UNKNOWN } from "../../../../plan/world/index.js";
import type { Read } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { json, planned, ref, unresolved } from "../../../examples.js";
import { deniesPlainHttp } from "../../../lib/resource-policies.js";
import { BUCKETS, settingsOf } from "../../../lib/s3.js";
import type { ExampleValue } from "../../../model.js";
import { onResource } from "../../../shapes.js";
import { failWhole, notApplicable, pass, some, unknownWhole } from "../../../verdicts.js";

const BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy";
const DENIAL = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: ["arn:aws:s3:::votes", "arn:aws:s3:::votes/*"],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};

function bucket(statements: ExampleValue) {
  return [
    planned(BUCKETS[0], "votes", {}),
    planned(BUCKET_POLICY, "votes-policy", { bucket: ref("votes", "id"), policy: json({ Statement: statements }) }),
  ];
}

/** A bucket's policy denies everybody every action when `aws:SecureTransport` is false. S3 answers plain HTTP otherwise. */
export const s3TlsOnly = defineRule({
  id: "s3-tls-only",
  title: "buckets answer over TLS only",
  ring: "cloud",
  severity: "medium",
  rationale:
    "S3 answers over plain HTTP too. One client with the wrong URL sends data, and signed links to it, in the clear.",
  remediation:
    '{ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: [bucket.arn, pulumi.interpolate`${bucket.arn}/*`], Condition: { Bool: { "aws:SecureTransport": "false" } } }',
  references: references("catalogue/rules.csv: AwsSolutions-S10, CKV_AWS_379, PRW", {
    "aws-security-hub": ["S3.5"],
    "cis-aws-7": ["3.1.1"],
    "pci-dss-4": ["1.2.5", "2.2.5", "2.2.7"],
    hipaa: ["164.312(c)(1)", "164.312(c)(2)"],
    "nist-csf-2": ["PR.DS-01"],
    "nist-800-53": ["SC-13", "AC-4", "SC-8"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "no policy", resources: [planned(BUCKETS[0], "votes", {})], path: "" },
      {
        title: "one role only is denied",
        resources: bucket([{ ...DENIAL, Principal: { AWS: "arn:aws:iam::111122223333:role/vote" } }]),
        path: "",
      },
    ],
    pass: [{ title: "everybody is denied", resources: bucket([DENIAL]) }],
    unknown: [
      {
        title: "the policy is an output",
        resources: [
          planned(BUCKETS[0], "votes", {}),
          planned(BUCKET_POLICY, "votes-policy", { bucket: ref("votes", "id"), policy: unresolved("string") }),
        ],
        path: "",
      },
    ],
  },
  ...onResource([...BUCKETS, BUCKET_POLICY], ({ resource, inputs, world }) => {
    if (resource.type === BUCKET_POLICY) return notApplicable("buckets are judged");
    const settings = settingsOf(world, resource, [BUCKET_POLICY]);
    const own = inputs.at("policy");
    const policies =
      settings === UNKNOWN ? [] : [...settings.map((setting) => setting.at("policy")), ...(own.isAbsent ? [] : [own])];
    const denied = some([
      ...(settings === UNKNOWN ? [UNKNOWN as Read<boolean>] : []),
      ...policies.map((policy) => deniesPlainHttp(policy, /^(s3:)?\*+$/i)),
    ]);
    if (denied === UNKNOWN)
      return unknownWhole(`whether bucket '${resource.name}' answers over plain HTTP is not known from this plan`);
    return denied ? pass() : failWhole(`bucket '${resource.name}' answers over plain HTTP too`);
  }),
});
