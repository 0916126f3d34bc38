import { switchRule } from "../../../lib/rule-kinds.js";

/** A key that a plan has is on; it is unless told. */
export const kmsKeyEnabled = switchRule({
  id: "kms-key-enabled",
  title: "keys that a plan has are on",
  ring: "cloud",
  severity: "low",
  rationale:
    "A key that is off opens nothing: not the secrets of a cluster, not the disks of the next node, not the backups.",
  references: [],
  type: "aws:kms/key:Key",
  path: ["isEnabled"],
  absent: true,
  wanted: true,
  message: (name) => `key '${name}' is off, so nothing that it encrypted can be read`,
  undecided: (name) => `whether key '${name}' is on`,
});
