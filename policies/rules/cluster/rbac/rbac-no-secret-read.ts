import { defineRule, references } from "../../../define.js";
import { unresolved } from "../../../examples.js";
import { clusterRole, role, roleBinding } from "../../../lib/rbac/examples.js";
import { onRoles } from "../../../lib/rbac/roles.js";

/** No role reads Secrets that it does not name. `list` and `watch` return whole objects, so that they read as well as `get`. */
export const rbacNoSecretRead = defineRule({
  id: "rbac-no-secret-read",
  title: "roles read only Secrets that they name",
  ring: "cluster",
  severity: "high",
  rationale:
    "Secrets hold the passwords and tokens of other programs. A role that reads all of them makes whoever holds it as powerful as every one of them; list and watch return the contents, too.",
  remediation:
    'rules: [{ apiGroups: [""], resources: ["secrets"], resourceNames: ["web-tls"], verbs: ["get"] }]  // or a mounted volume, and no rule at all',
  references: references(
    "catalogue/rules.csv: CKV2_K8S_5, KSV-0041, KSV-0113, C-0015, C-0186, KY restrict-secret-role-verbs, KL access-to-secrets, KICS, PRW, PPB",
    { "cis-eks-1.8.0": ["4.1.2"], "cis-kubernetes": ["5.1.2"], "owasp-k8s": ["K02", "K03"], attack: ["T1552.007"] },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "every namespace",
        resources: [
          clusterRole("ops", [{ apiGroups: [""], resources: ["configmaps", "secrets"], verbs: ["get", "list"] }]),
          roleBinding({ kind: "ClusterRole", name: "ops" }, [
            { kind: "ServiceAccount", name: "web", namespace: "vote" },
          ]),
        ],
        path: "rules[0].resources[1]",
      },
      {
        title: "watch returns whole objects, in one namespace too",
        resources: [role("ops", [{ apiGroups: [""], resources: ["secrets"], verbs: ["watch"] }])],
        path: "rules[0].resources[0]",
      },
      {
        title: "an empty name is that of a request for all",
        resources: [role("ops", [{ apiGroups: [""], resources: ["secrets"], verbs: ["list"], resourceNames: [""] }])],
        path: "rules[0].resources[0]",
      },
    ],
    pass: [
      {
        title: "one Secret, by name",
        resources: [
          role("ops", [{ apiGroups: [""], resources: ["secrets"], verbs: ["get"], resourceNames: ["web-tls"] }]),
        ],
      },
      {
        title: "what only looks like it: no wildcard of Kubernetes reads so, and another group has its own secrets",
        resources: [
          role("ops", [
            { apiGroups: [""], resources: ["secrets/*"], verbs: ["get"] },
            { apiGroups: ["example.com"], resources: ["secrets"], verbs: ["get"] },
          ]),
        ],
      },
      {
        title: "writing without reading",
        resources: [role("ops", [{ apiGroups: [""], resources: ["secrets"], verbs: ["create"] }])],
      },
    ],
    unknown: [
      {
        title: "the verbs are an output",
        resources: [clusterRole("ops", [{ apiGroups: [""], resources: ["secrets"], verbs: unresolved("list") }])],
        path: "rules[0].verbs",
      },
    ],
  },
  ...onRoles({
    clusterScoped: false,
    allows: "read every Secret",
    confined: "medium",
    rights: () => [{ group: "", resources: ["secrets"], verbs: ["get", "list", "watch"], names: () => false }],
  }),
});
