import { references } from "../../../define.js";
import { customerKeyRule } from "../../../lib/rule-kinds.js";

/** A secret is encrypted with a key of the customer. Secrets Manager uses `aws/secretsmanager` unless told. */
export const secretsmanagerCmk = customerKeyRule({
  id: "secretsmanager-cmk",
  title: "secrets are encrypted with a key of yours",
  ring: "cloud",
  severity: "low",
  rationale:
    "The key of AWS opens for everybody in the account who may read the secret, and no other account can be let in.",
  references: references("catalogue/rules.csv: CKV_AWS_149, AWS-0098, NAG SecretsManagerUsingKMSKey, PCP", {
    "pci-dss-4": ["8.3.2"],
    "nist-800-53": ["SC-13", "SC-28(1)", "CP-9"],
    "owasp-k8s": ["K03"],
  }),
  type: "aws:secretsmanager/secret:Secret",
  field: "kmsKeyId",
  thing: "secret",
});
