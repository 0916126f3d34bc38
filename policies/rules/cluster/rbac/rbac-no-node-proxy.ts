import { defineRule, references } from "../../../define.js";
import { unresolved } from "../../../examples.js";
import { clusterRole, roleBinding } from "../../../lib/rbac/examples.js";
import { onRoles } from "../../../lib/rbac/roles.js";

/** No ClusterRole that takes effect in the whole cluster has `get` or `create` on `nodes/proxy`: either runs commands in every pod of a node. `nodes/metrics`, `nodes/stats`, `nodes/log` and `nodes/pods` do not. */
export const rbacNoNodeProxy = defineRule({
  id: "rbac-no-node-proxy",
  title: "roles do not speak to kubelets through nodes/proxy",
  ring: "cluster",
  severity: "high",
  rationale:
    "Through nodes/proxy a request reaches the kubelet itself, past admission and the audit log. It runs commands in every pod of every node, and get is enough, since a command can run over a WebSocket.",
  remediation:
    'rules: [{ apiGroups: [""], resources: ["nodes/metrics"], verbs: ["get"] }]  // what a collector of metrics needs',
  references: references("catalogue/rules.csv: KSV-0047, C-0279, CKV2_K8S_2, KY restrict-clusterrole-nodesproxy, PRW", {
    "cis-eks-1.8.0": ["4.1.10"],
    "cis-kubernetes": ["5.1.10"],
    "owasp-k8s": ["K02"],
    attack: ["T1609"],
  }),
  since: "0.1.0",
  covers: ["workload-no-cluster-takeover-role"],
  examples: {
    fail: [
      {
        title: "get is enough",
        resources: [
          clusterRole("ops", [{ apiGroups: [""], resources: ["nodes/proxy"], verbs: ["get"] }]),
          roleBinding({ kind: "ClusterRole", name: "ops" }, [
            { kind: "ServiceAccount", name: "web", namespace: "vote" },
          ]),
        ],
        path: "rules[0].resources[0]",
      },
      {
        title: "create, by the pattern of a subresource",
        resources: [clusterRole("ops", [{ apiGroups: [""], resources: ["*/proxy"], verbs: ["create"] }])],
        path: "rules[0].resources[0]",
      },
    ],
    pass: [
      {
        title: "metrics alone",
        resources: [
          clusterRole("ops", [{ apiGroups: [""], resources: ["nodes", "nodes/metrics"], verbs: ["get", "list"] }]),
        ],
      },
      {
        title: "no pattern of Kubernetes: it matches nothing",
        resources: [clusterRole("ops", [{ apiGroups: [""], resources: ["nodes/*"], verbs: ["get"] }])],
      },
    ],
    unknown: [
      {
        title: "the verbs are an output",
        resources: [clusterRole("ops", [{ apiGroups: [""], resources: ["nodes/proxy"], verbs: unresolved("list") }])],
        path: "rules[0].verbs",
      },
    ],
  },
  ...onRoles({
    clusterScoped: true,
    allows: "run commands in every pod of every node",
    rights: () => [{ group: "", resources: ["nodes/proxy"], verbs: ["get", "create"] }],
  }),
});
