import { defineRule, references } from "../../../define.js";
import { planned } from "../../../examples.js";
import { BASELINE_TYPES, baselineOf, DETECTOR } from "../../../lib/account-services.js";
import { onWorld } from "../../../shapes.js";
import { failWhole, pass } from "../../../verdicts.js";

const HUB = "aws:securityhub/account:Account";
const TRAIL = planned("aws:cloudtrail/trail:Trail", "audit", { s3BucketName: "logs" });

/** A plan that sets up an account turns Security Hub on. Others are not asked: only the program that sets an account up shows what it has. */
export const securityhubEnabled = defineRule({
  id: "securityhub-enabled",
  title: "findings of all services come together",
  ring: "cloud",
  severity: "low",
  rationale:
    "GuardDuty, Inspector, Config and the rest each have a list of their own. The one that nobody opens has the finding.",
  remediation: 'new aws.securityhub.Account("account")',
  references: references("catalogue/rules.csv: PRW, PPB", {
    "cis-aws-7": ["5.16"],
    "pci-dss-4": ["7.3.3", "10.2.1.1", "10.4.1"],
    hipaa: ["164.312(e)(2)(i)", "164.308(a)(1)(ii)(d)"],
    "nist-csf-2": ["DE.AE-02", "DE.AE-03"],
    "nist-800-53": ["AU-12(3)", "AU-14", "AU-6(1)"],
  }),
  since: "0.1.0",
  examples: {
    fail: [{ title: "the account is set up without it", resources: [planned(DETECTOR, "main", {}), TRAIL], path: "" }],
    pass: [
      { title: "turned on", resources: [planned(HUB, "account", {}), planned(DETECTOR, "main", {}), TRAIL] },
      { title: "by itself", resources: [planned(HUB, "account", {})] },
    ],
    unknown: [],
  },
  ...onWorld([HUB, ...BASELINE_TYPES], function* ({ world }) {
    for (const resource of world.ofType(HUB)) yield { resource, verdict: pass() };
    const resource = baselineOf(world);
    if (resource !== undefined && world.ofType(HUB).length === 0)
      yield { resource, verdict: failWhole("this plan sets up the account and leaves Security Hub off") };
  }),
});
