import { defineRule, references } from "../../../define.js";
import { unresolved } from "../../../examples.js";
import { clusterRole, role, roleBinding } from "../../../lib/rbac/examples.js";
import { onRoles } from "../../../lib/rbac/roles.js";

/** No role makes tokens of service accounts that it does not name. */
export const rbacNoSaTokenCreate = defineRule({
  id: "rbac-no-sa-token-create",
  title: "roles make tokens only for service accounts that they name",
  ring: "cluster",
  severity: "high",
  rationale:
    "Whoever makes a token of a service account is that account, for any audience: also in AWS, where the account stands for a role.",
  remediation:
    'rules: [{ apiGroups: [""], resources: ["serviceaccounts/token"], resourceNames: ["vault-reader"], verbs: ["create"] }]',
  references: references("catalogue/rules.csv: C-0282, PRW", {
    "cis-eks-1.8.0": ["4.1.12"],
    "cis-kubernetes": ["5.1.13"],
    "owasp-k8s": ["K02"],
    attack: ["T1528"],
  }),
  since: "0.1.0",
  covers: ["workload-no-cluster-takeover-role"],
  examples: {
    fail: [
      {
        title: "every account of every namespace",
        resources: [
          clusterRole("ops", [{ apiGroups: [""], resources: ["serviceaccounts/token"], verbs: ["create"] }]),
          roleBinding({ kind: "ClusterRole", name: "ops" }, [
            { kind: "ServiceAccount", name: "web", namespace: "vote" },
          ]),
        ],
        path: "rules[0].resources[0]",
      },
      {
        title: "every account of one namespace, by the pattern of a subresource",
        resources: [role("ops", [{ apiGroups: [""], resources: ["*/token"], verbs: ["create"] }])],
        path: "rules[0].resources[0]",
      },
    ],
    pass: [
      {
        title: "one account, by name",
        resources: [
          role("ops", [
            {
              apiGroups: [""],
              resources: ["serviceaccounts/token"],
              verbs: ["create"],
              resourceNames: ["vault-reader"],
            },
          ]),
        ],
      },
      {
        title: "makes accounts, not their tokens",
        resources: [
          role("ops", [{ apiGroups: [""], resources: ["serviceaccounts", "serviceaccounts/*"], verbs: ["create"] }]),
        ],
      },
    ],
    unknown: [
      {
        title: "the verbs are an output",
        resources: [
          clusterRole("ops", [{ apiGroups: [""], resources: ["serviceaccounts/token"], verbs: unresolved("list") }]),
        ],
        path: "rules[0].verbs",
      },
    ],
  },
  ...onRoles({
    clusterScoped: false,
    allows: "act as every service account",
    rights: () => [{ group: "", resources: ["serviceaccounts/token"], verbs: ["create"], names: () => false }],
  }),
});
