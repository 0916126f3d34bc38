import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { deployment, manifest, unresolved } from "../../../examples.js";
import { fullRepository, imageParts } from "../../../lib/images.js";
import { accountOf } from "../../../lib/service-accounts.js";
import type { ExampleObject } from "../../../model.js";
import { textList } from "../../../parameters.js";
import { onContainers, WORKLOAD_TYPES } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

const REGISTRIES = textList({
  name: "registries",
  about:
    "Registries, or paths within them, that ask for a login: 'ghcr.io/example'. Nodes log in to ECR by themselves.",
  fallback: [],
});
const PRIVATE = { registries: ["ghcr.io/example"] };
const PATH = "spec.template.spec.imagePullSecrets";

function pod(fields: ExampleObject, image = "ghcr.io/example/vote:1") {
  return deployment("vote", { containers: [{ name: "vote", image }], ...fields });
}

/**
 * A pod with an image of a registry that the parameter `registries` names has a login for it: `imagePullSecrets`, its own or its
 * service account's. Without the parameter the rule has nothing to say.
 */
export const imagePullSecretPresent = defineRule({
  id: "image-pull-secret-present",
  title: "pods have a login for private registries",
  ring: "code",
  severity: "info",
  rationale:
    "Without a login the image is not pulled and the pod never starts; or it starts from what a node has kept, for whoever asks, past the login of the registry.",
  remediation: "imagePullSecrets: [{ name: ghcr }]",
  references: references("catalogue/rules.csv: KY require-imagepullsecrets", {}),
  since: "0.1.0",
  parameters: [REGISTRIES],
  examples: {
    fail: [{ title: "no login", resources: [pod({})], path: PATH, parameters: PRIVATE }],
    pass: [
      { title: "the pod's", resources: [pod({ imagePullSecrets: [{ name: "ghcr" }] })], parameters: PRIVATE },
      {
        title: "its service account's",
        resources: [
          pod({ serviceAccountName: "vote" }),
          manifest(
            {
              apiVersion: "v1",
              kind: "ServiceAccount",
              metadata: { name: "vote", namespace: "vote" },
              imagePullSecrets: [{ name: "ghcr" }],
            },
            { as: "account" },
          ),
        ],
        parameters: PRIVATE,
      },
      { title: "a public image", resources: [pod({}, "ghcr.io/other/vote:1")], parameters: PRIVATE },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [pod({ imagePullSecrets: unresolved("list") })],
        path: PATH,
        parameters: PRIVATE,
      },
    ],
  },
  ...onContainers((view) => {
    const { at, containerLabel, parameters, spec } = view;
    const parts = imageParts(at.at("image"));
    const own = spec.at("imagePullSecrets");
    const registries = parameters.of(REGISTRIES);
    if (parts === undefined || registries.length === 0) return notApplicable("no registry was said to ask for a login");
    const undecided = `whether ${containerLabel} has a login for its registry is not known before the deployment`;
    if (parts === UNKNOWN) return unknown(at.at("image"), undecided);
    const repository = fullRepository(parts.repository);
    if (!registries.some((prefix) => repository.startsWith(`${prefix}/`))) return pass();
    if (own.isUnknown) return unknown(own, undecided);
    const account = accountOf(view).object?.root.at("imagePullSecrets").items() ?? [];
    return own.items().length + account.length > 0
      ? pass()
      : fail(own, `${containerLabel} has no login for the registry of its image`);
  }),
  reads: [...WORKLOAD_TYPES, "kubernetes:core/v1:ServiceAccount"],
});
