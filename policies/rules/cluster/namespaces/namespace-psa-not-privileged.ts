import { defineRule, references } from "../../../define.js";
import { manifest, unresolved } from "../../../examples.js";
import { SYSTEM_NAMESPACES } from "../../../lib/namespaces.js";
import { labelOf, onKubernetes } from "../../../shapes.js";
import { expectString, notApplicable } from "../../../verdicts.js";

const ENFORCE_PATH = 'metadata.labels["pod-security.kubernetes.io/enforce"]';

/** The label does not say `privileged`; the namespaces of Kubernetes itself are left out. */
export const namespacePsaNotPrivileged = defineRule({
  id: "namespace-psa-not-privileged",
  title: "no namespace enforces the level privileged",
  ring: "cluster",
  severity: "high",
  rationale:
    "`privileged` is the level that forbids nothing: one pod created there by anybody who may create pods owns its node.",
  remediation: '"pod-security.kubernetes.io/enforce": "baseline"  // or "restricted"',
  references: references("catalogue/rules.csv: KY deny-privileged-profile", {
    "cis-kubernetes": ["5.2.1"],
    "owasp-k8s": ["K04"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "privileged by name",
        resources: [
          manifest({
            apiVersion: "v1",
            kind: "Namespace",
            metadata: { name: "vote", labels: { "pod-security.kubernetes.io/enforce": "privileged" } },
          }),
        ],
        path: ENFORCE_PATH,
      },
    ],
    pass: [
      {
        title: "baseline",
        resources: [
          manifest({
            apiVersion: "v1",
            kind: "Namespace",
            metadata: { name: "vote", labels: { "pod-security.kubernetes.io/enforce": "baseline" } },
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
            kind: "Namespace",
            metadata: { name: "vote", labels: { "pod-security.kubernetes.io/enforce": unresolved("string") } },
          }),
        ],
        path: ENFORCE_PATH,
      },
    ],
  },
  ...onKubernetes(["kubernetes:core/v1:Namespace", "kubernetes:core/v1:NamespacePatch"], ({ object, root }) => {
    const at = root.at("metadata", "labels", "pod-security.kubernetes.io/enforce");
    if (SYSTEM_NAMESPACES.has(object.name))
      return notApplicable("what runs there belongs to Kubernetes and must stay privileged");
    if (at.isAbsent) return notApplicable("it names no level; namespace-psa-enforce judges that");
    return expectString(at, {
      absent: "",
      accept: (level) => level !== "privileged",
      message: `${labelOf(object)} admits every pod, privileged ones too`,
      undecided: `which pods ${labelOf(object)} admits is not known before the deployment`,
    });
  }),
});
