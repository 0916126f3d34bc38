import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { expectBoolean, notApplicable } from "../../../verdicts.js";

const KEY = "aws:kms/key:Key";

/**
 * A symmetric key rotates. It does not unless told (KMS API, `EnableKeyRotation`); asymmetric, HMAC and imported keys
 * cannot.
 */
export const kmsKeyRotationEnabled = defineRule({
  id: "kms-key-rotation-enabled",
  title: "customer keys rotate",
  ring: "cloud",
  severity: "medium",
  rationale:
    "What a leaked copy of a key can open grows with the life of the key. Rotation costs nothing and needs nothing re-encrypted.",
  remediation: "enableKeyRotation: true",
  references: references(
    "catalogue/rules.csv: CKV_AWS_7, AWS-0065, AwsSolutions-KMS5, PCP enable-key-rotation, AG, AC_AWS_0160, PPB",
    {
      "aws-security-hub": ["KMS.4"],
      "cis-aws-7": ["4.6"],
      "pci-dss-4": ["3.7.4", "3.7.5"],
      "nist-csf-2": ["ID.RA-05", "PR.AA-04"],
      "nist-800-53": ["SC-12", "CM-6", "CM-9"],
    },
  ),
  since: "0.1.0",
  examples: {
    fail: [{ title: "left out, which is off", resources: [planned(KEY, "secrets", {})], path: "enableKeyRotation" }],
    pass: [
      { title: "it rotates", resources: [planned(KEY, "secrets", { enableKeyRotation: true })] },
      {
        title: "a signing key cannot",
        resources: [planned(KEY, "signing", { keyUsage: "SIGN_VERIFY", customerMasterKeySpec: "ECC_NIST_P256" })],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [planned(KEY, "secrets", { enableKeyRotation: unresolved("boolean") })],
        path: "enableKeyRotation",
      },
    ],
  },
  ...onResource([KEY], ({ resource: key, inputs }) => {
    const usage = inputs.at("keyUsage").string() ?? "ENCRYPT_DECRYPT";
    const spec = inputs.at("customerMasterKeySpec").string() ?? "SYMMETRIC_DEFAULT";
    if (usage !== UNKNOWN && usage !== "ENCRYPT_DECRYPT") return notApplicable("only symmetric keys rotate");
    if (spec !== UNKNOWN && spec !== "SYMMETRIC_DEFAULT") return notApplicable("only symmetric keys rotate");
    if (!inputs.at("customKeyStoreId").isAbsent) return notApplicable("keys in a key store of your own do not rotate");
    return expectBoolean(inputs.at("enableKeyRotation"), {
      absent: false,
      accept: (value) => value,
      message: `key '${key.name}' never rotates`,
      undecided: `whether key '${key.name}' rotates is not known before the deployment`,
    });
  }),
});
