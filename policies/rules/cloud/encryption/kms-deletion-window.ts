import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { integer } from "../../../parameters.js";
import { onResource } from "../../../shapes.js";
import { expectNumber } from "../../../verdicts.js";

const KEY = "aws:kms/key:Key";

const DAYS = integer(
  { name: "days", about: "The fewest days between asking for a key's deletion and its end.", fallback: 30 },
  { from: 7, to: 30 },
);

/** A key that somebody deletes waits 30 days, the most that there is and the default (KMS API, `PendingWindowInDays`). */
export const kmsDeletionWindow = defineRule({
  id: "kms-deletion-window",
  title: "a deleted key can be brought back for long enough",
  ring: "cloud",
  severity: "low",
  rationale:
    "With the key everything that it encrypted is gone, backups too. The days before are the only way back from an error.",
  remediation: "deletionWindowInDays: 30",
  references: references(
    "catalogue/rules.csv: PPB kms-key-deletion-lifecycle, PRW kms_cmk_not_deleted_unintentionally",
    {
      "aws-security-hub": ["KMS.3"],
      "pci-dss-4": ["3.5.1.1", "3.5.1.3", "3.6.1.2"],
      hipaa: ["164.308(a)(1)(ii)(b)"],
      "nist-800-53": ["SC-12", "SA-9(6)", "SC-12(2)"],
    },
  ),
  since: "0.1.0",
  parameters: [DAYS],
  examples: {
    fail: [
      { title: "a week", resources: [planned(KEY, "data", { deletionWindowInDays: 7 })], path: "deletionWindowInDays" },
    ],
    pass: [
      { title: "left out, which is 30 days", resources: [planned(KEY, "data", {})] },
      {
        title: "a week, as the settings allow",
        resources: [planned(KEY, "data", { deletionWindowInDays: 7 })],
        parameters: { days: 7 },
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [planned(KEY, "data", { deletionWindowInDays: unresolved("number") })],
        path: "deletionWindowInDays",
      },
    ],
  },
  ...onResource([KEY], ({ resource, inputs, parameters }) =>
    expectNumber(inputs.at("deletionWindowInDays"), {
      absent: 30,
      accept: (days) => (days ?? 30) >= parameters.of(DAYS),
      message: `key '${resource.name}' is gone soon after somebody deletes it, with all that it encrypted`,
      undecided: `how long key '${resource.name}' can be brought back is not known before the deployment`,
      fix: parameters.of(DAYS),
    }),
  ),
});
