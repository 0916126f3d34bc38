import { ApiObject } from "cdk8s";
import type { IConstruct } from "constructs";
import { compareVersions, DEFAULT_KUBERNETES_VERSION } from "../core/data/kubernetes-versions.js";
import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";
import { checkName, checkSubdomain, issuesOf } from "./checks.js";
import { checkWay } from "./connection.js";
import { checkDemand } from "./demand.js";
import type { Demand } from "./demand.js";
import { checkHostAccess } from "./host-access.js";
import { checkRegistryName } from "./image-ref.js";
import type { HardenedNamespaceProps } from "./namespace.js";
import { checkQuota, quotaOf } from "./namespace-quota.js";
import { checkResources, resourcesOf } from "./resources.js";
/** Namespaces of Kubernetes itself, and the one that objects without a namespace fall into. */
export const SYSTEM_NAMESPACES = ["default", "kube-node-lease", "kube-public", "kube-system"] as const;

/** Kinds that people put into a namespace and that would silently land in another one. */
const NAMESPACED_KINDS: ReadonlySet<string> = new Set([
  ...["Pod", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob", "HorizontalPodAutoscaler"],
  ...["ConfigMap", "Secret", "PersistentVolumeClaim", "PodDisruptionBudget", "ServiceAccount", "Role", "RoleBinding"],
  ...["Service", "Ingress", "NetworkPolicy"],
]);

/** The namespace that is checked, as its construct knows it. */
export interface CheckedNamespace extends IConstruct {
  readonly name: string;
}

/**
 * The issues of a namespace.
 *
 * @param ownerOf The namespace construct around another construct.
 */
export function checkNamespace(
  scope: CheckedNamespace,
  props: HardenedNamespaceProps,
  demands: readonly Demand[],
  ownerOf: (construct: IConstruct) => IConstruct | undefined,
): readonly Issue[] {
  return [
    ...checkProps(scope.name, props),
    ...checkQuotas(props, demands),
    ...checkStrays(scope, (object) => ownerOf(object) === scope),
  ];
}

function checkQuotas(props: HardenedNamespaceProps, demands: readonly Demand[]): readonly Issue[] {
  const malformed = [
    ...checkQuota("quota", props.quota ?? {}),
    ...Object.entries(props.priorityQuotas ?? {}).flatMap(([name, quota]) => [
      ...checkSubdomain("priorityQuotas", name),
      ...checkQuota(`priorityQuotas.${name}`, quota),
    ]),
  ];
  if (malformed.length > 0) return malformed;
  return [
    ...checkDemand("quota", quotaOf(props.quota ?? {}), demands),
    ...Object.entries(props.priorityQuotas ?? {}).flatMap(([name, quota]) =>
      checkDemand(
        `priorityQuotas.${name}`,
        quota,
        demands.filter((demand) => demand.priorityClassName === name),
      ),
    ),
  ];
}

function checkProps(name: string, props: HardenedNamespaceProps): readonly Issue[] {
  const version = props.kubernetesVersion ?? DEFAULT_KUBERNETES_VERSION;
  const issues = [
    ...checkName("name", name),
    ...issuesOf(() => compareVersions(version, DEFAULT_KUBERNETES_VERSION)),
    ...(props.approvedRegistries ?? []).flatMap((r, i) => checkRegistryName(`approvedRegistries[${i}]`, r)),
    ...(props.podSecurity?.hostAccess ?? []).flatMap((access, i) => checkHostAccess(`hostAccess[${i}]`, access)),
    ...(props.dns ?? []).flatMap((peer) => checkWay("dns", peer)),
    ...checkResources("containerDefaults", resourcesOf(props.containerDefaults ?? {})),
  ];
  if (name.startsWith("kube-") || SYSTEM_NAMESPACES.some((system) => system === name))
    issues.push(
      issue(
        "NotAllowed",
        "name",
        "must not be a namespace of the system",
        name,
        "Give the application a namespace of its own",
      ),
    );
  const taken = Object.keys(props.labels ?? {}).filter((label) => label.startsWith("pod-security.kubernetes.io/"));
  return [
    ...issues,
    ...taken.map((label) => issue("NotAllowed", "labels", "must not set Pod Security", label, "Use 'podSecurity'")),
  ];
}

/** Objects of other libraries below the namespace construct that would land elsewhere, away from its guards. */
function checkStrays(scope: CheckedNamespace, isMine: (object: IConstruct) => boolean): readonly Issue[] {
  const { name } = scope;
  return scope.node
    .findAll()
    .filter((child) => ApiObject.isApiObject(child))
    .filter((object) => NAMESPACED_KINDS.has(object.kind) && isMine(object))
    .filter((object) => object.metadata.namespace !== name)
    .map((object) =>
      issue(
        "Conflict",
        `${object.kind} ${object.name}`,
        `must have the namespace '${name}'`,
        object.metadata.namespace,
        `Give it metadata: { namespace: '${name}' }, or make it outside the HardenedNamespace`,
      ),
    );
}
