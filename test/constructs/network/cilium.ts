import type { StringMap } from "../../../constructs/index.js";
import { kubernetesAnswer } from "./kubernetes.js";
import { bothSides, inBlock, labelsOf, selects } from "./world.js";
import type { Direction, Endpoint, Evaluator, Flow, NamespaceLabels, Selector } from "./world.js";

interface Block {
  readonly cidr: string;
  readonly except?: readonly string[];
}

interface Rule {
  readonly fromEndpoints?: readonly Selector[];
  readonly toEndpoints?: readonly Selector[];
  readonly fromCIDRSet?: readonly Block[];
  readonly toCIDRSet?: readonly Block[];
  readonly fromEntities?: readonly string[];
  readonly toEntities?: readonly string[];
  readonly toFQDNs?: readonly { readonly matchName?: string; readonly matchPattern?: string }[];
  readonly toPorts?: readonly {
    readonly ports: readonly { readonly port: string; readonly protocol: string }[];
    readonly rules?: { readonly http?: readonly { readonly method: string; readonly path: string }[] };
  }[];
}

interface Spec {
  readonly endpointSelector: Selector;
  readonly enableDefaultDeny?: { readonly ingress?: boolean; readonly egress?: boolean };
  readonly ingress?: readonly Rule[];
  readonly egress?: readonly Rule[];
  readonly ingressDeny?: readonly Rule[];
  readonly egressDeny?: readonly Rule[];
}

const NAMESPACE = "k8s:io.kubernetes.pod.namespace";

/**
 * CiliumNetworkPolicy and CiliumClusterwideNetworkPolicy, as https://docs.cilium.io/en/stable/security/policy/ says: blocks of
 * addresses never match pods, the node or the API server; an empty rule matches nobody; a denial wins over everything; and
 * NetworkPolicies of Kubernetes count as its own.
 */
export const cilium: Evaluator = (policies, flow, namespaces) =>
  bothSides(flow, (self, far, direction) => {
    if (self.pod === undefined) return true;
    const own = self.pod.namespace;
    const selecting = policies
      .filter(({ apiVersion }) => apiVersion === "cilium.io/v2")
      .filter((p) => p.metadata.namespace === undefined || p.metadata.namespace === own)
      .map((p) => ({ spec: p["spec"] as Spec, namespace: p.metadata.namespace }))
      .filter(({ spec }) => selects(spec.endpointSelector, ciliumLabels(self, namespaces)));
    const some = (list: "ingress" | "egress" | "ingressDeny" | "egressDeny"): boolean =>
      selecting.some(({ spec, namespace }) =>
        (spec[list] ?? []).some((rule) => matches(rule, direction, namespace, far, flow, namespaces)),
      );
    if (some(`${direction}Deny`)) return false;
    const { isIsolated, isAllowed } = kubernetesAnswer(policies, flow, self, far, direction, namespaces);
    const closes = selecting.some(
      ({ spec }) => spec.enableDefaultDeny?.[direction] ?? (spec[direction] ?? []).length > 0,
    );
    return !(closes || isIsolated) || some(direction) || isAllowed;
  });

function matches(
  rule: Rule,
  direction: Direction,
  own: string | undefined,
  far: Endpoint,
  flow: Flow,
  namespaces: NamespaceLabels | undefined,
): boolean {
  const from = direction === "ingress";
  const kinds = [
    (from ? rule.fromEndpoints : rule.toEndpoints)?.some((s) => isEndpoint(s, own, far, namespaces)),
    (from ? rule.fromCIDRSet : rule.toCIDRSet)?.some(
      (block) => isWorld(far) && inBlock(far.ip, block.cidr, block.except),
    ),
    (from ? rule.fromEntities : rule.toEntities)?.some((entity) => far.entity === entity),
    rule.toFQDNs?.some(
      ({ matchName, matchPattern }) => isWorld(far) && isHost(far.host, matchName ?? matchPattern ?? ""),
    ),
  ].filter((answer) => answer !== undefined);
  if (kinds.length === 0 && rule.toPorts === undefined) return false;
  if (kinds.length > 1) throw new Error(`Cilium refuses a rule with two kinds of peers: ${JSON.stringify(rule)}`);
  return kinds.every(Boolean) && isPort(rule, flow);
}

function isPort({ toPorts }: Rule, { port, protocol, request }: Flow): boolean {
  if (toPorts === undefined) return true;
  return toPorts.some(
    ({ ports, rules }) =>
      ports.some((p) => p.port === `${port}` && p.protocol === (protocol ?? "TCP")) &&
      (rules?.http?.some(
        (http) => http.method === request?.method && new RegExp(`^${http.path}$`).test(request.path),
      ) ??
        true),
  );
}

function isEndpoint(
  selector: Selector,
  own: string | undefined,
  far: Endpoint,
  namespaces: NamespaceLabels | undefined,
): boolean {
  if (far.pod === undefined) return false;
  const keys = [...Object.keys(selector.matchLabels ?? {}), ...(selector.matchExpressions ?? []).map(({ key }) => key)];
  const namesNamespace = keys.some((key) => key === NAMESPACE || key.includes("namespace.labels"));
  return (
    (namesNamespace || own === undefined || far.pod.namespace === own) &&
    selects(selector, ciliumLabels(far, namespaces))
  );
}

/** The labels under which Cilium knows a pod. */
function ciliumLabels({ pod }: Endpoint, namespaces: NamespaceLabels | undefined): StringMap {
  if (pod === undefined) return {};
  return Object.fromEntries([
    ...Object.entries(pod.labels).map(([key, value]) => [`k8s:${key}`, value]),
    ...Object.entries(labelsOf(pod.namespace, namespaces)).map(([key, value]) => [
      `k8s:io.cilium.k8s.namespace.labels.${key}`,
      value,
    ]),
    [NAMESPACE, pod.namespace],
  ]) as StringMap;
}

function isWorld({ pod, entity }: Endpoint): boolean {
  return pod === undefined && entity === undefined;
}

function isHost(host: string | undefined, pattern: string): boolean {
  const regex = pattern.replaceAll(".", "\\.").replaceAll("*", "[^.]*");
  return host !== undefined && new RegExp(`^${regex}$`).test(host);
}
