import { defineRule, references } from "../../../define.js";
import { unresolved } from "../../../examples.js";
import { clusterRole, role, roleBinding } from "../../../lib/rbac/examples.js";
import { WRITES_NETWORK } from "../../../lib/rbac/rights.js";
import { onRoles } from "../../../lib/rbac/roles.js";

/**
 * No role decides where the traffic of others goes: none writes Services, Endpoints, EndpointSlices, Ingresses, routes of the
 * Gateway API or NetworkPolicies, unless it names the object.
 */
export const rbacNoNetworkWrite = defineRule({
  id: "rbac-no-network-write",
  title: "roles do not redirect traffic or lift its policies",
  ring: "cluster",
  severity: "medium",
  rationale:
    "Who writes Services, endpoints and ingresses takes over the traffic of others; who writes NetworkPolicies opens what they keep apart, since policies only add up.",
  remediation:
    'rules: [{ apiGroups: ["networking.k8s.io"], resources: ["ingresses"], verbs: ["get", "update"], resourceNames: ["vote"] }]',
  references: references(
    "catalogue/rules.csv: KSV-0056, KY restrict-edit-for-endpoints, GK block-endpoint-edit-default-role",
    { "owasp-k8s": ["K05"] },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "endpoints, in every namespace",
        resources: [
          clusterRole("ops", [{ apiGroups: [""], resources: ["endpoints"], verbs: ["get", "update"] }]),
          roleBinding({ kind: "ClusterRole", name: "ops" }, [
            { kind: "ServiceAccount", name: "web", namespace: "vote" },
          ]),
        ],
        path: "rules[0].resources[0]",
      },
      {
        title: "takes network policies away",
        resources: [
          role("ops", [{ apiGroups: ["networking.k8s.io"], resources: ["networkpolicies"], verbs: ["delete"] }]),
        ],
        path: "rules[0].resources[0]",
      },
    ],
    pass: [
      {
        title: "a controller of ingresses: it reads them and writes their status",
        resources: [
          role("ops", [
            { apiGroups: ["networking.k8s.io"], resources: ["ingresses"], verbs: ["get", "list", "watch"] },
            { apiGroups: ["networking.k8s.io"], resources: ["ingresses/status"], verbs: ["update"] },
          ]),
        ],
      },
      {
        title: "one Service, by its name",
        resources: [
          role("ops", [{ apiGroups: [""], resources: ["services"], verbs: ["patch"], resourceNames: ["web"] }]),
        ],
      },
    ],
    unknown: [
      {
        title: "the verbs are an output",
        resources: [role("ops", [{ apiGroups: [""], resources: ["services"], verbs: unresolved("list") }])],
        path: "rules[0].verbs",
      },
    ],
  },
  ...onRoles({ clusterScoped: false, allows: "decide where traffic goes", rights: () => WRITES_NETWORK }),
});
