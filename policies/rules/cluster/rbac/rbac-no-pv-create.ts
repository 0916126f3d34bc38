import { defineRule, references } from "../../../define.js";
import { unresolved } from "../../../examples.js";
import { clusterRole, roleBinding } from "../../../lib/rbac/examples.js";
import { onRoles } from "../../../lib/rbac/roles.js";

/** No ClusterRole that takes effect in the whole cluster creates PersistentVolumes. */
export const rbacNoPvCreate = defineRule({
  id: "rbac-no-pv-create",
  title: "roles do not create PersistentVolumes",
  ring: "cluster",
  severity: "medium",
  rationale:
    "A PersistentVolume can be a directory of the node. Pod Security looks at the claim in the pod, never at the volume behind it, so that this goes round it to the host.",
  remediation:
    'rules: [{ apiGroups: [""], resources: ["persistentvolumeclaims"], verbs: ["create"] }]  // a StorageClass makes the volume',
  references: references("catalogue/rules.csv: C-0278, PRW", {
    "cis-eks-1.8.0": ["4.1.9"],
    "cis-kubernetes": ["5.1.9"],
    "owasp-k8s": ["K02"],
    attack: ["T1611"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "in the whole cluster",
        resources: [
          clusterRole("ops", [{ apiGroups: [""], resources: ["persistentvolumes"], verbs: ["create", "get"] }]),
          roleBinding({ kind: "ClusterRole", name: "ops" }, [
            { kind: "ServiceAccount", name: "web", namespace: "vote" },
          ]),
        ],
        path: "rules[0].resources[0]",
      },
    ],
    pass: [
      {
        title: "claims",
        resources: [
          clusterRole("ops", [{ apiGroups: [""], resources: ["persistentvolumeclaims"], verbs: ["create"] }]),
        ],
      },
      {
        title: "bound in a namespace, and volumes have none",
        resources: [
          clusterRole("ops", [{ apiGroups: [""], resources: ["persistentvolumes"], verbs: ["create"] }]),
          roleBinding(
            { kind: "ClusterRole", name: "ops" },
            [{ kind: "ServiceAccount", name: "web", namespace: "vote" }],
            "vote",
          ),
        ],
      },
    ],
    unknown: [
      {
        title: "the verbs are an output",
        resources: [
          clusterRole("ops", [{ apiGroups: [""], resources: ["persistentvolumes"], verbs: unresolved("list") }]),
        ],
        path: "rules[0].verbs",
      },
    ],
  },
  ...onRoles({
    clusterScoped: true,
    allows: "make volumes out of directories of the nodes",
    rights: () => [{ group: "", resources: ["persistentvolumes"], verbs: ["create"] }],
  }),
});
