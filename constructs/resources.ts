import { checkWhole } from "./checks.js";
import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";
import type { ContainerManifest } from "./manifest.js";

/** What a container may use. Every container has requests and limits of CPU, memory and scratch space. */
export interface ContainerResources {
  /** Thousandths of a CPU that the scheduler sets aside. @default 100 */
  readonly cpuRequestMillicores?: number;
  /** Thousandths of a CPU at which the container is slowed down. @default 500 */
  readonly cpuLimitMillicores?: number;
  /** Memory, requested and limited alike, so that a node never runs out of what it promised. @default 256 */
  readonly memoryMiB?: number;
  /** Logs and writable layer on the node's disk; the kubelet evicts the pod above it. @default 256 */
  readonly ephemeralStorageMiB?: number;
}

/**
 * Quality of service of a pod, by its Kubernetes name. `Guaranteed`: every container's CPU limit is its request, so that it is
 * never slowed down below it and is evicted last. `Burstable`: limits above requests. A pod is never `BestEffort` here.
 */
export type QosClass = "Guaranteed" | "Burstable";

/** Resources of a container when nobody says otherwise. */
export const RESOURCE_DEFAULTS = {
  cpuRequestMillicores: 100,
  cpuLimitMillicores: 500,
  memoryMiB: 256,
  ephemeralStorageMiB: 256,
} as const satisfies Required<ContainerResources>;

/** Every value of `given`, the default where it has none; for `Guaranteed`, the request as the CPU limit. */
export function resourcesOf(given: ContainerResources, qosClass: QosClass = "Burstable"): Required<ContainerResources> {
  const request = given.cpuRequestMillicores ?? RESOURCE_DEFAULTS.cpuRequestMillicores;
  const limit = qosClass === "Guaranteed" ? request : RESOURCE_DEFAULTS.cpuLimitMillicores;
  return {
    cpuRequestMillicores: request,
    cpuLimitMillicores: given.cpuLimitMillicores ?? limit,
    memoryMiB: given.memoryMiB ?? RESOURCE_DEFAULTS.memoryMiB,
    ephemeralStorageMiB: given.ephemeralStorageMiB ?? RESOURCE_DEFAULTS.ephemeralStorageMiB,
  };
}

/** As Kubernetes writes quantities. */
export function resourcesManifest(r: Required<ContainerResources>): ContainerManifest["resources"] {
  const common = { memory: `${r.memoryMiB}Mi`, "ephemeral-storage": `${r.ephemeralStorageMiB}Mi` };
  return {
    requests: { cpu: `${r.cpuRequestMillicores}m`, ...common },
    limits: { cpu: `${r.cpuLimitMillicores}m`, ...common },
  };
}

/** The issues of resources. */
export function checkResources(
  path: string,
  r: Required<ContainerResources>,
  qosClass: QosClass = "Burstable",
): readonly Issue[] {
  const issues = [
    ...checkWhole(`${path}.cpuRequestMillicores`, r.cpuRequestMillicores, 1, 1_000_000),
    ...checkWhole(`${path}.cpuLimitMillicores`, r.cpuLimitMillicores, 1, 1_000_000),
    ...checkWhole(`${path}.memoryMiB`, r.memoryMiB, 4, 16_777_216),
    ...checkWhole(`${path}.ephemeralStorageMiB`, r.ephemeralStorageMiB, 1, 16_777_216),
  ];
  if (r.cpuLimitMillicores < r.cpuRequestMillicores)
    issues.push(
      issue(
        "Conflict",
        `${path}.cpuLimitMillicores`,
        `must not be below the request of ${r.cpuRequestMillicores}`,
        r.cpuLimitMillicores,
        "Raise the limit or lower the request",
      ),
    );
  else if (qosClass === "Guaranteed" && r.cpuLimitMillicores !== r.cpuRequestMillicores)
    issues.push(
      issue(
        "Conflict",
        `${path}.cpuLimitMillicores`,
        `must equal the request of ${r.cpuRequestMillicores} in a pod of class 'Guaranteed'`,
        r.cpuLimitMillicores,
        "Leave the limit out, or make the pod 'Burstable'",
      ),
    );
  return issues;
}
