/**
 * The CLUSTER, CONTAINER and CODE rings: cdk8s constructs that are hardened by default, usable in any cdk8s app. Published as
 * `ringfence/constructs`.
 */
import "./peers.js";

export { Cidr } from "../core/cidr.js";
export type { ClusterContract } from "../core/contract.js";
export type { Reason, Relaxation } from "../core/relaxation.js";
export * from "./access/index.js";
export * from "./admission/index.js";
export * from "./certificates/index.js";
export * from "./ingress/index.js";
export { AdoptedPods } from "./adopted-pods.js";
export type { AdoptedPodsProps, LabelledWorkload } from "./adopted-pods.js";
export { AUTOSCALING_DEFAULTS } from "./autoscaling.js";
export type { Autoscaling } from "./autoscaling.js";
export { ConnectedPods, connectionsOf } from "./connected-pods.js";
export type { ConnectedPodsFacts } from "./connected-pods.js";
export { AppArmor, Seccomp } from "./confinement.js";
export type { ConfinementProps, SeLinuxOptions, SeLinuxType } from "./confinement.js";
export { isolationOf } from "./connection.js";
export type {
  AddressesEnd,
  Connection,
  ConnectionEnd,
  EndRole,
  HostsEnd,
  Isolation,
  NamespaceEnd,
  PodsEnd,
  Way,
} from "./connection.js";
export type { ContainerProps, NamedContainerProps } from "./container.js";
export { CRON_JOB_DEFAULTS, HardenedCronJob } from "./cron-job.js";
export type { HardenedCronJobProps } from "./cron-job.js";
export { DAEMON_SET_DEFAULTS, HardenedDaemonSet } from "./daemon-set.js";
export type { HardenedDaemonSetProps } from "./daemon-set.js";
export { DEPLOYMENT_DEFAULTS, HardenedDeployment } from "./deployment.js";
export type { HardenedDeploymentProps } from "./deployment.js";
export type { EnvValue, PodField } from "./environment.js";
export { HostAccess } from "./host-access.js";
export type { HostAccessKind, HostPathOptions } from "./host-access.js";
export { ImageRef } from "./image-ref.js";
export { HardenedJob, JOB_DEFAULTS } from "./job.js";
export type { HardenedJobProps, RunProps } from "./job.js";
export { LifecycleHook } from "./lifecycle.js";
export type { StringMap } from "./manifest.js";
export { manifestsOf } from "./manifests-of.js";
export type { SynthesizedManifest } from "./manifests-of.js";
export { HardenedNamespace, SYSTEM_NAMESPACES } from "./namespace.js";
export type { HardenedNamespaceProps } from "./namespace.js";
export { QUOTA_DEFAULTS } from "./namespace-quota.js";
export type { NamespaceQuota, PriorityQuota } from "./namespace-quota.js";
export * from "./network/index.js";
export * from "./nodes/index.js";
export { patch, patchFields } from "./patch.js";
export type { PartOf } from "./patch.js";
export { Peer, PROMETHEUS_DEFAULTS } from "./peer.js";
export { POD_DEFAULTS } from "./pod.js";
export type { PodProps } from "./pod.js";
export { PodSecurity } from "./pod-security.js";
export type { PodSecurityLevel } from "./pod-security.js";
export { Port } from "./port.js";
export type { HttpRule, NamedPorts, Protocol } from "./port.js";
export { Probe, PROBE_DEFAULTS } from "./probe.js";
export type { HttpProbeOptions, ProbeAction, ProbeTiming } from "./probe.js";
export { RESOURCE_DEFAULTS } from "./resources.js";
export type { ContainerResources, QosClass } from "./resources.js";
export type { ReplicatedProps } from "./replicated.js";
export { RootFilesystem } from "./root-filesystem.js";
export { RUN_AS_DEFAULTS, RunAs } from "./run-as.js";
export { Sandbox, SandboxedRuntime } from "./sandboxed-runtime.js";
export type { SandboxedRuntimeProps } from "./sandboxed-runtime.js";
export { AntiAffinity, DisruptionBudget, EveryTaint, Spread } from "./scheduling.js";
export type { SchedulingProps, SpreadKind, Toleration } from "./scheduling.js";
export { ServiceAccountToken, TOKEN_DEFAULTS } from "./service-account-token.js";
export type { MountedToken, ProjectedTokenOptions, TokenOptions } from "./service-account-token.js";
export { SharedVolume } from "./shared-volume.js";
export type { SharedVolumeProps } from "./shared-volume.js";
export { HardenedStatefulSet, STATEFUL_SET_DEFAULTS } from "./stateful-set.js";
export type { HardenedStatefulSetProps } from "./stateful-set.js";
export { EncryptedStorageClass } from "./storage-class.js";
export type { EbsDriver, EncryptedStorageClassProps } from "./storage-class.js";
export { SystemNamespace } from "./system-namespace.js";
export type { SystemNamespaceProps } from "./system-namespace.js";
export { UserNamespace } from "./user-namespace.js";
export { Volume, VOLUME_DEFAULTS } from "./volume.js";
export type { ClaimOptions, ReadOnlyMount, ScratchOptions, VolumeSource } from "./volume.js";
export { Workload } from "./workload.js";
export type { ExposedPort, ExposeOptions, WorkloadProps } from "./workload.js";
export { PRIORITY_DEFAULTS, WorkloadPriority } from "./workload-priority.js";
export type { WorkloadPriorityProps } from "./workload-priority.js";
