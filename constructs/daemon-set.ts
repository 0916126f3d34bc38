import type { Construct } from "constructs";
import { checkWhole, validateWith } from "./checks.js";
import { demandOf } from "./demand.js";
import { checkNoClaims } from "./deployment.js";
import { Workload } from "./workload.js";
import type { WorkloadProps } from "./workload.js";

/** DaemonSet settings when nobody says otherwise. */
export const DAEMON_SET_DEFAULTS = { maxUnavailable: 1 } as const;

/** Arguments of {@link HardenedDaemonSet}. */
export interface HardenedDaemonSetProps extends WorkloadProps {
  /** Nodes without a ready pod at once during an update. @default 1 */
  readonly maxUnavailable?: number;
}

/**
 * One pod on every node, or on those of `nodeSelector`. What it needs of the host is named by `hostAccess` and granted by the
 * `SystemNamespace` around it. Nodes with taints are left out unless `tolerations` name these.
 *
 * Of the namespace's quota one pod is counted in advance, since nobody knows how many nodes there will be.
 *
 * @example new HardenedDaemonSet(agents, "agent", { image, hostAccess, tolerations: [{ key: "dedicated" }] });
 */
export class HardenedDaemonSet extends Workload {
  constructor(scope: Construct, id: string, props: HardenedDaemonSetProps) {
    super(scope, id, {
      apiVersion: "apps/v1",
      kind: "DaemonSet",
      spread: false,
      props,
      demand: (name) => demandOf(name, props, 1),
    });
    const maxUnavailable = props.maxUnavailable ?? DAEMON_SET_DEFAULTS.maxUnavailable;
    this.createWorkload({
      revisionHistoryLimit: 3,
      updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable } },
      selector: { matchLabels: this.selector },
      template: this.template,
    });
    validateWith(this, () => [...checkWhole("maxUnavailable", maxUnavailable, 1, 1000), ...checkNoClaims(props)]);
  }
}
