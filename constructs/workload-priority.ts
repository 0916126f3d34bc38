import { Construct } from "constructs";
import { checkWhole, validateWith } from "./checks.js";
import { objectOf } from "./objects.js";
import { checkPriorityName } from "./scheduling.js";

/** Priority when nobody says otherwise. */
export const PRIORITY_DEFAULTS = { preemption: "wait" } as const;

/** Arguments of {@link WorkloadPriority}. */
export interface WorkloadPriorityProps {
  /** @default - the construct's id */
  readonly name?: string;
  /** From -1000000000 to 1000000000; pods without a class have 0. Those above belong to Kubernetes. */
  readonly value: number;
  /** Whether pods of the class make room by ending others of lower value, or only wait at the front. @default "wait" */
  readonly preemption?: "evict" | "wait";
  /** For people: which workloads it is for. */
  readonly description: string;
}

/**
 * A priority class: who is scheduled first when there is no room. It is never the default of the cluster, which would change
 * the priority of everything that names none.
 *
 * @example new WorkloadPriority(chart, "answers-people", { value: 1000, description: "What people wait for" });
 */
export class WorkloadPriority extends Construct {
  /** For `priorityClassName`. */
  readonly name: string;

  constructor(scope: Construct, id: string, props: WorkloadPriorityProps) {
    super(scope, id);
    this.name = props.name ?? id;
    const evicts = (props.preemption ?? PRIORITY_DEFAULTS.preemption) === "evict";
    objectOf(this, "Resource", {
      apiVersion: "scheduling.k8s.io/v1",
      kind: "PriorityClass",
      name: this.name,
      body: {
        value: props.value,
        globalDefault: false,
        preemptionPolicy: evicts ? "PreemptLowerPriority" : "Never",
        description: props.description,
      },
    });
    validateWith(this, () => [
      ...checkPriorityName(this.name),
      ...checkWhole("value", props.value, -1_000_000_000, 1_000_000_000),
    ]);
  }
}
