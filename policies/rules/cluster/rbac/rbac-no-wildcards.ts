import { UNKNOWN } from "../../../../plan/world/index.js";
import type { Cursor } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { manifest, unresolved } from "../../../examples.js";
import type { ExampleValue, Verdict } from "../../../model.js";
import { labelOf, onKubernetes } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

function role(name: string, rules: ExampleValue) {
  return manifest({
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "Role",
    metadata: { name, namespace: "vote" },
    rules,
  });
}

/** No rule of a Role or ClusterRole holds `*` among its verbs, resources or API groups. */
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
  ...onKubernetes(
    ["kubernetes:rbac.authorization.k8s.io/v1:ClusterRole", "kubernetes:rbac.authorization.k8s.io/v1:Role"],
    ({ object, root }) => {
      const rules = root.at("rules");
      if (rules.isUnknown) return unknown(rules, `what ${labelOf(object)} allows is not known before the deployment`);
      const verdicts = rules.items().map((rule) => judgeRule(labelOf(object), rule));
      return verdicts.length === 0 ? notApplicable("it has no rules of its own") : verdicts;
    },
  ),
});

/** One verdict for a rule: its first wildcard, else its first list that nobody knows. */
function judgeRule(label: string, rule: Cursor): Verdict {
  const lists = ["apiGroups", "resources", "verbs"].map((field) => rule.at(field));
  const places = lists.flatMap((list) => (list.isUnknown ? [list] : list.items()));
  const wildcard = places.find((place) => place.string() === "*");
  if (wildcard !== undefined) return fail(wildcard, `${label} allows more than it names`);
  const hidden = places.find((place) => place.string() === UNKNOWN);
  return hidden === undefined ? pass() : unknown(hidden, `what ${label} allows is not known before the deployment`);
}
