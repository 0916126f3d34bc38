import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { CREATION_TEMPLATE, hasCustomerKey, REPOSITORY } from "../../../lib/registry.js";
import type { ExampleObject } from "../../../model.js";
import { onResource } from "../../../shapes.js";
import { fail, pass, unknown } from "../../../verdicts.js";

function repository(encryption: ExampleObject) {
  return [planned(REPOSITORY, "vote", { encryptionConfigurations: [encryption] })];
}

/** A repository encrypts with a key of the customer. It encrypts with keys of S3 by default (ECR API, `encryptionType`). */
export const ecrCmkEncryption = defineRule({
  id: "ecr-cmk-encryption",
  title: "images are encrypted with a key of yours",
  ring: "cloud",
  severity: "low",
  rationale:
    "An image is the program, and often more than was meant. A key of yours says who pulls it, in which account, and can be revoked.",
  remediation: 'encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: key.arn }]',
  references: references("catalogue/rules.csv: CKV_AWS_136, AWS-0033, PCP ×2, AC_AWS_0461", {
    "aws-security-hub": ["ECR.5"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "left out, which is keys of S3",
        resources: [planned(REPOSITORY, "vote", {})],
        path: "encryptionConfigurations",
      },
      {
        title: "the key that AWS keeps for ECR",
        resources: repository({ encryptionType: "KMS" }),
        path: "encryptionConfigurations[0].kmsKey",
      },
    ],
    pass: [
      { title: "a key of the customer", resources: repository({ encryptionType: "KMS", kmsKey: "alias/images" }) },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: repository({ encryptionType: unresolved("string"), kmsKey: "alias/images" }),
        path: "encryptionConfigurations",
      },
    ],
  },
  ...onResource([REPOSITORY, CREATION_TEMPLATE], ({ resource, inputs }) => {
    const list = inputs.at("encryptionConfigurations");
    const own = hasCustomerKey(inputs);
    if (own === UNKNOWN)
      return unknown(list, `which key '${resource.name}' encrypts with is not known before the deployment`);
    const [first] = list.items();
    return own
      ? pass()
      : fail(first?.at("kmsKey") ?? list, `images of '${resource.name}' are encrypted with a key of AWS`);
  }),
});
