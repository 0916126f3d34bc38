import type * as eks from "@pulumi/aws/eks/index.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";

/** Sizes of a control plane; all but `standard` are paid for by the hour and do not shrink by themselves. */
export const CONTROL_PLANE_TIERS = ["standard", "tier-xl", "tier-2xl", "tier-4xl", "tier-8xl"] as const;

/** Name of a size. */
export type ControlPlaneTier = (typeof CONTROL_PLANE_TIERS)[number];

/** Resources by which the scheduler can rank nodes. */
export const SCORED_RESOURCES = [
  "cpu",
  "memory",
  "nvidia.com/gpu",
  "aws.amazon.com/neuron",
  "aws.amazon.com/neuroncore",
] as const;

/** Name of a resource that is scored. */
export type ScoredResource = (typeof SCORED_RESOURCES)[number];

/** How the scheduler ranks the nodes that could run a pod. */
export interface NodeScoring {
  /** `LeastAllocated` spreads pods, as Kubernetes does by itself; `MostAllocated` packs them. */
  readonly strategy: "LeastAllocated" | "MostAllocated";
  /**
   * Weight of each resource, 1 to 100; what is not named does not count.
   *
   * @default - cpu and memory, alike
   */
  readonly weights?: Readonly<Partial<Record<ScoredResource, number>>>;
}

/**
 * Size and settings of the control plane
 * (https://docs.aws.amazon.com/eks/latest/userguide/control-plane-configuration.html). All can be changed later.
 */
export interface ControlPlaneOptions {
  /**
   * Size.
   *
   * @default - `standard`, which EKS scales by itself
   */
  readonly tier?: ControlPlaneTier;
  /**
   * Minutes that events are kept, 10 to 60.
   *
   * @default - 60
   */
  readonly eventMinutes?: number;
  /**
   * Ports of Services of the type NodePort, 10260 to 32767, both ends included. What is allocated stays.
   *
   * @default - 30000 to 32767
   */
  readonly nodePorts?: { readonly from: number; readonly to: number };
  /**
   * Seconds between two decisions of the horizontal pod autoscaler, 10 to 15; needs a tier above `standard`.
   *
   * @default - 15
   */
  readonly autoscalerSeconds?: number;
  /**
   * How many finished pods may exist before they are deleted, 0 to 12500.
   *
   * @default - what Kubernetes has
   */
  readonly finishedPods?: number;
  /**
   * How the scheduler ranks nodes.
   *
   * @default - `LeastAllocated`
   */
  readonly scoring?: NodeScoring;
}

/** Checks settings against the ranges of EKS. */
export function controlPlaneIssues(options: ControlPlaneOptions | undefined): Issue[] {
  if (options === undefined) return [];
  const { tier, nodePorts, scoring } = options;
  const issues: Issue[] = [];
  if (tier !== undefined && !CONTROL_PLANE_TIERS.includes(tier)) {
    const advice = `Choose one of ${CONTROL_PLANE_TIERS.join(", ")}`;
    issues.push(issue("NotFound", "controlPlane.tier", "must be a tier of EKS", tier, advice));
  }
  issues.push(
    ...rangeIssues("eventMinutes", options.eventMinutes, 10, 60),
    ...rangeIssues("nodePorts.from", nodePorts?.from, 10_260, 32_767),
    ...rangeIssues("nodePorts.to", nodePorts?.to, 10_260, 32_767),
    ...rangeIssues("autoscalerSeconds", options.autoscalerSeconds, 10, 15),
    ...rangeIssues("finishedPods", options.finishedPods, 0, 12_500),
    ...SCORED_RESOURCES.flatMap((name) => rangeIssues(`scoring.weights.${name}`, scoring?.weights?.[name], 1, 100)),
  );
  if (nodePorts !== undefined && nodePorts.from > nodePorts.to) {
    const advice = "Write the lower port first";
    issues.push(issue("OutOfRange", "controlPlane.nodePorts", "must be a range", nodePorts, advice));
  }
  if (options.autoscalerSeconds !== undefined && (tier ?? "standard") === "standard") {
    const rule = "must go with a tier above standard";
    const advice = "Set `controlPlane.tier` to 'tier-xl', or leave it out";
    issues.push(issue("Conflict", "controlPlane.autoscalerSeconds", rule, options.autoscalerSeconds, advice));
  }
  if (scoring?.weights !== undefined && Object.keys(scoring.weights).length === 0) {
    const advice = "Name a resource, or leave `weights` out for cpu and memory";
    issues.push(issue("Required", "controlPlane.scoring.weights", "must hold a weight", scoring.weights, advice));
  }
  return issues;
}

function rangeIssues(name: string, value: number | undefined, least: number, most: number): Issue[] {
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return [];
  const rule = `must be a whole number from ${least} to ${most}`;
  return [issue("OutOfRange", `controlPlane.${name}`, rule, value, "Leave it out for what EKS has")];
}

/** The settings as the provider takes them; what is not chosen is not mentioned. */
export function controlPlaneInputs(
  options: ControlPlaneOptions = {},
): Pick<
  eks.ClusterArgs,
  "controlPlaneScalingConfig" | "kubeApiServerConfig" | "kubeControllerManagerConfig" | "kubeSchedulerConfig"
> {
  const { tier, eventMinutes, nodePorts, autoscalerSeconds, finishedPods, scoring } = options;
  const weights = Object.entries(scoring?.weights ?? {}).map(([name, weight]) => ({ name, weight }));
  return {
    ...(tier === undefined ? {} : { controlPlaneScalingConfig: { tier } }),
    ...(eventMinutes === undefined && nodePorts === undefined
      ? {}
      : {
          kubeApiServerConfig: {
            ...(eventMinutes === undefined ? {} : { eventTtl: `${eventMinutes}m` }),
            ...(nodePorts === undefined
              ? {}
              : { serviceNodePortRange: { minPort: nodePorts.from, maxPort: nodePorts.to } }),
          },
        }),
    ...(autoscalerSeconds === undefined && finishedPods === undefined
      ? {}
      : {
          kubeControllerManagerConfig: {
            ...(autoscalerSeconds === undefined
              ? {}
              : {
                  horizontalPodAutoscalerControllerConfig: {
                    horizontalPodAutoscalerSyncPeriod: `${autoscalerSeconds}s`,
                  },
                }),
            ...(finishedPods === undefined
              ? {}
              : { podGcControllerConfig: { terminatedPodGcThreshold: finishedPods } }),
          },
        }),
    ...(scoring === undefined
      ? {}
      : {
          kubeSchedulerConfig: {
            nodeResourcesFit: {
              scoringStrategy: { type: scoring.strategy, ...(weights.length === 0 ? {} : { resources: weights }) },
            },
          },
        }),
  };
}
