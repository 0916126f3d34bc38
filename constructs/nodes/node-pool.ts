import { Construct } from "constructs";
import { checkSubdomain, validateWith } from "../checks.js";
import { objectOf } from "../objects.js";
import { checkLabels } from "./checks.js";
import type { NodeClassRef } from "./node-class-ref.js";
import {
  checkBudgets,
  checkLifetime,
  checkLimits,
  checkRequirements,
  checkTaints,
  checkTypes,
} from "./node-pool-checks.js";

/** The defaults of {@link HardenedNodePoolProps}. */
export const NODE_POOL_DEFAULTS = {
  architectures: ["amd64"],
  capacityTypes: ["on-demand"],
  instanceCategories: ["c", "m", "r"],
  oldestGeneration: 5,
  expireAfterDays: 14,
  drainHours: 24,
  consolidation: "WhenEmptyOrUnderutilized",
  consolidateAfter: "1m",
  budgets: [{ nodes: "10%" }],
} as const;

/** The most that all nodes of a pool are together. */
export interface NodePoolLimits {
  /** Virtual processors. */
  readonly cpu: number;
  /**
   * Memory in GiB.
   *
   * @default - no limit of its own
   */
  readonly memoryGiB?: number;
}

/** What a node of a pool must be (`requirements` of karpenter.sh/v1). */
export interface NodeRequirement {
  readonly key: string;
  readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist" | "Gt" | "Lt";
  readonly values?: readonly string[];
}

/** A taint of nodes, as Kubernetes spells its effects. */
export interface NodeTaint {
  readonly key: string;
  readonly value?: string;
  readonly effect: "NoSchedule" | "NoExecute" | "PreferNoSchedule";
}

/** How many nodes may go at a time of Karpenter's own accord. */
export interface NodeDisruptionBudget {
  /** A count or a percentage; `0` for none. */
  readonly nodes: number | `${number}%`;
  /** @default - all reasons */
  readonly reasons?: readonly ("Empty" | "Drifted" | "Underutilized")[];
  /** When it begins to hold, as cron has it, in UTC; with `duration`. */
  readonly schedule?: string;
  /** How long it holds: `8h`; with `schedule`. */
  readonly duration?: string;
}

/** Arguments of {@link HardenedNodePool}. */
export interface HardenedNodePoolProps {
  /** @default - the construct's id */
  readonly name?: string;
  /** `ref` of a `HardenedNodeClass` or an `AutoModeNodeClass`. */
  readonly nodeClass: NodeClassRef;
  /** Needed: who may create pods may have nodes made, at your cost. */
  readonly limits: NodePoolLimits;
  /**
   * Instruction sets.
   *
   * @default ["amd64"]
   */
  readonly architectures?: readonly ("amd64" | "arm64")[];
  /**
   * How machines are paid for.
   *
   * @default ["on-demand"]
   */
  readonly capacityTypes?: readonly ("on-demand" | "spot" | "reserved")[];
  /**
   * First letters of instance types.
   *
   * @default ["c", "m", "r"]
   */
  readonly instanceCategories?: readonly string[];
  /**
   * The oldest generation of instance types: 5 of `m5`.
   *
   * @default 5
   */
  readonly oldestGeneration?: number;
  /**
   * Further requirements.
   *
   * @default - Nitro machines with Linux
   */
  readonly requirements?: readonly NodeRequirement[];
  /**
   * Labels of the nodes.
   *
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Taints of the nodes.
   *
   * @default - none
   */
  readonly taints?: readonly NodeTaint[];
  /**
   * Days after which a node is replaced by a new one: an intruder does not stay longer. 1 to 21, the most of Auto Mode with the
   * time to drain.
   *
   * @default 14
   */
  readonly expireAfterDays?: number;
  /**
   * Hours after which a node that drains goes, whatever a disruption budget of its pods says.
   *
   * @default 24
   */
  readonly drainHours?: number;
  /**
   * Whether nodes that are used little go too, or empty ones only.
   *
   * @default "WhenEmptyOrUnderutilized"
   */
  readonly consolidation?: "WhenEmptyOrUnderutilized" | "WhenEmpty";
  /**
   * How many nodes may go at a time; at least one budget.
   *
   * @default [{ nodes: "10%" }]
   */
  readonly budgets?: readonly NodeDisruptionBudget[];
  /**
   * Which pool is asked first, 1 to 100, the highest first.
   *
   * @default - none
   */
  readonly weight?: number;
}

/**
 * Nodes on demand (`NodePool` of karpenter.sh/v1), for Karpenter and for EKS Auto Mode: with limits, an end to every node's life,
 * and a budget for disruptions (https://karpenter.sh/docs/concepts/nodepools/).
 */
export class HardenedNodePool extends Construct {
  constructor(scope: Construct, id: string, props: HardenedNodePoolProps) {
    super(scope, id);
    const name = props.name ?? id;
    const { cpu, memoryGiB } = props.limits;
    const expireAfterDays = props.expireAfterDays ?? NODE_POOL_DEFAULTS.expireAfterDays;
    const drainHours = props.drainHours ?? NODE_POOL_DEFAULTS.drainHours;
    const budgets: readonly NodeDisruptionBudget[] = props.budgets ?? NODE_POOL_DEFAULTS.budgets;
    objectOf(this, "Resource", {
      apiVersion: "karpenter.sh/v1",
      kind: "NodePool",
      name,
      body: {
        spec: {
          template: {
            ...(props.labels === undefined ? {} : { metadata: { labels: props.labels } }),
            spec: {
              nodeClassRef: props.nodeClass,
              requirements: requirementsOf(props),
              ...(props.taints === undefined ? {} : { taints: props.taints }),
              expireAfter: `${expireAfterDays * 24}h`,
              terminationGracePeriod: `${drainHours}h`,
            },
          },
          disruption: {
            consolidationPolicy: props.consolidation ?? NODE_POOL_DEFAULTS.consolidation,
            consolidateAfter: NODE_POOL_DEFAULTS.consolidateAfter,
            budgets: budgets.map((budget) => ({ ...budget, nodes: String(budget.nodes) })),
          },
          limits: { cpu: String(cpu), ...(memoryGiB === undefined ? {} : { memory: `${memoryGiB}Gi` }) },
          ...(props.weight === undefined ? {} : { weight: props.weight }),
        },
      },
    });
    validateWith(this, () => [
      ...checkSubdomain("name", name),
      ...checkLimits(props.limits, props.weight),
      ...checkTypes(props),
      ...checkRequirements(props.requirements ?? []),
      ...checkLabels(props.labels),
      ...checkTaints(props.taints ?? []),
      ...checkLifetime(expireAfterDays, drainHours),
      ...checkBudgets(budgets),
    ]);
  }
}

/** Auto Mode has the same labels of machines under another domain. */
function requirementsOf(props: HardenedNodePoolProps): readonly NodeRequirement[] {
  const domain = props.nodeClass.group;
  const isIn = (key: string, values: readonly string[]): NodeRequirement => ({ key, operator: "In", values });
  const oldest = props.oldestGeneration ?? NODE_POOL_DEFAULTS.oldestGeneration;
  return [
    isIn("kubernetes.io/os", ["linux"]),
    isIn("kubernetes.io/arch", props.architectures ?? NODE_POOL_DEFAULTS.architectures),
    isIn("karpenter.sh/capacity-type", props.capacityTypes ?? NODE_POOL_DEFAULTS.capacityTypes),
    isIn(`${domain}/instance-category`, props.instanceCategories ?? NODE_POOL_DEFAULTS.instanceCategories),
    { key: `${domain}/instance-generation`, operator: "Gt", values: [String(oldest - 1)] },
    isIn(`${domain}/instance-hypervisor`, ["nitro"]),
    ...(props.requirements ?? []),
  ];
}
