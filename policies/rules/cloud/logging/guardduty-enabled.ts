import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { expectBoolean } from "../../../verdicts.js";

const DETECTOR = "aws:guardduty/detector:Detector";

/** A detector that a program has is on; it is unless told. A plan without one leaves GuardDuty to others: no plan shows the account. */
export const guarddutyEnabled = defineRule({
  id: "guardduty-enabled",
  title: "GuardDuty is not turned off",
  ring: "cloud",
  severity: "high",
  rationale: "Nothing else looks for stolen credentials, calls to known attackers and crypto mining without an agent.",
  remediation: "enable: true",
  references: references("catalogue/rules.csv: CKV_AWS_238, CKV2_AWS_3, AC_AWS_0131, PRW", {
    "aws-security-hub": ["GuardDuty.1"],
    "pci-dss-4": ["11.3.1.1", "11.3.1.2", "11.3.1.3"],
    hipaa: ["164.312(b)", "164.312(e)(2)(i)"],
    "nist-csf-2": ["DE.AE-02", "DE.AE-03"],
    "nist-800-53": ["SI-4", "RA-5", "AC-2(12)"],
    "owasp-k8s": ["K10"],
  }),
  since: "0.1.0",
  examples: {
    fail: [{ title: "turned off", resources: [planned(DETECTOR, "main", { enable: false })], path: "enable" }],
    pass: [{ title: "left out, which is on", resources: [planned(DETECTOR, "main", {})] }],
    unknown: [
      {
        title: "an output decides",
        resources: [planned(DETECTOR, "main", { enable: unresolved("boolean") })],
        path: "enable",
      },
    ],
  },
  ...onResource([DETECTOR], ({ resource, inputs }) =>
    expectBoolean(inputs.at("enable"), {
      absent: true,
      accept: (value) => value,
      message: `detector '${resource.name}' is off, so GuardDuty sees nothing in this Region`,
      undecided: `whether detector '${resource.name}' is on is not known before the deployment`,
    }),
  ),
});
