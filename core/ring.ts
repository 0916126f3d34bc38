/** The four rings of cloud native security, the outermost first (https://kubernetes.io/docs/concepts/security/). */
export const RINGS = ["cloud", "cluster", "container", "code"] as const;

/** One of the four rings, in lower case everywhere. */
export type Ring = (typeof RINGS)[number];

/** Kubernetes kinds that run containers; everything else of Kubernetes belongs to the cluster ring. */
const WORKLOAD =
  /^kubernetes:(?:core|apps|batch)\/[^:]+:(?:Pod|PodTemplate|ReplicationController|ReplicaSet|Deployment|StatefulSet|DaemonSet|Job|CronJob)(?:Patch)?$/;

/**
 * The ring of a resource by its wire token: workloads are container, the rest of Kubernetes cluster, everything else cloud.
 * Code is a ring of rules (images, delivery, secrets in source); no resource lies in it.
 */
export function ringOfType(type: string): Ring {
  if (!type.startsWith("kubernetes:")) return "cloud";
  return WORKLOAD.test(type) ? "container" : "cluster";
}
