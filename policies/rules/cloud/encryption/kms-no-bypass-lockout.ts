import { defineRule } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { expectBoolean } from "../../../verdicts.js";

const TYPES = [
  "aws:kms/key:Key",
  "aws:kms/keyPolicy:KeyPolicy",
  "aws:kms/externalKey:ExternalKey",
  "aws:kms/replicaKey:ReplicaKey",
  "aws:kms/replicaExternalKey:ReplicaExternalKey",
] as const;

/** KMS checks that the writer of a key policy can write the next one. It does, unless told not to (KMS API, `PutKeyPolicy`). */
export const kmsNoBypassLockout = defineRule({
  id: "kms-no-bypass-lockout",
  title: "nobody can be locked out of a key",
  ring: "cloud",
  severity: "medium",
  rationale:
    "A policy that lets nobody change it makes the key, and all that it encrypts, out of reach for good; only AWS support can help.",
  remediation: "bypassPolicyLockoutSafetyCheck: false",
  references: [],
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "the check is turned off",
        resources: [planned(TYPES[0], "secrets", { bypassPolicyLockoutSafetyCheck: true })],
        path: "bypassPolicyLockoutSafetyCheck",
      },
    ],
    pass: [{ title: "left out, which checks", resources: [planned(TYPES[0], "secrets", {})] }],
    unknown: [
      {
        title: "an output decides",
        resources: [planned(TYPES[0], "secrets", { bypassPolicyLockoutSafetyCheck: unresolved("boolean") })],
        path: "bypassPolicyLockoutSafetyCheck",
      },
    ],
  },
  ...onResource(TYPES, ({ resource, inputs }) =>
    expectBoolean(inputs.at("bypassPolicyLockoutSafetyCheck"), {
      absent: false,
      accept: (value) => !value,
      message: `a policy of key '${resource.name}' that locks everybody out is accepted`,
      undecided: `whether KMS checks the policy of key '${resource.name}' is not known before the deployment`,
    }),
  ),
});
