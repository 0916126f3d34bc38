import { UNKNOWN } from "../../../../plan/world/index.js";
import type { Read } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { concat, container, planned, ref, unresolved } from "../../../examples.js";
import { imageParts } from "../../../lib/images.js";
import { hasCustomerKey, imageSource, isImmutable, isScanned, REPOSITORY } from "../../../lib/registry.js";
import { onContainers } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

/**
 * An image in a private registry of ECR comes from a planned repository with immutable tags, scans and a customer key,
 * or from a planned pull-through cache whose template sets tags and key. Scans of a cache are the registry's to set, so
 * they are not asked for.
 */
export const imageFromHardenedPlannedRepository = defineRule({
  id: "image-from-hardened-planned-repository",
  title: "images of our own registry come from a repository that guards them",
  ring: "code",
  severity: "high",
  rationale:
    "The image is the program. Whoever can replace it under its name, or slip in one that nobody looked at, runs what he likes in the cluster.",
  remediation:
    'new aws.ecr.Repository("vote", { imageTagMutability: "IMMUTABLE", imageScanningConfiguration: { scanOnPush: true }, encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: key.arn }] })',
  references: references("catalogue/cross-ring-rules.csv: N11", { "owasp-k8s": ["K07"], attack: ["T1525"] }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "a repository as ECR makes it",
        resources: [
          container("web", {
            image: concat(
              ref("vote", "repositoryUrl"),
              "@sha256:0000000000000000000000000000000000000000000000000000000000000000",
            ),
          }),
          planned(REPOSITORY, "vote", {}),
        ],
        path: "spec.template.spec.containers[0].image",
      },
    ],
    pass: [
      {
        title: "a repository that guards its images",
        resources: [
          container("web", {
            image:
              "111122223333.dkr.ecr.eu-west-1.amazonaws.com/vote@sha256:0000000000000000000000000000000000000000000000000000000000000000",
          }),
          planned(REPOSITORY, "vote", {
            name: "vote",
            imageTagMutability: "IMMUTABLE",
            imageScanningConfiguration: { scanOnPush: true },
            encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: ref("key", "arn") }],
          }),
          planned("aws:kms/key:Key", "key", {}),
        ],
      },
    ],
    unknown: [
      {
        title: "a repository that this plan does not make",
        resources: [
          container("web", {
            image:
              "111122223333.dkr.ecr.eu-west-1.amazonaws.com/vote@sha256:0000000000000000000000000000000000000000000000000000000000000000",
          }),
        ],
        path: "spec.template.spec.containers[0].image",
      },
      {
        title: "the image is an output",
        resources: [container("web", { image: unresolved("string") })],
        path: "spec.template.spec.containers[0].image",
      },
    ],
  },
  ...onContainers(({ at, containerLabel, workload, world }) => {
    const image = at.at("image");
    const parts = imageParts(image);
    if (parts === undefined) return notApplicable("it names no image");
    if (parts === UNKNOWN)
      return unknown(image, `where the image of ${containerLabel} comes from is not known before the deployment`);
    const source = imageSource(world, workload.object.resource, image, parts.repository);
    if (source.kind === "elsewhere") return notApplicable("the image is not in a private registry of ECR");
    if (source.kind === "unplanned")
      return unknown(
        image,
        `the image of ${containerLabel} comes from repository '${source.name}', which is not in this plan`,
      );
    const origin = source.kind === "cache" ? source.template : source.resource;
    const inputs = world.inputsOf(origin);
    const guards: readonly (readonly [string, Read<boolean>])[] = [
      ["its tags can be moved", isImmutable(inputs)],
      ["its images are not scanned", source.kind === "cache" ? true : isScanned(world, inputs)],
      ["its images are not encrypted with a customer key", hasCustomerKey(inputs)],
    ];
    const lacks = guards.filter(([, holds]) => holds === false).map(([lack]) => lack);
    if (lacks.length > 0)
      return fail(image, `${containerLabel} runs an image of repository '${origin.name}': ${lacks.join(", ")}`, {
        under: origin,
      });
    return guards.some(([, holds]) => holds === UNKNOWN)
      ? unknown(
          image,
          `how repository '${origin.name}' guards the image of ${containerLabel} is not known before the deployment`,
        )
      : pass();
  }),
});
