import * as pulumi from "@pulumi/pulumi";
import type { Account } from "../account.js";
import type { Statement } from "../identity/policy-document.js";

/**
 * The use of a key of volumes through EC2, and the grant under which EC2 mounts what it encrypted. The key's policy admits it
 * when IAM does, as that of {@link EncryptionKeys} (https://docs.aws.amazon.com/eks/latest/userguide/auto-kms.html).
 */
export function volumesKeyStatements(account: Account, keyArn: pulumi.Input<string>): readonly Statement[] {
  const resources = [keyArn];
  const through = pulumi.interpolate`ec2.${account.region}.${account.dnsSuffix}`;
  return [
    {
      sid: "UseVolumesKey",
      actions: [
        "kms:Decrypt",
        "kms:DescribeKey",
        "kms:Encrypt",
        "kms:GenerateDataKey",
        "kms:GenerateDataKeyWithoutPlaintext",
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
      ],
      resources,
      conditions: { StringEquals: { "kms:ViaService": through } },
    },
    {
      sid: "GrantVolumesKey",
      actions: ["kms:CreateGrant"],
      resources,
      conditions: { Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}
