import { defineRule, references } from "../../../define.js";
import { manifest, unresolved } from "../../../examples.js";
import { SYSTEM_NAMESPACES, unplaced, within } from "../../../lib/namespaces.js";
import { labelOf, onWorld } from "../../../shapes.js";
import { failWhole, pass, unknownWhole } from "../../../verdicts.js";

/** Every planned namespace has a ResourceQuota; those of Kubernetes itself do not count. */
export const namespaceResourceQuota = defineRule({
  id: "namespace-resource-quota",
  title: "every namespace has a quota",
  ring: "cluster",
  severity: "low",
  rationale:
    "Without a quota one namespace takes the nodes of all the others: by a fault in an autoscaler, or by an intruder who wants to compute.",
  remediation:
    'spec: { hard: { pods: "50", "requests.cpu": "10", "requests.memory": "20Gi", "limits.memory": "20Gi" } }  // a ResourceQuota in the namespace',
  references: references(
    "catalogue/rules.csv: KSV-0040, HE ensure_namespace_quotas_exist, redhat-cop, KY add-ns-quota (generate)",
    { "nsa-cisa": ["hardening"], attack: ["T1499"] },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "none",
        resources: [manifest({ apiVersion: "v1", kind: "Namespace", metadata: { name: "vote" } })],
        path: "",
      },
      {
        title: "one of another namespace",
        resources: [
          manifest({ apiVersion: "v1", kind: "Namespace", metadata: { name: "vote" } }),
          manifest({
            apiVersion: "v1",
            kind: "ResourceQuota",
            metadata: { name: "limits", namespace: "other" },
            spec: { hard: { pods: "50" } },
          }),
        ],
        path: "",
      },
    ],
    pass: [
      {
        title: "one",
        resources: [
          manifest({ apiVersion: "v1", kind: "Namespace", metadata: { name: "vote" } }),
          manifest({
            apiVersion: "v1",
            kind: "ResourceQuota",
            metadata: { name: "limits", namespace: "vote" },
            spec: { hard: { pods: "50" } },
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "an output decides in which namespace it is",
        resources: [
          manifest({ apiVersion: "v1", kind: "Namespace", metadata: { name: "vote" } }),
          manifest({
            apiVersion: "v1",
            kind: "ResourceQuota",
            metadata: { name: "limits", namespace: unresolved("string") },
            spec: { hard: { pods: "50" } },
          }),
        ],
        path: "",
      },
    ],
  },
  ...onWorld(["kubernetes:core/v1:Namespace", "kubernetes:core/v1:ResourceQuota"], function* ({ world }) {
    for (const namespace of world.find({ kind: "Namespace", group: "" })) {
      if (SYSTEM_NAMESPACES.has(namespace.name)) continue;
      const { resource } = namespace;
      const label = labelOf(namespace);
      if (within(world, namespace, "", "ResourceQuota").length > 0) yield { resource, verdict: pass() };
      else if (unplaced(world, namespace, "", "ResourceQuota").length > 0)
        yield {
          resource,
          verdict: unknownWhole(`whether ${label} has a ResourceQuota is not known before the deployment`),
        };
      else yield { resource, verdict: failWhole(`pods in ${label} can take all the room that the cluster has`) };
    }
  }),
});
