import { defineRule } from "../../../define.js";
import { manifest, unresolved } from "../../../examples.js";
import type { ExampleObject } from "../../../model.js";
import { labelOf, onKubernetes } from "../../../shapes.js";
import { expectPresent } from "../../../verdicts.js";

function source(kind: "GitRepository" | "OCIRepository", spec: ExampleObject) {
  return manifest({
    apiVersion: "source.toolkit.fluxcd.io/v1",
    kind,
    metadata: { name: "apps", namespace: "flux-system" },
    spec,
  });
}

/** Flux checks signatures of what it takes from Git (`spec.verify`: commits or tags) and from registries (cosign, notation). */
export const fluxSourcesVerified = defineRule({
  id: "flux-sources-verified",
  title: "Flux checks the signatures of its sources",
  ring: "code",
  severity: "medium",
  rationale:
    "Flux applies what it finds. Without a signature whoever can push to the repository, or to the registry, changes the cluster, and nothing shows who it was.",
  remediation:
    "spec: { verify: { mode: HEAD, secretRef: { name: git-signers } } }  // an OCIRepository: verify: { provider: cosign }",
  references: [],
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "any commit",
        resources: [source("GitRepository", { url: "https://git.example.com/apps" })],
        path: "spec.verify",
      },
      {
        title: "any artifact",
        resources: [source("OCIRepository", { url: "oci://registry.example.com/apps" })],
        path: "spec.verify",
      },
    ],
    pass: [
      {
        title: "signed commits",
        resources: [source("GitRepository", { verify: { mode: "HEAD", secretRef: { name: "git-signers" } } })],
      },
      { title: "signed artifacts", resources: [source("OCIRepository", { verify: { provider: "cosign" } })] },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [source("GitRepository", { verify: unresolved("object") })],
        path: "spec.verify",
      },
    ],
  },
  ...onKubernetes(
    ["kubernetes:source.toolkit.fluxcd.io/v1:GitRepository", "kubernetes:source.toolkit.fluxcd.io/v1:OCIRepository"],
    ({ object, root }) =>
      expectPresent(root.at("spec", "verify"), {
        message: `${labelOf(object)} takes whatever was pushed, signed or not`,
        undecided: `whether ${labelOf(object)} checks signatures is not known before the deployment`,
      }),
  ),
});
