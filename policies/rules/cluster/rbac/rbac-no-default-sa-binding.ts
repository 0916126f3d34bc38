import { defineRule, references } from "../../../define.js";
import { unresolved } from "../../../examples.js";
import { roleBinding } from "../../../lib/rbac/examples.js";
import { onSubjects, whoIsUndecided } from "../../../lib/rbac/subjects.js";
import { labelOf } from "../../../shapes.js";
import { every, expectRead, includes } from "../../../verdicts.js";

const VIEW = { kind: "ClusterRole", name: "view" } as const;

/** No binding names a service account called `default`. */
export const rbacNoDefaultSaBinding = defineRule({
  id: "rbac-no-default-sa-binding",
  title: "no rights go to a default service account",
  ring: "cluster",
  severity: "medium",
  rationale:
    "Every pod that names no service account runs as its namespace's default. Rights that it holds are held by pods that were never meant to have them, now and later.",
  remediation: 'subjects: [{ kind: "ServiceAccount", name: "web", namespace: "vote" }]  // and serviceAccountName: web',
  references: references("catalogue/rules.csv: CKV_K8S_42, AC_K8S_0113, KICS 1e749bc9", {
    "cis-eks-1.8.0": ["4.1.5"],
    "cis-kubernetes": ["5.1.5"],
    "owasp-k8s": ["K02"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "of another namespace than the binding's",
        resources: [roleBinding(VIEW, [{ kind: "ServiceAccount", name: "default", namespace: "jobs" }], "vote")],
        path: "subjects[0].name",
      },
    ],
    pass: [
      {
        title: "an account of its own",
        resources: [roleBinding(VIEW, [{ kind: "ServiceAccount", name: "web", namespace: "vote" }])],
      },
      { title: "a group called default", resources: [roleBinding(VIEW, [{ kind: "Group", name: "default" }])] },
    ],
    unknown: [
      {
        title: "who is an output",
        resources: [
          roleBinding(VIEW, [{ kind: "ServiceAccount", name: unresolved("string"), namespace: "vote" }], "vote"),
        ],
        path: "subjects[0].name",
      },
    ],
  },
  ...onSubjects((view, subject) => {
    const [kind, name] = [subject.at("kind"), subject.at("name")];
    return expectRead(name, every([includes(kind, "ServiceAccount"), includes(name, "default")]), {
      absent: false,
      accept: (found) => !found,
      message: `${labelOf(view.object)} gives rights to every pod of a namespace that names no service account`,
      undecided: whoIsUndecided(view),
    });
  }),
});
