import type { Construct } from "constructs";
import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";
import { autoscalerSpec, AUTOSCALING_DEFAULTS, checkAutoscaling } from "./autoscaling.js";
import type { Autoscaling } from "./autoscaling.js";
import { checkWhole, validateWith } from "./checks.js";
import { demandOf } from "./demand.js";
import { objectOf } from "./objects.js";
import { checkBudget, DisruptionBudget } from "./scheduling.js";
import { Workload } from "./workload.js";
import type { WorkloadProps } from "./workload.js";

/** What workloads with replicas take beside others. */
export interface ReplicatedProps extends WorkloadProps {
  /** Fixed number of pods; not beside `autoscaling`. */
  readonly replicas?: number;
  /** A number of pods that follows the load. @default - the number is fixed */
  readonly autoscaling?: Autoscaling;
  /** What evictions leave. @default - DisruptionBudget.maxUnavailable(1) from two replicas on; none below */
  readonly disruptionBudget?: DisruptionBudget;
}

/** What a subclass decides. */
export interface ReplicatedKind {
  readonly kind: "Deployment" | "StatefulSet";
  readonly defaultReplicas: number;
  /** Pods beyond the replicas during an update. */
  readonly surge: number;
  readonly props: ReplicatedProps;
}

/** Pods of which any can replace any other: a fixed number, or one that follows the load, with a disruption budget. */
export abstract class ReplicatedWorkload extends Workload {
  /** `replicas` of the object; absent where an autoscaler decides. */
  protected readonly replicasField: { readonly replicas?: number };

  protected constructor(scope: Construct, id: string, replicated: ReplicatedKind) {
    const { kind, props, surge } = replicated;
    const { autoscaling } = props;
    const replicas = props.replicas ?? replicated.defaultReplicas;
    const fewest = autoscaling === undefined ? replicas : (autoscaling.minReplicas ?? AUTOSCALING_DEFAULTS.minReplicas);
    const most = autoscaling?.maxReplicas ?? replicas;
    super(scope, id, {
      apiVersion: "apps/v1",
      kind,
      spread: most > 1,
      props,
      demand: (name) => demandOf(name, props, most === 0 ? 0 : most + surge, most),
    });
    this.replicasField = autoscaling === undefined ? { replicas } : {};
    if (autoscaling !== undefined) this.createAutoscaler(kind, autoscaling);
    this.createDisruptionBudget(props.disruptionBudget, fewest);
    validateWith(this, () => checkReplicas(props, replicas, fewest));
  }

  private createAutoscaler(kind: string, autoscaling: Autoscaling): void {
    objectOf(this, "HorizontalPodAutoscaler", {
      apiVersion: "autoscaling/v2",
      kind: "HorizontalPodAutoscaler",
      name: this.name,
      namespace: this.namespace,
      labels: this.selector,
      body: { spec: autoscalerSpec({ kind, name: this.name }, autoscaling) },
    });
  }

  private createDisruptionBudget(given: DisruptionBudget | undefined, fewest: number): void {
    if (given === undefined && fewest < 2) return;
    const budget = given ?? DisruptionBudget.maxUnavailable(1);
    objectOf(this, "PodDisruptionBudget", {
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      name: this.name,
      namespace: this.namespace,
      labels: this.selector,
      body: {
        spec: {
          ...budget.manifest,
          // A pod that is broken anyway must not keep a node from being drained.
          unhealthyPodEvictionPolicy: "AlwaysAllow",
          selector: { matchLabels: this.selector },
        },
      },
    });
  }
}

function checkReplicas(props: ReplicatedProps, replicas: number, fewest: number): readonly Issue[] {
  const { autoscaling, disruptionBudget } = props;
  const issues = [
    ...checkWhole("replicas", replicas, 0, 1000),
    ...(autoscaling === undefined ? [] : checkAutoscaling(autoscaling)),
    ...(disruptionBudget === undefined ? [] : checkBudget(disruptionBudget, fewest)),
  ];
  if (autoscaling !== undefined && props.replicas !== undefined)
    issues.push(
      issue(
        "Conflict",
        "replicas",
        "must be absent beside 'autoscaling'",
        props.replicas,
        "Say it as 'autoscaling.minReplicas'",
      ),
    );
  return issues;
}
