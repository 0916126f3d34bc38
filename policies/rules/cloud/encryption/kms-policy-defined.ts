import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule } from "../../../define.js";
import { json, planned, ref, unresolved } from "../../../examples.js";
import { ownedBy } from "../../../lib/owned.js";
import { onResource } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

const KEY = "aws:kms/key:Key";
const POLICY = "aws:kms/keyPolicy:KeyPolicy";

/** A key says who may use it. Without a policy, every policy of the account's identities decides (KMS developer guide, "Default key policy"). */
export const kmsPolicyDefined = defineRule({
  id: "kms-policy-defined",
  title: "keys say who may use them",
  ring: "cloud",
  severity: "low",
  rationale:
    "The default leaves the key to whatever identity policies say, so one with `kms:*` on `*`, for whatever reason, opens it.",
  remediation: "policy: JSON.stringify({ Statement: [...] })",
  references: [],
  since: "0.1.0",
  examples: {
    fail: [{ title: "left out", resources: [planned(KEY, "data", {})], path: "policy" }],
    pass: [
      {
        title: "a policy of its own",
        resources: [planned(KEY, "data", { policy: json({ Statement: [] }) })],
      },
      {
        title: "by a resource of its own",
        resources: [
          planned(KEY, "data", {}),
          planned(KEY, "other", { policy: unresolved("string") }),
          planned(POLICY, "policy", { keyId: ref("data", "id"), policy: json({ Statement: [] }) }),
        ],
      },
    ],
    unknown: [
      {
        title: "which key a policy is for is an output",
        resources: [planned(KEY, "data", {}), planned(POLICY, "policy", { keyId: unresolved("string"), policy: "{}" })],
        path: "policy",
      },
    ],
  },
  ...onResource([KEY, POLICY], ({ resource, inputs, world }) => {
    if (resource.type === POLICY) return notApplicable("keys are judged");
    const at = inputs.at("policy");
    const separate = ownedBy(world, resource, { type: POLICY, input: "keyId" });
    if (!at.isAbsent || (separate !== UNKNOWN && separate.length > 0)) return pass();
    return separate === UNKNOWN
      ? unknown(at, `whether key '${resource.name}' has a policy is not known before the deployment`)
      : fail(at, `key '${resource.name}' opens for every identity that some policy gives kms actions on it`);
  }),
});
