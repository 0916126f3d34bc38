import { references } from "../../../define.js";
import { customerKeyRule } from "../../../lib/rule-kinds.js";

/** A log group is encrypted with a key of the customer. CloudWatch Logs encrypts with its own unless told. */
export const logGroupCmk = customerKeyRule({
  id: "log-group-cmk",
  title: "log groups are encrypted with a key of yours",
  ring: "cloud",
  severity: "low",
  rationale:
    "Logs hold names, addresses and now and then a token. With a key of yours, reading them takes two permissions.",
  references: references(
    "catalogue/rules.csv: CKV_AWS_158, AWS-0017, NAG CloudWatchLogGroupEncrypted, AC_AWS_0451, PPB",
    {
      "pci-dss-4": ["8.3.2", "10.3.2", "10.3.3"],
      hipaa: ["164.312(a)(2)(iv)", "164.312(e)(2)(ii)"],
      "nist-csf-2": ["PR.PS-04"],
      "nist-800-53": ["SC-13", "SC-28(1)", "CP-9"],
    },
  ),
  type: "aws:cloudwatch/logGroup:LogGroup",
  field: "kmsKeyId",
  thing: "log group",
});
