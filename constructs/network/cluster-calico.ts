import { unreachable } from "../../core/issue.js";
import type { ClusterDeny, ClusterGuardRail, NamespaceCondition, Namespaces } from "./cluster-rules.js";

/** Tier of the guard rails; Calico asks it before the tier `default` of the namespaces' policies. */
export const CALICO_TIER = "ringfence";

/** `spec` of the tier. What none of its guard rails denies goes on to the next. Tiers and their default are in Calico since 3.30. */
export const CALICO_TIER_SPEC = { order: 100, defaultAction: "Pass" } as const;

/** `spec` of a GlobalNetworkPolicy that denies. It passes nothing on: that would keep the tier's other policies from being asked. */
export function calicoGuardRail({ subject, rules }: ClusterGuardRail, order: number): object {
  const rulesOf = (direction: "ingress" | "egress"): readonly object[] =>
    rules.filter((rule) => rule.direction === direction).flatMap(rulesFor);
  const [ingress, egress] = [rulesOf("ingress"), rulesOf("egress")];
  return {
    tier: CALICO_TIER,
    order,
    namespaceSelector: calicoConditions(subject),
    types: [...(ingress.length === 0 ? [] : ["Ingress"]), ...(egress.length === 0 ? [] : ["Egress"])],
    ...(ingress.length === 0 ? {} : { ingress }),
    ...(egress.length === 0 ? {} : { egress }),
  };
}

/** Conditions on namespaces in Calico's language. */
function calicoConditions({ conditions }: Namespaces): string {
  return conditions.length === 0 ? "all()" : conditions.map(conditionText).join(" && ");
}

function conditionText({ key, operator, values }: NamespaceCondition): string {
  const list = (values ?? []).map((value) => `'${value}'`).join(", ");
  switch (operator) {
    case "In":
      return `${key} in { ${list} }`;
    case "NotIn":
      return `${key} not in { ${list} }`;
    case "Exists":
      return `has(${key})`;
    case "DoesNotExist":
      return `!has(${key})`;
    default:
      return unreachable(operator);
  }
}

/** A rule of Calico has one protocol, and one family of addresses. */
function rulesFor({ direction, peer, ports }: ClusterDeny): readonly object[] {
  const protocols = ports.length === 0 ? [undefined] : [...new Set(ports.map(({ protocol }) => protocol))];
  const far = direction === "ingress" ? "source" : "destination";
  return peersOf(peer).flatMap((entity) =>
    protocols.map((protocol) => {
      const portNumbers = ports.filter((p) => p.protocol === protocol).map(({ port }) => port);
      const destination = {
        ...(far === "destination" ? entity : {}),
        ...(portNumbers.length === 0 ? {} : { ports: portNumbers }),
      };
      return {
        action: "Deny",
        ...(protocol === undefined ? {} : { protocol }),
        ...(far === "source" ? { source: entity } : {}),
        ...(Object.keys(destination).length === 0 ? {} : { destination }),
      };
    }),
  );
}

function peersOf(peer: ClusterDeny["peer"]): readonly object[] {
  if (peer.kind === "namespaces") return [{ namespaceSelector: calicoConditions(peer.namespaces) }];
  const byFamily = [false, true].map((v6) => peer.cidrs.filter((cidr) => cidr.includes(":") === v6));
  return byFamily.filter((nets) => nets.length > 0).map((nets) => ({ nets }));
}
