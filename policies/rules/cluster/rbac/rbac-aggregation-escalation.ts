import type { Cursor, KubernetesObject } from "../../../../plan/world/index.js";
import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { manifest, unresolved } from "../../../examples.js";
import { minorVersion } from "../../../lib/kubernetes-version.js";
import { RBAC_GROUP, selectorsOf } from "../../../lib/rbac/bindings.js";
import { rightsPastTheGuard } from "../../../lib/rbac/escalation.js";
import type { Right } from "../../../lib/rbac/match.js";
import { grants, STREAM_NEEDS_CREATE_SINCE } from "../../../lib/rbac/match.js";
import type { ExampleObject, ExampleValue, Verdict } from "../../../model.js";
import { labelOf, onKubernetes } from "../../../shapes.js";
import { fail, notApplicable, pass, remove, unknown } from "../../../verdicts.js";

const PREFIX = `${RBAC_GROUP}/aggregate-to-`;

function aggregated(rules: ExampleValue, labels: ExampleObject = { [`${PREFIX}view`]: "true" }) {
  return [
    manifest({ apiVersion: `${RBAC_GROUP}/v1`, kind: "ClusterRole", metadata: { name: "widgets", labels }, rules }),
  ];
}

const WIDGETS = { apiGroups: ["example.com"], resources: ["widgets"], verbs: ["get", "list", "watch"] };
const SECRETS = { apiGroups: [""], resources: ["secrets"], verbs: ["get", "list", "watch"] };
const LABEL = (role: string) => `metadata.labels["${PREFIX}${role}"]`;

/**
 * What a ClusterRole adds to `view`, `edit` or `admin` by its label keeps what these stand for: `view` changes nothing, reads
 * no Secret and runs nothing; none of the three goes past the guard of RBAC, gives roles, or reaches what has no namespace
 * (Kubernetes documentation, "User-facing roles"). A role that aggregates others has no wildcard selector.
 */
export const rbacAggregationEscalation = defineRule({
  id: "rbac-aggregation-escalation",
  title: "what is added to view, edit and admin stays within what they stand for",
  ring: "cluster",
  severity: "high",
  rationale:
    "One label adds the rules to a role that people are bound to in every namespace already, and no binding changes. Whoever was given `view` because it is harmless has the new rights the moment the object is there.",
  remediation:
    'labels: {}  // and bind the role to whoever needs it; or rules with verbs: ["get", "list", "watch"] on the new kinds only',
  references: references("catalogue/cross-ring-rules.csv: N36", { "owasp-k8s": ["K02"], attack: ["T1098.006"] }),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "view reads Secrets", resources: aggregated([WIDGETS, SECRETS]), path: LABEL("view") },
      {
        title: "view changes the new kind",
        resources: aggregated([{ ...WIDGETS, verbs: ["*"] }]),
        path: LABEL("view"),
      },
      {
        title: "edit gives roles that it does not hold",
        resources: aggregated([{ apiGroups: [RBAC_GROUP], resources: ["roles"], verbs: ["escalate"] }], {
          [`${PREFIX}edit`]: "true",
        }),
        path: LABEL("edit"),
      },
    ],
    pass: [
      { title: "view sees the new kind", resources: aggregated([WIDGETS]) },
      {
        title: "edit changes the new kind",
        resources: aggregated([{ ...WIDGETS, verbs: ["*"] }], { [`${PREFIX}edit`]: "true" }),
      },
      { title: "the label says no", resources: aggregated([SECRETS], { [`${PREFIX}view`]: "false" }) },
    ],
    unknown: [{ title: "the rules are an output", resources: aggregated(unresolved("list")), path: "rules" }],
  },
  ...onKubernetes([`kubernetes:${RBAC_GROUP}/v1:ClusterRole`], ({ object, root, world }) => {
    const labels = root.at("metadata", "labels");
    const added = labels.entries().filter(([key, value]) => key.startsWith(PREFIX) && value.string() !== "false");
    const own = selectorsOf(object).map((selector) => judgeSelector(object, selector));
    if (added.length === 0) return own.length === 0 ? notApplicable("it is added to no other role") : own;
    const rules = root.at("rules");
    if (rules.isUnknown)
      return [unknown(rules, `what ${labelOf(object)} adds to other roles is not known before the deployment`)];
    const minor = minorVersion(world.kubernetesVersion);
    return [...own, ...added.map(([key, at]) => judgeLabel(object, key.slice(PREFIX.length), at, rules, minor))];
  }),
});

/** An empty selector takes every ClusterRole in, also those that anybody creates later. */
function judgeSelector(role: KubernetesObject, selector: Cursor): Verdict {
  if (selector.isUnknown)
    return unknown(selector, `which roles go into ${labelOf(role)} is not known before the deployment`);
  const parts = selector.at("matchLabels").entries().length + selector.at("matchExpressions").items().length;
  return parts > 0
    ? pass()
    : fail(selector, `${labelOf(role)} takes in the rules of every ClusterRole, of any name and label`);
}

function judgeLabel(role: KubernetesObject, target: string, at: Cursor, rules: Cursor, minor: number): Verdict {
  const value = at.string();
  if (value !== UNKNOWN && value !== "true") return pass();
  const unwanted = [...PAST_ALL, ...(target === "view" ? commandsAndSecrets(minor) : [])];
  const reads = rules
    .items()
    .flatMap((rule) => [
      ...unwanted.map((right) => ({ rule, read: grants(rule, right).read })),
      ...(target === "view" ? [{ rule, read: changes(rule) }] : []),
    ]);
  const found = reads.find(({ read }) => read === true);
  const undecided = unknown(at, `what ${labelOf(role)} adds to '${target}' is not known before the deployment`);
  if (found !== undefined && value !== UNKNOWN)
    return fail(
      at,
      `${labelOf(role)} gives everybody who was given '${target}', in any namespace, ${describe(found.rule)}`,
      {
        fix: [remove(at)],
      },
    );
  return found !== undefined || reads.some(({ read }) => read === UNKNOWN) ? undecided : pass();
}

/** What none of the three roles has. */
const PAST_ALL: readonly Right[] = [
  ...rightsPastTheGuard({ clusterWide: true }).filter(({ verbs }) => !verbs.includes("impersonate")),
  { group: "", resources: ["nodes/proxy"], verbs: ["get", "create"] },
  { group: "admissionregistration.k8s.io", resources: ["mutatingwebhookconfigurations"], verbs: ["create", "update"] },
];

function commandsAndSecrets(minor: number): readonly Right[] {
  const verbs = minor < STREAM_NEEDS_CREATE_SINCE ? ["create", "get"] : ["create"];
  return [
    { group: "", resources: ["secrets"], verbs: ["get", "list", "watch"] },
    { group: "", resources: ["pods/exec", "pods/attach", "pods/portforward"], verbs },
  ];
}

const READING: ReadonlySet<unknown> = new Set(["get", "list", "watch", UNKNOWN]);

function changes(rule: Cursor): boolean {
  return rule
    .at("verbs")
    .items()
    .some((verb) => !READING.has(verb.string()));
}

/** A rule as a person says it: `escalate on roles`. */
function describe(rule: Cursor): string {
  const list = (field: string) =>
    rule
      .at(field)
      .items()
      .map((item) => String(item.text()))
      .slice(0, 3)
      .join(", ");
  return `${list("verbs")} on ${list("resources")}`;
}
