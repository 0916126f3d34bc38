/**
 * The CLUSTER, CONTAINER and CODE rings: cdk8s constructs that are hardened by default, usable in any cdk8s app. Published as
 * `ringfence/constructs`.
 */
import "./peers.js";

export { AdmissionGuardrails, EXEMPT_NAMESPACES, NamespaceExemption } from "./admission-guardrails.js";
export type { AdmissionGuardrailsProps } from "./admission-guardrails.js";
export { AdoptedPods } from "./adopted-pods.js";
export type { AdoptedPodsProps, LabelledWorkload } from "./adopted-pods.js";
export { ConnectedPods, connectionsOf } from "./connected-pods.js";
export type { ConnectedPodsFacts } from "./connected-pods.js";
export type { AddressesEnd, Connection, ConnectionEnd, NamespaceEnd, PodsEnd } from "./connection.js";
export type { ContainerProps, NamedContainerProps } from "./container.js";
export { DEPLOYMENT_DEFAULTS, HardenedDeployment } from "./deployment.js";
export type { HardenedDeploymentProps } from "./deployment.js";
export type { EnvValue, PodField } from "./environment.js";
export type { GuardrailDefinition } from "./guardrails.js";
export { ImageRef } from "./image-ref.js";
export { AlbScheme, IngressClass } from "./ingress-class.js";
export type { AlbProps, InternetFacingOptions, NamedClassProps } from "./ingress-class.js";
export type { StringMap } from "./manifest.js";
export { HardenedNamespace, SYSTEM_NAMESPACES } from "./namespace.js";
export type { HardenedNamespaceProps } from "./namespace.js";
export { QUOTA_DEFAULTS } from "./namespace-quota.js";
export type { NamespaceQuota } from "./namespace-quota.js";
export { patch } from "./patch.js";
export { Peer } from "./peer.js";
export { Persona } from "./persona.js";
export type { PersonaProps } from "./persona.js";
export { personaGroup, PERSONAS } from "./personas.js";
export type { PersonaDefinition, PersonaName } from "./personas.js";
export { POD_DEFAULTS } from "./pod.js";
export type { PodProps } from "./pod.js";
export { PodSecurity } from "./pod-security.js";
export type { PodSecurityLevel } from "./pod-security.js";
export { Port } from "./port.js";
export type { NamedPorts, Protocol } from "./port.js";
export { Probe, PROBE_DEFAULTS } from "./probe.js";
export type { HttpProbeOptions, ProbeAction, ProbeTiming } from "./probe.js";
export { RESOURCE_DEFAULTS } from "./resources.js";
export type { ContainerResources } from "./resources.js";
export { RootFilesystem } from "./root-filesystem.js";
export { RUN_AS_DEFAULTS, RunAs } from "./run-as.js";
export { ServiceAccountToken, TOKEN_DEFAULTS } from "./service-account-token.js";
export type { MountedToken, ProjectedTokenOptions, TokenOptions } from "./service-account-token.js";
export { HardenedStatefulSet, STATEFUL_SET_DEFAULTS } from "./stateful-set.js";
export type { HardenedStatefulSetProps } from "./stateful-set.js";
export { EncryptedStorageClass } from "./storage-class.js";
export type { EncryptedStorageClassProps } from "./storage-class.js";
export { TlsIngress } from "./tls-ingress.js";
export type { IngressRoute, TlsIngressProps } from "./tls-ingress.js";
export { Volume, VOLUME_DEFAULTS } from "./volume.js";
export type { ClaimOptions, ReadOnlyMount, ScratchOptions, VolumeSource } from "./volume.js";
export { Workload } from "./workload.js";
export type { ExposedPort, ExposeOptions, WorkloadProps } from "./workload.js";
