import { defineRule, references } from "../../../define.js";
import { unresolved } from "../../../examples.js";
import { clusterRole, roleBinding } from "../../../lib/rbac/examples.js";
import { onRoles } from "../../../lib/rbac/roles.js";

/** No ClusterRole that takes effect in the whole cluster approves certificate signing requests. */
export const rbacNoCsrApproval = defineRule({
  id: "rbac-no-csr-approval",
  title: "roles do not approve certificates",
  ring: "cluster",
  severity: "high",
  rationale:
    "An approved request becomes a certificate that the cluster trusts: it lets its holder pass for a kubelet or a service and, where the cluster signs client certificates, log in as any user.",
  remediation:
    'rules: [{ apiGroups: ["certificates.k8s.io"], resources: ["certificatesigningrequests"], verbs: ["create", "get", "list", "watch"] }]',
  references: references("catalogue/rules.csv: CKV_K8S_156, C-0280, KY restrict-clusterrole-csr, PRW", {
    "cis-kubernetes": ["5.1.11"],
    "owasp-k8s": ["K02"],
    attack: ["T1098"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "updates approvals",
        resources: [
          clusterRole("ops", [
            {
              apiGroups: ["certificates.k8s.io"],
              resources: ["certificatesigningrequests/approval"],
              verbs: ["update"],
            },
          ]),
          roleBinding({ kind: "ClusterRole", name: "ops" }, [
            { kind: "ServiceAccount", name: "web", namespace: "vote" },
          ]),
        ],
        path: "rules[0].resources[0]",
      },
    ],
    pass: [
      {
        title: "asks for certificates",
        resources: [
          clusterRole("ops", [
            {
              apiGroups: ["certificates.k8s.io"],
              resources: ["certificatesigningrequests"],
              verbs: ["create", "get", "update"],
            },
          ]),
        ],
      },
      {
        title: "reads approvals",
        resources: [
          clusterRole("ops", [
            { apiGroups: ["certificates.k8s.io"], resources: ["certificatesigningrequests/approval"], verbs: ["get"] },
          ]),
        ],
      },
    ],
    unknown: [
      {
        title: "the verbs are an output",
        resources: [
          clusterRole("ops", [
            {
              apiGroups: ["certificates.k8s.io"],
              resources: ["certificatesigningrequests/approval"],
              verbs: unresolved("list"),
            },
          ]),
        ],
        path: "rules[0].verbs",
      },
    ],
  },
  ...onRoles({
    clusterScoped: true,
    allows: "approve certificates that the cluster trusts",
    rights: () => [
      { group: "certificates.k8s.io", resources: ["certificatesigningrequests/approval"], verbs: ["update", "patch"] },
    ],
  }),
});
