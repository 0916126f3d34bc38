import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { integer } from "../../../parameters.js";
import { onResource } from "../../../shapes.js";
import { expectNumber } from "../../../verdicts.js";

const GROUP = "aws:cloudwatch/logGroup:LogGroup";

const DAYS = integer(
  { name: "days", about: "The fewest days that logs are kept.", fallback: 365 },
  { from: 1, to: 3653 },
);

/** Logs are kept for a year. Left out, or 0, keeps them for ever, which `log-group-retention-set` reports. */
export const logGroupRetention1y = defineRule({
  id: "log-group-retention-1y",
  title: "logs are kept for a year",
  ring: "cloud",
  severity: "low",
  rationale: "Break-ins are noticed after months. What happened first is in the logs that are gone by then.",
  remediation: "retentionInDays: 365",
  references: references("catalogue/rules.csv: CKV_AWS_338, AC_AWS_0041, PRW", {
    "pci-dss-4": ["3.2.1", "3.3.1.1", "3.3.1.3"],
    hipaa: ["164.312(b)"],
    "nist-csf-2": ["PR.PS-04", "RC.RP-06"],
    "nist-800-53": ["AU-11", "AC-16", "AU-10"],
    "owasp-k8s": ["K10"],
  }),
  since: "0.1.0",
  parameters: [DAYS],
  examples: {
    fail: [{ title: "a month", resources: [planned(GROUP, "api", { retentionInDays: 30 })], path: "retentionInDays" }],
    pass: [
      { title: "a year", resources: [planned(GROUP, "api", { retentionInDays: 365 })] },
      { title: "left out, which is for ever", resources: [planned(GROUP, "api", {})] },
      {
        title: "a month, as the settings allow",
        resources: [planned(GROUP, "api", { retentionInDays: 30 })],
        parameters: { days: 30 },
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [planned(GROUP, "api", { retentionInDays: unresolved("number") })],
        path: "retentionInDays",
      },
    ],
  },
  ...onResource([GROUP], ({ resource, inputs, parameters }) => {
    const least = parameters.of(DAYS);
    return expectNumber(inputs.at("retentionInDays"), {
      absent: 0,
      accept: (days) => days === undefined || days === 0 || days >= least,
      message: `log group '${resource.name}' forgets sooner than after ${least} days`,
      undecided: `how long log group '${resource.name}' keeps logs is not known before the deployment`,
    });
  }),
});
