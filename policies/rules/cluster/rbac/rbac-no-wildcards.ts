import { isBuiltInGroup } from "../../../../core/data/cluster-scoped-kinds.js";
import { UNKNOWN } from "../../../../plan/world/index.js";
import type { Cursor } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { unresolved } from "../../../examples.js";
import type { Reach } from "../../../lib/rbac/bindings.js";
import { BINDING_TYPES, reachOf, ROLE_TYPES } from "../../../lib/rbac/bindings.js";
import { role } from "../../../lib/rbac/examples.js";
import { onlyReads } from "../../../lib/rbac/role-of.js";
import { failureOf, whereOf } from "../../../lib/rbac/roles.js";
import type { Severity, Verdict } from "../../../model.js";
import type { ObjectView } from "../../../shapes.js";
import { labelOf, onKubernetes } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

/**
 * No rule of a Role or ClusterRole holds `*` among its verbs, resources or API groups. It matters less where it only reads and
 * no Secrets, where it is about custom objects alone, and where nobody in the plan is bound to the role.
 */
export const rbacNoWildcards = defineRule({
  id: "rbac-no-wildcards",
  title: "roles name what they allow",
  ring: "cluster",
  severity: "high",
  rationale:
    "A wildcard also allows what does not exist yet: the next custom resource, the next subresource, verbs such as escalate and impersonate.",
  remediation: 'rules: [{ apiGroups: ["apps"], resources: ["deployments"], verbs: ["get", "list", "watch", "patch"] }]',
  references: references(
    "catalogue/rules.csv: CKV_K8S_49 (first rule only), KSV-0044/0045/0046/0112, C-0187, KY restrict-wildcard-verbs/-resources, KL wildcard-in-rules, KICS, HE, semgrep, PRW, PPB",
    {
      "cis-eks-1.8.0": ["4.1.3"],
      "cis-kubernetes": ["5.1.3"],
      "pci-dss-4": ["7.2.3"],
      "owasp-k8s": ["K02"],
      attack: ["T1078.003"],
    },
  ),
  since: "0.1.0",
  covers: [
    "rbac-binding-no-self-escalation",
    "rbac-no-bind-escalate-impersonate",
    "rbac-no-broad-delete",
    "rbac-no-configmap-write",
    "rbac-no-csr-approval",
    "rbac-no-exec-attach",
    "rbac-no-log-event-delete",
    "rbac-no-network-write",
    "rbac-no-node-proxy",
    "rbac-no-pod-create",
    "rbac-no-port-forward",
    "rbac-no-pv-create",
    "rbac-no-sa-token-create",
    "rbac-no-secret-read",
    "rbac-no-service-status-patch",
    "rbac-no-webhook-config",
    "workload-no-cluster-takeover-role",
  ],
  examples: {
    fail: [
      {
        title: "every verb on everything",
        resources: [role("ops", [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }])],
        path: "rules[0].apiGroups[0]",
      },
      {
        title: "in the second rule",
        resources: [
          role("ops", [
            { apiGroups: [""], resources: ["pods"], verbs: ["get"] },
            { apiGroups: [""], resources: ["secrets"], verbs: ["get", "*"] },
          ]),
        ],
        path: "rules[1].verbs[1]",
      },
    ],
    pass: [
      {
        title: "named",
        resources: [role("reader", [{ apiGroups: [""], resources: ["pods"], verbs: ["get", "list"] }])],
      },
    ],
    unknown: [
      {
        title: "the verbs are an output",
        resources: [role("reader", [{ apiGroups: [""], resources: ["pods"], verbs: unresolved("list") }])],
        path: "rules[0].verbs",
      },
    ],
  },
  ...onKubernetes(ROLE_TYPES, (view) => {
    const { object, root, world } = view;
    const rules = root.at("rules");
    if (rules.isUnknown) return unknown(rules, `what ${labelOf(object)} allows is not known before the deployment`);
    const reach = reachOf(world, object);
    const verdicts = rules.items().map((rule) => judgeRule(view, reach, rule));
    return verdicts.length === 0 ? notApplicable("it has no rules of its own") : verdicts;
  }),
  reads: [...ROLE_TYPES, ...BINDING_TYPES],
});

/** One verdict for a rule: its first wildcard, else its first list that nobody knows. */
function judgeRule(view: ObjectView, reach: Reach, rule: Cursor): Verdict {
  const places = ["apiGroups", "resources", "verbs"].flatMap((field) => itemsOf(rule.at(field)));
  const wildcard = places.find((place) => place.string() === "*");
  if (wildcard !== undefined) {
    const { what, severity } = meaningOf(rule, whereOf(reach));
    const { message, details } = failureOf(view, reach, what);
    return fail(wildcard, message, { ...(severity === undefined ? {} : { severity }), ...details });
  }
  const hidden = places.find((place) => place.string() === UNKNOWN);
  const undecided = `what ${labelOf(view.object)} allows is not known before the deployment`;
  return hidden === undefined ? pass() : unknown(hidden, undecided);
}

/** The three lists of a rule that can hold a wildcard, and what a wildcard in each means. */
const STARS = { verbs: "every verb", resources: "every resource", apiGroups: "every API group" } as const;

/** What a rule with a wildcard in it comes to, and how much that matters, where it is less than the rest. */
function meaningOf(rule: Cursor, where: string): { readonly what: string; readonly severity?: Severity } {
  const has = (field: keyof typeof STARS) => itemsOf(rule.at(field)).some((item) => item.string() === "*");
  const stars = (["verbs", "resources", "apiGroups"] as const).filter(has).map((field) => STARS[field]);
  if (itemsOf(rule.at("resources")).length === 0)
    return { what: "ask everything of paths that are no objects, such as /metrics", severity: "low" };
  if (stars.length === 3) return { what: `do everything with everything ${where}` };
  const what = `do more than it names (${stars.join(", ")}) ${where}`;
  if (onlyReads(rule) === true) return { what, severity: "low" };
  const groups = itemsOf(rule.at("apiGroups")).map((group) => group.string());
  const custom = groups.filter((group) => typeof group === "string" && group !== "*" && !isBuiltInGroup(group));
  if (custom.length < groups.length) return { what };
  return {
    what: `do more than it names (${stars.join(", ")}) with objects of ${custom.map(String).join(", ")} ${where}`,
    severity: "medium",
  };
}

function itemsOf(list: Cursor): readonly Cursor[] {
  return list.isUnknown ? [list] : list.items();
}
