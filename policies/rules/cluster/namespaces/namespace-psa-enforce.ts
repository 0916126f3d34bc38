import { defineRule, references } from "../../../define.js";
import { manifest, unresolved } from "../../../examples.js";
import { SYSTEM_NAMESPACES } from "../../../lib/namespaces.js";
import { POD_SECURITY_LEVELS } from "../../../lib/pod-security/index.js";
import { labelOf, onKubernetes } from "../../../shapes.js";
import { expectString, notApplicable } from "../../../verdicts.js";

const ENFORCE_PATH = 'metadata.labels["pod-security.kubernetes.io/enforce"]';

/**
 * The label `pod-security.kubernetes.io/enforce` names a level. Without it EKS enforces `privileged`, and its default
 * cannot be changed.
 */
export const namespacePsaEnforce = defineRule({
  id: "namespace-psa-enforce",
  title: "every namespace enforces a Pod Security level",
  ring: "cluster",
  severity: "high",
  rationale:
    "Without the label a namespace admits every pod, privileged ones too, and EKS offers no default for the whole cluster.",
  remediation:
    'metadata: { labels: { "pod-security.kubernetes.io/enforce": "restricted", "pod-security.kubernetes.io/enforce-version": "v1.36" } }',
  references: references(
    "catalogue/rules.csv: C-0192–C-0204, KY add-psa-labels (mutate), add-psa-namespace-reporting, HE ensure_namespace_psa_exist",
    {
      "cis-eks-1.8.0": ["4.2.1", "4.2.2", "4.2.3", "4.2.4", "4.2.5"],
      "cis-kubernetes": ["5.2.1"],
      "owasp-k8s": ["K04"],
    },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "no label, which means privileged",
        resources: [manifest({ apiVersion: "v1", kind: "Namespace", metadata: { name: "vote" } })],
        path: 'metadata.labels["pod-security.kubernetes.io/enforce"]'.replace("", ""),
      },
    ],
    pass: [
      {
        title: "restricted",
        resources: [
          manifest({
            apiVersion: "v1",
            kind: "Namespace",
            metadata: { name: "vote", labels: { "pod-security.kubernetes.io/enforce": "restricted" } },
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
    if (SYSTEM_NAMESPACES.has(object.name))
      return notApplicable("what runs there belongs to Kubernetes and must stay privileged");
    const at = root.at("metadata", "labels", "pod-security.kubernetes.io/enforce");
    if (at.isAbsent && object.kind === "NamespacePatch") return notApplicable("a patch leaves what it does not name");
    const levels: readonly string[] = POD_SECURITY_LEVELS;
    return expectString(at, {
      absent: "",
      accept: (level = "") => levels.includes(level),
      message: `${labelOf(object)} admits every pod, privileged ones too`,
      undecided: `which pods ${labelOf(object)} admits is not known before the deployment`,
    });
  }),
});
