import type { Issue } from "../core/issue.js";
import { checkWhole } from "./checks.js";
import type { StringMap } from "./manifest.js";
import { resourcesManifest, resourcesOf } from "./resources.js";
import type { ContainerResources } from "./resources.js";

/**
 * What all pods of a namespace together may ask for. Load balancers and node ports of Services are always zero: traffic
 * enters by an ingress.
 */
export interface NamespaceQuota {
  /** Sum of the requests, in whole CPUs. @default 8 */
  readonly cpuRequestCores?: number;
  /** Sum of the limits, in whole CPUs. @default 16 */
  readonly cpuLimitCores?: number;
  /** Sum of requests, and of limits, in GiB. @default 16 */
  readonly memoryGiB?: number;
  /** @default 50 */
  readonly pods?: number;
  /** @default 10 */
  readonly persistentVolumeClaims?: number;
  /** Sum of what the claims request, in GiB. @default 100 */
  readonly storageGiB?: number;
}

/** What the pods of one priority class together may ask for; what is left out is not limited for them alone. */
export type PriorityQuota = Pick<NamespaceQuota, "cpuRequestCores" | "cpuLimitCores" | "memoryGiB" | "pods">;

/** Quota of a namespace when nobody says otherwise. */
export const QUOTA_DEFAULTS = {
  cpuRequestCores: 8,
  cpuLimitCores: 16,
  memoryGiB: 16,
  pods: 50,
  persistentVolumeClaims: 10,
  storageGiB: 100,
} as const satisfies Required<NamespaceQuota>;

/** `spec` of the ResourceQuota. */
export function quotaSpec(quota: NamespaceQuota): { readonly hard: StringMap } {
  const q = quotaOf(quota);
  return {
    hard: {
      "requests.cpu": `${q.cpuRequestCores}`,
      "limits.cpu": `${q.cpuLimitCores}`,
      "requests.memory": `${q.memoryGiB}Gi`,
      "limits.memory": `${q.memoryGiB}Gi`,
      pods: `${q.pods}`,
      persistentvolumeclaims: `${q.persistentVolumeClaims}`,
      "requests.storage": `${q.storageGiB}Gi`,
      "services.loadbalancers": "0",
      "services.nodeports": "0",
    },
  };
}

/** `spec` of the ResourceQuota for the pods of one priority class. */
export function priorityQuotaSpec(priorityClassName: string, q: PriorityQuota): object {
  const memory = q.memoryGiB === undefined ? undefined : `${q.memoryGiB}Gi`;
  const hard = {
    "requests.cpu": q.cpuRequestCores,
    "limits.cpu": q.cpuLimitCores,
    "requests.memory": memory,
    "limits.memory": memory,
    pods: q.pods,
  };
  const given = Object.entries(hard).filter(([, value]) => value !== undefined);
  return {
    hard: Object.fromEntries(given.map(([key, value]) => [key, `${value}`])),
    scopeSelector: {
      matchExpressions: [{ scopeName: "PriorityClass", operator: "In", values: [priorityClassName] }],
    },
  };
}

/** `spec` of the LimitRange: requests and limits for containers that name none. */
export function limitRangeSpec(defaults: ContainerResources): object {
  const { requests, limits } = resourcesManifest(resourcesOf(defaults));
  return { limits: [{ type: "Container", defaultRequest: requests, default: limits }] };
}

/** The issues of a quota, as given or with its defaults. */
export function checkQuota(path: string, quota: NamespaceQuota): readonly Issue[] {
  const given = Object.entries(quota as Readonly<Record<string, number | undefined>>);
  return given.flatMap(([name, value]) =>
    value === undefined ? [] : checkWhole(`${path}.${name}`, value, 0, 1_000_000),
  );
}

/** Every value of a quota, the default where it has none. */
export function quotaOf(given: NamespaceQuota): Required<NamespaceQuota> {
  return {
    cpuRequestCores: given.cpuRequestCores ?? QUOTA_DEFAULTS.cpuRequestCores,
    cpuLimitCores: given.cpuLimitCores ?? QUOTA_DEFAULTS.cpuLimitCores,
    memoryGiB: given.memoryGiB ?? QUOTA_DEFAULTS.memoryGiB,
    pods: given.pods ?? QUOTA_DEFAULTS.pods,
    persistentVolumeClaims: given.persistentVolumeClaims ?? QUOTA_DEFAULTS.persistentVolumeClaims,
    storageGiB: given.storageGiB ?? QUOTA_DEFAULTS.storageGiB,
  };
}
