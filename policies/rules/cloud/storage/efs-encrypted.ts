import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { expectBoolean } from "../../../verdicts.js";

const FILE_SYSTEM = "aws:efs/fileSystem:FileSystem";

/** A file system is encrypted; it is not unless told, and cannot be later (EFS API, `CreateFileSystem`). */
export const efsEncrypted = defineRule({
  id: "efs-encrypted",
  title: "shared file systems are encrypted",
  ring: "cloud",
  severity: "high",
  rationale:
    "It cannot be turned on later: all data has to move to a new file system, and the backups of the old one stay in the clear.",
  remediation: "encrypted: true, kmsKeyId: key.arn",
  references: references("catalogue/rules.csv: CKV_AWS_42, CKV_AWS_184, AWS-0037, PCP ×2, AG, HE", {
    "aws-security-hub": ["EFS.1"],
    "pci-dss-4": ["8.3.2"],
    hipaa: ["164.312(a)(2)(iv)", "164.312(e)(2)(ii)"],
    "nist-csf-2": ["PR.DS-01"],
    "nist-800-53": ["SC-13", "SC-28(1)", "CP-9"],
  }),
  since: "0.1.0",
  examples: {
    fail: [{ title: "left out, which is off", resources: [planned(FILE_SYSTEM, "shared", {})], path: "encrypted" }],
    pass: [{ title: "encrypted", resources: [planned(FILE_SYSTEM, "shared", { encrypted: true })] }],
    unknown: [
      {
        title: "an output decides",
        resources: [planned(FILE_SYSTEM, "shared", { encrypted: unresolved("boolean") })],
        path: "encrypted",
      },
    ],
  },
  ...onResource([FILE_SYSTEM], ({ resource, inputs }) =>
    expectBoolean(inputs.at("encrypted"), {
      absent: false,
      accept: (value) => value,
      message: `file system '${resource.name}' is not encrypted`,
      undecided: `whether file system '${resource.name}' is encrypted is not known before the deployment`,
    }),
  ),
});
