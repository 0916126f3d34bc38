import { customerKeyRule } from "../../../lib/rule-kinds.js";
import { notApplicable } from "../../../verdicts.js";

const DEFAULT_KEY = "aws:ebs/defaultKmsKey:DefaultKmsKey";

/** A volume is encrypted with a key of the customer, its own or the account's default. One that is not encrypted is for `ebs-volume-encrypted`. */
export const ebsVolumeCmk = customerKeyRule({
  id: "ebs-volume-cmk",
  title: "volumes are encrypted with a key of yours",
  ring: "cloud",
  severity: "low",
  rationale:
    "A snapshot under the key of AWS opens for whoever may restore it. A key of yours says who may, and can be revoked.",
  references: [],
  type: "aws:ebs/volume:Volume",
  needed: { availabilityZone: "eu-west-1a", encrypted: true },
  field: "kmsKeyId",
  thing: "volume",
  skip: ({ inputs, world }) => {
    if (inputs.at("encrypted").boolean() !== true) return notApplicable("it is not encrypted, or nobody knows yet");
    return world.ofType(DEFAULT_KEY).length > 0 ? notApplicable("the plan sets the account's default key") : undefined;
  },
});
