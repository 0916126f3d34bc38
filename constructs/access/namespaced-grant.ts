import { ApiObject } from "cdk8s";
import type { Construct } from "constructs";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import type { Relaxation } from "../../core/relaxation.js";
import { checkName } from "../checks.js";
import type { StringMap } from "../manifest.js";
import { HardenedNamespace } from "../namespace.js";
import { namespaceName } from "../namespace-target.js";
import type { NamespaceTarget } from "../namespace-target.js";
import { objectOf } from "../objects.js";
import { RBAC_API } from "./role.js";

const GROUP = "rbac.authorization.k8s.io";

/** One ClusterRole of a group of people. */
export interface GroupRole {
  readonly group: string;
  /**
   * The group that has the role in one namespace alone.
   *
   * @default - none
   */
  readonly groupIn?: (namespace: string) => string;
  readonly roleName: string;
  readonly relaxations?: readonly Relaxation[];
}

/** A ClusterRole with what stands beside its metadata: `rules`, and `aggregationRule` where others add to it. */
export function createClusterRole(
  scope: Construct,
  id: string,
  role: {
    readonly name: string;
    readonly labels?: StringMap;
    readonly relaxations?: readonly Relaxation[];
    readonly body: object;
  },
): ApiObject {
  const { relaxations = [] } = role;
  return objectOf(scope, id, {
    apiVersion: RBAC_API,
    kind: "ClusterRole",
    name: role.name,
    ...(role.labels === undefined ? {} : { labels: role.labels }),
    relaxations: () => relaxations,
    body: role.body,
  });
}

/** A RoleBinding in each namespace, each once, after the namespace. */
export function bindInNamespaces(scope: Construct, role: GroupRole, namespaces: readonly NamespaceTarget[]): void {
  for (const target of new Map(namespaces.map((n) => [namespaceName(n), n])).values()) {
    const binding = objectOf(scope, `RoleBinding-${namespaceName(target)}`, {
      apiVersion: RBAC_API,
      kind: "RoleBinding",
      name: role.roleName,
      namespace: namespaceName(target),
      relaxations: () => role.relaxations ?? [],
      body: bindingBody(role, role.groupIn === undefined ? [] : [role.groupIn(namespaceName(target))]),
    });
    if (target instanceof HardenedNamespace) binding.addDependency(ApiObject.of(target));
  }
}

/** A ClusterRoleBinding. */
export function bindInCluster(scope: Construct, role: GroupRole): ApiObject {
  return objectOf(scope, "ClusterRoleBinding", {
    apiVersion: RBAC_API,
    kind: "ClusterRoleBinding",
    name: role.roleName,
    relaxations: () => role.relaxations ?? [],
    body: bindingBody(role),
  });
}

function bindingBody({ group, roleName }: GroupRole, others: readonly string[] = []): object {
  return {
    subjects: [group, ...others].map((name) => ({ apiGroup: GROUP, kind: "Group", name })),
    roleRef: { apiGroup: GROUP, kind: "ClusterRole", name: roleName },
  };
}

/**
 * The issues of a list of namespaces. Whoever may delete or change pods in a namespace of the system acts as the cluster's
 * own components, so only personas that read are let in there.
 */
export function checkNamespaces(
  who: string,
  namespaces: readonly NamespaceTarget[],
  onlyReads: boolean,
): readonly Issue[] {
  const names = namespaces.map(namespaceName);
  if (names.length === 0)
    return [
      issue(
        "Required",
        "namespaces",
        "must name at least one namespace",
        names,
        "Say where the persona has its rights",
      ),
    ];
  return names.flatMap((name, i) => [
    ...checkName(`namespaces[${i}]`, name),
    ...(onlyReads || !name.startsWith("kube-")
      ? []
      : [
          issue(
            "NotAllowed",
            `namespaces[${i}]`,
            `must not be a namespace of the system for '${who}'`,
            name,
            "Give 'viewer' there, or nothing",
          ),
        ]),
  ]);
}
