import type { StringMap } from "../../../constructs/index.js";
import type { Manifest } from "../synth.js";
import { kubernetesAnswer } from "./kubernetes.js";
import { bothSides, inBlock, labelsOf } from "./world.js";
import type { Direction, Endpoint, Evaluator, Flow, NamespaceLabels } from "./world.js";

interface Entity {
  readonly nets?: readonly string[];
  readonly notNets?: readonly string[];
  readonly selector?: string;
  readonly namespaceSelector?: string;
  readonly ports?: readonly number[];
}

interface Rule {
  readonly action: "Allow" | "Deny" | "Pass";
  readonly protocol?: string;
  readonly source?: Entity;
  readonly destination?: Entity;
}

interface Spec {
  readonly tier?: string;
  readonly order?: number;
  readonly selector?: string;
  readonly namespaceSelector?: string;
  readonly types: readonly string[];
  readonly ingress?: readonly Rule[];
  readonly egress?: readonly Rule[];
  readonly defaultAction?: "Deny" | "Pass";
}

interface Policy {
  readonly namespace: string | undefined;
  readonly spec: Spec;
}

/**
 * Policies of Calico, as https://docs.tigera.io/calico/latest/reference/resources/ says: tier by tier in their order; within a
 * tier the first rule that matches decides, and what no rule matches is denied, or passed on where the tier says so.
 * NetworkPolicies of Kubernetes belong to the last tier; they only allow, so their place in it does not matter.
 */
export const calico: Evaluator = (manifests, flow, namespaces) =>
  bothSides(flow, (self, far, direction) => {
    if (self.pod === undefined) return true;
    const policies = manifests.filter(({ apiVersion }) => apiVersion === "projectcalico.org/v3");
    for (const tier of tiersOf(policies)) {
      const selecting = policies
        .filter(({ kind }) => kind !== "Tier")
        .map((p): Policy => ({ namespace: p.metadata.namespace, spec: p["spec"] as Spec }))
        .filter(({ spec }) => (spec.tier ?? "default") === tier.name)
        .filter((policy) => isFor(policy, self, direction, namespaces))
        .sort((a, b) => (a.spec.order ?? Infinity) - (b.spec.order ?? Infinity));
      const isLast = tier.name === "default";
      const { isIsolated, isAllowed } = kubernetesAnswer(manifests, flow, self, far, direction, namespaces);
      if (selecting.length === 0 && !(isLast && isIsolated)) continue;
      const decision = selecting
        .flatMap(({ namespace, spec }) => (spec[direction] ?? []).map((rule) => ({ namespace, rule })))
        .find(({ namespace, rule }) => matches(rule, direction, namespace, self, far, flow, namespaces))?.rule.action;
      const action = decision ?? (isLast && isAllowed ? "Allow" : tier.defaultAction);
      if (action !== "Pass") return action === "Allow";
    }
    return true;
  });

function tiersOf(policies: readonly Manifest[]): readonly { readonly name: string; readonly defaultAction: string }[] {
  const own = policies
    .filter(({ kind }) => kind === "Tier")
    .map((tier) => ({ name: tier.metadata.name, spec: tier["spec"] as Spec }))
    .sort((a, b) => (a.spec.order ?? Infinity) - (b.spec.order ?? Infinity));
  const last = { name: "default", defaultAction: "Deny" };
  return [...own.map(({ name, spec }) => ({ name, defaultAction: spec.defaultAction ?? "Deny" })), last];
}

function isFor(
  { namespace, spec }: Policy,
  self: Endpoint,
  direction: Direction,
  namespaces: NamespaceLabels | undefined,
): boolean {
  if (self.pod === undefined || !spec.types.map((type) => type.toLowerCase()).includes(direction)) return false;
  const inNamespace =
    namespace === undefined
      ? holds(spec.namespaceSelector ?? "all()", labelsOf(self.pod.namespace, namespaces))
      : namespace === self.pod.namespace;
  return inNamespace && holds(spec.selector ?? "all()", self.pod.labels);
}

function matches(
  rule: Rule,
  direction: Direction,
  namespace: string | undefined,
  self: Endpoint,
  far: Endpoint,
  flow: Flow,
  namespaces: NamespaceLabels | undefined,
): boolean {
  if (rule.protocol !== undefined && rule.protocol !== (flow.protocol ?? "TCP")) return false;
  const [source, destination] = direction === "ingress" ? [far, self] : [self, far];
  return (
    isEntity(rule.source ?? {}, namespace, source, flow.port, namespaces, false) &&
    isEntity(rule.destination ?? {}, namespace, destination, flow.port, namespaces, true)
  );
}

function isEntity(
  entity: Entity,
  own: string | undefined,
  end: Endpoint,
  port: number,
  namespaces: NamespaceLabels | undefined,
  isServer: boolean,
): boolean {
  const { nets, notNets, selector, namespaceSelector, ports } = entity;
  if (ports !== undefined && !(isServer && ports.includes(port))) return false;
  if (nets !== undefined && !nets.some((net) => inBlock(end.ip, net))) return false;
  if (notNets?.some((net) => inBlock(end.ip, net)) === true) return false;
  if (selector === undefined && namespaceSelector === undefined) return true;
  if (end.pod === undefined) return false;
  const inNamespace =
    namespaceSelector === undefined
      ? own === undefined || end.pod.namespace === own
      : holds(namespaceSelector, labelsOf(end.pod.namespace, namespaces));
  return inNamespace && holds(selector ?? "all()", end.pod.labels);
}

/** The part of Calico's selector language that the constructs write. */
function holds(selector: string, labels: StringMap): boolean {
  return selector.split(" && ").every((term) => {
    if (term === "all()") return true;
    const has = /^(!?)has\((.+)\)$/.exec(term);
    if (has !== null) return (has[1] === "!") !== (labels[has[2] ?? ""] !== undefined);
    const equal = /^(\S+) == '([^']*)'$/.exec(term);
    if (equal !== null) return labels[equal[1] ?? ""] === equal[2];
    const within = /^(\S+) (not in|in) \{ (.*) \}$/.exec(term);
    if (within === null) throw new Error(`not a selector that is known here: ${term}`);
    const values = (within[3] ?? "").split(", ").map((value) => value.slice(1, -1));
    const value = labels[within[1] ?? ""];
    const isIn = value !== undefined && values.includes(value);
    return within[2] === "in" ? isIn : !isIn;
  });
}
