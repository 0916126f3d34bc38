import { defineRule, references } from "../../../define.js";
import { unresolved } from "../../../examples.js";
import { clusterRole, role, roleBinding } from "../../../lib/rbac/examples.js";
import { onRoles } from "../../../lib/rbac/roles.js";

const VERBS = ["delete", "deletecollection"];

/** No role deletes events, in either of the groups that serve them. Logs of pods cannot be deleted through the API at all. */
export const rbacNoLogEventDelete = defineRule({
  id: "rbac-no-log-event-delete",
  title: "roles do not delete events",
  ring: "cluster",
  severity: "medium",
  rationale: "Events tell what happened in a cluster. Whoever deletes them after an intrusion deletes its traces.",
  remediation:
    'rules: [{ apiGroups: ["", "events.k8s.io"], resources: ["events"], verbs: ["create", "patch", "get", "list", "watch"] }]',
  references: references("catalogue/rules.csv: KSV-0042, C-0031", { "owasp-k8s": ["K10"], attack: ["T1070"] }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "events of the core group",
        resources: [
          clusterRole("ops", [{ apiGroups: [""], resources: ["events"], verbs: ["delete"] }]),
          roleBinding({ kind: "ClusterRole", name: "ops" }, [
            { kind: "ServiceAccount", name: "web", namespace: "vote" },
          ]),
        ],
        path: "rules[0].resources[0]",
      },
      {
        title: "all at once, of the newer group",
        resources: [
          role("ops", [{ apiGroups: ["events.k8s.io"], resources: ["events"], verbs: ["deletecollection"] }]),
        ],
        path: "rules[0].resources[0]",
      },
    ],
    pass: [
      {
        title: "writes events",
        resources: [
          clusterRole("ops", [
            { apiGroups: ["", "events.k8s.io"], resources: ["events"], verbs: ["create", "patch", "update"] },
          ]),
        ],
      },
    ],
    unknown: [
      {
        title: "the verbs are an output",
        resources: [clusterRole("ops", [{ apiGroups: [""], resources: ["events"], verbs: unresolved("list") }])],
        path: "rules[0].verbs",
      },
    ],
  },
  ...onRoles({
    clusterScoped: false,
    allows: "delete the traces of what happened",
    rights: () =>
      ["", "events.k8s.io"].map((group) => ({ group, resources: ["events"], verbs: VERBS, names: () => false })),
  }),
});
