/** Hardened Pulumi components for AWS, published as `ringfence/infra`. Each is usable alone. */
import "./peers.js";

export { Arn } from "../core/arn.js";
export { Cidr } from "../core/cidr.js";
export { BASTION_TAG_KEY } from "../core/bastion-target.js";
export type { BastionTarget } from "../core/bastion-target.js";
export { ADDON_NAMES, ADDON_VERSIONS } from "../core/data/addon-versions.js";
export type { AddonName } from "../core/data/addon-versions.js";
export { DEFAULT_KUBERNETES_VERSION, KUBERNETES_VERSIONS } from "../core/data/kubernetes-versions.js";
export type { EndpointService } from "../core/data/endpoint-services.js";
export { REGIONS } from "../core/data/regions.js";
export type { RegionFacts, ZoneId, ZoneName } from "../core/data/regions.js";
export type { Issue } from "../core/issue.js";
export type { Reason, Relaxation } from "../core/relaxation.js";

export type { Account } from "./account.js";
export type { ObjectLock } from "./bucket.js";
export { DEFAULT_LOG_RETENTION_DAYS } from "./log-group.js";
export type { Tags } from "./options.js";
export { DeletionProtection } from "./protection.js";

export { Network } from "./network/network.js";
export type { RouteTableIds } from "./network/network.js";
export { NETWORK_DEFAULTS } from "./network/args.js";
export type { NetworkArgs } from "./network/args.js";
export { DnsFirewall } from "./network/dns-firewall.js";
export { Egress, NAT_DEFAULTS } from "./network/egress.js";
export type { FirewallOptions, NatOptions } from "./network/egress.js";
export { ENDPOINT_FEATURES, endpointsFor } from "./network/endpoints.js";
export type { EndpointFeature } from "./network/endpoints.js";
export type { ExistingNetwork } from "./network/existing.js";
export { LoadBalancing } from "./network/load-balancing.js";
export { planNetwork } from "./network/plan.js";
export type { NetworkPlan } from "./network/plan.js";
export { PublicAccessBlock } from "./network/public-access-block.js";
export type { NetworkRef, SubnetsRef } from "./network/reference.js";
export { planSubnets } from "./network/subnets.js";
export type { SubnetPlan, SubnetsSpec, SubnetTier } from "./network/subnets.js";
export type { CreatedSubnets } from "./network/subnet-resources.js";
export type { PlacedZone, Zone, Zones } from "./network/zones.js";

export { ACCOUNT_DEFAULTS, AccountDefaults } from "./account-defaults/account-defaults.js";
export type {
  AccountDefaultsArgs,
  EbsEncryptionOptions,
  InstanceMetadataOptions,
  PasswordPolicyOptions,
} from "./account-defaults/account-defaults.js";

export { AutoScalingGrant } from "./encryption/auto-scaling-grant.js";
export type { AutoScalingGrantArgs } from "./encryption/auto-scaling-grant.js";
export { EncryptionKeys } from "./encryption/encryption-keys.js";
export type { EncryptionKeysArgs } from "./encryption/encryption-keys.js";
export { KEY_PURPOSES } from "./encryption/key-policy.js";
export type { KeyPurpose } from "./encryption/key-policy.js";
export { EncryptionKeyReplicas } from "./encryption/key-replicas.js";
export type { EncryptionKeyReplicasArgs } from "./encryption/key-replicas.js";
export { KEY_DELETION_WINDOW_DAYS, KEY_ROTATION_DAYS } from "./encryption/key-settings.js";
export type { KeysRef } from "./encryption/reference.js";

export { CLUSTER_DEFAULTS } from "./cluster/args.js";
export type { ClusterArgs } from "./cluster/args.js";
export { AUTO_MODE_DEFAULTS, AUTO_MODE_POOLS, AutoMode } from "./cluster/auto-mode.js";
export type { AutoModeOptions, AutoModePool, AutoModeRef } from "./cluster/auto-mode.js";
export { ClusterCapability } from "./cluster/capability.js";
export type { ClusterCapabilityArgs } from "./cluster/capability.js";
export { ArgoCdAccess, CapabilityKind } from "./cluster/capability-kind.js";
export type { ArgoCdOptions, IdentityCenterPrincipal } from "./cluster/capability-kind.js";
export { Cluster } from "./cluster/cluster.js";
export { ControlPlaneEgress } from "./cluster/control-plane-egress.js";
export type { CustomerRoutedOptions } from "./cluster/control-plane-egress.js";
export { CONTROL_PLANE_TIERS, SCORED_RESOURCES } from "./cluster/control-plane.js";
export type { ControlPlaneOptions, ControlPlaneTier, NodeScoring, ScoredResource } from "./cluster/control-plane.js";
export { CLUSTER_LOG_TYPES, ClusterLogs, SupportPolicy, UpgradeChecks } from "./cluster/lifecycle.js";
export type { ClusterLogType } from "./cluster/lifecycle.js";
export { ClusterIdentityProvider, IDENTITY_PROVIDER_DEFAULTS } from "./cluster/identity-provider.js";
export type { ClusterIdentityProviderArgs } from "./cluster/identity-provider.js";
export type { RemoteNetworksOptions } from "./cluster/remote-networks.js";
export type { AddonOptions } from "./cluster/addon.js";
export type { NodeAddonOptions } from "./cluster/node-addons.js";
export { BUILT_INTO_AUTO_MODE, CHOSEN_ADDONS, DEFAULT_ADDONS } from "./cluster/addon-choices.js";
export type {
  AddonChoices,
  CertManagerOptions,
  EbsCsiOptions,
  EfsCsiOptions,
  ExternalDnsOptions,
} from "./cluster/addon-choices.js";
export { ClusterAddons } from "./cluster/cluster-addons.js";
export type { ExistingClusterArgs } from "./cluster/existing.js";
export type { ClusterRef } from "./cluster/reference.js";
export type { ClusterAddonsArgs } from "./cluster/cluster-addons.js";
export { EndpointAccess } from "./cluster/endpoint-access.js";
export type { AddonVersions } from "./cluster/version.js";

export { HARDENED_SYSCTLS, NODE_SETTINGS_DEFAULTS } from "../core/node-settings.js";
export type { NodeSettings } from "../core/node-settings.js";
export type { CapacityType, NodeRepair, NodeShare, NodeUpdates, Scaling, WarmPool } from "./nodes/capacity.js";
export { AMI_TYPES } from "./nodes/data/ami-types.js";
export type { Accelerator, AmiFacts, AmiType, Architecture, NodeOs } from "./nodes/data/ami-types.js";
export { FargateProfile } from "./nodes/fargate-profile.js";
export type { FargateProfileArgs } from "./nodes/fargate-profile.js";
export type { FargateSelector } from "./nodes/fargate-selectors.js";
export type { FargateTraffic } from "./nodes/fargate-traffic.js";
export type { CustomImage } from "./nodes/image.js";
export { Karpenter, KARPENTER_DEFAULTS } from "./nodes/karpenter.js";
export type { KarpenterArgs, KarpenterValues } from "./nodes/karpenter.js";
export type { Taint } from "./nodes/labels.js";
export type { SettingsTree } from "./nodes/guarantees.js";
export type { NodeConfigSpec } from "./nodes/node-config.js";
export { NodeGroup } from "./nodes/node-group.js";
export { NODE_GROUP_DEFAULTS } from "./nodes/node-group-args.js";
export type { NodeGroupArgs } from "./nodes/node-group-args.js";
export { NodeSubnets } from "./nodes/subnets.js";

export { Access } from "./identity/access.js";
export type { AccessArgs } from "./identity/access.js";
export type { Member, NamespaceMember, PersonaMembers } from "./identity/access-plan.js";
export { BreakGlassHolders } from "./identity/break-glass-holders.js";
export { BREAK_GLASS_DEFAULTS, BreakGlassRole } from "./identity/break-glass-role.js";
export type { BreakGlassRoleArgs } from "./identity/break-glass-role.js";
export { BOUNDARY_ACTIONS, BOUNDARY_DENIED_ACTIONS } from "./identity/data/boundary-actions.js";
export { DeliveryRole } from "./identity/delivery-role.js";
export type { DeliveryRoleArgs } from "./identity/delivery-role.js";
export { DeliverySource } from "./identity/delivery-source.js";
export type { DeliveryRef, GithubOptions, GitlabOptions } from "./identity/delivery-source.js";
export { IrsaRole } from "./identity/irsa-role.js";
export type { IrsaRoleArgs } from "./identity/irsa-role.js";
export { GITHUB_ISSUER, OIDC_PROVIDER_DEFAULTS, OidcProvider, STS_AUDIENCE } from "./identity/oidc-provider.js";
export type { OidcProviderArgs, OidcProviderRef } from "./identity/oidc-provider.js";
export { PermissionsBoundary } from "./identity/permissions-boundary.js";
export type { PermissionsBoundaryArgs } from "./identity/permissions-boundary.js";
export { PERSONAS } from "./identity/personas.js";
export type { PersonaName } from "./identity/personas.js";
export { PodIdentity } from "./identity/pod-identity.js";
export type { PodIdentityArgs } from "./identity/pod-identity.js";
export type { PodIdentityCluster } from "./identity/pod-identity-trust.js";
export { PodRole } from "./identity/pod-role.js";
export type { PodRoleArgs } from "./identity/pod-role.js";
export { policyDocument } from "./identity/policy-document.js";
export type { Conditions, Statement, StatementPrincipals } from "./identity/policy-document.js";
export { POLICY_CHARACTERS } from "./identity/policy-size.js";
export { Principal } from "./identity/principal.js";
export type { PrincipalOptions } from "./identity/principal.js";
export type { RoleIdentity } from "./identity/role.js";
export { StatementRelaxation } from "./identity/statement-relaxation.js";
export { TargetRole } from "./identity/target-role.js";
export type { TargetRoleArgs } from "./identity/target-role.js";

export { Bastion, BASTION_DEFAULTS } from "./bastion/bastion.js";
export type { BastionArgs } from "./bastion/bastion.js";
export { BastionImage } from "./bastion/image.js";
export type { ImageArchitecture, PinnedImageOptions } from "./bastion/image.js";
export { PATCH_SCAN_ACTIONS, PATCH_SCAN_DEFAULTS } from "./bastion/patch-scan.js";
export type { PatchScanOptions } from "./bastion/patch-scan.js";
export type { BastionAvailability } from "./bastion/plan.js";
export type { SessionLimitsOptions } from "./bastion/session-document.js";

export { ApiCallers } from "./connectivity/api-callers.js";
export type { ApiCallersArgs } from "./connectivity/api-callers.js";
export { AttachmentSubnets } from "./connectivity/attachment-subnets.js";
export { CLIENT_VPN_DEFAULTS, ClientVpn } from "./connectivity/client-vpn.js";
export type { ClientVpnArgs } from "./connectivity/client-vpn.js";
export type { ConnectionArgs } from "./connectivity/connection.js";
export { PeerVpc } from "./connectivity/peer-vpc.js";
export type { PeerOptions, RemotePeerOptions } from "./connectivity/peer-vpc.js";
export { RESOLVER_INBOUND_DEFAULTS, ResolverInbound } from "./connectivity/resolver-inbound.js";
export type { ResolverInboundArgs } from "./connectivity/resolver-inbound.js";
export { TRANSIT_GATEWAY_DEFAULTS, TransitGatewayAttachment } from "./connectivity/transit-gateway-attachment.js";
export type { SharedGatewayOptions, TransitGatewayAttachmentArgs } from "./connectivity/transit-gateway-attachment.js";
export { VpcPeering } from "./connectivity/vpc-peering.js";
export type { VpcPeeringArgs } from "./connectivity/vpc-peering.js";
export { VpnAuthentication } from "./connectivity/vpn-authentication.js";
export type { SamlOptions } from "./connectivity/vpn-authentication.js";

export { PullThrough } from "./registry/pull-through.js";
export type { CredentialOptions, PullThroughOptions } from "./registry/pull-through.js";
export { Registry } from "./registry/registry.js";
export type { RegistryArgs } from "./registry/registry.js";
export { RegistryReplica } from "./registry/registry-replica.js";
export type { RegistryReplicaArgs } from "./registry/registry-replica.js";
export { Replication } from "./registry/replication.js";
export type { ReplicationOptions } from "./registry/replication.js";
export { UNTAGGED_IMAGE_DAYS } from "./registry/repository-policy.js";
export { Scanning } from "./registry/scanning.js";

export { AccountServices } from "./detection/account-services.js";
export type { AccountServicesArgs } from "./detection/account-services.js";
export { ACCOUNT_SERVICE_DEFAULTS, GUARD_DUTY_FEATURES } from "./detection/account-options.js";
export type {
  AccessAnalyzerOptions,
  AccountServicesOptions,
  ConfigOptions,
  GuardDutyFeature,
  GuardDutyOptions,
  InspectorOptions,
  SecurityHubOptions,
} from "./detection/account-options.js";
export { AlertTopic } from "./detection/alert-topic.js";
export type { AlertTopicArgs, Subscriber } from "./detection/alert-topic.js";
export { AUDIT_TRAIL_DEFAULTS, AuditTrail } from "./detection/audit-trail.js";
export type { AuditTrailArgs, TrailOptions } from "./detection/audit-trail.js";
export { CLUSTER_ALARM_DEFAULTS, ClusterAlarms } from "./detection/cluster-alarms.js";
export type { ClusterAlarmOptions, ClusterAlarmsArgs } from "./detection/cluster-alarms.js";
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
