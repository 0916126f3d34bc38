import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { minorVersion } from "../../../lib/kubernetes-version.js";
import { clusterRole, role, roleBinding } from "../../../lib/rbac/examples.js";
import { STREAM_NEEDS_CREATE_SINCE } from "../../../lib/rbac/match.js";
import { onRoles } from "../../../lib/rbac/roles.js";

/** No role forwards ports of pods: `create` on `pods/portforward` and, before 1.35, `get`, which opens the same connection over a WebSocket. */
export const rbacNoPortForward = defineRule({
  id: "rbac-no-port-forward",
  title: "roles do not forward ports of pods",
  ring: "cluster",
  severity: "low",
  rationale:
    "A forwarded port reaches what listens on the loopback address of a pod, past network policies and the authentication in front of it.",
  remediation:
    'rules: [{ apiGroups: [""], resources: ["pods/log"], verbs: ["get"] }]  // ports only for a break-glass group',
  references: references("catalogue/rules.csv: C-0063", { attack: ["T1609"] }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "every namespace",
        resources: [
          clusterRole("ops", [{ apiGroups: [""], resources: ["pods/portforward"], verbs: ["create"] }]),
          roleBinding({ kind: "ClusterRole", name: "ops" }, [
            { kind: "ServiceAccount", name: "web", namespace: "vote" },
          ]),
        ],
        path: "rules[0].resources[0]",
      },
      {
        title: "get, before 1.35",
        resources: [
          role("ops", [{ apiGroups: [""], resources: ["pods/portforward"], verbs: ["get"] }]),
          planned("aws:eks/cluster:Cluster", "prod", { version: "1.34" }),
        ],
        path: "rules[0].resources[0]",
      },
    ],
    pass: [
      {
        title: "get, from 1.35 on",
        resources: [role("ops", [{ apiGroups: [""], resources: ["pods/portforward"], verbs: ["get"] }])],
      },
    ],
    unknown: [
      {
        title: "the verbs are an output",
        resources: [
          clusterRole("ops", [{ apiGroups: [""], resources: ["pods/portforward"], verbs: unresolved("list") }]),
        ],
        path: "rules[0].verbs",
      },
    ],
  },
  ...onRoles({
    clusterScoped: false,
    allows: "reach the ports of pods past network policies",
    rights: ({ world }) => [
      {
        group: "",
        resources: ["pods/portforward"],
        verbs: minorVersion(world.kubernetesVersion) < STREAM_NEEDS_CREATE_SINCE ? ["create", "get"] : ["create"],
      },
    ],
  }),
});
