import type { Cursor, KubernetesObject, Read, World } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { unresolved } from "../../../examples.js";
import { networkPolicy } from "../../../lib/network-examples.js";
import { namespaceOf } from "../../../lib/namespaces.js";
import { rulesIn } from "../../../lib/network-peers.js";
import type { Direction } from "../../../lib/network-policies.js";
import { blanketRules, DIRECTIONS, isolates, selectsAllPods } from "../../../lib/network-policies.js";
import type { Verdict } from "../../../model.js";
import { labelOf, onKubernetes } from "../../../shapes.js";
import type { FailureDetails } from "../../../verdicts.js";
import { every, fail, notApplicable, pass, unknown } from "../../../verdicts.js";

const ALL = { podSelector: {} };

/**
 * A policy for every pod of its namespace allows neither everybody nor every namespace. A way out to every namespace that
 * is confined to ports, as for DNS, passes.
 */
export const netpolNoEmptySelectorAllow = defineRule({
  id: "netpol-no-empty-selector-allow",
  title: "no network policy opens all pods of a namespace to everybody",
  ring: "cluster",
  severity: "medium",
  rationale:
    "Policies only add to each other: one that allows everything for all pods undoes every other policy of the namespace, also those that are still to come.",
  remediation:
    "podSelector: { matchLabels: { app: web } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: vote } } }] }]",
  references: references("catalogue/rules.csv: KSV-0038, KY restrict-networkpolicy-empty-podselector", {
    "nsa-cisa": ["network-separation"],
    "owasp-k8s": ["K05"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "everybody, to all pods",
        resources: [networkPolicy({ ...ALL, ingress: [{}] })],
        path: "spec.ingress[0]",
      },
      {
        title: "every namespace, to all pods",
        resources: [networkPolicy({ ...ALL, ingress: [{ from: [{ namespaceSelector: {} }] }] })],
        path: "spec.ingress[0].from[0]",
      },
      {
        title: "all pods, to everybody",
        resources: [networkPolicy({ ...ALL, policyTypes: ["Egress"], egress: [{}] })],
        path: "spec.egress[0]",
      },
    ],
    pass: [
      { title: "nothing is allowed", resources: [networkPolicy({ ...ALL, policyTypes: ["Ingress", "Egress"] })] },
      {
        title: "pods of the same namespace",
        resources: [networkPolicy({ ...ALL, ingress: [{ from: [{ podSelector: {} }] }] })],
      },
      {
        title: "DNS in every namespace",
        resources: [
          networkPolicy({
            ...ALL,
            policyTypes: ["Egress"],
            egress: [{ to: [{ namespaceSelector: {} }], ports: [{ port: 53, protocol: "UDP" }] }],
          }),
        ],
      },
      {
        title: "a collector of metrics in every namespace, by its label",
        resources: [
          networkPolicy({
            ...ALL,
            ingress: [{ from: [{ namespaceSelector: {}, podSelector: { matchLabels: { app: "prometheus" } } }] }],
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "which pods is an output",
        resources: [
          networkPolicy({ podSelector: unresolved("object"), ingress: [{ from: [{ namespaceSelector: {} }] }] }),
        ],
        path: "spec.podSelector",
      },
    ],
  },
  ...onKubernetes(["kubernetes:networking.k8s.io/v1:NetworkPolicy"], ({ object, world }) =>
    DIRECTIONS.map((direction) => judge(world, object, direction)),
  ),
});

function judge(world: World, policy: KubernetesObject, direction: Direction): Verdict {
  const rules = rulesIn(policy, direction);
  const [blanket] = blanketRules(policy, direction);
  const hidden = rules.find((rule) => rule.at.isUnknown || rule.peers.isUnknown);
  const found =
    blanket ??
    rules.filter((rule) => direction === "Ingress" || isEmpty(rule.at.at("ports"))).flatMap(everyNamespace)[0];
  const applies: Read<boolean> = every([selectsAllPods(policy), isolates(policy, direction)]);
  if (applies === false) return notApplicable("it selects some pods only, or does not isolate them");
  if (found !== undefined && applies === true)
    return fail(
      found,
      `${labelOf(policy)} opens all pods of its namespace, ${direction.toLowerCase()}, to every namespace`,
      blanket === undefined ? {} : under(world, policy),
    );
  const selector = policy.root.at("spec", "podSelector");
  if (found !== undefined)
    return unknown(selector, `which pods ${labelOf(policy)} opens is not known before the deployment`);
  if (hidden !== undefined)
    return unknown(hidden.at, `whom ${labelOf(policy)} allows is not known before the deployment`);
  return pass();
}

/** The Namespace then denies nothing by default; namespace-default-deny says so there. */
function under(world: World, policy: KubernetesObject): FailureDetails {
  const namespace = namespaceOf(world, policy);
  return namespace === undefined ? {} : { under: namespace.resource };
}

/** The peers of a rule that are all pods of all namespaces. */
function everyNamespace(rule: { readonly peers: Cursor }): readonly Cursor[] {
  return rule.peers.items().filter((peer) => {
    const [namespaces, pods] = [peer.at("namespaceSelector"), peer.at("podSelector")];
    return !namespaces.isAbsent && isEmptySelector(namespaces) && isEmptySelector(pods);
  });
}

function isEmptySelector(selector: Cursor): boolean {
  return !selector.isUnknown && isEmpty(selector.at("matchLabels")) && isEmpty(selector.at("matchExpressions"));
}

function isEmpty(at: Cursor): boolean {
  return !at.isUnknown && at.entries().length + at.items().length === 0;
}
