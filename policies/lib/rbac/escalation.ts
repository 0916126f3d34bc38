import { RBAC_GROUP } from "./bindings.js";
import type { Reach } from "./bindings.js";
import type { Right } from "./match.js";

/** Roles that are in every cluster and lead to its Secrets or to all of it. */
export const POWERFUL_ROLES: ReadonlySet<string> = new Set(["admin", "cluster-admin", "edit"]);

/** Whether a role, by its name, leads to Secrets or to all of the cluster; Kubernetes' own `system:` roles count. */
export function isPowerful(name: string): boolean {
  return POWERFUL_ROLES.has(name) || name.startsWith("system:");
}

/**
 * The rights that go past the guard of RBAC, which lets nobody give what he does not hold
 * (`pkg/registry/rbac/escalation_check.go`). `bind` on a ClusterRole is asked in the namespace of the binding, so that a
 * Role may grant it; `escalate` on a ClusterRole, and acting as users and groups, only takes effect cluster-wide. The strongest come first.
 */
export function rightsPastTheGuard({ clusterWide }: Pick<Reach, "clusterWide">): readonly Right[] {
  const inNamespace: readonly Right[] = [
    { group: RBAC_GROUP, resources: ["clusterroles", "roles"], verbs: ["bind"], names: isPowerful },
    { group: RBAC_GROUP, resources: ["roles"], verbs: ["escalate"] },
    { group: "", resources: ["serviceaccounts"], verbs: ["impersonate"], names: () => false },
  ];
  if (!clusterWide) return inNamespace;
  return [
    { group: "", resources: ["users", "groups"], verbs: ["impersonate"], names: (name) => name.startsWith("system:") },
    { group: RBAC_GROUP, resources: ["clusterroles"], verbs: ["escalate"] },
    ...inNamespace,
  ];
}
