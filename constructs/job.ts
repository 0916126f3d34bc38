import type { Construct } from "constructs";
import { checkWhole, validateWith } from "./checks.js";
import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";
import { demandOf } from "./demand.js";
import { checkNoClaims } from "./deployment.js";
import type { PodTemplateManifest } from "./manifest.js";
import { Workload } from "./workload.js";
import type { WorkloadProps } from "./workload.js";

/** Job settings when nobody says otherwise. */
export const JOB_DEFAULTS = {
  completions: 1,
  parallelism: 1,
  backoffLimit: 3,
  activeDeadlineSeconds: 3600,
  ttlSecondsAfterFinished: 86_400,
  restartPolicy: "Never",
} as const;

/** How a job runs to its end. */
export interface RunProps {
  /** Pods that must end well. @default 1 */
  readonly completions?: number;
  /** Pods at once. @default 1 */
  readonly parallelism?: number;
  /** `Indexed` gives each pod its number, in the variable `JOB_COMPLETION_INDEX`. @default - `NonIndexed` */
  readonly completionMode?: "NonIndexed" | "Indexed";
  /** Failed pods until the job fails. @default 3 */
  readonly backoffLimit?: number;
  /** Time after which the job fails and its pods are ended: what hangs, or mines, ends too. @default 3600 */
  readonly activeDeadlineSeconds?: number;
  /** Time after which a finished job and its pods, with their logs, are deleted. @default 86400 */
  readonly ttlSecondsAfterFinished?: number;
  /** `OnFailure` restarts the container in its pod; `Never` makes a new pod, and keeps the logs of the failed one. @default "Never" */
  readonly restartPolicy?: "Never" | "OnFailure";
}

/** Arguments of {@link HardenedJob}. */
export interface HardenedJobProps extends WorkloadProps, RunProps {}

/**
 * A task that runs once to its end. It ends by itself after an hour and is deleted a day later; sidecars end with it.
 *
 * Kubernetes does not change the pods of a Job that is there: a changed one must be replaced, which Pulumi does.
 *
 * @example new HardenedJob(shop, "migrate", { image, activeDeadlineSeconds: 900 });
 */
export class HardenedJob extends Workload {
  constructor(scope: Construct, id: string, props: HardenedJobProps) {
    super(scope, id, {
      apiVersion: "batch/v1",
      kind: "Job",
      spread: podsAtOnce(props) > 1,
      restartPolicy: props.restartPolicy ?? JOB_DEFAULTS.restartPolicy,
      props,
      demand: (name) => demandOf(name, props, podsAtOnce(props)),
    });
    this.createWorkload(jobSpec(props, this.template));
    validateWith(this, () => [...checkRun(props), ...checkNoClaims(props)]);
  }
}

/** `spec` of a Job. */
export function jobSpec(props: RunProps, template: PodTemplateManifest): object {
  return {
    completions: props.completions ?? JOB_DEFAULTS.completions,
    parallelism: props.parallelism ?? JOB_DEFAULTS.parallelism,
    ...(props.completionMode === undefined ? {} : { completionMode: props.completionMode }),
    backoffLimit: props.backoffLimit ?? JOB_DEFAULTS.backoffLimit,
    activeDeadlineSeconds: props.activeDeadlineSeconds ?? JOB_DEFAULTS.activeDeadlineSeconds,
    ttlSecondsAfterFinished: props.ttlSecondsAfterFinished ?? JOB_DEFAULTS.ttlSecondsAfterFinished,
    template,
  };
}

/** How many pods a job has at most at once. */
export function podsAtOnce(props: RunProps): number {
  const { completions = JOB_DEFAULTS.completions, parallelism = JOB_DEFAULTS.parallelism } = props;
  return Math.min(completions, parallelism);
}

/** The issues of how a job runs. */
export function checkRun(props: RunProps): readonly Issue[] {
  const ranges = [
    ["completions", 1, 100_000],
    ["parallelism", 1, 10_000],
    ["backoffLimit", 0, 1000],
    ["activeDeadlineSeconds", 1, 31_536_000],
    ["ttlSecondsAfterFinished", 0, 31_536_000],
  ] as const;
  const issues = ranges.flatMap(([key, min, max]) => {
    const value = props[key];
    return value === undefined ? [] : checkWhole(key, value, min, max);
  });
  if ((props.parallelism ?? 1) > (props.completions ?? 1))
    issues.push(
      issue(
        "Conflict",
        "parallelism",
        `must not exceed the ${props.completions ?? JOB_DEFAULTS.completions} completions`,
        props.parallelism,
        "Raise 'completions' or lower 'parallelism'",
      ),
    );
  return issues;
}
