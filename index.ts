/**
 * Ringfence: a hardened Kubernetes cluster on AWS in ten lines.
 *
 * The parts are at `ringfence/infra` and `ringfence/constructs`, the judge at `ringfence/policies` and `ringfence/plan`.
 */
import "./blueprint/peers.js";

export { SecureCluster } from "./blueprint/secure-cluster.js";
export type { SecureClusterArgs } from "./blueprint/args.js";
export type { NodePoolChoices } from "./blueprint/auto-mode.js";
export type {
  AddonSettings,
  BastionChoices,
  ClusterChoices,
  DetectionChoices,
  NetworkChoices,
  NodeChoices,
  RegistryChoices,
} from "./blueprint/choices.js";
export type { ClusterOutputs, SubnetOutputs } from "./blueprint/outputs.js";
export { adopt } from "./blueprint/adopt.js";
export type { Adopted, AdoptedFrom } from "./blueprint/adopt.js";
export { ApiAccess } from "./blueprint/api-access.js";
export type { ApiAddress, ReachableCluster, TunnelOptions } from "./blueprint/api-access.js";
export type { AppClass, DeployArgs, DeployOptions, LateProps, OwnProps } from "./blueprint/app-types.js";
export type { AppContext, CloudPods, CloudScope, CloudSecret, CloudStatement } from "./blueprint/cloud-scope.js";
export { Preset } from "./blueprint/preset.js";
export type { ClusterPreset } from "./blueprint/preset.js";
export { DeployedApp } from "./blueprint/deployed-app.js";
export { KubernetesObject } from "./blueprint/kubernetes-object.js";

export { Arn } from "./core/arn.js";
export { Cidr } from "./core/cidr.js";
export type { ClusterContract } from "./core/contract.js";
export type { Reason, Relaxation } from "./core/relaxation.js";
export { isSymbolic } from "./core/symbolic.js";

export {
  DeletionProtection,
  Egress,
  EndpointAccess,
  NodeSubnets,
  Principal,
  PullThrough,
  StatementRelaxation,
} from "./infra/index.js";
export type {
  CredentialOptions,
  EndpointFeature,
  FirewallOptions,
  KeysRef,
  Member,
  NamespaceMember,
  NatOptions,
  NetworkRef,
  PersonaMembers,
  PrincipalOptions,
  PullThroughOptions,
  Tags,
  ZoneId,
} from "./infra/index.js";
export { NamespaceExemption } from "./constructs/index.js";
