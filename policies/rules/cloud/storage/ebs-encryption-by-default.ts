import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { expectBoolean } from "../../../verdicts.js";

const BY_DEFAULT = "aws:ebs/encryptionByDefault:EncryptionByDefault";

/** The account's setting is not turned off. A plan without it leaves the account as it is, which no plan shows. */
export const ebsEncryptionByDefault = defineRule({
  id: "ebs-encryption-by-default",
  title: "the account encrypts new volumes",
  ring: "cloud",
  severity: "medium",
  rationale: "With the setting off, every volume that a program or a person makes without thinking is in the clear.",
  remediation: 'new aws.ebs.EncryptionByDefault("all", { enabled: true })',
  references: references("catalogue/rules.csv: CKV_AWS_106, PRW", {
    "aws-security-hub": ["EC2.7"],
    "cis-aws-7": ["6.1.1"],
    hipaa: ["164.312(a)(2)(iv)", "164.312(c)(1)"],
    "nist-csf-2": ["PR.DS-01"],
    "nist-800-53": ["SC-13", "SC-28(1)", "CP-9"],
  }),
  since: "0.1.0",
  examples: {
    fail: [{ title: "turned off", resources: [planned(BY_DEFAULT, "all", { enabled: false })], path: "enabled" }],
    pass: [{ title: "left out, which turns it on", resources: [planned(BY_DEFAULT, "all", {})] }],
    unknown: [
      {
        title: "an output decides",
        resources: [planned(BY_DEFAULT, "all", { enabled: unresolved("boolean") })],
        path: "enabled",
      },
    ],
  },
  ...onResource([BY_DEFAULT], ({ inputs }) =>
    expectBoolean(inputs.at("enabled"), {
      absent: true,
      accept: (value) => value,
      message: "new volumes of this account and Region are in the clear unless somebody says otherwise",
      undecided: "whether new volumes of this account are encrypted is not known before the deployment",
    }),
  ),
});
