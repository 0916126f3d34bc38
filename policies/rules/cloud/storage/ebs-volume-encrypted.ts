import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { planned } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { expectRead, notApplicable, some } from "../../../verdicts.js";

const VOLUME = "aws:ebs/volume:Volume";
const BY_DEFAULT = "aws:ebs/encryptionByDefault:EncryptionByDefault";

/**
 * A volume is encrypted by its own setting, or by that of the account and Region. Left out, a volume from a snapshot is as
 * the snapshot is (EC2 API, `CreateVolume`).
 */
export const ebsVolumeEncrypted = defineRule({
  id: "ebs-volume-encrypted",
  title: "volumes are encrypted",
  ring: "cloud",
  severity: "high",
  rationale: "Its snapshots are not encrypted either, and one call shares them with another account.",
  remediation: "encrypted: true, kmsKeyId: key.arn",
  references: references(
    "catalogue/rules.csv: CKV_AWS_3, AWS-0026, PCP disallow-unencrypted-volume, AG encrypted-volumes, NAG EC2EBSVolumeEncrypted, PPB",
    {
      "aws-security-hub": ["EC2.3"],
      "pci-dss-4": ["8.3.2"],
      hipaa: ["164.312(a)(2)(iv)", "164.312(c)(1)"],
      "nist-csf-2": ["PR.DS-01"],
      "nist-800-53": ["SC-13", "SC-28(1)", "CP-9"],
    },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "left out, which is off",
        resources: [planned(VOLUME, "data", { availabilityZone: "eu-west-1a", size: 10 })],
        path: "encrypted",
      },
      {
        title: "turned off",
        resources: [planned(VOLUME, "data", { availabilityZone: "eu-west-1a", encrypted: false })],
        path: "encrypted",
      },
    ],
    pass: [
      { title: "encrypted", resources: [planned(VOLUME, "data", { availabilityZone: "eu-west-1a", encrypted: true })] },
      {
        title: "the account encrypts every volume",
        resources: [planned(VOLUME, "data", { availabilityZone: "eu-west-1a" }), planned(BY_DEFAULT, "all", {})],
      },
    ],
    unknown: [
      {
        title: "as its snapshot is",
        resources: [planned(VOLUME, "data", { availabilityZone: "eu-west-1a", snapshotId: "snap-0123" })],
        path: "encrypted",
      },
    ],
  },
  ...onResource([VOLUME, BY_DEFAULT], ({ resource: volume, inputs, world }) => {
    if (volume.type === BY_DEFAULT) return notApplicable("volumes are judged");
    const at = inputs.at("encrypted");
    const own = at.boolean();
    const account = some(world.ofType(BY_DEFAULT).map((r) => world.inputsOf(r).at("enabled").boolean() ?? true));
    const inherited = own === undefined && !inputs.at("snapshotId").isAbsent ? UNKNOWN : false;
    return expectRead(at, some([own ?? false, account, inherited]), {
      absent: false,
      accept: (value) => value,
      message: `volume '${volume.name}' and its snapshots are not encrypted`,
      undecided: `whether volume '${volume.name}' is encrypted is not known from this plan`,
    });
  }),
});
