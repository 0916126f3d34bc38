/**
 * Versions of Kubernetes' own APIs that are not served any more.
 *
 * Read 2026-11-21 from "Deprecated API Migration Guide" of the Kubernetes documentation
 * (https://kubernetes.io/docs/reference/using-api/deprecation-guide/) and compared with `versions.yaml` of the public
 * repository FairwindsOps/pluto. No release after 1.32 had removed a version that was on by default.
 */

/** One version of an API that a release stopped serving. */
export interface RemovedApi {
  /** Group and version as in a manifest: `policy/v1beta1`. */
  readonly apiVersion: string;
  readonly kinds: readonly string[];
  /** Minor version that serves it no more: 25 of `1.25`. */
  readonly removedIn: number;
  /** What to write instead; `undefined` when nothing took its place. */
  readonly use: string | undefined;
}

/** The versions, the latest removal first. */
export const REMOVED_APIS: readonly RemovedApi[] = [
  ...["v1beta3", "v1beta2", "v1beta1"].map((version, i) => ({
    apiVersion: `flowcontrol.apiserver.k8s.io/${version}`,
    kinds: ["FlowSchema", "PriorityLevelConfiguration"],
    removedIn: [32, 29, 26][i] ?? 32,
    use: "flowcontrol.apiserver.k8s.io/v1",
  })),
  { apiVersion: "storage.k8s.io/v1beta1", kinds: ["CSIStorageCapacity"], removedIn: 27, use: "storage.k8s.io/v1" },
  { apiVersion: "autoscaling/v2beta2", kinds: ["HorizontalPodAutoscaler"], removedIn: 26, use: "autoscaling/v2" },
  { apiVersion: "autoscaling/v2beta1", kinds: ["HorizontalPodAutoscaler"], removedIn: 25, use: "autoscaling/v2" },
  { apiVersion: "batch/v1beta1", kinds: ["CronJob"], removedIn: 25, use: "batch/v1" },
  { apiVersion: "discovery.k8s.io/v1beta1", kinds: ["EndpointSlice"], removedIn: 25, use: "discovery.k8s.io/v1" },
  { apiVersion: "events.k8s.io/v1beta1", kinds: ["Event"], removedIn: 25, use: "events.k8s.io/v1" },
  { apiVersion: "node.k8s.io/v1beta1", kinds: ["RuntimeClass"], removedIn: 25, use: "node.k8s.io/v1" },
  { apiVersion: "policy/v1beta1", kinds: ["PodDisruptionBudget"], removedIn: 25, use: "policy/v1" },
  { apiVersion: "policy/v1beta1", kinds: ["PodSecurityPolicy"], removedIn: 25, use: undefined },
  {
    apiVersion: "admissionregistration.k8s.io/v1beta1",
    kinds: ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"],
    removedIn: 22,
    use: "admissionregistration.k8s.io/v1",
  },
  {
    apiVersion: "apiextensions.k8s.io/v1beta1",
    kinds: ["CustomResourceDefinition"],
    removedIn: 22,
    use: "apiextensions.k8s.io/v1",
  },
  {
    apiVersion: "apiregistration.k8s.io/v1beta1",
    kinds: ["APIService"],
    removedIn: 22,
    use: "apiregistration.k8s.io/v1",
  },
  {
    apiVersion: "certificates.k8s.io/v1beta1",
    kinds: ["CertificateSigningRequest"],
    removedIn: 22,
    use: "certificates.k8s.io/v1",
  },
  { apiVersion: "coordination.k8s.io/v1beta1", kinds: ["Lease"], removedIn: 22, use: "coordination.k8s.io/v1" },
  { apiVersion: "extensions/v1beta1", kinds: ["Ingress"], removedIn: 22, use: "networking.k8s.io/v1" },
  {
    apiVersion: "networking.k8s.io/v1beta1",
    kinds: ["Ingress", "IngressClass"],
    removedIn: 22,
    use: "networking.k8s.io/v1",
  },
  ...["v1alpha1", "v1beta1"].map((version) => ({
    apiVersion: `rbac.authorization.k8s.io/${version}`,
    kinds: ["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"],
    removedIn: 22,
    use: "rbac.authorization.k8s.io/v1",
  })),
  { apiVersion: "scheduling.k8s.io/v1beta1", kinds: ["PriorityClass"], removedIn: 22, use: "scheduling.k8s.io/v1" },
  {
    apiVersion: "storage.k8s.io/v1beta1",
    kinds: ["CSIDriver", "CSINode", "StorageClass", "VolumeAttachment"],
    removedIn: 22,
    use: "storage.k8s.io/v1",
  },
  ...["apps/v1beta1", "apps/v1beta2", "extensions/v1beta1"].map((apiVersion) => ({
    apiVersion,
    kinds: ["DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"],
    removedIn: 16,
    use: "apps/v1",
  })),
  { apiVersion: "extensions/v1beta1", kinds: ["NetworkPolicy"], removedIn: 16, use: "networking.k8s.io/v1" },
  { apiVersion: "extensions/v1beta1", kinds: ["PodSecurityPolicy"], removedIn: 16, use: undefined },
];
