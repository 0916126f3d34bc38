import { issue } from "../../../core/issue.js";
import type { Issue } from "../../../core/issue.js";
import { checkRegistryName } from "../../image-ref.js";
import { celList, IMAGES, SPEC_UNCHANGED } from "../cel.js";
import type { CelValidation, CelVariable, ExpressionControl } from "../control.js";
import { PODS } from "../resources.js";

const IMAGES_VARIABLE: CelVariable = { name: "images", expression: IMAGES };

const PINNED: CelValidation = {
  expression: "variables.images.all(image, image.matches('@sha256:[0-9a-f]{64}$'))",
  message: "every image must be pinned by a sha256 digest",
};

const APPROVED: CelValidation = {
  expression: "variables.images.all(image, variables.registries.exists(registry, image.startsWith(registry)))",
  message: "every image must come from an approved registry, written out in full",
};

/** All that controls of images share. */
const ON_PODS = { kind: "expression", matches: PODS, unchanged: SPEC_UNCHANGED, exemptions: "namespaced" } as const;

/**
 * Containers of every kind run images from these registries only.
 *
 * @param registries Hosts, or hosts with the beginning of a path, without a slash at the end; may hold tokens.
 */
export function approvedRegistries(registries: readonly string[]): ExpressionControl {
  return {
    ...ON_PODS,
    id: "approved-registries",
    title: "images come from approved registries",
    rationale: "whoever may change a workload runs any image of the internet",
    variables: [IMAGES_VARIABLE, registriesVariable(registries)],
    validations: [APPROVED],
    issues: checkRegistries(registries),
  };
}

/** Containers of every kind run images that are pinned by digest. */
export function imageDigests(): ExpressionControl {
  return {
    ...ON_PODS,
    id: "image-digests",
    title: "images are pinned by digest",
    rationale: "whoever may push to the registry moves a tag, and the next pod runs what they pushed",
    variables: [IMAGES_VARIABLE],
    validations: [PINNED],
  };
}

/** Containers of every kind run images with a tag other than `latest`, or a digest. Weaker than {@link imageDigests}. */
export function noLatestTag(): ExpressionControl {
  return {
    ...ON_PODS,
    id: "no-latest-tag",
    title: "images have a tag other than latest, or a digest",
    rationale: "nobody can say what runs, and a restart may run something else",
    variables: [IMAGES_VARIABLE],
    validations: [
      {
        expression:
          "variables.images.all(image, image.matches('@sha(256|512):[0-9a-f]+$') || image.matches(':[A-Za-z0-9_][A-Za-z0-9_.-]*$') && !image.endsWith(':latest'))",
        message: "every image must have a digest, or a tag other than 'latest'",
      },
    ],
  };
}

/** Both {@link imageDigests} and {@link approvedRegistries}, as one policy. */
export function imageOrigin(registries: readonly string[]): ExpressionControl {
  return {
    ...ON_PODS,
    id: "images",
    title: "images are pinned by digest and come from approved registries",
    rationale: "whoever may change a workload, or push to a registry, runs code of their own",
    variables: [IMAGES_VARIABLE, registriesVariable(registries)],
    validations: [PINNED, APPROVED],
    issues: checkRegistries(registries),
  };
}

function registriesVariable(registries: readonly string[]): CelVariable {
  return { name: "registries", expression: celList(registries.map((registry) => `${registry}/`)) };
}

/** The issues of a list of registries. */
export function checkRegistries(registries: readonly string[]): readonly Issue[] {
  const path = "approvedRegistries";
  if (registries.length > 0) return registries.flatMap((registry, i) => checkRegistryName(`${path}[${i}]`, registry));
  const advice = "Name the host of your private registry, or no pod starts";
  return [issue("Required", path, "must name at least one registry", registries, advice)];
}
