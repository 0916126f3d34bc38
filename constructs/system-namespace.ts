import type { Construct } from "constructs";
import { issue } from "../core/issue.js";
import { AdmissionPolicy } from "./admission/admission-policy.js";
import { validateWith } from "./checks.js";
import type { HostAccess } from "./host-access.js";
import { hostAccessControl } from "./host-access-control.js";
import { HardenedNamespace } from "./namespace.js";
import type { HardenedNamespaceProps } from "./namespace.js";
import { PodSecurity } from "./pod-security.js";

/** Arguments of {@link SystemNamespace}. */
export interface SystemNamespaceProps extends Omit<HardenedNamespaceProps, "podSecurity"> {
  /** All that pods in here may take of the host, each with its reason; at least one. */
  readonly hostAccess: readonly HostAccess[];
}

/**
 * A namespace for agents of the node: CNI, CSI, runtime detection. Pod Security is lowered to the level that admits what was
 * granted, and a `ValidatingAdmissionPolicy` refuses everything else that this level would admit. All other guards of a
 * `HardenedNamespace` stay: no traffic but DNS, a quota, no token by default.
 *
 * Pods in the network of the node are outside of every network policy; what they may reach is what the node may reach.
 *
 * @example new SystemNamespace(chart, "log-agents", { hostAccess: [HostAccess.readPath("/var/log/pods", { reason })] });
 */
export class SystemNamespace extends HardenedNamespace {
  constructor(scope: Construct, id: string, props: SystemNamespaceProps) {
    const { hostAccess, ...rest } = props;
    super(scope, id, { ...rest, podSecurity: PodSecurity.forHostAccess(hostAccess) });
    new AdmissionPolicy(this, "HostAccess", {
      control: hostAccessControl(this.name, hostAccess),
      name: `ringfence-host-access-${this.name}`,
    });
    validateWith(this, () =>
      hostAccess.length > 0
        ? []
        : [issue("Required", "hostAccess", "must grant something", hostAccess, "Use a HardenedNamespace")],
    );
  }
}
