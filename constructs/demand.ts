import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";
import type { NamespaceQuota } from "./namespace-quota.js";
import type { PodProps } from "./pod.js";
import { podVolumes } from "./pod.js";
import { resourcesOf } from "./resources.js";
import type { ContainerProps } from "./container.js";

/** What a workload takes of its namespace's quota when it has all the pods that it may have at once. */
export interface Demand {
  /** For people: `Deployment web`. */
  readonly name: string;
  readonly pods: number;
  readonly cpuRequestMillicores: number;
  readonly cpuLimitMillicores: number;
  /** Requested and limited alike. */
  readonly memoryMiB: number;
  readonly persistentVolumeClaims: number;
  readonly storageGiB: number;
  /** Name of the priority class, by which quotas may be split. */
  readonly priorityClassName: string | undefined;
}

/** The demand of so many pods at once, of which so many have disks. */
export function demandOf(name: string, props: PodProps, pods: number, podsWithDisks = 0): Demand {
  const of = (c: ContainerProps): ReturnType<typeof resourcesOf> => resourcesOf(c.resources ?? {}, props.qosClass);
  const together = [props, ...(props.sidecars ?? [])].map(of);
  const alone = (props.initContainers ?? []).map(of);
  // As the scheduler counts: what runs together is added up, what runs before it only counts where it is more.
  const need = (read: (r: ReturnType<typeof resourcesOf>) => number): number =>
    pods *
    Math.max(
      together.map(read).reduce((a, b) => a + b, 0),
      ...alone.map(read),
    );
  const disks = podVolumes(props).flatMap(({ source }) => (source.kind === "claim" ? [source.sizeGiB] : []));
  return {
    name,
    pods,
    cpuRequestMillicores: need((r) => r.cpuRequestMillicores),
    cpuLimitMillicores: need((r) => r.cpuLimitMillicores),
    memoryMiB: need((r) => r.memoryMiB),
    persistentVolumeClaims: podsWithDisks * disks.length,
    storageGiB: podsWithDisks * disks.reduce((a, b) => a + b, 0),
    priorityClassName: props.priorityClassName,
  };
}

/** The issues of a quota that is smaller than what the workloads of its namespace need together. */
export function checkDemand(path: string, quota: NamespaceQuota, demands: readonly Demand[]): readonly Issue[] {
  const rows = [
    ["cpuRequestCores", 1000, sum(demands, "cpuRequestMillicores"), "millicores"],
    ["cpuLimitCores", 1000, sum(demands, "cpuLimitMillicores"), "millicores"],
    ["memoryGiB", 1024, sum(demands, "memoryMiB"), "MiB"],
    ["pods", 1, sum(demands, "pods"), "pods"],
    ["persistentVolumeClaims", 1, sum(demands, "persistentVolumeClaims"), "claims"],
    ["storageGiB", 1, sum(demands, "storageGiB"), "GiB"],
  ] as const;
  const names = demands.map(({ name }) => name).join(", ");
  return rows
    .filter(([key, unitsEach, needed]) => needed > (quota[key] ?? Infinity) * unitsEach)
    .map(([key, , needed, unit]) =>
      issue(
        "Conflict",
        `${path}.${key}`,
        `must hold the ${needed} ${unit} that ${names} need at once`,
        quota[key],
        "Raise the quota, or lower replicas and requests",
      ),
    );
}

function sum(demands: readonly Demand[], key: Exclude<keyof Demand, "name" | "priorityClassName">): number {
  return demands.reduce((total, demand) => total + demand[key], 0);
}
