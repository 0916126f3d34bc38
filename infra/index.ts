/** Hardened Pulumi components for AWS, published as `ringfence/infra`. Each is usable alone. */
import "./peers.js";

export { Arn } from "../core/arn.js";
export { Cidr } from "../core/cidr.js";
export { ADDON_NAMES, ADDON_VERSIONS } from "../core/data/addon-versions.js";
export type { AddonName } from "../core/data/addon-versions.js";
export { DEFAULT_KUBERNETES_VERSION, KUBERNETES_VERSIONS } from "../core/data/kubernetes-versions.js";
export { REGIONS } from "../core/data/regions.js";
export type { RegionFacts, ZoneId } from "../core/data/regions.js";
export type { Reason, Relaxation } from "../core/relaxation.js";

export { DEFAULT_LOG_RETENTION_DAYS } from "./log-group.js";
export type { Tags } from "./options.js";
export { DeletionProtection } from "./protection.js";

export { Network, NETWORK_DEFAULTS } from "./network/network.js";
export type { NetworkArgs } from "./network/network.js";
export { Egress } from "./network/egress.js";
export { ENDPOINT_FEATURES, endpointsFor } from "./network/endpoints.js";
export type { EndpointFeature, EndpointService } from "./network/endpoints.js";
export { planNetwork } from "./network/plan.js";
export type { NetworkPlan, Zones } from "./network/plan.js";
export { planSubnets, subnetIssues } from "./network/subnets.js";
export type { SubnetPlan, SubnetsSpec, SubnetTier } from "./network/subnets.js";

export { EncryptionKeys, KEY_DELETION_WINDOW_DAYS } from "./encryption/encryption-keys.js";
export type { EncryptionKeysArgs } from "./encryption/encryption-keys.js";
export { KEY_PURPOSES } from "./encryption/key-policy.js";
export type { KeyPurpose } from "./encryption/key-policy.js";

export { Cluster, CLUSTER_DEFAULTS, CLUSTER_LOG_TYPES } from "./cluster/cluster.js";
export type { ClusterArgs } from "./cluster/cluster.js";
export { ClusterAddons } from "./cluster/cluster-addons.js";
export type { BlockStorage, ClusterAddonsArgs } from "./cluster/cluster-addons.js";
export { EndpointAccess } from "./cluster/endpoint-access.js";
export type { AddonVersions } from "./cluster/version.js";

export { NodeGroup, NODE_GROUP_DEFAULTS } from "./nodes/node-group.js";
export type { NodeGroupArgs } from "./nodes/node-group.js";
export type { AmiType, Scaling, Taint } from "./nodes/plan.js";

export { Access } from "./identity/access.js";
export type { AccessArgs } from "./identity/access.js";
export { BOUNDARY_ACTIONS, BOUNDARY_DENIED_ACTIONS, PermissionsBoundary } from "./identity/permissions-boundary.js";
export type { PermissionsBoundaryArgs } from "./identity/permissions-boundary.js";
export { PERSONAS } from "./identity/personas.js";
export type { PersonaName } from "./identity/personas.js";
export { PodIdentity } from "./identity/pod-identity.js";
export type { PodIdentityArgs } from "./identity/pod-identity.js";
export { policyDocument } from "./identity/policy-document.js";
export type { Conditions, Statement, StatementPrincipals } from "./identity/policy-document.js";
export { Principal } from "./identity/principal.js";
export type { PrincipalOptions } from "./identity/principal.js";

export { Bastion, BASTION_DEFAULTS } from "./bastion/bastion.js";
export type { BastionArgs } from "./bastion/bastion.js";

export { PullThrough } from "./registry/pull-through.js";
export type { CredentialOptions, PullThroughOptions } from "./registry/pull-through.js";
export { Registry, UNTAGGED_IMAGE_DAYS } from "./registry/registry.js";
export type { RegistryArgs } from "./registry/registry.js";

export { AccountServices } from "./detection/account-services.js";
export type { AccountServicesArgs } from "./detection/account-services.js";
export { ACCOUNT_SERVICE_DEFAULTS } from "./detection/account-options.js";
export type {
  AccessAnalyzerOptions,
  AccountServicesOptions,
  ConfigOptions,
  GuardDutyOptions,
  InspectorOptions,
  SecurityHubOptions,
} from "./detection/account-options.js";
export { AlertTopic } from "./detection/alert-topic.js";
export type { AlertTopicArgs, Subscriber } from "./detection/alert-topic.js";
export { AUDIT_TRAIL_DEFAULTS, AuditTrail } from "./detection/audit-trail.js";
export type { AuditTrailArgs, TrailOptions } from "./detection/audit-trail.js";
export { CLUSTER_ALARM_DEFAULTS, ClusterAlarms } from "./detection/cluster-alarms.js";
export type { ClusterAlarmsArgs, ClusterWatchOptions } from "./detection/cluster-alarms.js";
export { ConformancePack } from "./detection/conformance-pack.js";
export { DataEvents } from "./detection/data-events.js";
export { SECURITY_STANDARDS } from "./detection/data/security-standards.js";
export type { SecurityStandard } from "./detection/data/security-standards.js";
export { Detection, TrailChoice } from "./detection/detection.js";
export type { DetectionArgs } from "./detection/detection.js";
export { DetectionKey, detectionKeyStatements } from "./detection/detection-key.js";
export { RecordLock } from "./detection/record-lock.js";

export { MANAGED_POLICY_CHARACTERS, planGuardrailBoundary } from "./guardrails/boundary.js";
export type { GuardrailBoundaryOptions } from "./guardrails/boundary.js";
export { GUARDRAIL_CONTROLS } from "./guardrails/controls.js";
export type { GuardrailControl } from "./guardrails/controls.js";
export { Guardrails } from "./guardrails/guardrails.js";
export type { GuardrailsArgs } from "./guardrails/guardrails.js";
export { LeftOut, planGuardrails, SCP_CHARACTERS } from "./guardrails/plan.js";
export type { GuardrailOptions, GuardrailPolicy } from "./guardrails/plan.js";

export { Backup } from "./backup/backup.js";
export type { BackupArgs } from "./backup/backup.js";
export { BACKUP_DEFAULTS } from "./backup/plan.js";
export { VaultLock } from "./backup/vault-lock.js";
export { VELERO_DEFAULTS, VeleroStorage } from "./backup/velero-storage.js";
export type { VeleroStorageArgs } from "./backup/velero-storage.js";
