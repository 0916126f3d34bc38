// Made by `npm run generate:rules` from the files of this folder.
import type { Rule } from "../../model.js";
import { lbDropInvalidHeaders } from "./balancing/lb-drop-invalid-headers.js";
import { lbListenerTlsOrRedirect } from "./balancing/lb-listener-tls-or-redirect.js";
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
import { eksSupportedKubernetesVersion } from "./cluster/eks-supported-kubernetes-version.js";
import { kmsKeyRotationEnabled } from "./encryption/kms-key-rotation-enabled.js";
import { kmsNoBypassLockout } from "./encryption/kms-no-bypass-lockout.js";
import { kmsPolicyNoWildcardPrincipal } from "./encryption/kms-policy-no-wildcard-principal.js";
import { cloudIamToClusterAdmin } from "./identity/cloud-iam-to-cluster-admin.js";
import { exposedWorkloadEffectiveAwsPrivilege } from "./identity/exposed-workload-effective-aws-privilege.js";
import { iamKmsDecryptScoped } from "./identity/iam-kms-decrypt-scoped.js";
import { iamNoAdminManagedPolicy } from "./identity/iam-no-admin-managed-policy.js";
import { iamNoAdminStar } from "./identity/iam-no-admin-star.js";
import { iamNoCredentialsExposure } from "./identity/iam-no-credentials-exposure.js";
import { iamNoDataExfiltration } from "./identity/iam-no-data-exfiltration.js";
import { iamNoPrivilegeEscalation } from "./identity/iam-no-privilege-escalation.js";
import { iamNoServiceWildcardActions } from "./identity/iam-no-service-wildcard-actions.js";
import { iamNoUnconstrainedPermissionsMgmt } from "./identity/iam-no-unconstrained-permissions-mgmt.js";
import { iamNoUsers } from "./identity/iam-no-users.js";
import { iamPassroleScoped } from "./identity/iam-passrole-scoped.js";
import { iamTrustNotWildcard } from "./identity/iam-trust-not-wildcard.js";
import { irsaTrustBoundToServiceAccount } from "./identity/irsa-trust-bound-to-service-account.js";
import { oidcProviderBelongsToCluster } from "./identity/oidc-provider-belongs-to-cluster.js";
import { podIdentityAssociationConsistent } from "./identity/pod-identity-association-consistent.js";
import { cloudtrailCmk } from "./logging/cloudtrail-cmk.js";
import { cloudtrailMultiRegion } from "./logging/cloudtrail-multi-region.js";
import { cloudtrailValidation } from "./logging/cloudtrail-validation.js";
import { guarddutyEksAuditLogs } from "./logging/guardduty-eks-audit-logs.js";
import { guarddutyEnabled } from "./logging/guardduty-enabled.js";
import { logGroupRetentionSet } from "./logging/log-group-retention-set.js";
import { snsEncrypted } from "./messaging/sns-encrypted.js";
import { snsPolicyNotPublic } from "./messaging/sns-policy-not-public.js";
import { sqsEncrypted } from "./messaging/sqs-encrypted.js";
import { sqsPolicyNotPublic } from "./messaging/sqs-policy-not-public.js";
import { privateClusterEndpointClosure } from "./network/private-cluster-endpoint-closure.js";
import { routePeeringLeastPrivilege } from "./network/route-peering-least-privilege.js";
import { sgAuthorizedPublicPortsOnly } from "./network/sg-authorized-public-ports-only.js";
import { sgEgressNotUnrestricted } from "./network/sg-egress-not-unrestricted.js";
import { sgNoPublicAdminPorts } from "./network/sg-no-public-admin-ports.js";
import { sgNoPublicHighRiskPorts } from "./network/sg-no-public-high-risk-ports.js";
import { sgNoPublicIngressAll } from "./network/sg-no-public-ingress-all.js";
import { subnetNoAutoPublicIp } from "./network/subnet-no-auto-public-ip.js";
import { vpcDefaultSecurityGroupClosed } from "./network/vpc-default-security-group-closed.js";
import { vpcEndpointServiceManualAccept } from "./network/vpc-endpoint-service-manual-accept.js";
import { vpcFlowLogsEnabled } from "./network/vpc-flow-logs-enabled.js";
import { ec2ImdsHopLimit1 } from "./nodes/ec2-imds-hop-limit-1.js";
import { ec2Imdsv2Required } from "./nodes/ec2-imdsv2-required.js";
import { ec2LaunchTemplateEbsEncrypted } from "./nodes/ec2-launch-template-ebs-encrypted.js";
import { ec2NoPublicIp } from "./nodes/ec2-no-public-ip.js";
import { ec2UserdataNoSecrets } from "./nodes/ec2-userdata-no-secrets.js";
import { eksNodegroupNoOpenSsh } from "./nodes/eks-nodegroup-no-open-ssh.js";
import { eksNodegroupPrivateSubnets } from "./nodes/eks-nodegroup-private-subnets.js";
import { eksNodegroupUsesLaunchTemplate } from "./nodes/eks-nodegroup-uses-launch-template.js";
import { iamNodeRoleEcrReadOnly } from "./nodes/iam-node-role-ecr-read-only.js";
import { imdsNotReachableFromPods } from "./nodes/imds-not-reachable-from-pods.js";
import { nodeRoleBlastRadius } from "./nodes/node-role-blast-radius.js";
import { pulumiOptionsSafe } from "./options/pulumi-options-safe.js";
import { ebsEncryptionByDefault } from "./storage/ebs-encryption-by-default.js";
import { ebsVolumeEncrypted } from "./storage/ebs-volume-encrypted.js";
import { efsAccessPointEnforced } from "./storage/efs-access-point-enforced.js";
import { efsEncrypted } from "./storage/efs-encrypted.js";
import { s3AclNotPublic } from "./storage/s3-acl-not-public.js";
import { s3PolicyNoAnyPrincipal } from "./storage/s3-policy-no-any-principal.js";
import { s3PolicyNoLockout } from "./storage/s3-policy-no-lockout.js";
import { s3PublicAccessBlock } from "./storage/s3-public-access-block.js";
import { s3TlsOnly } from "./storage/s3-tls-only.js";

/** The rules of the ring cloud, in order of their ids. */
export const CLOUD_RULES = [
  cloudIamToClusterAdmin,
  cloudtrailCmk,
  cloudtrailMultiRegion,
  cloudtrailValidation,
  ebsEncryptionByDefault,
  ebsVolumeEncrypted,
  ec2ImdsHopLimit1,
  ec2Imdsv2Required,
  ec2LaunchTemplateEbsEncrypted,
  ec2NoPublicIp,
  ec2UserdataNoSecrets,
  efsAccessPointEnforced,
  efsEncrypted,
  eksAuthenticationModeApi,
  eksControlPlaneLoggingAllTypes,
  eksDeletionProtection,
  eksEndpointPrivateAccessEnabled,
  eksEndpointPublicAccessDisabled,
  eksNoCreatorAdmin,
  eksNodegroupNoOpenSsh,
  eksNodegroupPrivateSubnets,
  eksNodegroupUsesLaunchTemplate,
  eksNotInDefaultVpc,
  eksPublicAccessCidrsRestricted,
  eksSecretsKmsEnvelopeEncryption,
  eksSupportedKubernetesVersion,
  exposedWorkloadEffectiveAwsPrivilege,
  guarddutyEksAuditLogs,
  guarddutyEnabled,
  iamKmsDecryptScoped,
  iamNoAdminManagedPolicy,
  iamNoAdminStar,
  iamNoCredentialsExposure,
  iamNoDataExfiltration,
  iamNoPrivilegeEscalation,
  iamNoServiceWildcardActions,
  iamNoUnconstrainedPermissionsMgmt,
  iamNoUsers,
  iamNodeRoleEcrReadOnly,
  iamPassroleScoped,
  iamTrustNotWildcard,
  imdsNotReachableFromPods,
  irsaTrustBoundToServiceAccount,
  kmsKeyRotationEnabled,
  kmsNoBypassLockout,
  kmsPolicyNoWildcardPrincipal,
  lbDropInvalidHeaders,
  lbListenerTlsOrRedirect,
  lbTlsPolicyModern,
  lbWafAssociated,
  logGroupRetentionSet,
  nodeRoleBlastRadius,
  oidcProviderBelongsToCluster,
  podIdentityAssociationConsistent,
  privateClusterEndpointClosure,
  pulumiOptionsSafe,
  routePeeringLeastPrivilege,
  s3AclNotPublic,
  s3PolicyNoAnyPrincipal,
  s3PolicyNoLockout,
  s3PublicAccessBlock,
  s3TlsOnly,
  sgAuthorizedPublicPortsOnly,
  sgEgressNotUnrestricted,
  sgNoPublicAdminPorts,
  sgNoPublicHighRiskPorts,
  sgNoPublicIngressAll,
  snsEncrypted,
  snsPolicyNotPublic,
  sqsEncrypted,
  sqsPolicyNotPublic,
  subnetNoAutoPublicIp,
  vpcDefaultSecurityGroupClosed,
  vpcEndpointServiceManualAccept,
  vpcFlowLogsEnabled,
] as const satisfies readonly Rule[];
