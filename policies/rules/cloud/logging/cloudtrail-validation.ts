import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { expectBoolean } from "../../../verdicts.js";

const TRAIL = "aws:cloudtrail/trail:Trail";

/** A trail signs its files. It does not unless told (CloudTrail API, `EnableLogFileValidation`). */
export const cloudtrailValidation = defineRule({
  id: "cloudtrail-validation",
  title: "changed log files of a trail show",
  ring: "cloud",
  severity: "medium",
  rationale:
    "Whoever covers traces edits the log. With signed digests, a changed or missing file shows; without, nothing does.",
  remediation: "enableLogFileValidation: true",
  references: references("catalogue/rules.csv: CKV_AWS_36, AWS-0016, NAG CloudTrailLogFileValidationEnabled", {
    "aws-security-hub": ["CloudTrail.4"],
    "cis-aws-7": ["4.2"],
    "pci-dss-4": ["10.3.2", "10.3.3", "10.3.4"],
    hipaa: ["164.312(b)", "164.312(c)(1)"],
    "nist-csf-2": ["DE.AE-02", "DE.AE-03"],
    "nist-800-53": ["AU-9", "SI-4", "CM-6"],
    attack: ["T1070"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "left out, which is off",
        resources: [planned(TRAIL, "audit", { s3BucketName: "logs" })],
        path: "enableLogFileValidation",
      },
    ],
    pass: [
      {
        title: "signed",
        resources: [planned(TRAIL, "audit", { s3BucketName: "logs", enableLogFileValidation: true })],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [planned(TRAIL, "audit", { s3BucketName: "logs", enableLogFileValidation: unresolved("boolean") })],
        path: "enableLogFileValidation",
      },
    ],
  },
  ...onResource([TRAIL], ({ resource, inputs }) =>
    expectBoolean(inputs.at("enableLogFileValidation"), {
      absent: false,
      accept: (value) => value,
      message: `changed log files of trail '${resource.name}' do not show`,
      undecided: `whether log files of trail '${resource.name}' are signed is not known before the deployment`,
    }),
  ),
});
