import type { KubernetesObject, Read, World } from "../../../../plan/world/index.js";
import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { unresolved } from "../../../examples.js";
import { BINDING_TYPES, ROLE_TYPES } from "../../../lib/rbac/bindings.js";
import { POWERFUL_ROLES } from "../../../lib/rbac/escalation.js";
import { clusterRole, roleBinding } from "../../../lib/rbac/examples.js";
import { onlyReads, READ_ONLY_ROLES, rulesOf } from "../../../lib/rbac/role-of.js";
import { onSubjects, whoIsUndecided } from "../../../lib/rbac/subjects.js";
import { labelOf } from "../../../shapes.js";
import { every, expectRead, includes, negate, some } from "../../../verdicts.js";

/** Groups that everybody is in who has logged in, or every program that runs in the cluster. */
const EVERYBODY = ["system:authenticated", "system:serviceaccounts"];

const ALL = [{ kind: "Group", name: "system:authenticated" }];
const OPS = { kind: "ClusterRole", name: "ops" } as const;

/**
 * A binding to everybody who has logged in, or to every service account, gives nothing but reading: no other verbs, no
 * Secrets, no way into pods or nodes. Reviews of one's own rights count as reading.
 */
export const rbacNoAuthenticatedGroupBinding = defineRule({
  id: "rbac-no-authenticated-group-binding",
  title: "whoever has logged in may not change anything",
  ring: "cluster",
  severity: "high",
  rationale:
    "system:authenticated is every person and every program that has a name in the cluster, the smallest pod included. What the group may change, any intruder in any pod may change.",
  remediation: 'subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "ops" }]',
  references: references("catalogue/rules.csv: KSV-01011 (misses ClusterRoleBinding), C-0265", {
    "owasp-k8s": ["K02"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "everybody edits, in one namespace",
        resources: [roleBinding({ kind: "ClusterRole", name: "edit" }, ALL, "vote")],
        path: "subjects[0].name",
      },
      {
        title: "every program reads every Secret",
        resources: [
          roleBinding(OPS, [{ kind: "Group", name: "system:serviceaccounts" }]),
          clusterRole("ops", [{ apiGroups: [""], resources: ["secrets"], verbs: ["get"] }]),
        ],
        path: "subjects[0].name",
      },
    ],
    pass: [
      { title: "everybody views", resources: [roleBinding({ kind: "ClusterRole", name: "view" }, ALL)] },
      {
        title: "everybody reads what the plan shows",
        resources: [
          roleBinding(OPS, ALL),
          clusterRole("ops", [{ apiGroups: [""], resources: ["namespaces"], verbs: ["get", "list"] }]),
        ],
      },
      {
        title: "a group with a name",
        resources: [roleBinding({ kind: "ClusterRole", name: "edit" }, [{ kind: "Group", name: "ops" }], "vote")],
      },
    ],
    unknown: [
      {
        title: "the role is not in this plan",
        resources: [roleBinding(OPS, ALL)],
        path: "subjects[0].name",
      },
      {
        title: "who is an output",
        resources: [
          roleBinding({ kind: "ClusterRole", name: "edit" }, [{ kind: "Group", name: unresolved("string") }]),
        ],
        path: "subjects[0].name",
      },
    ],
  },
  ...onSubjects((view, subject) => {
    const [kind, name] = [subject.at("kind"), subject.at("name")];
    const everybody = every([includes(kind, "Group"), some(EVERYBODY.map((group) => includes(name, group)))]);
    return expectRead(name, everybody === false ? false : every([everybody, changes(view.world, view.object)]), {
      absent: false,
      accept: (found) => !found,
      message: `${labelOf(view.object)} lets whoever has logged in do more than look`,
      undecided:
        everybody === true ? `what ${labelOf(view.object)} gives is not known from this plan` : whoIsUndecided(view),
    });
  }),
  reads: [...BINDING_TYPES, ...ROLE_TYPES],
});

/** Whether the role of a binding gives more than reading. */
function changes(world: World, binding: KubernetesObject): Read<boolean> {
  const [kind, name] = ["kind", "name"].map((field) => binding.root.at("roleRef", field).string());
  if (kind === "ClusterRole" && typeof name === "string" && READ_ONLY_ROLES.has(name)) return false;
  if (kind === "ClusterRole" && typeof name === "string" && POWERFUL_ROLES.has(name)) return true;
  const { rules, complete } = rulesOf(world, binding);
  return some([negate(every(rules.map(onlyReads))), complete ? false : UNKNOWN]);
}
