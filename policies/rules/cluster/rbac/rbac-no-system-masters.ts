import { defineRule, references } from "../../../define.js";
import { unresolved } from "../../../examples.js";
import { roleBinding } from "../../../lib/rbac/examples.js";
import { onSubjects, whoIsUndecided } from "../../../lib/rbac/subjects.js";
import { labelOf } from "../../../shapes.js";
import { every, expectRead, includes } from "../../../verdicts.js";

const VIEW = { kind: "ClusterRole", name: "view" } as const;

/** No binding names the group `system:masters`, which RBAC never asks about: its members may do everything. */
export const rbacNoSystemMasters = defineRule({
  id: "rbac-no-system-masters",
  title: "no binding builds on system:masters",
  ring: "cluster",
  severity: "low",
  rationale:
    "The API server lets members of system:masters do everything and asks no rule. A binding to the group adds nothing to that, and whoever wrote it counts on a group whose rights nobody can take back.",
  remediation: 'subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "platform-admins" }]',
  references: references(
    "catalogue/rules.csv: KSV-0123 (misses ClusterRoleBinding), C-0246 manual, KY restrict-binding-system-groups, DATREE",
    { "cis-kubernetes": ["5.1.7"], "owasp-k8s": ["K02"] },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "in the whole cluster",
        resources: [
          roleBinding(VIEW, [
            { kind: "Group", name: "auditors" },
            { kind: "Group", name: "system:masters" },
          ]),
        ],
        path: "subjects[1].name",
      },
      {
        title: "in one namespace",
        resources: [roleBinding(VIEW, [{ kind: "Group", name: "system:masters" }], "vote")],
        path: "subjects[0].name",
      },
    ],
    pass: [
      { title: "a group of its own", resources: [roleBinding(VIEW, [{ kind: "Group", name: "platform-admins" }])] },
      {
        title: "a user who is only called so",
        resources: [roleBinding(VIEW, [{ kind: "User", name: "system:masters" }])],
      },
    ],
    unknown: [
      {
        title: "who is an output",
        resources: [roleBinding(VIEW, [{ kind: "Group", name: unresolved("string") }])],
        path: "subjects[0].name",
      },
    ],
  },
  ...onSubjects((view, subject) => {
    const [kind, name] = [subject.at("kind"), subject.at("name")];
    return expectRead(name, every([includes(kind, "Group"), includes(name, "system:masters")]), {
      absent: false,
      accept: (found) => !found,
      message: `${labelOf(view.object)} builds on a group that may do everything and that no rule restrains`,
      undecided: whoIsUndecided(view),
    });
  }),
});
