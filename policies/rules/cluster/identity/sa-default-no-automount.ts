import { defineRule, references } from "../../../define.js";
import { manifest, unresolved } from "../../../examples.js";
import { labelOf, onKubernetes } from "../../../shapes.js";
import { expectBoolean, notApplicable } from "../../../verdicts.js";

/**
 * A planned service account called `default` has `automountServiceAccountToken: false`; left out, every pod that names
 * no account gets its token.
 */
export const saDefaultNoAutomount = defineRule({
  id: "sa-default-no-automount",
  title: "the default service account gives out no token",
  ring: "cluster",
  severity: "medium",
  rationale:
    "Every pod that names no service account runs as the default one, and finds a token for the Kubernetes API in its file system.",
  remediation: "automountServiceAccountToken: false",
  references: references("catalogue/rules.csv: CKV_K8S_41, C-0189, KY restrict-sa-automount-sa-token", {
    "cis-eks-1.8.0": ["4.1.5"],
    "cis-kubernetes": ["5.1.5"],
    "owasp-k8s": ["K09"],
    attack: ["T1528"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "left out, which mounts it",
        resources: [
          manifest({ apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "default", namespace: "vote" } }),
        ],
        path: "automountServiceAccountToken",
      },
    ],
    pass: [
      {
        title: "switched off",
        resources: [
          manifest({
            apiVersion: "v1",
            kind: "ServiceAccount",
            metadata: { name: "default", namespace: "vote" },
            automountServiceAccountToken: false,
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [
          manifest({
            apiVersion: "v1",
            kind: "ServiceAccount",
            metadata: { name: "default", namespace: "vote" },
            automountServiceAccountToken: unresolved("boolean"),
          }),
        ],
        path: "automountServiceAccountToken",
      },
    ],
  },
  ...onKubernetes(
    ["kubernetes:core/v1:ServiceAccount", "kubernetes:core/v1:ServiceAccountPatch"],
    ({ object, root }) => {
      const at = root.at("automountServiceAccountToken");
      if (object.name !== "default") return notApplicable("it is not the default service account");
      if (at.isAbsent && object.kind === "ServiceAccountPatch")
        return notApplicable("a patch leaves what it does not name");
      return expectBoolean(at, {
        absent: true,
        accept: (value) => !value,
        message: `${labelOf(object)} gives its token to every pod that names no service account`,
        undecided: `whether ${labelOf(object)} gives out its token is not known before the deployment`,
        fix: false,
      });
    },
  ),
});
