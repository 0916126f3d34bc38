import { defineRule, references } from "../../../define.js";
import { unresolved } from "../../../examples.js";
import { clusterRole, role, roleBinding } from "../../../lib/rbac/examples.js";
import { DELETES_BROADLY } from "../../../lib/rbac/rights.js";
import { onRoles } from "../../../lib/rbac/roles.js";

/** No role deletes workloads, Secrets, claims or namespaces without naming which. */
export const rbacNoBroadDelete = defineRule({
  id: "rbac-no-broad-delete",
  title: "roles delete only what they name",
  ring: "cluster",
  severity: "low",
  rationale:
    "One stolen token with the right to delete ends an application and, by its claims, its data. Backups bring it back in hours.",
  remediation:
    'rules: [{ apiGroups: ["apps"], resources: ["deployments"], verbs: ["delete"], resourceNames: ["vote"] }]  // or leave deleting to a break-glass group',
  references: references("catalogue/rules.csv: C-0007, KY block-updates-deletes", { attack: ["T1485"] }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "everything of a kind at once",
        resources: [
          clusterRole("ops", [{ apiGroups: ["apps"], resources: ["deployments"], verbs: ["deletecollection"] }]),
          roleBinding({ kind: "ClusterRole", name: "ops" }, [
            { kind: "ServiceAccount", name: "web", namespace: "vote" },
          ]),
        ],
        path: "rules[0].resources[0]",
      },
      {
        title: "claims, and so data",
        resources: [role("ops", [{ apiGroups: [""], resources: ["persistentvolumeclaims"], verbs: ["delete"] }])],
        path: "rules[0].resources[0]",
      },
    ],
    pass: [
      {
        title: "one, by its name",
        resources: [
          role("ops", [
            { apiGroups: ["apps"], resources: ["deployments"], verbs: ["delete"], resourceNames: ["vote"] },
          ]),
        ],
      },
      {
        title: "its own lock",
        resources: [role("ops", [{ apiGroups: ["coordination.k8s.io"], resources: ["leases"], verbs: ["delete"] }])],
      },
    ],
    unknown: [
      {
        title: "the verbs are an output",
        resources: [role("ops", [{ apiGroups: [""], resources: ["pods"], verbs: unresolved("list") }])],
        path: "rules[0].verbs",
      },
    ],
  },
  ...onRoles({ clusterScoped: false, allows: "delete applications and their data", rights: () => DELETES_BROADLY }),
});
