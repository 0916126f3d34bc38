// Made by `npm run generate:rules` from the files of this folder.
import type { Rule } from "../../model.js";
import { backupVaultCmk } from "./backup/backup-vault-cmk.js";
import { ebsVolumeBackedUp } from "./backup/ebs-volume-backed-up.js";
import { lbAccessLogs } from "./balancing/lb-access-logs.js";
import { lbDeletionProtection } from "./balancing/lb-deletion-protection.js";
import { lbDesyncMitigation } from "./balancing/lb-desync-mitigation.js";
import { lbDropInvalidHeaders } from "./balancing/lb-drop-invalid-headers.js";
import { lbInternetFacingApproved } from "./balancing/lb-internet-facing-approved.js";
import { lbListenerAcmCertificate } from "./balancing/lb-listener-acm-certificate.js";
import { lbListenerTlsOrRedirect } from "./balancing/lb-listener-tls-or-redirect.js";
import { lbMultiAz } from "./balancing/lb-multi-az.js";
import { lbTlsPolicyModern } from "./balancing/lb-tls-policy-modern.js";
import { lbWafAssociated } from "./balancing/lb-waf-associated.js";
import { eksAuthenticationModeApi } from "./cluster/eks-authentication-mode-api.js";
import { eksControlPlaneLoggingAllTypes } from "./cluster/eks-control-plane-logging-all-types.js";
import { eksDeletionProtection } from "./cluster/eks-deletion-protection.js";
import { eksEndpointPrivateAccessEnabled } from "./cluster/eks-endpoint-private-access-enabled.js";
import { eksEndpointPublicAccessDisabled } from "./cluster/eks-endpoint-public-access-disabled.js";
import { eksNoCreatorAdmin } from "./cluster/eks-no-creator-admin.js";
import { eksNotInDefaultVpc } from "./cluster/eks-not-in-default-vpc.js";
import { eksPublicAccessCidrsRestricted } from "./cluster/eks-public-access-cidrs-restricted.js";
import { eksSecretsKmsEnvelopeEncryption } from "./cluster/eks-secrets-kms-envelope-encryption.js";
import { eksSubnetsMultiAz } from "./cluster/eks-subnets-multi-az.js";
import { eksSupportedKubernetesVersion } from "./cluster/eks-supported-kubernetes-version.js";
import { kmsDeletionWindow } from "./encryption/kms-deletion-window.js";
import { kmsKeyEnabled } from "./encryption/kms-key-enabled.js";
import { kmsKeyPolicySufficientAndMinimal } from "./encryption/kms-key-policy-sufficient-and-minimal.js";
import { kmsKeyRotationEnabled } from "./encryption/kms-key-rotation-enabled.js";
import { kmsNoBypassLockout } from "./encryption/kms-no-bypass-lockout.js";
import { kmsPolicyDefined } from "./encryption/kms-policy-defined.js";
import { kmsPolicyNoWildcardPrincipal } from "./encryption/kms-policy-no-wildcard-principal.js";
import { secretsmanagerCmk } from "./encryption/secretsmanager-cmk.js";
import { secretsmanagerRotation } from "./encryption/secretsmanager-rotation.js";
import { adminPathInventory } from "./identity/admin-path-inventory.js";
import { cloudIamToClusterAdmin } from "./identity/cloud-iam-to-cluster-admin.js";
import { exposedWorkloadEffectiveAwsPrivilege } from "./identity/exposed-workload-effective-aws-privilege.js";
import { iamAccessAnalyzerPresent } from "./identity/iam-access-analyzer-present.js";
import { iamAccountPasswordPolicy } from "./identity/iam-account-password-policy.js";
import { iamKmsDecryptScoped } from "./identity/iam-kms-decrypt-scoped.js";
import { iamNoAdminManagedPolicy } from "./identity/iam-no-admin-managed-policy.js";
import { iamNoAdminStar } from "./identity/iam-no-admin-star.js";
import { iamNoCredentialsExposure } from "./identity/iam-no-credentials-exposure.js";
import { iamNoDataExfiltration } from "./identity/iam-no-data-exfiltration.js";
import { iamNoPrivilegeEscalation } from "./identity/iam-no-privilege-escalation.js";
import { iamNoServiceWildcardActions } from "./identity/iam-no-service-wildcard-actions.js";
import { iamNoUnconstrainedPermissionsMgmt } from "./identity/iam-no-unconstrained-permissions-mgmt.js";
import { iamNoUnconstrainedWrite } from "./identity/iam-no-unconstrained-write.js";
import { iamNoUsers } from "./identity/iam-no-users.js";
import { iamNoWildcardResource } from "./identity/iam-no-wildcard-resource.js";
import { iamPassroleScoped } from "./identity/iam-passrole-scoped.js";
import { iamTrustNotWildcard } from "./identity/iam-trust-not-wildcard.js";
import { irsaTrustBoundToServiceAccount } from "./identity/irsa-trust-bound-to-service-account.js";
import { oidcProviderBelongsToCluster } from "./identity/oidc-provider-belongs-to-cluster.js";
import { podIdentityAssociationConsistent } from "./identity/pod-identity-association-consistent.js";
import { cisMetricFilterAlarms } from "./logging/cis-metric-filter-alarms.js";
import { cloudtrailBucketPrivateLogged } from "./logging/cloudtrail-bucket-private-logged.js";
import { cloudtrailCmk } from "./logging/cloudtrail-cmk.js";
import { cloudtrailMultiRegion } from "./logging/cloudtrail-multi-region.js";
import { cloudtrailToCloudwatch } from "./logging/cloudtrail-to-cloudwatch.js";
import { cloudtrailValidation } from "./logging/cloudtrail-validation.js";
import { cloudwatchAlarmActions } from "./logging/cloudwatch-alarm-actions.js";
import { configRecorderOn } from "./logging/config-recorder-on.js";
import { guarddutyEbsMalware } from "./logging/guardduty-ebs-malware.js";
import { guarddutyEksAuditLogs } from "./logging/guardduty-eks-audit-logs.js";
import { guarddutyEnabled } from "./logging/guardduty-enabled.js";
import { guarddutyRuntimeConsistent } from "./logging/guardduty-runtime-consistent.js";
import { guarddutyRuntimeMonitoring } from "./logging/guardduty-runtime-monitoring.js";
import { inspectorEcrEc2Enabled } from "./logging/inspector-ecr-ec2-enabled.js";
import { logGroupCmk } from "./logging/log-group-cmk.js";
import { logGroupRetention1y } from "./logging/log-group-retention-1y.js";
import { logGroupRetentionSet } from "./logging/log-group-retention-set.js";
import { logPipelineComplete } from "./logging/log-pipeline-complete.js";
import { securityhubEnabled } from "./logging/securityhub-enabled.js";
import { ssmSessionLoggingEncrypted } from "./logging/ssm-session-logging-encrypted.js";
import { snsEncrypted } from "./messaging/sns-encrypted.js";
import { snsPolicyNotPublic } from "./messaging/sns-policy-not-public.js";
import { sqsEncrypted } from "./messaging/sqs-encrypted.js";
import { sqsPolicyNotPublic } from "./messaging/sqs-policy-not-public.js";
import { sqsTlsOnly } from "./messaging/sqs-tls-only.js";
import { eipAttached } from "./network/eip-attached.js";
import { lbSubnetTagsMatchScheme } from "./network/lb-subnet-tags-match-scheme.js";
import { naclAttached } from "./network/nacl-attached.js";
import { naclNoAdminPorts } from "./network/nacl-no-admin-ports.js";
import { naclNotAllPorts } from "./network/nacl-not-all-ports.js";
import { privateClusterEndpointClosure } from "./network/private-cluster-endpoint-closure.js";
import { routePeeringLeastPrivilege } from "./network/route-peering-least-privilege.js";
import { routePrivateSubnetNoIgw } from "./network/route-private-subnet-no-igw.js";
import { sgAttached } from "./network/sg-attached.js";
import { sgAuthorizedPublicPortsOnly } from "./network/sg-authorized-public-ports-only.js";
import { sgEgressNotUnrestricted } from "./network/sg-egress-not-unrestricted.js";
import { sgNoPublicAdminPorts } from "./network/sg-no-public-admin-ports.js";
import { sgNoPublicHighRiskPorts } from "./network/sg-no-public-high-risk-ports.js";
import { sgNoPublicIngressAll } from "./network/sg-no-public-ingress-all.js";
import { subnetNoAutoPublicIp } from "./network/subnet-no-auto-public-ip.js";
import { vpcBlockPublicAccess } from "./network/vpc-block-public-access.js";
import { vpcDefaultSecurityGroupClosed } from "./network/vpc-default-security-group-closed.js";
import { vpcEndpointPolicyRestrictive } from "./network/vpc-endpoint-policy-restrictive.js";
import { vpcEndpointServiceManualAccept } from "./network/vpc-endpoint-service-manual-accept.js";
import { vpcEndpointsForPrivateNodes } from "./network/vpc-endpoints-for-private-nodes.js";
import { vpcFlowLogsEnabled } from "./network/vpc-flow-logs-enabled.js";
import { vpcNoDefaultVpc } from "./network/vpc-no-default-vpc.js";
import { autoscalingElbHealthCheck } from "./nodes/autoscaling-elb-health-check.js";
import { autoscalingMultiAz } from "./nodes/autoscaling-multi-az.js";
import { ebsVolumeCmk } from "./nodes/ebs-volume-cmk.js";
import { ec2DetailedMonitoring } from "./nodes/ec2-detailed-monitoring.js";
import { ec2ImdsHopLimit1 } from "./nodes/ec2-imds-hop-limit-1.js";
import { ec2Imdsv2Required } from "./nodes/ec2-imdsv2-required.js";
import { ec2InstanceProfileAttached } from "./nodes/ec2-instance-profile-attached.js";
import { ec2LaunchTemplateEbsCmk } from "./nodes/ec2-launch-template-ebs-cmk.js";
import { ec2LaunchTemplateEbsEncrypted } from "./nodes/ec2-launch-template-ebs-encrypted.js";
import { ec2NoPublicIp } from "./nodes/ec2-no-public-ip.js";
import { ec2UserdataNoSecrets } from "./nodes/ec2-userdata-no-secrets.js";
import { eksNodegroupContainerOptimizedAmi } from "./nodes/eks-nodegroup-container-optimized-ami.js";
import { eksNodegroupNoOpenSsh } from "./nodes/eks-nodegroup-no-open-ssh.js";
import { eksNodegroupPrivateSubnets } from "./nodes/eks-nodegroup-private-subnets.js";
import { eksNodegroupUsesLaunchTemplate } from "./nodes/eks-nodegroup-uses-launch-template.js";
import { iamNodeRoleEcrReadOnly } from "./nodes/iam-node-role-ecr-read-only.js";
import { imdsNotReachableFromPods } from "./nodes/imds-not-reachable-from-pods.js";
import { karpenterNodeclassHardened } from "./nodes/karpenter-nodeclass-hardened.js";
import { nodeRoleBlastRadius } from "./nodes/node-role-blast-radius.js";
import { pulumiOptionsSafe } from "./options/pulumi-options-safe.js";
import { ecrCmkEncryption } from "./registry/ecr-cmk-encryption.js";
import { ecrLifecyclePolicy } from "./registry/ecr-lifecycle-policy.js";
import { ecrPolicyAttached } from "./registry/ecr-policy-attached.js";
import { ebsEncryptionByDefault } from "./storage/ebs-encryption-by-default.js";
import { ebsVolumeEncrypted } from "./storage/ebs-volume-encrypted.js";
import { efsAccessPointEnforced } from "./storage/efs-access-point-enforced.js";
import { efsEncrypted } from "./storage/efs-encrypted.js";
import { s3AccessLogging } from "./storage/s3-access-logging.js";
import { s3AclNotPublic } from "./storage/s3-acl-not-public.js";
import { s3AclsDisabled } from "./storage/s3-acls-disabled.js";
import { s3EncryptionKms } from "./storage/s3-encryption-kms.js";
import { s3EventNotifications } from "./storage/s3-event-notifications.js";
import { s3Lifecycle } from "./storage/s3-lifecycle.js";
import { s3MfaDelete } from "./storage/s3-mfa-delete.js";
import { s3ObjectLock } from "./storage/s3-object-lock.js";
import { s3PolicyNoAnyPrincipal } from "./storage/s3-policy-no-any-principal.js";
import { s3PolicyNoLockout } from "./storage/s3-policy-no-lockout.js";
import { s3PublicAccessBlock } from "./storage/s3-public-access-block.js";
import { s3Replication } from "./storage/s3-replication.js";
import { s3TlsOnly } from "./storage/s3-tls-only.js";
import { s3Versioning } from "./storage/s3-versioning.js";

/** The rules of the ring cloud, in order of their ids. */
export const CLOUD_RULES = [
  adminPathInventory,
  autoscalingElbHealthCheck,
  autoscalingMultiAz,
  backupVaultCmk,
  cisMetricFilterAlarms,
  cloudIamToClusterAdmin,
  cloudtrailBucketPrivateLogged,
  cloudtrailCmk,
  cloudtrailMultiRegion,
  cloudtrailToCloudwatch,
  cloudtrailValidation,
  cloudwatchAlarmActions,
  configRecorderOn,
  ebsEncryptionByDefault,
  ebsVolumeBackedUp,
  ebsVolumeCmk,
  ebsVolumeEncrypted,
  ec2DetailedMonitoring,
  ec2ImdsHopLimit1,
  ec2Imdsv2Required,
  ec2InstanceProfileAttached,
  ec2LaunchTemplateEbsCmk,
  ec2LaunchTemplateEbsEncrypted,
  ec2NoPublicIp,
  ec2UserdataNoSecrets,
  ecrCmkEncryption,
  ecrLifecyclePolicy,
  ecrPolicyAttached,
  efsAccessPointEnforced,
  efsEncrypted,
  eipAttached,
  eksAuthenticationModeApi,
  eksControlPlaneLoggingAllTypes,
  eksDeletionProtection,
  eksEndpointPrivateAccessEnabled,
  eksEndpointPublicAccessDisabled,
  eksNoCreatorAdmin,
  eksNodegroupContainerOptimizedAmi,
  eksNodegroupNoOpenSsh,
  eksNodegroupPrivateSubnets,
  eksNodegroupUsesLaunchTemplate,
  eksNotInDefaultVpc,
  eksPublicAccessCidrsRestricted,
  eksSecretsKmsEnvelopeEncryption,
  eksSubnetsMultiAz,
  eksSupportedKubernetesVersion,
  exposedWorkloadEffectiveAwsPrivilege,
  guarddutyEbsMalware,
  guarddutyEksAuditLogs,
  guarddutyEnabled,
  guarddutyRuntimeConsistent,
  guarddutyRuntimeMonitoring,
  iamAccessAnalyzerPresent,
  iamAccountPasswordPolicy,
  iamKmsDecryptScoped,
  iamNoAdminManagedPolicy,
  iamNoAdminStar,
  iamNoCredentialsExposure,
  iamNoDataExfiltration,
  iamNoPrivilegeEscalation,
  iamNoServiceWildcardActions,
  iamNoUnconstrainedPermissionsMgmt,
  iamNoUnconstrainedWrite,
  iamNoUsers,
  iamNoWildcardResource,
  iamNodeRoleEcrReadOnly,
  iamPassroleScoped,
  iamTrustNotWildcard,
  imdsNotReachableFromPods,
  inspectorEcrEc2Enabled,
  irsaTrustBoundToServiceAccount,
  karpenterNodeclassHardened,
  kmsDeletionWindow,
  kmsKeyEnabled,
  kmsKeyPolicySufficientAndMinimal,
  kmsKeyRotationEnabled,
  kmsNoBypassLockout,
  kmsPolicyDefined,
  kmsPolicyNoWildcardPrincipal,
  lbAccessLogs,
  lbDeletionProtection,
  lbDesyncMitigation,
  lbDropInvalidHeaders,
  lbInternetFacingApproved,
  lbListenerAcmCertificate,
  lbListenerTlsOrRedirect,
  lbMultiAz,
  lbSubnetTagsMatchScheme,
  lbTlsPolicyModern,
  lbWafAssociated,
  logGroupCmk,
  logGroupRetention1y,
  logGroupRetentionSet,
  logPipelineComplete,
  naclAttached,
  naclNoAdminPorts,
  naclNotAllPorts,
  nodeRoleBlastRadius,
  oidcProviderBelongsToCluster,
  podIdentityAssociationConsistent,
  privateClusterEndpointClosure,
  pulumiOptionsSafe,
  routePeeringLeastPrivilege,
  routePrivateSubnetNoIgw,
  s3AccessLogging,
  s3AclNotPublic,
  s3AclsDisabled,
  s3EncryptionKms,
  s3EventNotifications,
  s3Lifecycle,
  s3MfaDelete,
  s3ObjectLock,
  s3PolicyNoAnyPrincipal,
  s3PolicyNoLockout,
  s3PublicAccessBlock,
  s3Replication,
  s3TlsOnly,
  s3Versioning,
  secretsmanagerCmk,
  secretsmanagerRotation,
  securityhubEnabled,
  sgAttached,
  sgAuthorizedPublicPortsOnly,
  sgEgressNotUnrestricted,
  sgNoPublicAdminPorts,
  sgNoPublicHighRiskPorts,
  sgNoPublicIngressAll,
  snsEncrypted,
  snsPolicyNotPublic,
  sqsEncrypted,
  sqsPolicyNotPublic,
  sqsTlsOnly,
  ssmSessionLoggingEncrypted,
  subnetNoAutoPublicIp,
  vpcBlockPublicAccess,
  vpcDefaultSecurityGroupClosed,
  vpcEndpointPolicyRestrictive,
  vpcEndpointServiceManualAccept,
  vpcEndpointsForPrivateNodes,
  vpcFlowLogsEnabled,
  vpcNoDefaultVpc,
] as const satisfies readonly Rule[];
