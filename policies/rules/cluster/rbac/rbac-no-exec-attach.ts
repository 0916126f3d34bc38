import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { minorVersion } from "../../../lib/kubernetes-version.js";
import { clusterRole, role, roleBinding } from "../../../lib/rbac/examples.js";
import { STREAM_NEEDS_CREATE_SINCE } from "../../../lib/rbac/match.js";
import { onRoles } from "../../../lib/rbac/roles.js";

/** No role runs commands in pods, or attaches to them: `create` on `pods/exec` or `pods/attach` and, before 1.35, `get`, which opens the same connection over a WebSocket. */
export const rbacNoExecAttach = defineRule({
  id: "rbac-no-exec-attach",
  title: "roles do not run commands in pods",
  ring: "cluster",
  severity: "medium",
  rationale:
    "A command in a running pod has all that the pod has: its Secrets, its service account, its way to the database; and it changes what no review has seen.",
  remediation:
    'rules: [{ apiGroups: [""], resources: ["pods/log"], verbs: ["get"] }]  // commands only for a break-glass group',
  references: references("catalogue/rules.csv: KSV-0053, KSV-0054, C-0002, CKV2_K8S_2, PO ×5", {
    "nsa-cisa": ["authentication"],
    "owasp-k8s": ["K02"],
    attack: ["T1609"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "exec in every namespace",
        resources: [
          clusterRole("ops", [{ apiGroups: [""], resources: ["pods", "pods/exec"], verbs: ["create"] }]),
          roleBinding({ kind: "ClusterRole", name: "ops" }, [
            { kind: "ServiceAccount", name: "web", namespace: "vote" },
          ]),
        ],
        path: "rules[0].resources[1]",
      },
      {
        title: "attach in one namespace",
        resources: [role("ops", [{ apiGroups: [""], resources: ["pods/attach"], verbs: ["create"] }])],
        path: "rules[0].resources[0]",
      },
      {
        title: "exec into one pod, by name",
        resources: [
          role("ops", [{ apiGroups: [""], resources: ["pods/exec"], verbs: ["create"], resourceNames: ["db-0"] }]),
        ],
        path: "rules[0].resources[0]",
      },
      {
        title: "get, before 1.35",
        resources: [
          role("ops", [{ apiGroups: [""], resources: ["pods/exec"], verbs: ["get"] }]),
          planned("aws:eks/cluster:Cluster", "prod", { version: "1.34" }),
        ],
        path: "rules[0].resources[0]",
      },
    ],
    pass: [
      {
        title: "logs",
        resources: [role("ops", [{ apiGroups: [""], resources: ["pods", "pods/log"], verbs: ["get"] }])],
      },
      {
        title: "get, from 1.35 on",
        resources: [role("ops", [{ apiGroups: [""], resources: ["pods/exec"], verbs: ["get"] }])],
      },
      {
        title: "no pattern of Kubernetes: it matches nothing",
        resources: [role("ops", [{ apiGroups: [""], resources: ["pods/*"], verbs: ["create"] }])],
      },
    ],
    unknown: [
      {
        title: "the verbs are an output",
        resources: [clusterRole("ops", [{ apiGroups: [""], resources: ["pods/exec"], verbs: unresolved("list") }])],
        path: "rules[0].verbs",
      },
    ],
  },
  ...onRoles({
    clusterScoped: false,
    allows: "run commands in pods",
    rights: ({ world }) => [
      {
        group: "",
        resources: ["pods/exec", "pods/attach"],
        verbs: minorVersion(world.kubernetesVersion) < STREAM_NEEDS_CREATE_SINCE ? ["create", "get"] : ["create"],
      },
    ],
  }),
});
