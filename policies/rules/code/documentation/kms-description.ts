import { textRule } from "../../../lib/rule-kinds.js";

/** A key says what it is for. */
export const kmsDescription = textRule({
  id: "kms-description",
  title: "keys say what they are for",
  ring: "code",
  severity: "info",
  rationale:
    "The list of keys shows identifiers and descriptions. Nobody dares to delete, or to keep, a key that says nothing.",
  references: [],
  type: "aws:kms/key:Key",
  field: "description",
  sample: "Secrets of the cluster prod",
  empty: ["", "Managed by Pulumi"],
  message: (name) => `nobody who sees key '${name}' in the list knows what it is for`,
});
