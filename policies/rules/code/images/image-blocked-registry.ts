import { PLACEHOLDER, UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { container, unresolved } from "../../../examples.js";
import { imageParts } from "../../../lib/images.js";
import { onContainers } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

/** Registries and projects of theirs that are no longer kept (kubernetes.io, 2023-02-06: k8s.gcr.io will be frozen). */
const GIVEN_UP = ["k8s.gcr.io/", "gcr.io/google_containers/", "gcr.io/google-containers/"];

/**
 * No image comes from a registry that its owners gave up: k8s.gcr.io, frozen since 2023-04-03, and
 * gcr.io/google_containers before it.
 */
export const imageBlockedRegistry = defineRule({
  id: "image-blocked-registry",
  title: "images come from registries that are kept",
  ring: "code",
  severity: "low",
  rationale:
    "A registry that was given up gets no fixes, and answers only as long as somebody pays for it. What is pulled from it is years old.",
  remediation: 'image: "registry.k8s.io/pause:3.10"  // better, a copy in your own registry, by digest',
  references: references(
    "catalogue/rules.csv: C-0001, C-0253, KY restrict-deprecated-registry, GK disallowedrepos",
    {},
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "the former registry of Kubernetes",
        resources: [container("pause", { image: "k8s.gcr.io/pause:3.6" })],
        path: "spec.template.spec.containers[0].image",
      },
      {
        title: "the one before",
        resources: [container("pause", { image: "gcr.io/google_containers/pause-amd64:3.0" })],
        path: "spec.template.spec.containers[0].image",
      },
    ],
    pass: [
      { title: "the present one", resources: [container("pause", { image: "registry.k8s.io/pause:3.10" })] },
      {
        title: "a path with the same name elsewhere",
        resources: [container("pause", { image: "registry.example.com/k8s.gcr.io/pause:3.6" })],
      },
    ],
    unknown: [
      {
        title: "the whole reference is an output",
        resources: [container("pause", { image: unresolved("string") })],
        path: "spec.template.spec.containers[0].image",
      },
    ],
  },
  ...onContainers(({ at, containerLabel }) => {
    const image = at.at("image");
    const parts = imageParts(image);
    if (parts === undefined) return notApplicable("it names no image");
    if (parts === UNKNOWN || parts.repository.startsWith(PLACEHOLDER))
      return unknown(image, `where the image of ${containerLabel} comes from is not known before the deployment`);
    const { repository } = parts;
    const found = GIVEN_UP.some((prefix) => repository.startsWith(prefix));
    return found ? fail(image, `the image of ${containerLabel} comes from a registry that nobody keeps`) : pass();
  }),
});
