import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { expectNumber, notApplicable } from "../../../verdicts.js";

const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

/**
 * Retention is set. Left out, or 0, CloudWatch keeps everything for ever (CloudWatch Logs API, `PutRetentionPolicy`).
 */
export const logGroupRetentionSet = defineRule({
  id: "log-group-retention-set",
  title: "log groups keep what they hold for a stated time",
  ring: "cloud",
  severity: "medium",
  rationale:
    "Without a retention logs are kept, and paid for, for ever; nobody has decided how long an investigation may look back, or when personal data has to go.",
  remediation: "retentionInDays: 365",
  references: references(
    "catalogue/rules.csv: CKV_AWS_66, NAG CloudWatchLogGroupRetentionPeriod (also Serverless pack), AC_AWS_0452, PPB",
    {
      "nsa-cisa": ["logging"],
      "pci-dss-4": ["3.2.1", "3.3.1.1", "3.3.1.3"],
      hipaa: ["164.312(b)"],
      "nist-csf-2": ["PR.PS-04", "RC.RP-06"],
      "nist-800-53": ["AU-11", "AC-16", "AU-10"],
      "owasp-k8s": ["K10"],
    },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "left out, which is for ever", resources: [planned(LOG_GROUP, "audit", {})], path: "retentionInDays" },
      {
        title: "0 is for ever too",
        resources: [planned(LOG_GROUP, "audit", { retentionInDays: 0 })],
        path: "retentionInDays",
      },
    ],
    pass: [{ title: "a year", resources: [planned(LOG_GROUP, "audit", { retentionInDays: 365 })] }],
    unknown: [
      {
        title: "an output decides",
        resources: [planned(LOG_GROUP, "audit", { retentionInDays: unresolved("number") })],
        path: "retentionInDays",
      },
    ],
  },
  ...onResource([LOG_GROUP], ({ resource: group, inputs }) => {
    if (inputs.at("logGroupClass").string() === "DELIVERY")
      return notApplicable("a delivery log group keeps two days, always");
    return expectNumber(inputs.at("retentionInDays"), {
      absent: 0,
      accept: (days = 0) => days > 0,
      message: `log group '${group.name}' keeps its logs for ever`,
      undecided: `how long log group '${group.name}' keeps its logs is not known before the deployment`,
    });
  }),
});
