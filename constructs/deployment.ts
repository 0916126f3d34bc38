import type { Construct } from "constructs";
import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";
import { validateWith } from "./checks.js";
import { podVolumes } from "./pod.js";
import { Workload } from "./workload.js";
import type { WorkloadProps } from "./workload.js";

/** Deployment settings when nobody says otherwise. */
export const DEPLOYMENT_DEFAULTS = { replicas: 2 } as const;

/** Arguments of {@link HardenedDeployment}. */
export interface HardenedDeploymentProps extends WorkloadProps {
  /** @default 2 */
  readonly replicas?: number;
}

/**
 * A stateless workload: a Deployment with its service account, its network policy and, from two replicas on, spread over
 * zones and a disruption budget.
 */
export class HardenedDeployment extends Workload {
  constructor(scope: Construct, id: string, props: HardenedDeploymentProps) {
    super(scope, id, { replicas: props.replicas ?? DEPLOYMENT_DEFAULTS.replicas, props });
    this.createWorkload("Deployment", {
      replicas: this.replicas,
      revisionHistoryLimit: 3,
      // A new pod is ready before an old one goes.
      strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      selector: { matchLabels: this.selector },
      template: this.template,
    });
    this.createDisruptionBudget();
    validateWith(this, () => checkNoClaims(props));
  }
}

function checkNoClaims(props: WorkloadProps): readonly Issue[] {
  return podVolumes(props)
    .filter(({ source }) => source.kind === "claim")
    .map(({ name }) =>
      issue("Unsupported", "mounts", "must not be a claim", name, "Use a HardenedStatefulSet for data that stays"),
    );
}
