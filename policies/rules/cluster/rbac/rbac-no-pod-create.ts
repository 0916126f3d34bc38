import { defineRule, references } from "../../../define.js";
import { unresolved } from "../../../examples.js";
import { clusterRole, role, roleBinding } from "../../../lib/rbac/examples.js";
import { RUNS_PODS } from "../../../lib/rbac/rights.js";
import { onRoles } from "../../../lib/rbac/roles.js";

/**
 * No role creates pods, or creates or changes what makes pods: Deployments, StatefulSets, DaemonSets, ReplicaSets,
 * ReplicationControllers, Jobs, CronJobs. A controller that names the one object that it changes (`resourceNames`, which
 * `create` does not read) passes.
 */
export const rbacNoPodCreate = defineRule({
  id: "rbac-no-pod-create",
  title: "roles do not run pods of their choice",
  ring: "cluster",
  severity: "medium",
  rationale:
    "Whoever creates a pod chooses its service account, mounts any Secret of the namespace and runs what he likes: the right to create pods holds the rights of every account in the namespace.",
  remediation:
    'rules: [{ apiGroups: ["apps"], resources: ["deployments"], verbs: ["get", "patch"], resourceNames: ["vote"] }]  // or leave pods to a delivery pipeline',
  references: references(
    "catalogue/rules.csv: KSV-0048, C-0188, KL access-to-create-pods (regex misses cronjobs), KICS, PRW, PPB",
    {
      "cis-eks-1.8.0": ["4.1.4"],
      "cis-kubernetes": ["5.1.4"],
      "owasp-k8s": ["K02"],
      attack: ["T1610"],
    },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "pods, in every namespace",
        resources: [
          clusterRole("ops", [{ apiGroups: [""], resources: ["pods"], verbs: ["create"] }]),
          roleBinding({ kind: "ClusterRole", name: "ops" }, [
            { kind: "ServiceAccount", name: "web", namespace: "vote" },
          ]),
        ],
        path: "rules[0].resources[0]",
      },
      {
        title: "what runs on a schedule",
        resources: [role("ops", [{ apiGroups: ["batch"], resources: ["cronjobs"], verbs: ["patch"] }])],
        path: "rules[0].resources[0]",
      },
    ],
    pass: [
      {
        title: "reads pods",
        resources: [role("ops", [{ apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "delete"] }])],
      },
      {
        title: "changes one Deployment, by its name",
        resources: [
          role("ops", [{ apiGroups: ["apps"], resources: ["deployments"], verbs: ["patch"], resourceNames: ["vote"] }]),
        ],
      },
      {
        title: "a subresource that runs nothing",
        resources: [role("ops", [{ apiGroups: ["apps"], resources: ["deployments/scale"], verbs: ["update"] }])],
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
  ...onRoles({ clusterScoped: false, allows: "run pods of their choice", rights: () => RUNS_PODS }),
});
