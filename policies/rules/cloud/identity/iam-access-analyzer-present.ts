import { defineRule, references } from "../../../define.js";
import { planned } from "../../../examples.js";
import { BASELINE_TYPES, baselineOf, DETECTOR } from "../../../lib/account-services.js";
import { onWorld } from "../../../shapes.js";
import { failWhole, pass } from "../../../verdicts.js";

const ANALYZER = "aws:accessanalyzer/analyzer:Analyzer";
const TRAIL = planned("aws:cloudtrail/trail:Trail", "audit", { s3BucketName: "logs" });

/**
 * A plan that sets up an account has an access analyzer. Others are not asked: which services an account has, only the program that
 * sets it up shows.
 */
export const iamAccessAnalyzerPresent = defineRule({
  id: "iam-access-analyzer-present",
  title: "the account is told what is open to others",
  ring: "cloud",
  severity: "low",
  rationale:
    "The analyzer reads every policy of buckets, keys, roles and queues and says which of them other accounts get through. Nobody reads them all.",
  remediation: 'new aws.accessanalyzer.Analyzer("account", { analyzerName: "account", type: "ACCOUNT" })',
  references: references("catalogue/rules.csv: AWS-0175‡, PRW", { "cis-aws-7": ["2.18"] }),
  since: "0.1.0",
  examples: {
    fail: [{ title: "the account is set up without one", resources: [planned(DETECTOR, "main", {}), TRAIL], path: "" }],
    pass: [
      {
        title: "one for the account",
        resources: [planned(DETECTOR, "main", {}), TRAIL, planned(ANALYZER, "account", { analyzerName: "account" })],
      },
      { title: "one by itself", resources: [planned(ANALYZER, "account", { analyzerName: "account" })] },
    ],
    unknown: [],
  },
  ...onWorld([ANALYZER, ...BASELINE_TYPES], function* ({ world }) {
    for (const resource of world.ofType(ANALYZER)) yield { resource, verdict: pass() };
    const resource = baselineOf(world);
    if (resource !== undefined && world.ofType(ANALYZER).length === 0)
      yield {
        resource,
        verdict: failWhole("this plan sets up the account, and no analyzer says what in it is open to others"),
      };
  }),
});
