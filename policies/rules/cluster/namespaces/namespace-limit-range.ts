import { defineRule, references } from "../../../define.js";
import { manifest, unresolved } from "../../../examples.js";
import { SYSTEM_NAMESPACES, unplaced, within } from "../../../lib/namespaces.js";
import { labelOf, onWorld } from "../../../shapes.js";
import { failWhole, pass, unknownWhole } from "../../../verdicts.js";

/** Every planned namespace has a LimitRange; those of Kubernetes itself do not count. */
export const namespaceLimitRange = defineRule({
  id: "namespace-limit-range",
  title: "every namespace has default limits",
  ring: "cluster",
  severity: "low",
  rationale:
    "A LimitRange gives requests and limits to containers that name none, debugging and generated ones among them. Without it they have none.",
  remediation:
    'spec: { limits: [{ type: "Container", default: { memory: "256Mi" }, defaultRequest: { cpu: "50m", memory: "128Mi" } }] }  // a LimitRange in the namespace',
  references: references("catalogue/rules.csv: KSV-0039", { "nsa-cisa": ["hardening"] }),
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
            kind: "LimitRange",
            metadata: { name: "limits", namespace: "other" },
            spec: { limits: [{ type: "Container", default: { memory: "256Mi" } }] },
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
            kind: "LimitRange",
            metadata: { name: "limits", namespace: "vote" },
            spec: { limits: [{ type: "Container", default: { memory: "256Mi" } }] },
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
            kind: "LimitRange",
            metadata: { name: "limits", namespace: unresolved("string") },
            spec: { limits: [{ type: "Container", default: { memory: "256Mi" } }] },
          }),
        ],
        path: "",
      },
    ],
  },
  ...onWorld(["kubernetes:core/v1:Namespace", "kubernetes:core/v1:LimitRange"], function* ({ world }) {
    for (const namespace of world.find({ kind: "Namespace", group: "" })) {
      if (SYSTEM_NAMESPACES.has(namespace.name)) continue;
      const { resource } = namespace;
      const label = labelOf(namespace);
      if (within(world, namespace, "", "LimitRange").length > 0) yield { resource, verdict: pass() };
      else if (unplaced(world, namespace, "", "LimitRange").length > 0)
        yield {
          resource,
          verdict: unknownWhole(`whether ${label} has a LimitRange is not known before the deployment`),
        };
      else yield { resource, verdict: failWhole(`containers in ${label} that name no limits have none`) };
    }
  }),
});
