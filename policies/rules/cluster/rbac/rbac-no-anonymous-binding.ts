import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { manifest, unresolved } from "../../../examples.js";
import { BINDING_TYPES, ROLE_TYPES } from "../../../lib/rbac/bindings.js";
import { onlyReads, rulesOf } from "../../../lib/rbac/role-of.js";
import { onSubjects, whoIsUndecided } from "../../../lib/rbac/subjects.js";
import { labelOf } from "../../../shapes.js";
import { fail, pass, unknown } from "../../../verdicts.js";

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
  ...onSubjects((view, subject) => {
    const { object, root, world } = view;
    const at = subject.at("name");
    const [name, role] = [at, root.at("roleRef", "name")].map((one) => one.string());
    if (role === "system:public-info-viewer") return pass();
    if (name === UNKNOWN) return unknown(at, whoIsUndecided(view));
    if (name !== "system:anonymous" && name !== "system:unauthenticated") return pass();
    const { rules, complete } = rulesOf(world, object);
    const what = typeof role === "string" ? `the role '${role}'` : "a role";
    const message = `${labelOf(object)} gives ${what} to whoever has not logged in`;
    const reads = complete && rules.every((rule) => onlyReads(rule) === true);
    if (!reads) return fail(at, message);
    return fail(at, `${message}, to read`, { severity: object.namespace === undefined ? "high" : "medium" });
  }),
  reads: [...BINDING_TYPES, ...ROLE_TYPES],
});
