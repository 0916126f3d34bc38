import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { container, manifest, unresolved } from "../../../examples.js";
import { SYSTEM_NAMESPACES } from "../../../lib/namespaces.js";
import type { ExampleObject, ExampleValue } from "../../../model.js";
import { onPods } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

/** Priorities that Kubernetes has for the components of a cluster. */
const SYSTEM_PRIORITIES: ReadonlySet<unknown> = new Set(["system-cluster-critical", "system-node-critical"]);

function job(namespace: ExampleValue, spec: ExampleObject = {}) {
  return manifest({ apiVersion: "v1", kind: "Pod", metadata: { name: "report", namespace }, spec });
}

/** No workload runs in a namespace of Kubernetes itself, unless its priority says that it is a component of the cluster. */
export const noUserWorkloadInKubeSystem = defineRule({
  id: "no-user-workload-in-kube-system",
  title: "applications stay out of the namespaces of Kubernetes",
  ring: "cluster",
  severity: "medium",
  rationale:
    "Pod Security and default deny cannot hold in kube-system, where the components of the cluster need privileges. An application there is guarded by neither, next to the accounts that run the cluster.",
  remediation:
    "metadata: { namespace: vote }  // for a component of the cluster: priorityClassName: system-cluster-critical",
  references: references("catalogue/rules.csv: KSV-0037", { "nsa-cisa": ["hardening"] }),
  since: "0.1.0",
  examples: {
    fail: [{ title: "a job of an application", resources: [job("kube-system")], path: "metadata.namespace" }],
    pass: [
      { title: "in a namespace of its own", resources: [container("web", {})] },
      {
        title: "a component of the cluster",
        resources: [job("kube-system", { priorityClassName: "system-node-critical" })],
      },
    ],
    unknown: [
      { title: "the namespace is an output", resources: [job(unresolved("string"))], path: "metadata.namespace" },
    ],
  },
  ...onPods((pod) => {
    const { object } = pod.workload;
    const place = object.root.at("metadata", "namespace");
    if (object.namespace === undefined)
      return unknown(place, `the namespace of ${pod.label} is not known before the deployment`);
    if (!SYSTEM_NAMESPACES.has(object.namespace)) return pass();
    const priority = pod.spec.at("priorityClassName");
    if (priority.string() === UNKNOWN)
      return unknown(priority, `whether ${pod.label} is a component of the cluster is not known before the deployment`);
    if (SYSTEM_PRIORITIES.has(priority.string())) return notApplicable("it is a component of the cluster");
    return fail(place, `${pod.label} runs where neither Pod Security nor default deny guards it`);
  }),
});
