import { AccountDefaults, DeletionProtection } from "../../../infra/index.js";
import type { AccountDefaultsArgs } from "../../../infra/index.js";
import type { Plan } from "../../../plan/index.js";
import { findingsIn } from "../judged.js";
import { inputs, planIn, resource, VOLUMES_KEY, waitsFor } from "../support.js";

const ALL: AccountDefaultsArgs = {
  ebsEncryption: { keys: { volumesKeyArn: VOLUMES_KEY } },
  instanceMetadata: {},
  blockPublicSnapshots: true,
  blockPublicImages: true,
  blockPublicBuckets: true,
  passwordPolicy: {},
};

const plan = (args: AccountDefaultsArgs, region = "eu-west-1") =>
  planIn(() => new AccountDefaults("account", args), region);

const types = (made: Plan) => made.resources.map(({ type }) => type).filter((type) => type.startsWith("aws:"));

describe.each(["eu-west-1", "cn-north-1", "us-gov-west-1"])("all of it in %s", (region) => {
  let made: Plan;
  beforeAll(async () => {
    made = await plan(ALL, region);
  });

  test("closes what the account can close", () => {
    expect(inputs(made, "aws:ebs/encryptionByDefault:EncryptionByDefault")).toEqual({ enabled: true });
    expect(inputs(made, "aws:ebs/defaultKmsKey:DefaultKmsKey")).toEqual({ keyArn: VOLUMES_KEY });
    expect(waitsFor(made, "aws:ebs/defaultKmsKey:DefaultKmsKey")).toEqual(["account-ebs-encryption"]);
    expect(inputs(made, "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults")).toEqual({
      httpEndpoint: "enabled",
      httpTokens: "required",
      httpPutResponseHopLimit: 1,
      instanceMetadataTags: "no-preference",
    });
    expect(inputs(made, "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess")).toEqual({
      state: "block-all-sharing",
    });
    expect(inputs(made, "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess")).toEqual({
      state: "block-new-sharing",
    });
    expect(inputs(made, "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock")).toEqual({
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    expect(inputs(made, "aws:iam/accountPasswordPolicy:AccountPasswordPolicy")).toMatchObject({
      minimumPasswordLength: 14,
      passwordReusePrevention: 24,
    });
  });

  test("has no findings by our own rules", () => {
    expect(findingsIn(made)).toEqual([]);
  });
});

test("what is not named is left alone", async () => {
  expect(types(await plan({ blockPublicSnapshots: true, blockPublicImages: false }))).toEqual([
    "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess",
  ]);
  expect(types(await plan({ ebsEncryption: {} }))).toEqual(["aws:ebs/encryptionByDefault:EncryptionByDefault"]);
});

test("settings outlive their stack, unless somebody says otherwise", async () => {
  const type = "aws:ebs/encryptionByDefault:EncryptionByDefault";
  expect(resource(await plan({ ebsEncryption: {} }), type).options.retainOnDelete).toBe(true);
  const deletionProtection = DeletionProtection.off({ reason: "an account of its own for tests" });
  const made = await plan({ ebsEncryption: {}, deletionProtection });
  expect(resource(made, type).options.retainOnDelete ?? false).toBe(false);
  expect(resource(made, "ringfence:infra:AccountDefaults").outputs["relaxations"]).toEqual([
    { choice: "DeletionProtection.off", reason: "an account of its own for tests" },
  ]);
});

test("refuses every problem at once, and a component that sets nothing", async () => {
  await expect(
    plan({
      ebsEncryption: { keys: { volumesKeyArn: "alias/aws/ebs" } },
      instanceMetadata: { metadataHopLimit: 65 },
      passwordPolicy: { passwordLength: 8 },
    }),
  ).rejects.toThrow(
    [
      "AccountDefaults 'account':",
      "  'ebsEncryption.keys.volumesKeyArn' must be the ARN of a key, got 'alias/aws/ebs'. Write it like 'arn:<partition>:kms:eu-west-1:111122223333:key/<id>'",
      "  'instanceMetadata.metadataHopLimit' must be a whole number from 1 to 64, got 65. Leave it out for 1",
      "  'passwordPolicy.passwordLength' must be a whole number from 14 to 128, got 8. Leave it out for 14",
    ].join("\n"),
  );
  await expect(plan({ blockPublicImages: false })).rejects.toThrow(
    "'args' must name a setting, got {}. Name one, like `ebsEncryption: {}`, or leave the component out",
  );
});
