/** Requests that change something. `CONNECT` is exec, attach and the like. */
export type AdmissionOperation = "CREATE" | "UPDATE" | "CONNECT";

/** Objects of one kind: the API server and Kyverno match the resource, Gatekeeper the kind of what is sent. */
export interface MatchedResource {
  /** API group, empty for the core. */
  readonly group: string;
  readonly version: string;
  /** Plural name, with the subresource: `pods`, `pods/exec`. */
  readonly resource: string;
  /** Kind of the object in the request: `Pod`, `PodExecOptions`. */
  readonly kind: string;
  readonly operations: readonly AdmissionOperation[];
}

const WRITE = ["CREATE", "UPDATE"] as const;

function core(resource: string, kind: string, operations: readonly AdmissionOperation[] = WRITE): MatchedResource {
  return { group: "", version: "v1", resource, kind, operations };
}

function inGroup(group: string, resource: string, kind: string): MatchedResource {
  return { group, version: "v1", resource, kind, operations: WRITE };
}

/** Pods as they are made, changed, and given ephemeral containers. */
export const PODS: readonly MatchedResource[] = [
  core("pods", "Pod"),
  core("pods/ephemeralcontainers", "Pod", ["UPDATE"]),
];

/** Ways into a running container. */
export const POD_ENTRANCES: readonly MatchedResource[] = [
  core("pods/attach", "PodAttachOptions", ["CONNECT"]),
  core("pods/exec", "PodExecOptions", ["CONNECT"]),
  core("pods/ephemeralcontainers", "Pod", ["UPDATE"]),
];

/** What makes pods. */
export const WORKLOADS: readonly MatchedResource[] = [
  inGroup("apps", "daemonsets", "DaemonSet"),
  inGroup("apps", "deployments", "Deployment"),
  inGroup("apps", "statefulsets", "StatefulSet"),
  inGroup("batch", "cronjobs", "CronJob"),
  inGroup("batch", "jobs", "Job"),
];

/** What applications consist of, where it lies matters. */
export const APPLICATION_OBJECTS: readonly MatchedResource[] = [
  core("persistentvolumeclaims", "PersistentVolumeClaim"),
  core("pods", "Pod"),
  ...WORKLOADS,
  inGroup("networking.k8s.io", "ingresses", "Ingress"),
];

/** Namespaces. */
export const NAMESPACES: readonly MatchedResource[] = [core("namespaces", "Namespace")];

/** Disks of the cluster. */
export const PERSISTENT_VOLUMES: readonly MatchedResource[] = [core("persistentvolumes", "PersistentVolume")];

/** Secrets. */
export const SECRETS: readonly MatchedResource[] = [core("secrets", "Secret")];

/** Services. */
export const SERVICES: readonly MatchedResource[] = [core("services", "Service")];

/** Roles of RBAC. */
export const ROLES: readonly MatchedResource[] = [
  inGroup("rbac.authorization.k8s.io", "clusterroles", "ClusterRole"),
  inGroup("rbac.authorization.k8s.io", "roles", "Role"),
];
