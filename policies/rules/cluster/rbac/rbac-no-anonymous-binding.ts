import { defineRule, references } from "../../../define.js";
import { manifest, unresolved } from "../../../examples.js";
import { labelOf, onKubernetes } from "../../../shapes.js";
import { expectString, pass, unknown } from "../../../verdicts.js";

/**
 * No binding names the user `system:anonymous` or the group `system:unauthenticated`; the role that lets everybody read
 * the version of the cluster is left out.
 */
export const rbacNoAnonymousBinding = defineRule({
  id: "rbac-no-anonymous-binding",
  title: "nobody without a name is given rights",
  ring: "cluster",
  severity: "critical",
  rationale: "These two are whoever has not logged in. What they may do, everybody who reaches the API may do.",
  remediation: "Remove the subject; grant the right to a service account or a group of people",
  references: references(
    "catalogue/rules.csv: KSV-0122 (misses ClusterRoleBinding), C-0262, KSEC BindingsToSystemAnonymous, KY restrict-binding-system-groups, GK disallowanonymous, HE",
    { "nsa-cisa": ["authentication"], "owasp-k8s": ["K09"], attack: ["T1078.001"] },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "everybody reads everything",
        resources: [
          manifest({
            apiVersion: "rbac.authorization.k8s.io/v1",
            kind: "ClusterRoleBinding",
            metadata: { name: "b" },
            roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" },
            subjects: [{ kind: "User", name: "system:anonymous" }],
          }),
        ],
        path: "subjects[0].name",
      },
    ],
    pass: [
      {
        title: "a group with a name",
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
        title: "the version of the cluster is public",
        resources: [
          manifest({
            apiVersion: "rbac.authorization.k8s.io/v1",
            kind: "ClusterRoleBinding",
            metadata: { name: "b" },
            roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "system:public-info-viewer" },
            subjects: [{ kind: "Group", name: "system:unauthenticated" }],
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "who is an output",
        resources: [
          manifest({
            apiVersion: "rbac.authorization.k8s.io/v1",
            kind: "ClusterRoleBinding",
            metadata: { name: "b" },
            roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" },
            subjects: [{ kind: "Group", name: unresolved("string") }],
          }),
        ],
        path: "subjects[0].name",
      },
    ],
  },
  ...onKubernetes(
    [
      "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding",
      "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
    ],
    ({ object, root }) => {
      const subjects = root.at("subjects");
      if (root.at("roleRef", "name").string() === "system:public-info-viewer") return pass();
      if (subjects.isUnknown)
        return unknown(subjects, `whom ${labelOf(object)} gives rights is not known before the deployment`);
      return subjects.items().map((subject) =>
        expectString(subject.at("name"), {
          absent: "",
          accept: (name) => name !== "system:anonymous" && name !== "system:unauthenticated",
          message: `${labelOf(object)} gives rights to whoever has not logged in`,
          undecided: `whom ${labelOf(object)} gives rights is not known before the deployment`,
        }),
      );
    },
  ),
});
