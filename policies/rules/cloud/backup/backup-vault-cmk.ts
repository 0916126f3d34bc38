import { customerKeyRule } from "../../../lib/rule-kinds.js";

/** A backup vault is encrypted with a key of the customer. AWS Backup uses `aws/backup` unless told. */
export const backupVaultCmk = customerKeyRule({
  id: "backup-vault-cmk",
  title: "backup vaults are encrypted with a key of yours",
  ring: "cloud",
  severity: "low",
  rationale: "A backup is everything at once. With a key of yours, whoever gets at the vault still needs the key.",
  references: [],
  type: "aws:backup/vault:Vault",
  field: "kmsKeyArn",
  thing: "backup vault",
});
