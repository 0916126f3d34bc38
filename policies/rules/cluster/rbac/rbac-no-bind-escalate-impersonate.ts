import { defineRule, references } from "../../../define.js";
import { unresolved } from "../../../examples.js";
import { rightsPastTheGuard } from "../../../lib/rbac/escalation.js";
import { clusterRole, role, roleBinding } from "../../../lib/rbac/examples.js";
import { onRoles } from "../../../lib/rbac/roles.js";

/** No role goes past the guard of RBAC: `bind` and `escalate` on roles (not on bindings, where they mean nothing), and `impersonate`. Confined to names, `bind` to a role without power, and `impersonate` of an account or an ordinary user, pass. */
export const rbacNoBindEscalateImpersonate = defineRule({
  id: "rbac-no-bind-escalate-impersonate",
  title: "roles do not give more than they hold",
  ring: "cluster",
  severity: "high",
  rationale:
    "Kubernetes lets nobody give rights that he does not hold. bind, escalate and impersonate are the three exceptions: each leads to cluster-admin, without a pod and without a trace of an intrusion.",
  remediation:
    'Remove the verb; or name what is meant: rules: [{ apiGroups: ["rbac.authorization.k8s.io"], resources: ["clusterroles"], resourceNames: ["view"], verbs: ["bind"] }]',
  references: references(
    "catalogue/rules.csv: CKV_K8S_157 (wrong resource), CKV_K8S_158, CKV2_K8S_3, KSV-0043/0050/0051/0052, C-0065, C-0191, KY restrict-escalation-verbs-roles, PPB",
    { "cis-eks-1.8.0": ["4.1.8"], "cis-kubernetes": ["5.1.8"], "owasp-k8s": ["K02"], attack: ["T1098.006"] },
  ),
  since: "0.1.0",
  covers: ["rbac-binding-no-self-escalation", "workload-no-cluster-takeover-role"],
  examples: {
    fail: [
      {
        title: "binds every role",
        resources: [
          clusterRole("ops", [
            { apiGroups: ["rbac.authorization.k8s.io"], resources: ["clusterroles"], verbs: ["bind"] },
          ]),
          roleBinding({ kind: "ClusterRole", name: "ops" }, [
            { kind: "ServiceAccount", name: "web", namespace: "vote" },
          ]),
        ],
        path: "rules[0].resources[0]",
      },
      {
        title: "binds a role with power, by name, in one namespace",
        resources: [
          role("ops", [
            {
              apiGroups: ["rbac.authorization.k8s.io"],
              resources: ["clusterroles"],
              verbs: ["bind"],
              resourceNames: ["admin"],
            },
          ]),
        ],
        path: "rules[0].resources[0]",
      },
      {
        title: "writes any rule into roles",
        resources: [
          role("ops", [{ apiGroups: ["rbac.authorization.k8s.io"], resources: ["roles"], verbs: ["escalate"] }]),
        ],
        path: "rules[0].resources[0]",
      },
      {
        title: "acts as anybody",
        resources: [clusterRole("ops", [{ apiGroups: [""], resources: ["users", "groups"], verbs: ["impersonate"] }])],
        path: "rules[0].resources[0]",
      },
    ],
    pass: [
      {
        title: "verbs that mean nothing on bindings",
        resources: [
          clusterRole("ops", [
            {
              apiGroups: ["rbac.authorization.k8s.io"],
              resources: ["clusterrolebindings", "rolebindings"],
              verbs: ["bind", "escalate"],
            },
          ]),
        ],
      },
      {
        title: "binds a role without power, by name",
        resources: [
          role("ops", [
            {
              apiGroups: ["rbac.authorization.k8s.io"],
              resources: ["clusterroles"],
              verbs: ["bind"],
              resourceNames: ["view"],
            },
          ]),
        ],
      },
      {
        title: "users have no namespace, where a Role could reach them",
        resources: [role("ops", [{ apiGroups: [""], resources: ["users"], verbs: ["impersonate"] }])],
      },
      {
        title: "writes bindings, which give no more than it holds",
        resources: [
          role("ops", [{ apiGroups: ["rbac.authorization.k8s.io"], resources: ["rolebindings"], verbs: ["create"] }]),
        ],
      },
    ],
    unknown: [
      {
        title: "the verbs are an output",
        resources: [
          clusterRole("ops", [
            { apiGroups: ["rbac.authorization.k8s.io"], resources: ["clusterroles"], verbs: unresolved("list") },
          ]),
        ],
        path: "rules[0].verbs",
      },
    ],
  },
  ...onRoles({
    clusterScoped: false,
    allows: "give rights that they do not hold, or act as others,",
    rights: (_, reach) => rightsPastTheGuard(reach),
  }),
});
