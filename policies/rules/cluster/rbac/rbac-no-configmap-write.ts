import { defineRule, references } from "../../../define.js";
import { unresolved } from "../../../examples.js";
import type { Right } from "../../../lib/rbac/match.js";
import { clusterRole, role, roleBinding } from "../../../lib/rbac/examples.js";
import { onRoles } from "../../../lib/rbac/roles.js";

/** ConfigMaps of kube-system that give power over the cluster. */
const SYSTEM_CONFIG_MAPS: ReadonlySet<string> = new Set([
  "amazon-vpc-cni",
  "aws-auth",
  "coredns",
  "extension-apiserver-authentication",
  "kube-proxy",
  "kube-proxy-config",
]);

const WRITE: Right = {
  group: "",
  resources: ["configmaps"],
  verbs: ["create", "update", "patch"],
  names: (name) => SYSTEM_CONFIG_MAPS.has(name),
};

/** No role writes the ConfigMaps that the system lives by: none that takes effect in every namespace, or in kube-system, writes ConfigMaps without naming others. */
export const rbacNoConfigmapWrite = defineRule({
  id: "rbac-no-configmap-write",
  title: "roles do not write the ConfigMaps of the system",
  ring: "cluster",
  severity: "high",
  rationale:
    "ConfigMaps in kube-system decide who is an administrator (aws-auth), where names lead (coredns) and whether network policies hold (amazon-vpc-cni). A role that writes every ConfigMap writes these.",
  remediation:
    'kind: Role, metadata: { namespace: "vote" }, rules: [{ apiGroups: [""], resources: ["configmaps"], verbs: ["create", "update"] }]  // in kube-system: resourceNames',
  references: references("catalogue/rules.csv: KSV-0049, KSV-0115 (aws-auth), C-0037", {
    "owasp-k8s": ["K02"],
    attack: ["T1557"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "every ConfigMap",
        resources: [
          clusterRole("ops", [{ apiGroups: [""], resources: ["configmaps"], verbs: ["get", "update"] }]),
          roleBinding({ kind: "ClusterRole", name: "ops" }, [
            { kind: "ServiceAccount", name: "web", namespace: "vote" },
          ]),
        ],
        path: "rules[0].resources[0]",
      },
      {
        title: "who is an administrator, by name",
        resources: [
          role(
            "ops",
            [{ apiGroups: [""], resources: ["configmaps"], verbs: ["patch"], resourceNames: ["aws-auth"] }],
            "kube-system",
          ),
        ],
        path: "rules[0].resources[0]",
      },
    ],
    pass: [
      {
        title: "in the namespace of an application",
        resources: [
          role("ops", [{ apiGroups: [""], resources: ["configmaps"], verbs: ["create", "update", "patch"] }]),
        ],
      },
      {
        title: "one of its own in kube-system",
        resources: [
          role(
            "ops",
            [{ apiGroups: [""], resources: ["configmaps"], verbs: ["update"], resourceNames: ["leader"] }],
            "kube-system",
          ),
        ],
      },
      {
        title: "a ClusterRole that is bound in one namespace",
        resources: [
          clusterRole("ops", [{ apiGroups: [""], resources: ["configmaps"], verbs: ["update"] }]),
          roleBinding(
            { kind: "ClusterRole", name: "ops" },
            [{ kind: "ServiceAccount", name: "web", namespace: "vote" }],
            "vote",
          ),
        ],
      },
    ],
    unknown: [
      {
        title: "the verbs are an output",
        resources: [clusterRole("ops", [{ apiGroups: [""], resources: ["configmaps"], verbs: unresolved("list") }])],
        path: "rules[0].verbs",
      },
    ],
  },
  ...onRoles({
    clusterScoped: false,
    allows: "write the ConfigMaps of the system",
    rights: (_, reach) => (reach.clusterWide || reach.namespaces.includes("kube-system") ? [WRITE] : []),
  }),
});
