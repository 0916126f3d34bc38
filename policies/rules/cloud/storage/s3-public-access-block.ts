import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { expectRead, some } from "../../../verdicts.js";

const BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const ACCOUNT = "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock";
const FLAGS = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"] as const;
const ON = Object.fromEntries(FLAGS.map((flag) => [flag, true]));

/**
 * A block of public access that a program writes has all four flags on, itself or by the account's; what it leaves out is
 * off. A bucket without one has all four on, as S3 makes new buckets since April 2023 (S3 user guide, "Blocking public
 * access to your Amazon S3 storage").
 */
export const s3PublicAccessBlock = defineRule({
  id: "s3-public-access-block",
  title: "nothing can make a bucket public",
  ring: "cloud",
  severity: "high",
  rationale:
    "With a flag off, one policy or one object's access list opens the bucket to the internet; with all four on, neither does.",
  remediation: "blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true",
  references: references(
    "catalogue/rules.csv: CKV_AWS_53–56, CKV2_AWS_6, AWS-0086/0087/0091/0093/0094, AwsSolutions-S2, PRW, PPB",
    {
      "aws-security-hub": ["S3.8", "S3.1"],
      "cis-aws-7": ["3.1.4"],
      "pci-dss-4": ["1.2.8", "1.3.1", "1.3.2"],
      hipaa: ["164.312(a)(1)", "164.312(a)(2)(i)"],
      "nist-800-53": ["SC-7", "AC-3", "AC-6"],
      attack: ["T1530"],
    },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "one flag is left out, which is off",
        resources: [
          planned(BLOCK, "votes", {
            bucket: "votes",
            blockPublicAcls: true,
            blockPublicPolicy: true,
            ignorePublicAcls: true,
          }),
        ],
        path: "restrictPublicBuckets",
      },
      {
        title: "the account's is off",
        resources: [planned(ACCOUNT, "all", { ...ON, blockPublicPolicy: false })],
        path: "blockPublicPolicy",
      },
    ],
    pass: [
      { title: "all four", resources: [planned(BLOCK, "votes", { bucket: "votes", ...ON })] },
      {
        title: "the account has them all",
        resources: [
          planned(ACCOUNT, "all", ON),
          planned(BLOCK, "votes", { bucket: "votes", blockPublicPolicy: false }),
        ],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [planned(BLOCK, "votes", { bucket: "votes", ...ON, blockPublicAcls: unresolved("boolean") })],
        path: "blockPublicAcls",
      },
    ],
  },
  ...onResource([BLOCK, ACCOUNT], ({ resource, inputs, world }) =>
    FLAGS.map((flag) => {
      const account = world.ofType(ACCOUNT).map((r) => world.inputsOf(r).at(flag).boolean() ?? false);
      const blocked = some([inputs.at(flag).boolean() ?? false, ...account]);
      return expectRead(inputs.at(flag), blocked, {
        absent: false,
        accept: (value) => value,
        message: `'${resource.name}' turns off ${flag}, so what it guards can be made public`,
        undecided: `whether '${resource.name}' keeps ${flag} on is not known before the deployment`,
      });
    }),
  ),
});
