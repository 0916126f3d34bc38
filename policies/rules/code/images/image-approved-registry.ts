import { PLACEHOLDER, UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { container, planned, unresolved } from "../../../examples.js";
import { fullRepository, imageParts } from "../../../lib/images.js";
import { imageSource, REPOSITORY } from "../../../lib/registry.js";
import { textList } from "../../../parameters.js";
import { onContainers, WORKLOAD_TYPES } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

const REGISTRIES = textList(
  {
    name: "registries",
    about: "Registries, or paths within them, that images may come from: 'ghcr.io/example', 'registry.example.com'.",
    fallback: [],
  },
  {
    pattern: /^[a-z0-9][a-z0-9.-]*(:\d+)?(\/[a-z0-9._-]+)*$/,
    rule: "a list of registries, each with its host and perhaps a path, without scheme, tag and slash at its end",
  },
);
const APPROVED = { registries: ["ghcr.io/example"] };
const VOTE = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/vote";

/**
 * Every image comes from a registry, or a path within one, that the parameter `registries` names. Images of ECR repositories
 * of the same plan count as approved. Without the parameter the rule has nothing to say.
 */
export const imageApprovedRegistry = defineRule({
  id: "image-approved-registry",
  title: "images come from registries that were approved",
  ring: "code",
  severity: "medium",
  rationale:
    "Anybody may push to a public registry, under a name that looks right. A list of registries that somebody answers for is the first thing that a strange image meets.",
  remediation:
    'image: "ghcr.io/example/vote@sha256:…"  // in ringfence.config.yaml: rules: { image-approved-registry: { registries: [ghcr.io/example] } }',
  references: references(
    "catalogue/rules.csv: KSV-0125 (KSV-0032–0035‡), C-0078, KY restrict-image-registries, GK allowedrepos(v2), KY allowed-image-repos",
    { "cis-eks-1.8.0": ["5.1.4"], "owasp-k8s": ["K07"], attack: ["T1204.003"] },
  ),
  since: "0.1.0",
  parameters: [REGISTRIES],
  examples: {
    fail: [
      {
        title: "Docker Hub, which no host means",
        resources: [container("vote", { image: "nginx:1.29" })],
        path: "spec.template.spec.containers[0].image",
        parameters: APPROVED,
      },
      {
        title: "a path that only begins alike",
        resources: [container("vote", { image: "ghcr.io/example-other/vote:1" })],
        path: "spec.template.spec.containers[0].image",
        parameters: APPROVED,
      },
    ],
    pass: [
      {
        title: "the approved path",
        resources: [container("vote", { image: "ghcr.io/example/vote:1" })],
        parameters: APPROVED,
      },
      {
        title: "a repository of this plan",
        resources: [
          container("vote", { image: `${VOTE}:1` }),
          planned(REPOSITORY, "vote-repository", { name: "vote" }),
        ],
        parameters: APPROVED,
      },
      { title: "nothing was approved yet", resources: [container("vote", { image: "nginx:1.29" })] },
    ],
    unknown: [
      {
        title: "the whole reference is an output",
        resources: [container("vote", { image: unresolved("string") })],
        path: "spec.template.spec.containers[0].image",
        parameters: APPROVED,
      },
    ],
  },
  ...onContainers(({ at, containerLabel, parameters, workload, world }) => {
    const approved = parameters.of(REGISTRIES);
    if (approved.length === 0) return notApplicable("no registries were approved");
    const image = at.at("image");
    const parts = imageParts(image);
    if (parts === undefined) return notApplicable("it names no image");
    const undecided = `where the image of ${containerLabel} comes from is not known before the deployment`;
    if (parts === UNKNOWN) return unknown(image, undecided);
    const source = imageSource(world, workload.object.resource, image, parts.repository);
    if (source.kind === "repository" || source.kind === "cache") return pass();
    if (parts.repository.startsWith(PLACEHOLDER)) return unknown(image, undecided);
    const repository = fullRepository(parts.repository);
    if (approved.some((prefix) => repository === prefix || repository.startsWith(`${prefix}/`))) return pass();
    return fail(image, `${containerLabel} runs ${repository}, from a registry that nobody approved`);
  }),
  reads: [...WORKLOAD_TYPES, REPOSITORY],
});
