import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { CREATION_TEMPLATE, REPOSITORY } from "../../../lib/registry.js";
import { onResource } from "../../../shapes.js";
import { expectString } from "../../../verdicts.js";

/**
 * Tags are immutable. They are mutable by default (ECR API, `imageTagMutability`); exclusions leave some of them so.
 */
export const ecrTagImmutable = defineRule({
  id: "ecr-tag-immutable",
  title: "a tag of the registry never changes what it means",
  ring: "code",
  severity: "high",
  rationale:
    "With mutable tags whoever can push replaces the image that the next pod starts, under the same name. Nothing in the cluster changes.",
  remediation: 'imageTagMutability: "IMMUTABLE"',
  references: references(
    "catalogue/rules.csv: CKV_AWS_51, AWS-0031, PCP disallow-mutable-image, PRW, HE use_immutable_tags_with_ecr",
    { "aws-security-hub": ["ECR.2"], "nist-csf-2": ["PR.PS-06"], attack: ["T1525"] },
  ),
  since: "0.1.0",
  covers: ["image-from-hardened-planned-repository"],
  examples: {
    fail: [
      { title: "left out, which is mutable", resources: [planned(REPOSITORY, "vote", {})], path: "imageTagMutability" },
      {
        title: "some tags may still move",
        resources: [planned(REPOSITORY, "vote", { imageTagMutability: "IMMUTABLE_WITH_EXCLUSION" })],
        path: "imageTagMutability",
      },
    ],
    pass: [{ title: "immutable", resources: [planned(REPOSITORY, "vote", { imageTagMutability: "IMMUTABLE" })] }],
    unknown: [
      {
        title: "an output decides",
        resources: [planned(REPOSITORY, "vote", { imageTagMutability: unresolved("string") })],
        path: "imageTagMutability",
      },
    ],
  },
  ...onResource([REPOSITORY, CREATION_TEMPLATE], ({ resource: repository, inputs }) =>
    expectString(inputs.at("imageTagMutability"), {
      absent: "MUTABLE",
      accept: (value) => value === "IMMUTABLE",
      message: `a tag in repository '${repository.name}' can be moved to another image`,
      undecided: `whether tags in repository '${repository.name}' can be moved is not known before the deployment`,
    }),
  ),
});
