import type { Cursor } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { expectBoolean, notApplicable, pass } from "../../../verdicts.js";

const LAUNCH_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const INSTANCE = "aws:ec2/instance:Instance";
const BY_DEFAULT = "aws:ebs/encryptionByDefault:EncryptionByDefault";

/**
 * Every disk that a launch template or instance makes is encrypted, or the account encrypts all new volumes (EC2 API,
 * `EbsBlockDevice`; `aws.ebs.EncryptionByDefault`). Left out, it is not.
 */
export const ec2LaunchTemplateEbsEncrypted = defineRule({
  id: "ec2-launch-template-ebs-encrypted",
  title: "disks of machines are encrypted",
  ring: "cloud",
  severity: "high",
  rationale:
    "A disk outlives its machine in snapshots. Unencrypted, whoever may copy a snapshot reads the images, logs and volumes of every pod that ran there.",
  remediation:
    'blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: "true", kmsKeyId: key.arn, volumeType: "gp3" } }]',
  references: references(
    "catalogue/rules.csv: CKV_AWS_8, AWS-0008, AWS-0131, AwsSolutions-EC26, PCP ×5, AC_AWS_0167, PPB",
    {
      "aws-security-hub": ["EC2.181", "EC2.3"],
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
        title: "no disk is named, so the machine image's comes unencrypted",
        resources: [planned(LAUNCH_TEMPLATE, "nodes", {})],
        path: "blockDeviceMappings",
      },
      {
        title: "the second disk is forgotten",
        resources: [
          planned(LAUNCH_TEMPLATE, "nodes", {
            blockDeviceMappings: [
              { deviceName: "/dev/xvda", ebs: { encrypted: "true" } },
              { deviceName: "/dev/xvdb", ebs: { volumeSize: 50 } },
            ],
          }),
        ],
        path: "blockDeviceMappings[1].ebs.encrypted",
      },
      {
        title: "an instance with its default root disk",
        resources: [planned(INSTANCE, "jump", {})],
        path: "rootBlockDevice.encrypted",
      },
    ],
    pass: [
      {
        title: "every disk",
        resources: [
          planned(LAUNCH_TEMPLATE, "nodes", {
            blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: "true" } }],
          }),
        ],
      },
      {
        title: "an instance's root disk",
        resources: [planned(INSTANCE, "jump", { rootBlockDevice: { encrypted: true } })],
      },
      {
        title: "the account encrypts every new volume",
        resources: [planned(LAUNCH_TEMPLATE, "nodes", {}), planned(BY_DEFAULT, "all", { enabled: true })],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [planned(INSTANCE, "jump", { rootBlockDevice: { encrypted: unresolved("boolean") } })],
        path: "rootBlockDevice.encrypted",
      },
    ],
  },
  ...onResource([LAUNCH_TEMPLATE, INSTANCE], ({ resource: machine, inputs, world }) => {
    if (world.ofType(BY_DEFAULT).some((r) => world.inputsOf(r).at("enabled").boolean() !== false)) return pass();
    const disks = machine.type === INSTANCE ? instanceDisks(inputs) : templateDisks(inputs);
    if (disks.length === 0) return notApplicable("it makes no disk");
    return disks.map((disk) =>
      expectBoolean(disk, {
        absent: false,
        accept: (value) => value,
        message: `a disk of machines from '${machine.name}' is not encrypted`,
        undecided: `whether the disks of machines from '${machine.name}' are encrypted is not known before the deployment`,
      }),
    );
  }),
});

/**
 * Where each disk of a launch template says that it is encrypted; a template without disks leaves the machine image's
 * as it is.
 */
function templateDisks(inputs: Cursor): readonly Cursor[] {
  const mappings = inputs.at("blockDeviceMappings");
  const disks = mappings
    .items()
    .filter((mapping) => mapping.at("virtualName").isAbsent && mapping.at("noDevice").isAbsent);
  return mappings.isUnknown || mappings.items().length === 0
    ? [mappings]
    : disks.map((disk) => disk.at("ebs", "encrypted"));
}

/**
 * Where each disk of an instance says that it is encrypted; a launch template decides on the root disk that nobody
 * names.
 */
function instanceDisks(inputs: Cursor): readonly Cursor[] {
  const root = inputs.at("rootBlockDevice");
  const fromTemplate = root.isAbsent && !inputs.at("launchTemplate").isAbsent;
  const others = inputs.at("ebsBlockDevices");
  return [
    ...(fromTemplate ? [] : [root.at("encrypted")]),
    ...(others.isUnknown ? [others] : others.items().map((disk) => disk.at("encrypted"))),
  ];
}
