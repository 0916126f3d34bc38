import { defineRule, references } from "../../../define.js";
import { unresolved } from "../../../examples.js";
import { clusterRole, role, roleBinding } from "../../../lib/rbac/examples.js";
import { onRoles } from "../../../lib/rbac/roles.js";

/** No role writes the status of Services, by which a Service takes over an address (CVE-2020-8554). */
export const rbacNoServiceStatusPatch = defineRule({
  id: "rbac-no-service-status-patch",
  title: "roles do not write the status of Services",
  ring: "cluster",
  severity: "medium",
  rationale:
    "Who writes the load balancer address into the status of a Service receives the traffic of every pod to that address (CVE-2020-8554, which Kubernetes leaves to RBAC).",
  remediation:
    'rules: [{ apiGroups: [""], resources: ["services"], verbs: ["get", "list", "watch"] }]  // only the controller of load balancers writes services/status',
  references: references("facts/attack-model.md N15; seen elsewhere as CKV2_K8S_4", { attack: ["T1557"] }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "patches",
        resources: [
          clusterRole("ops", [{ apiGroups: [""], resources: ["services/status"], verbs: ["patch"] }]),
          roleBinding({ kind: "ClusterRole", name: "ops" }, [
            { kind: "ServiceAccount", name: "web", namespace: "vote" },
          ]),
        ],
        path: "rules[0].resources[0]",
      },
      {
        title: "updates every status of the core group",
        resources: [role("ops", [{ apiGroups: [""], resources: ["*/status"], verbs: ["update"] }])],
        path: "rules[0].resources[0]",
      },
    ],
    pass: [
      {
        title: "Services without their status",
        resources: [role("ops", [{ apiGroups: [""], resources: ["services"], verbs: ["update", "patch"] }])],
      },
      {
        title: "reads it",
        resources: [role("ops", [{ apiGroups: [""], resources: ["services/status"], verbs: ["get"] }])],
      },
    ],
    unknown: [
      {
        title: "the verbs are an output",
        resources: [
          clusterRole("ops", [{ apiGroups: [""], resources: ["services/status"], verbs: unresolved("list") }]),
        ],
        path: "rules[0].verbs",
      },
    ],
  },
  ...onRoles({
    clusterScoped: false,
    allows: "take over the traffic to any address, through services/status,",
    rights: () => [{ group: "", resources: ["services/status"], verbs: ["update", "patch"] }],
  }),
});
