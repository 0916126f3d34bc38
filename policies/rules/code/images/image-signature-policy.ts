import { PLACEHOLDER, UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { container, manifest, unresolved } from "../../../examples.js";
import { imageParts } from "../../../lib/images.js";
import { isSignatureChecked, SIGNATURE_POLICY_TYPES } from "../../../lib/signature-policies.js";
import type { ExampleObject, ExampleValue } from "../../../model.js";
import { onContainers, WORKLOAD_TYPES } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

const VOTE = container("vote", { image: "ghcr.io/example/vote:1" });

function kyverno(imageReferences: ExampleValue, fields: ExampleObject = {}) {
  return manifest({
    apiVersion: "kyverno.io/v1",
    kind: "ClusterPolicy",
    metadata: { name: "signed" },
    spec: {
      validationFailureAction: "Enforce",
      rules: [
        {
          name: "signed",
          match: { any: [{ resources: { kinds: ["Pod"] } }] },
          verifyImages: [{ imageReferences, attestors: [] }],
        },
      ],
      ...fields,
    },
  });
}

/**
 * A planned admission policy covers every image and refuses it without a signature: a Kyverno policy with `verifyImages`, an
 * ImageValidatingPolicy, or a ClusterImagePolicy of the sigstore policy controller.
 */
export const imageSignaturePolicy = defineRule({
  id: "image-signature-policy",
  title: "admission checks the signature of every image",
  ring: "code",
  severity: "medium",
  rationale:
    "A digest says that an image is the one that was reviewed, not who built it. A signature that admission checks keeps out what somebody pushed with stolen credentials of the registry.",
  remediation:
    'kind: ClusterPolicy (kyverno.io/v1), spec: { validationFailureAction: Enforce, rules: [{ name: signed, match: { any: [{ resources: { kinds: [Pod] } }] }, verifyImages: [{ imageReferences: ["ghcr.io/example/*"], attestors: […] }] }] }',
  references: references("catalogue/rules.csv: C-0236, C-0237, KY verify-image*", {
    "cis-kubernetes": ["5.5.1"],
    "owasp-k8s": ["K04"],
    attack: ["T1525"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "no policy at all", resources: [VOTE], path: "spec.template.spec.containers[0].image" },
      {
        title: "the policy is about other images",
        resources: [VOTE, kyverno(["ghcr.io/other/*"])],
        path: "spec.template.spec.containers[0].image",
      },
      {
        title: "the policy only reports",
        resources: [VOTE, kyverno(["*"], { validationFailureAction: "Audit" })],
        path: "spec.template.spec.containers[0].image",
      },
    ],
    pass: [
      { title: "Kyverno refuses it unsigned", resources: [VOTE, kyverno(["ghcr.io/example/*"])] },
      {
        title: "so does sigstore's controller, in a namespace that takes part",
        resources: [
          VOTE,
          manifest(
            {
              apiVersion: "v1",
              kind: "Namespace",
              metadata: { name: "vote", labels: { "policy.sigstore.dev/include": "true" } },
            },
            { as: "ns" },
          ),
          manifest({
            apiVersion: "policy.sigstore.dev/v1beta1",
            kind: "ClusterImagePolicy",
            metadata: { name: "signed" },
            spec: {
              images: [{ glob: "ghcr.io/example/*" }],
              authorities: [{ keyless: { url: "https://fulcio.sigstore.dev" } }],
            },
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "which images the policy is about is an output",
        resources: [VOTE, kyverno(unresolved("list"))],
        path: "spec.template.spec.containers[0].image",
      },
    ],
  },
  ...onContainers(({ at, containerLabel, workload, world }) => {
    const image = at.at("image");
    const parts = imageParts(image);
    if (parts === undefined) return notApplicable("it names no image");
    const undecided = `whether admission checks the signature of the image of ${containerLabel} is not known from this plan`;
    if (parts === UNKNOWN) return unknown(image, undecided);
    const checked = isSignatureChecked(world, parts.repository, workload.object);
    if (checked === true) return pass();
    if (checked === UNKNOWN || parts.repository.includes(PLACEHOLDER)) return unknown(image, undecided);
    return fail(image, `no planned policy checks who signed the image of ${containerLabel}`);
  }),
  reads: [...WORKLOAD_TYPES, ...SIGNATURE_POLICY_TYPES],
});
