import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import type { ExampleObject } from "../../../model.js";
import { onResource } from "../../../shapes.js";
import { expectBoolean, expectNumber } from "../../../verdicts.js";

const POLICY = "aws:iam/accountPasswordPolicy:AccountPasswordPolicy";

const GOOD = {
  minimumPasswordLength: 14,
  passwordReusePrevention: 24,
  requireLowercaseCharacters: true,
  requireUppercaseCharacters: true,
  requireNumbers: true,
  requireSymbols: true,
};

const KINDS = {
  requireLowercaseCharacters: "a small letter",
  requireUppercaseCharacters: "a capital letter",
  requireNumbers: "a digit",
  requireSymbols: "a symbol",
};

function policy(inputs: ExampleObject) {
  return [planned(POLICY, "account", { ...GOOD, ...inputs })];
}

/** Where a plan sets the account's rules for passwords, they ask for 14 characters of four kinds, and 24 that differ (CIS AWS Foundations Benchmark). What is left out is 6 characters of any kind (IAM API, `UpdateAccountPasswordPolicy`). */
export const iamAccountPasswordPolicy = defineRule({
  id: "iam-account-password-policy",
  title: "passwords of users are long and new",
  ring: "cloud",
  severity: "low",
  rationale:
    "Short passwords are guessed and old ones are in lists. Users with passwords are best replaced by single sign-on altogether.",
  remediation: "minimumPasswordLength: 14, passwordReusePrevention: 24, requireSymbols: true",
  references: references("catalogue/rules.csv: CKV_AWS_9–15, AWS-0056–0063, PCP ×2", {
    "aws-security-hub": ["IAM.7", "IAM.10"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "eight characters", resources: policy({ minimumPasswordLength: 8 }), path: "minimumPasswordLength" },
      { title: "no symbols", resources: policy({ requireSymbols: false }), path: "requireSymbols" },
      {
        title: "the last five differ",
        resources: policy({ passwordReusePrevention: 5 }),
        path: "passwordReusePrevention",
      },
      {
        title: "left out, which asks for nothing",
        resources: [planned(POLICY, "account", {})],
        path: "requireNumbers",
      },
    ],
    pass: [{ title: "long, of four kinds, and new", resources: policy({}) }],
    unknown: [
      {
        title: "an output decides",
        resources: policy({ minimumPasswordLength: unresolved("number") }),
        path: "minimumPasswordLength",
      },
    ],
  },
  ...onResource([POLICY], ({ inputs }) => {
    const undecided = "what passwords of users need is not known before the deployment";
    const atLeast = (field: "minimumPasswordLength" | "passwordReusePrevention", absent: number, what: string) =>
      expectNumber(inputs.at(field), {
        absent,
        accept: (value) => (value ?? absent) >= GOOD[field],
        message: `passwords of users ${what}`,
        undecided,
        fix: GOOD[field],
      });
    return [
      atLeast("minimumPasswordLength", 6, "may be shorter than 14 characters"),
      atLeast("passwordReusePrevention", 0, "may be used again before 24 others"),
      ...Object.entries(KINDS).map(([field, what]) =>
        expectBoolean(inputs.at(field), {
          absent: false,
          accept: (value) => value,
          message: `passwords of users need not hold ${what}`,
          undecided,
          fix: true,
        }),
      ),
    ];
  }),
});
