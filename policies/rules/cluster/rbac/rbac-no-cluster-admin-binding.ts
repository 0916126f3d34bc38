import type { Cursor } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { manifest, unresolved } from "../../../examples.js";
import { labelOf, onKubernetes } from "../../../shapes.js";
import { expectString, notApplicable, pass } from "../../../verdicts.js";

/**
 * No binding gives `cluster-admin`, and no ClusterRoleBinding gives `admin` or `edit`, which read every Secret and
 * impersonate every service account.
 */
export const rbacNoClusterAdminBinding = defineRule({
  id: "rbac-no-cluster-admin-binding",
  title: "nobody is bound to cluster-admin",
  ring: "cluster",
  severity: "high",
  rationale:
    "cluster-admin is the whole cluster: every Secret, every node through its pods, every cloud role of any workload. Given to a program, it is given to whoever gets into the program.",
  remediation:
    'roleRef: { kind: "ClusterRole", name: "view" }  // or a Role with the verbs that are used, in one namespace',
  references: references(
    "catalogue/rules.csv: KSV-0111, C-0035, C-0185, KY restrict-binding-clusteradmin, KL cluster-admin-role-binding, PO ×3, KICS, PRW, PPB",
    {
      "cis-eks-1.8.0": ["4.1.1"],
      "cis-kubernetes": ["5.1.1"],
      "nsa-cisa": ["authentication"],
      "pci-dss-4": ["7.2.1"],
      "owasp-k8s": ["K02"],
      attack: ["T1098.006"],
    },
  ),
  since: "0.1.0",
  covers: ["rbac-binding-no-self-escalation", "workload-no-cluster-takeover-role"],
  examples: {
    fail: [
      {
        title: "a program is administrator",
        resources: [
          manifest({
            apiVersion: "rbac.authorization.k8s.io/v1",
            kind: "ClusterRoleBinding",
            metadata: { name: "b" },
            roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" },
            subjects: [{ kind: "ServiceAccount", name: "dashboard", namespace: "kube-system" }],
          }),
        ],
        path: "roleRef.name",
      },
      {
        title: "edit, in every namespace",
        resources: [
          manifest({
            apiVersion: "rbac.authorization.k8s.io/v1",
            kind: "ClusterRoleBinding",
            metadata: { name: "b" },
            roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "edit" },
            subjects: [{ kind: "ServiceAccount", name: "dashboard", namespace: "kube-system" }],
          }),
        ],
        path: "roleRef.name",
      },
    ],
    pass: [
      {
        title: "view",
        resources: [
          manifest({
            apiVersion: "rbac.authorization.k8s.io/v1",
            kind: "ClusterRoleBinding",
            metadata: { name: "b" },
            roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" },
            subjects: [{ kind: "Group", name: "auditors" }],
          }),
        ],
      },
      {
        title: "edit, in one namespace",
        resources: [
          manifest({
            apiVersion: "rbac.authorization.k8s.io/v1",
            kind: "RoleBinding",
            metadata: { name: "b", namespace: "vote" },
            roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "edit" },
            subjects: [{ kind: "Group", name: "developers" }],
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "which role is an output",
        resources: [
          manifest({
            apiVersion: "rbac.authorization.k8s.io/v1",
            kind: "ClusterRoleBinding",
            metadata: { name: "b" },
            roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: unresolved("string") },
            subjects: [{ kind: "ServiceAccount", name: "dashboard", namespace: "kube-system" }],
          }),
        ],
        path: "roleRef.name",
      },
    ],
  },
  ...onKubernetes(
    [
      "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding",
      "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
    ],
    ({ object, root, world }) => {
      const subjects = root.at("subjects");
      const role = root.at("roleRef", "name");
      if (!subjects.isUnknown && subjects.items().length === 0) return notApplicable("it binds nobody");
      // A role that this plan makes is judged by what it allows.
      if (world.resolve(object.resource, role).some((r) => r.type.startsWith("kubernetes:rbac.authorization.k8s.io/")))
        return pass();
      const forbidden = object.kind === "ClusterRoleBinding" ? ["cluster-admin", "admin", "edit"] : ["cluster-admin"];
      const scope = object.kind === "ClusterRoleBinding" ? "every namespace" : `namespace '${object.namespace ?? ""}'`;
      return expectString(role, {
        absent: "",
        accept: (name = "") => !forbidden.includes(name),
        message: `${labelOf(object)} gives ${describeSubjects(subjects)} ${text(role)} over ${scope}`,
        undecided: `which role ${labelOf(object)} gives is not known before the deployment`,
      });
    },
  ),
});

function describeSubjects(subjects: Cursor): string {
  const names = subjects.items().map((subject) => `${text(subject.at("kind"))} '${text(subject.at("name"))}'`);
  return names.length > 3 ? `${names.slice(0, 3).join(", ")} and others` : names.join(", ");
}

function text(at: Cursor): string {
  const value = at.string();
  return typeof value === "string" ? value : "unknown";
}
