import { UNKNOWN } from "../../../../plan/world/index.js";
import type { KubernetesObject, World } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { deployment, manifest, unresolved } from "../../../examples.js";
import { SYSTEM_NAMESPACES } from "../../../lib/namespaces.js";
import { workloadsIn } from "../../../lib/selecting.js";
import type { ExampleObject } from "../../../model.js";
import { labelOf, onKubernetes, WORKLOAD_TYPES } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

const WEB = deployment("web", { containers: [] });
const STRICT = manifest({
  apiVersion: "security.istio.io/v1",
  kind: "PeerAuthentication",
  metadata: { name: "strict", namespace: "istio-system" },
  spec: { mtls: { mode: "STRICT" } },
});

function namespace(labels: ExampleObject) {
  return manifest({ apiVersion: "v1", kind: "Namespace", metadata: { name: "vote", labels } }, { as: "ns" });
}

/** API groups of the policies of Istio, by which a plan shows that the cluster has a mesh. */
const MESH_GROUPS: readonly string[] = ["networking.istio.io", "security.istio.io"];

/** Kinds by which a plan speaks to Istio. */
const MESH_KINDS = ["AuthorizationPolicy", "DestinationRule", "Gateway", "PeerAuthentication", "VirtualService"];

/**
 * Where the plan speaks to Istio, each namespace with workloads takes part: by `istio-injection: enabled`, by a revision
 * (`istio.io/rev`), or by the ambient mode (`istio.io/dataplane-mode: ambient`).
 */
export const namespaceIstioInjection = defineRule({
  id: "namespace-istio-injection",
  title: "every namespace takes part in the mesh",
  ring: "cluster",
  severity: "low",
  rationale:
    "Pods outside the mesh speak plain text, and its policies do not hold for them: one forgotten label is a hole in what looks closed.",
  remediation: 'metadata: { labels: { "istio.io/dataplane-mode": ambient } }',
  references: references(
    "catalogue/rules.csv: KY enforce-sidecar-injection-namespace, enforce-strict-mtls, require-linkerd-mesh-injection",
    { "nsa-cisa": ["network-separation"], "owasp-k8s": ["K05"] },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "no label", resources: [namespace({}), WEB, STRICT], path: "metadata.labels" },
      {
        title: "it stays outside",
        resources: [namespace({ "istio-injection": "disabled" }), WEB, STRICT],
        path: "metadata.labels",
      },
    ],
    pass: [
      { title: "with sidecars", resources: [namespace({ "istio-injection": "enabled" }), WEB, STRICT] },
      { title: "without", resources: [namespace({ "istio.io/dataplane-mode": "ambient" }), WEB, STRICT] },
      { title: "no mesh is planned", resources: [namespace({}), WEB] },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [namespace({ "istio-injection": unresolved("string") }), WEB, STRICT],
        path: "metadata.labels",
      },
    ],
  },
  ...onKubernetes(["kubernetes:core/v1:Namespace"], ({ object, root, world }) => {
    if (SYSTEM_NAMESPACES.has(object.name) || object.name === "istio-system")
      return notApplicable("it runs the cluster or the mesh");
    if (!hasMesh(world, object)) return notApplicable("the plan speaks to no mesh");
    if (workloadsIn(world, object.cluster, object.name).length === 0) return notApplicable("no planned pod runs in it");
    const labels = root.at("metadata", "labels");
    const [injection, revision, mode] = ["istio-injection", "istio.io/rev", "istio.io/dataplane-mode"].map((key) =>
      labels.at(key).string(),
    );
    if (injection === "enabled" || typeof revision === "string" || mode === "ambient") return pass();
    const undecided = `whether ${labelOf(object)} takes part in the mesh is not known before the deployment`;
    return labels.isUnknown || [injection, revision, mode].includes(UNKNOWN)
      ? unknown(labels, undecided)
      : fail(labels, `${labelOf(object)} stays outside the mesh: its pods speak plain text`);
  }),
  reads: [
    "kubernetes:core/v1:Namespace",
    ...WORKLOAD_TYPES,
    "kubernetes:networking.istio.io/v1:DestinationRule",
    "kubernetes:networking.istio.io/v1:Gateway",
    "kubernetes:networking.istio.io/v1:VirtualService",
    "kubernetes:security.istio.io/v1:AuthorizationPolicy",
    "kubernetes:security.istio.io/v1:PeerAuthentication",
  ],
});

function hasMesh(world: World, { cluster }: KubernetesObject): boolean {
  return MESH_KINDS.some((kind) => world.find({ kind, cluster }).some(({ group }) => MESH_GROUPS.includes(group)));
}
