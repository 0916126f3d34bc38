import type { Construct } from "constructs";
import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";
import { validateWith } from "./checks.js";
import { podVolumes } from "./pod.js";
import type { PodProps } from "./pod.js";
import { ReplicatedWorkload } from "./replicated.js";
import type { ReplicatedProps } from "./replicated.js";

/** Deployment settings when nobody says otherwise. */
export const DEPLOYMENT_DEFAULTS = { replicas: 2, updateStrategy: "RollingUpdate" } as const;

/** Arguments of {@link HardenedDeployment}. */
export interface HardenedDeploymentProps extends ReplicatedProps {
  /** @default 2 */
  readonly replicas?: number;
  /** `RollingUpdate`: a new pod is ready before an old one goes. `Recreate`: all old ones go first. @default "RollingUpdate" */
  readonly updateStrategy?: "RollingUpdate" | "Recreate";
}

/**
 * A stateless workload: a Deployment with its service account, its network policy and, from two replicas on, spread over
 * zones and a disruption budget.
 *
 * @example new HardenedDeployment(shop, "web", { image, ports: { http: 8080 }, autoscaling: { maxReplicas: 12 } });
 */
export class HardenedDeployment extends ReplicatedWorkload {
  constructor(scope: Construct, id: string, props: HardenedDeploymentProps) {
    const rolling = (props.updateStrategy ?? DEPLOYMENT_DEFAULTS.updateStrategy) === "RollingUpdate";
    super(scope, id, {
      kind: "Deployment",
      defaultReplicas: DEPLOYMENT_DEFAULTS.replicas,
      surge: rolling ? 1 : 0,
      props,
    });
    this.createWorkload({
      ...this.replicasField,
      revisionHistoryLimit: 3,
      strategy: rolling
        ? { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }
        : { type: "Recreate" },
      selector: { matchLabels: this.selector },
      template: this.template,
    });
    validateWith(this, () => checkNoClaims(props));
  }
}

/** The issues of disks in a workload that cannot make one for each of its pods. */
export function checkNoClaims(props: PodProps): readonly Issue[] {
  return podVolumes(props)
    .filter(({ source }) => source.kind === "claim")
    .map(({ name }) =>
      issue("Unsupported", "mounts", "must not be a claim", name, "Use a HardenedStatefulSet for data that stays"),
    );
}
