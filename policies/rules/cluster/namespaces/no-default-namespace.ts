import { defineRule, references } from "../../../define.js";
import { manifest, unresolved } from "../../../examples.js";
import type { ExampleObject } from "../../../model.js";
import { labelOf, onKubernetes, WORKLOAD_TYPES } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

/** What an application is made of; what the cluster itself keeps in `default` is none of these. */
const TYPES = [
  ...WORKLOAD_TYPES,
  "kubernetes:core/v1:Service",
  "kubernetes:core/v1:PersistentVolumeClaim",
  "kubernetes:core/v1:Secret",
  "kubernetes:core/v1:ConfigMap",
  "kubernetes:networking.k8s.io/v1:Ingress",
] as const;

function service(metadata: ExampleObject) {
  return manifest({ apiVersion: "v1", kind: "Service", metadata: { name: "web", ...metadata } });
}

/** Workloads, Services, ingresses, claims and configuration are in a namespace of their own, not in `default`. */
export const noDefaultNamespace = defineRule({
  id: "no-default-namespace",
  title: "applications have a namespace of their own",
  ring: "cluster",
  severity: "low",
  rationale:
    "What nobody placed is in default, next to all else that nobody placed: the policies, quotas and rights of one are those of all.",
  remediation: "metadata: { namespace: vote }",
  references: references(
    "catalogue/rules.csv: CKV_K8S_21, KSV-0110, C-0061, C-0212, KY disallow-default-namespace, KL use-namespace, AC_K8S_0086, KICS, DATREE, PPB",
    { "cis-eks-1.8.0": ["4.5.2"], "cis-kubernetes": ["5.6.4"] },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "none is named", resources: [service({})], path: "metadata.namespace" },
      { title: "named", resources: [service({ namespace: "default" })], path: "metadata.namespace" },
    ],
    pass: [{ title: "its own", resources: [service({ namespace: "vote" })] }],
    unknown: [
      {
        title: "an output decides",
        resources: [service({ namespace: unresolved("string") })],
        path: "metadata.namespace",
      },
    ],
  },
  ...onKubernetes(TYPES, ({ object, root }) => {
    const at = root.at("metadata", "namespace");
    if (object.kind === "Service" && object.name === "kubernetes") return notApplicable("it is the Service of the API");
    if (object.namespace === undefined)
      return unknown(at, `which namespace ${labelOf(object)} is in is not known before the deployment`);
    if (object.namespace !== "default") return pass();
    return at.isAbsent
      ? fail(at, `${labelOf(object)} names no namespace, which is default unless whoever applies it says another`)
      : fail(at, `${labelOf(object)} is in the namespace of all that nobody placed`);
  }),
});
