import type { KubernetesObject, Read, World } from "../../../../plan/world/index.js";
import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { unresolved } from "../../../examples.js";
import { BINDING_TYPES, RBAC_GROUP, ROLE_TYPES, subjectLabel } from "../../../lib/rbac/bindings.js";
import { isPowerful } from "../../../lib/rbac/escalation.js";
import { clusterRole, role, roleBinding } from "../../../lib/rbac/examples.js";
import { accountNamedBy, bindingsHeldBy } from "../../../lib/rbac/held.js";
import type { Right } from "../../../lib/rbac/match.js";
import { grants } from "../../../lib/rbac/match.js";
import { givesHarmlessRole, roleOf, rulesOf } from "../../../lib/rbac/role-of.js";
import { onSubjects, whoIsUndecided } from "../../../lib/rbac/subjects.js";
import { labelOf } from "../../../shapes.js";
import { every, fail, notApplicable, pass, some, unknown } from "../../../verdicts.js";

const SUBJECT = [{ kind: "ServiceAccount", name: "ci", namespace: "vote" }];
const OPS = { kind: "Role", name: "ops" } as const;
const BIND = { apiGroups: [RBAC_GROUP], resources: ["clusterroles"], verbs: ["bind"] };
const WRITE = { apiGroups: [RBAC_GROUP], resources: ["rolebindings"], verbs: ["create"] };

/** The two ways to raise one's own rights: bind a role to oneself, or write what one holds into a role. Each needs both. */
const WAYS: readonly { readonly past: Right; readonly write: Right }[] = [
  {
    past: { group: RBAC_GROUP, resources: ["clusterroles", "roles"], verbs: ["bind"], names: isPowerful },
    write: {
      group: RBAC_GROUP,
      resources: ["rolebindings", "clusterrolebindings"],
      verbs: ["create", "update", "patch"],
      names: () => true,
    },
  },
  {
    past: { group: RBAC_GROUP, resources: ["clusterroles", "roles"], verbs: ["escalate"] },
    write: { group: RBAC_GROUP, resources: ["clusterroles", "roles"], verbs: ["create", "update", "patch"] },
  },
];

/**
 * No service account raises its own rights: by all its bindings together, it does not both bind roles with power and write
 * bindings, nor both escalate and write roles, in one place.
 */
export const rbacBindingNoSelfEscalation = defineRule({
  id: "rbac-binding-no-self-escalation",
  title: "no service account raises its own rights",
  ring: "cluster",
  severity: "high",
  rationale:
    "An account that may bind roles and write bindings gives itself cluster-admin with one request. The two rights often come by two roles, of which each looks harmless by itself.",
  remediation:
    'Take bind and escalate away; or name what may be bound: { resources: ["clusterroles"], resourceNames: ["view"], verbs: ["bind"] }',
  references: references("catalogue/rules.csv: CKV2_K8S_1, KSV-0055", {
    "owasp-k8s": ["K02"],
    attack: ["T1098.006"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "binds any role and writes bindings",
        resources: [roleBinding(OPS, SUBJECT, "vote"), role("ops", [BIND, WRITE])],
        path: "subjects[0].name",
      },
      {
        title: "by two bindings",
        resources: [
          roleBinding(OPS, SUBJECT, "vote"),
          role("ops", [BIND]),
          roleBinding({ kind: "ClusterRole", name: "writer" }, SUBJECT, undefined, "writer"),
          clusterRole("writer", [WRITE]),
        ],
        path: "subjects[0].name",
      },
    ],
    pass: [
      {
        title: "writes bindings alone: they give no more than it holds",
        resources: [roleBinding(OPS, SUBJECT, "vote"), role("ops", [WRITE])],
      },
      {
        title: "binds a role without power",
        resources: [roleBinding(OPS, SUBJECT, "vote"), role("ops", [{ ...BIND, resourceNames: ["view"] }, WRITE])],
      },
      {
        title: "in two namespaces",
        resources: [
          roleBinding(OPS, SUBJECT, "vote"),
          role("ops", [BIND]),
          roleBinding({ kind: "Role", name: "writer" }, SUBJECT, "jobs", "writer"),
          role("writer", [WRITE], "jobs"),
        ],
      },
    ],
    unknown: [
      {
        title: "what it may do is an output",
        resources: [roleBinding(OPS, SUBJECT, "vote"), role("ops", unresolved("list"))],
        path: "subjects[0].name",
      },
    ],
  },
  ...onSubjects((view, subject) => {
    const { object, world } = view;
    const at = subject.at("name");
    const account = accountNamedBy(world, object, subject);
    if (account === UNKNOWN) return unknown(at, whoIsUndecided(view));
    if (account === undefined) return notApplicable("it is no service account");
    const held = bindingsHeldBy(world, account);
    const raises = some(WAYS.map(({ past, write }) => raisesBy(world, object, held, past, write)));
    if (raises === false) return pass();
    const who = subjectLabel(object, subject);
    if (raises === UNKNOWN) return unknown(at, `whether ${who} raises its own rights is not known from this plan`);
    const cause = roleOf(world, object) ?? object;
    return fail(at, `${labelOf(object)} lets ${who} give itself rights that it does not hold`, {
      under: cause.resource,
    });
  }),
  reads: [...BINDING_TYPES, ...ROLE_TYPES],
});

/** Whether a binding goes past the guard, and some binding of the same holder writes where it does. */
function raisesBy(
  world: World,
  binding: KubernetesObject,
  held: readonly KubernetesObject[],
  past: Right,
  write: Right,
): Read<boolean> {
  const isPast = gives(world, binding, past);
  if (isPast === false) return false;
  const reaching = held.filter(
    (other) =>
      binding.namespace === undefined || other.namespace === undefined || other.namespace === binding.namespace,
  );
  return every([isPast, some(reaching.map((other) => gives(world, other, write)))]);
}

/** Whether a binding gives a right; unknown of a role of which neither the plan nor every cluster says anything. */
function gives(world: World, binding: KubernetesObject, right: Right): Read<boolean> {
  if (givesHarmlessRole(binding)) return false;
  const name = String(binding.root.at("roleRef", "name").string());
  if (roleOf(world, binding) === undefined && Object.hasOwn(BUILT_IN, name))
    return right.verbs.some((verb) => BUILT_IN[name]?.includes(verb) ?? false);
  const { rules, complete } = rulesOf(world, binding);
  return some([...rules.map((rule) => grants(rule, right).read), complete ? false : UNKNOWN]);
}

/** What the roles of every cluster give of {@link WAYS}: cluster-admin everything, admin bindings and roles of a namespace. */
const BUILT_IN: Readonly<Record<string, readonly string[]>> = {
  admin: ["create"],
  "cluster-admin": ["bind", "create", "escalate"],
  edit: [],
};
