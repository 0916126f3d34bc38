import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { expectBoolean } from "../../../verdicts.js";

const TRAIL = "aws:cloudtrail/trail:Trail";

/** A trail records every Region, and records at all. By default one Region (CloudTrail API, `IsMultiRegionTrail`). */
export const cloudtrailMultiRegion = defineRule({
  id: "cloudtrail-multi-region",
  title: "a trail records every Region",
  ring: "cloud",
  severity: "medium",
  rationale: "An intruder works where nobody looks: in a Region that you do not use.",
  remediation: "isMultiRegionTrail: true",
  references: references("catalogue/rules.csv: CKV_AWS_67, CKV_AWS_251, AWS-0014, PPB", {
    "aws-security-hub": ["CloudTrail.1"],
    "cis-aws-7": ["4.1"],
    "pci-dss-4": ["10.2.1.1", "10.2.1.2", "10.2.1.3"],
    hipaa: ["164.312(b)", "164.312(e)(2)(i)"],
    "nist-csf-2": ["DE.AE-02", "DE.AE-03"],
    "nist-800-53": ["AU-2", "AU-3", "AU-12"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "left out, which is one Region",
        resources: [planned(TRAIL, "audit", { s3BucketName: "logs" })],
        path: "isMultiRegionTrail",
      },
      {
        title: "it is stopped",
        resources: [planned(TRAIL, "audit", { s3BucketName: "logs", isMultiRegionTrail: true, enableLogging: false })],
        path: "enableLogging",
      },
    ],
    pass: [
      {
        title: "every Region",
        resources: [planned(TRAIL, "audit", { s3BucketName: "logs", isMultiRegionTrail: true })],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [planned(TRAIL, "audit", { s3BucketName: "logs", isMultiRegionTrail: unresolved("boolean") })],
        path: "isMultiRegionTrail",
      },
    ],
  },
  ...onResource([TRAIL], ({ resource, inputs }) => [
    expectBoolean(inputs.at("isMultiRegionTrail"), {
      absent: false,
      accept: (value) => value,
      message: `trail '${resource.name}' records one Region only`,
      undecided: `whether trail '${resource.name}' records every Region is not known before the deployment`,
    }),
    expectBoolean(inputs.at("enableLogging"), {
      absent: true,
      accept: (value) => value,
      message: `trail '${resource.name}' records nothing`,
      undecided: `whether trail '${resource.name}' records is not known before the deployment`,
    }),
  ]),
});
