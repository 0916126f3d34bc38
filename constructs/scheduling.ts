import { checkName, checkSubdomain, checkWhole } from "./checks.js";
import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";
import { relaxation } from "../core/relaxation.js";
import type { Reason, Relaxation } from "../core/relaxation.js";
import type { PodsEnd } from "./connection.js";
import type {
  PodAffinityTermManifest,
  PodAntiAffinityManifest,
  PodSpecManifest,
  SpreadManifest,
  StringMap,
  TolerationManifest,
} from "./manifest.js";

const ZONE = "topology.kubernetes.io/zone";
const NODE = "kubernetes.io/hostname";

/** How replicas are laid over zones and nodes. */
export type SpreadKind = "none" | "preferred" | "required";

/** Whether replicas must lie in different zones and on different nodes, evenly. */
export class Spread {
  /** The default from two replicas on: evenly where there is room, since a pod placed unevenly is better than one that waits. */
  static preferred(): Spread {
    return new Spread("preferred");
  }

  /** Evenly over zones, or not at all: a replica waits until its zone has room. Over nodes as well as there is room. */
  static required(): Spread {
    return new Spread("required");
  }

  /** As the scheduler sees fit. */
  static none(): Spread {
    return new Spread("none");
  }

  private constructor(readonly kind: SpreadKind) {}
}

/** Pods that must not, or should not, run beside these on one node. */
export class AntiAffinity {
  /** Waits rather than run on one node with them. */
  static required(pods: { readonly end: PodsEnd }): AntiAffinity {
    return new AntiAffinity(pods.end, true);
  }

  /** Runs elsewhere where there is room. */
  static preferred(pods: { readonly end: PodsEnd }): AntiAffinity {
    return new AntiAffinity(pods.end, false);
  }

  private constructor(
    readonly pods: PodsEnd,
    readonly isRequired: boolean,
  ) {}
}

/** One taint that pods put up with. */
export interface Toleration {
  /** Key of the taint; for all taints at once see {@link EveryTaint}. */
  readonly key: string;
  /** @default - any value */
  readonly value?: string;
  /** @default - every effect of that taint */
  readonly effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
}

/** Every taint there is and will be: for agents that must run on every node, whatever it is kept free for. */
export class EveryTaint {
  /** Pods run on nodes that are kept for others, or that are not to be used, as well. */
  static tolerated(why: Reason): EveryTaint {
    return new EveryTaint(relaxation("EveryTaint.tolerated", why));
  }

  private constructor(readonly relaxation: Relaxation) {}
}

/** On which nodes pods run, and who goes first when there is no room. */
export interface SchedulingProps {
  /** @default - Spread.preferred() from two replicas on */
  readonly spread?: Spread;
  /** @default - none; the spread keeps replicas apart */
  readonly antiAffinity?: readonly AntiAffinity[];
  /** Labels of the nodes that may run the pods. @default - any node */
  readonly nodeSelector?: StringMap;
  /** @default - none */
  readonly tolerations?: readonly (Toleration | EveryTaint)[];
  /** Name of a priority class, such as `WorkloadPriority` makes. @default - that of the cluster, 0 */
  readonly priorityClassName?: string;
}

/** The parts of a pod that the scheduler reads. */
export function schedulingManifest(
  props: SchedulingProps,
  {
    selector,
    namespace,
    spread,
  }: { readonly selector: StringMap; readonly namespace: string; readonly spread: boolean },
): Pick<
  PodSpecManifest,
  "affinity" | "nodeSelector" | "priorityClassName" | "tolerations" | "topologySpreadConstraints"
> {
  const { nodeSelector, priorityClassName } = props;
  const kind = props.spread?.kind ?? (spread ? "preferred" : "none");
  const antiAffinity = props.antiAffinity ?? [];
  const tolerations = (props.tolerations ?? []).map(tolerationManifest);
  return {
    ...(nodeSelector === undefined ? {} : { nodeSelector }),
    ...(tolerations.length === 0 ? {} : { tolerations }),
    ...(priorityClassName === undefined ? {} : { priorityClassName }),
    ...(antiAffinity.length === 0
      ? {}
      : { affinity: { podAntiAffinity: antiAffinityManifest(antiAffinity, namespace) } }),
    ...(kind === "none" ? {} : { topologySpreadConstraints: spreadManifest(kind, selector) }),
  };
}

/** What a scheduling loosens. */
export function schedulingRelaxations({ tolerations }: SchedulingProps): readonly Relaxation[] {
  return (tolerations ?? []).flatMap((t) => (t instanceof EveryTaint ? [t.relaxation] : []));
}

/** The issues of a scheduling. */
export function checkScheduling(props: SchedulingProps): readonly Issue[] {
  return [
    ...(props.priorityClassName === undefined ? [] : checkSubdomain("priorityClassName", props.priorityClassName)),
    ...(props.tolerations ?? []).flatMap((toleration, i) =>
      !(toleration instanceof EveryTaint) && toleration.key === ""
        ? [
            issue(
              "Required",
              `tolerations[${i}].key`,
              "must name a taint",
              toleration.key,
              "Name the key, or give a reason with EveryTaint.tolerated",
            ),
          ]
        : [],
    ),
  ];
}

/** How many pods of a workload an eviction leaves, by factory. */
export class DisruptionBudget {
  /** At most so many are away at once. The default, with 1, from two replicas on. */
  static maxUnavailable(pods: number): DisruptionBudget {
    return new DisruptionBudget({ maxUnavailable: pods });
  }

  /** At least so many are there, fewer than there are replicas: a budget of all of them would stop every upgrade of nodes. */
  static minAvailable(pods: number): DisruptionBudget {
    return new DisruptionBudget({ minAvailable: pods });
  }

  private constructor(
    /** The field of the budget. */
    readonly manifest: { readonly maxUnavailable?: number; readonly minAvailable?: number },
  ) {}
}

/** The issues of a budget for so many replicas. */
export function checkBudget({ manifest }: DisruptionBudget, replicas: number): readonly Issue[] {
  const { maxUnavailable, minAvailable } = manifest;
  if (maxUnavailable !== undefined) return checkWhole("disruptionBudget.maxUnavailable", maxUnavailable, 1, 1000);
  return checkWhole("disruptionBudget.minAvailable", minAvailable ?? 0, 1, Math.max(1, replicas - 1));
}

/** The issues of the name of a priority class that somebody makes. */
export function checkPriorityName(name: string): readonly Issue[] {
  const issues = checkName("name", name);
  return name.startsWith("system-")
    ? [
        ...issues,
        issue("NotAllowed", "name", "must not begin with 'system-'", name, "Kubernetes keeps these: rename it"),
      ]
    : issues;
}

function spreadManifest(kind: "preferred" | "required", selector: StringMap): readonly SpreadManifest[] {
  return [ZONE, NODE].map((topologyKey) => ({
    topologyKey,
    maxSkew: 1,
    whenUnsatisfiable: kind === "required" && topologyKey === ZONE ? "DoNotSchedule" : "ScheduleAnyway",
    labelSelector: { matchLabels: selector },
  }));
}

function antiAffinityManifest(all: readonly AntiAffinity[], namespace: string): PodAntiAffinityManifest {
  const required = all.filter((a) => a.isRequired).map((a) => termManifest(a, namespace));
  const preferred = all
    .filter((a) => !a.isRequired)
    .map((a) => ({ weight: 100, podAffinityTerm: termManifest(a, namespace) }));
  return {
    ...(required.length === 0 ? {} : { requiredDuringSchedulingIgnoredDuringExecution: required }),
    ...(preferred.length === 0 ? {} : { preferredDuringSchedulingIgnoredDuringExecution: preferred }),
  };
}

function termManifest({ pods }: AntiAffinity, namespace: string): PodAffinityTermManifest {
  return {
    topologyKey: NODE,
    labelSelector: { matchLabels: pods.labels },
    ...(pods.namespace === namespace ? {} : { namespaces: [pods.namespace] }),
  };
}

/** A toleration as it stands in a pod. */
export function tolerationManifest(toleration: Toleration | EveryTaint): TolerationManifest {
  if (toleration instanceof EveryTaint) return { operator: "Exists" };
  const { key, value, effect } = toleration;
  return {
    key,
    ...(value === undefined ? { operator: "Exists" } : { operator: "Equal", value }),
    ...(effect === undefined ? {} : { effect }),
  };
}
