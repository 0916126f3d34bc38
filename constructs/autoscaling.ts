import { checkWhole } from "./checks.js";
import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";

/** When a workload gets more or fewer pods (`HorizontalPodAutoscaler`). Needs the metrics server. */
export interface Autoscaling {
  /** @default 2 */
  readonly minReplicas?: number;
  readonly maxReplicas: number;
  /** Average CPU use that is aimed at, in percent of the request. @default 70; none where memory is named and CPU is not */
  readonly cpuUtilizationPercent?: number;
  /** Average memory use that is aimed at, in percent of the request. @default - memory does not count */
  readonly memoryUtilizationPercent?: number;
  /** How long fewer pods must have been enough before some go. @default 300 */
  readonly scaleDownStabilizationSeconds?: number;
}

/** Autoscaling when nobody says otherwise. */
export const AUTOSCALING_DEFAULTS = {
  minReplicas: 2,
  cpuUtilizationPercent: 70,
  scaleDownStabilizationSeconds: 300,
} as const satisfies Partial<Autoscaling>;

/** `spec` of the autoscaler of a workload. */
export function autoscalerSpec(target: { readonly kind: string; readonly name: string }, a: Autoscaling): object {
  const fallback = a.memoryUtilizationPercent === undefined ? AUTOSCALING_DEFAULTS.cpuUtilizationPercent : undefined;
  const metrics = [
    ["cpu", a.cpuUtilizationPercent ?? fallback],
    ["memory", a.memoryUtilizationPercent],
  ] as const;
  return {
    scaleTargetRef: { apiVersion: "apps/v1", ...target },
    minReplicas: a.minReplicas ?? AUTOSCALING_DEFAULTS.minReplicas,
    maxReplicas: a.maxReplicas,
    metrics: metrics
      .filter(([, percent]) => percent !== undefined)
      .map(([name, averageUtilization]) => ({
        type: "Resource",
        resource: { name, target: { type: "Utilization", averageUtilization } },
      })),
    behavior: {
      scaleDown: {
        stabilizationWindowSeconds:
          a.scaleDownStabilizationSeconds ?? AUTOSCALING_DEFAULTS.scaleDownStabilizationSeconds,
      },
    },
  };
}

/** The issues of an autoscaling. */
export function checkAutoscaling(a: Autoscaling): readonly Issue[] {
  const min = a.minReplicas ?? AUTOSCALING_DEFAULTS.minReplicas;
  const percent = (["cpuUtilizationPercent", "memoryUtilizationPercent"] as const).flatMap((key) => {
    const value = a[key];
    return value === undefined ? [] : checkWhole(`autoscaling.${key}`, value, 1, 100);
  });
  const seconds = a.scaleDownStabilizationSeconds;
  const issues = [
    ...checkWhole("autoscaling.minReplicas", min, 1, 1000),
    ...checkWhole("autoscaling.maxReplicas", a.maxReplicas, 1, 1000),
    ...percent,
    ...(seconds === undefined ? [] : checkWhole("autoscaling.scaleDownStabilizationSeconds", seconds, 0, 3600)),
  ];
  if (a.maxReplicas < min)
    issues.push(
      issue(
        "Conflict",
        "autoscaling.maxReplicas",
        `must not be below the minimum of ${min}`,
        a.maxReplicas,
        "Raise it",
      ),
    );
  return issues;
}
