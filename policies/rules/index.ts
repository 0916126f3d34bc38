import type { Rule } from "../model.js";
import { lbDropInvalidHeaders } from "./cloud/balancing/lb-drop-invalid-headers.js";
import { lbListenerTlsOrRedirect } from "./cloud/balancing/lb-listener-tls-or-redirect.js";
import { lbTlsPolicyModern } from "./cloud/balancing/lb-tls-policy-modern.js";
import { lbWafAssociated } from "./cloud/balancing/lb-waf-associated.js";
import { eksAuthenticationModeApi } from "./cloud/cluster/eks-authentication-mode-api.js";
import { eksControlPlaneLoggingAllTypes } from "./cloud/cluster/eks-control-plane-logging-all-types.js";
import { eksDeletionProtection } from "./cloud/cluster/eks-deletion-protection.js";
import { eksEndpointPrivateAccessEnabled } from "./cloud/cluster/eks-endpoint-private-access-enabled.js";
import { eksEndpointPublicAccessDisabled } from "./cloud/cluster/eks-endpoint-public-access-disabled.js";
import { eksNoCreatorAdmin } from "./cloud/cluster/eks-no-creator-admin.js";
import { eksNotInDefaultVpc } from "./cloud/cluster/eks-not-in-default-vpc.js";
import { eksPublicAccessCidrsRestricted } from "./cloud/cluster/eks-public-access-cidrs-restricted.js";
import { eksSecretsKmsEnvelopeEncryption } from "./cloud/cluster/eks-secrets-kms-envelope-encryption.js";
import { eksSupportedKubernetesVersion } from "./cloud/cluster/eks-supported-kubernetes-version.js";
import { kmsKeyRotationEnabled } from "./cloud/encryption/kms-key-rotation-enabled.js";
import { kmsNoBypassLockout } from "./cloud/encryption/kms-no-bypass-lockout.js";
import { kmsPolicyNoWildcardPrincipal } from "./cloud/encryption/kms-policy-no-wildcard-principal.js";
import { iamKmsDecryptScoped } from "./cloud/identity/iam-kms-decrypt-scoped.js";
import { iamNoAdminManagedPolicy } from "./cloud/identity/iam-no-admin-managed-policy.js";
import { iamNoAdminStar } from "./cloud/identity/iam-no-admin-star.js";
import { iamNoCredentialsExposure } from "./cloud/identity/iam-no-credentials-exposure.js";
import { iamNoDataExfiltration } from "./cloud/identity/iam-no-data-exfiltration.js";
import { iamNoPrivilegeEscalation } from "./cloud/identity/iam-no-privilege-escalation.js";
import { iamNoServiceWildcardActions } from "./cloud/identity/iam-no-service-wildcard-actions.js";
import { iamNoUnconstrainedPermissionsMgmt } from "./cloud/identity/iam-no-unconstrained-permissions-mgmt.js";
import { iamNoUsers } from "./cloud/identity/iam-no-users.js";
import { iamPassroleScoped } from "./cloud/identity/iam-passrole-scoped.js";
import { iamTrustNotWildcard } from "./cloud/identity/iam-trust-not-wildcard.js";
import { podIdentityAssociationConsistent } from "./cloud/identity/pod-identity-association-consistent.js";
import { cloudtrailCmk } from "./cloud/logging/cloudtrail-cmk.js";
import { cloudtrailMultiRegion } from "./cloud/logging/cloudtrail-multi-region.js";
import { cloudtrailValidation } from "./cloud/logging/cloudtrail-validation.js";
import { guarddutyEksAuditLogs } from "./cloud/logging/guardduty-eks-audit-logs.js";
import { guarddutyEnabled } from "./cloud/logging/guardduty-enabled.js";
import { logGroupRetentionSet } from "./cloud/logging/log-group-retention-set.js";
import { snsEncrypted } from "./cloud/messaging/sns-encrypted.js";
import { snsPolicyNotPublic } from "./cloud/messaging/sns-policy-not-public.js";
import { sqsEncrypted } from "./cloud/messaging/sqs-encrypted.js";
import { sqsPolicyNotPublic } from "./cloud/messaging/sqs-policy-not-public.js";
import { privateClusterEndpointClosure } from "./cloud/network/private-cluster-endpoint-closure.js";
import { routePeeringLeastPrivilege } from "./cloud/network/route-peering-least-privilege.js";
import { sgAuthorizedPublicPortsOnly } from "./cloud/network/sg-authorized-public-ports-only.js";
import { sgEgressNotUnrestricted } from "./cloud/network/sg-egress-not-unrestricted.js";
import { sgNoPublicAdminPorts } from "./cloud/network/sg-no-public-admin-ports.js";
import { sgNoPublicHighRiskPorts } from "./cloud/network/sg-no-public-high-risk-ports.js";
import { sgNoPublicIngressAll } from "./cloud/network/sg-no-public-ingress-all.js";
import { subnetNoAutoPublicIp } from "./cloud/network/subnet-no-auto-public-ip.js";
import { vpcDefaultSecurityGroupClosed } from "./cloud/network/vpc-default-security-group-closed.js";
import { vpcEndpointServiceManualAccept } from "./cloud/network/vpc-endpoint-service-manual-accept.js";
import { vpcFlowLogsEnabled } from "./cloud/network/vpc-flow-logs-enabled.js";
import { ec2ImdsHopLimit1 } from "./cloud/nodes/ec2-imds-hop-limit-1.js";
import { ec2Imdsv2Required } from "./cloud/nodes/ec2-imdsv2-required.js";
import { ec2LaunchTemplateEbsEncrypted } from "./cloud/nodes/ec2-launch-template-ebs-encrypted.js";
import { ec2NoPublicIp } from "./cloud/nodes/ec2-no-public-ip.js";
import { ec2UserdataNoSecrets } from "./cloud/nodes/ec2-userdata-no-secrets.js";
import { eksNodegroupNoOpenSsh } from "./cloud/nodes/eks-nodegroup-no-open-ssh.js";
import { eksNodegroupPrivateSubnets } from "./cloud/nodes/eks-nodegroup-private-subnets.js";
import { eksNodegroupUsesLaunchTemplate } from "./cloud/nodes/eks-nodegroup-uses-launch-template.js";
import { iamNodeRoleEcrReadOnly } from "./cloud/nodes/iam-node-role-ecr-read-only.js";
import { imdsNotReachableFromPods } from "./cloud/nodes/imds-not-reachable-from-pods.js";
import { pulumiOptionsSafe } from "./cloud/options/pulumi-options-safe.js";
import { ebsEncryptionByDefault } from "./cloud/storage/ebs-encryption-by-default.js";
import { ebsVolumeEncrypted } from "./cloud/storage/ebs-volume-encrypted.js";
import { efsAccessPointEnforced } from "./cloud/storage/efs-access-point-enforced.js";
import { efsEncrypted } from "./cloud/storage/efs-encrypted.js";
import { s3AclNotPublic } from "./cloud/storage/s3-acl-not-public.js";
import { s3PolicyNoAnyPrincipal } from "./cloud/storage/s3-policy-no-any-principal.js";
import { s3PolicyNoLockout } from "./cloud/storage/s3-policy-no-lockout.js";
import { s3PublicAccessBlock } from "./cloud/storage/s3-public-access-block.js";
import { s3TlsOnly } from "./cloud/storage/s3-tls-only.js";
import { ingressHostExplicit } from "./cluster/exposure/ingress-host-explicit.js";
import { ingressNginxEol } from "./cluster/exposure/ingress-nginx-eol.js";
import { ingressNginxNoSnippets } from "./cluster/exposure/ingress-nginx-no-snippets.js";
import { ingressNoDefaultBackend } from "./cluster/exposure/ingress-no-default-backend.js";
import { ingressTls } from "./cluster/exposure/ingress-tls.js";
import { noKubernetesDashboard } from "./cluster/exposure/no-kubernetes-dashboard.js";
import { noTiller } from "./cluster/exposure/no-tiller.js";
import { serviceLbTls } from "./cluster/exposure/service-lb-tls.js";
import { serviceNoExternalIps } from "./cluster/exposure/service-no-external-ips.js";
import { serviceNoLocalhostExternalname } from "./cluster/exposure/service-no-localhost-externalname.js";
import { serviceNoNodeport } from "./cluster/exposure/service-no-nodeport.js";
import { serviceNoUnapprovedLoadbalancer } from "./cluster/exposure/service-no-unapproved-loadbalancer.js";
import { eksVpcCniDedicatedIdentity } from "./cluster/identity/eks-vpc-cni-dedicated-identity.js";
import { eksWorkloadIdentityConfigured } from "./cluster/identity/eks-workload-identity-configured.js";
import { podNoAutomountSaToken } from "./cluster/identity/pod-no-automount-sa-token.js";
import { podNoDefaultSa } from "./cluster/identity/pod-no-default-sa.js";
import { saDefaultNoAutomount } from "./cluster/identity/sa-default-no-automount.js";
import { saNoLongLivedToken } from "./cluster/identity/sa-no-long-lived-token.js";
import { namespaceDefaultDeny } from "./cluster/namespaces/namespace-default-deny.js";
import { namespaceLimitRange } from "./cluster/namespaces/namespace-limit-range.js";
import { namespacePsaEnforce } from "./cluster/namespaces/namespace-psa-enforce.js";
import { namespacePsaNotPrivileged } from "./cluster/namespaces/namespace-psa-not-privileged.js";
import { namespaceResourceQuota } from "./cluster/namespaces/namespace-resource-quota.js";
import { noUserWorkloadInKubeSystem } from "./cluster/namespaces/no-user-workload-in-kube-system.js";
import { psaAdmissionDryRun } from "./cluster/namespaces/psa-admission-dry-run.js";
import { eksNetworkPolicyEngineEnabled } from "./cluster/network/eks-network-policy-engine-enabled.js";
import { namespacePlaintextTrafficInterceptable } from "./cluster/network/namespace-plaintext-traffic-interceptable.js";
import { netpolNoEmptySelectorAllow } from "./cluster/network/netpol-no-empty-selector-allow.js";
import { netpolNoPublicEgress } from "./cluster/network/netpol-no-public-egress.js";
import { netpolNoPublicIngress } from "./cluster/network/netpol-no-public-ingress.js";
import { networkPolicyActuallyEnforced } from "./cluster/network/network-policy-actually-enforced.js";
import { podCoveredByNetworkPolicy } from "./cluster/network/pod-covered-by-network-policy.js";
import { nodeKubeletConfigHardened } from "./cluster/nodes/node-kubelet-config-hardened.js";
import { accessEntryRbacClosure } from "./cluster/rbac/access-entry-rbac-closure.js";
import { rbacNoAnonymousBinding } from "./cluster/rbac/rbac-no-anonymous-binding.js";
import { rbacNoAuthenticatedGroupBinding } from "./cluster/rbac/rbac-no-authenticated-group-binding.js";
import { rbacNoBindEscalateImpersonate } from "./cluster/rbac/rbac-no-bind-escalate-impersonate.js";
import { rbacNoClusterAdminBinding } from "./cluster/rbac/rbac-no-cluster-admin-binding.js";
import { rbacNoConfigmapWrite } from "./cluster/rbac/rbac-no-configmap-write.js";
import { rbacNoCsrApproval } from "./cluster/rbac/rbac-no-csr-approval.js";
import { rbacNoDefaultSaBinding } from "./cluster/rbac/rbac-no-default-sa-binding.js";
import { rbacNoExecAttach } from "./cluster/rbac/rbac-no-exec-attach.js";
import { rbacNoLogEventDelete } from "./cluster/rbac/rbac-no-log-event-delete.js";
import { rbacNoNodeProxy } from "./cluster/rbac/rbac-no-node-proxy.js";
import { rbacNoPortForward } from "./cluster/rbac/rbac-no-port-forward.js";
import { rbacNoPvCreate } from "./cluster/rbac/rbac-no-pv-create.js";
import { rbacNoSaTokenCreate } from "./cluster/rbac/rbac-no-sa-token-create.js";
import { rbacNoSecretRead } from "./cluster/rbac/rbac-no-secret-read.js";
import { rbacNoServiceStatusPatch } from "./cluster/rbac/rbac-no-service-status-patch.js";
import { rbacNoSystemMasters } from "./cluster/rbac/rbac-no-system-masters.js";
import { rbacNoWebhookConfig } from "./cluster/rbac/rbac-no-webhook-config.js";
import { rbacNoWildcards } from "./cluster/rbac/rbac-no-wildcards.js";
import { workloadNoClusterTakeoverRole } from "./cluster/rbac/workload-no-cluster-takeover-role.js";
import { storageclassEncrypted } from "./cluster/storage/storageclass-encrypted.js";
import { fluxSourcesVerified } from "./code/gitops/flux-sources-verified.js";
import { iamGithubOidcScoped } from "./code/identity/iam-github-oidc-scoped.js";
import { iamRoleNoPolicyManagementConflict } from "./code/identity/iam-role-no-policy-management-conflict.js";
import { imageBlockedRegistry } from "./code/images/image-blocked-registry.js";
import { imageDigestPinned } from "./code/images/image-digest-pinned.js";
import { imageNoLatest } from "./code/images/image-no-latest.js";
import { imagePullPolicyAlways } from "./code/images/image-pull-policy-always.js";
import { sgNoMixedRuleManagement } from "./code/network/sg-no-mixed-rule-management.js";
import { ecrPolicyNotPublic } from "./code/registry/ecr-policy-not-public.js";
import { ecrScanOnPush } from "./code/registry/ecr-scan-on-push.js";
import { ecrTagImmutable } from "./code/registry/ecr-tag-immutable.js";
import { imageFromHardenedPlannedRepository } from "./code/registry/image-from-hardened-planned-repository.js";
import { configmapNoSecrets } from "./code/secrets/configmap-no-secrets.js";
import { containerNoPlaintextSecretEnv } from "./code/secrets/container-no-plaintext-secret-env.js";
import { secretExternalStore } from "./code/secrets/secret-external-store.js";
import { ssmParameterSecurestring } from "./code/secrets/ssm-parameter-securestring.js";
import { CONTAINER_RULES } from "./container/index.js";

/** Every rule: of each ring in order of their ids. */
export const RULES = [
  ...CONTAINER_RULES,
  accessEntryRbacClosure,
  cloudtrailCmk,
  cloudtrailMultiRegion,
  cloudtrailValidation,
  configmapNoSecrets,
  containerNoPlaintextSecretEnv,
  ebsEncryptionByDefault,
  ebsVolumeEncrypted,
  ec2ImdsHopLimit1,
  ec2Imdsv2Required,
  ec2LaunchTemplateEbsEncrypted,
  ec2NoPublicIp,
  ec2UserdataNoSecrets,
  ecrPolicyNotPublic,
  ecrScanOnPush,
  ecrTagImmutable,
  efsAccessPointEnforced,
  efsEncrypted,
  eksAuthenticationModeApi,
  eksControlPlaneLoggingAllTypes,
  eksDeletionProtection,
  eksEndpointPrivateAccessEnabled,
  eksEndpointPublicAccessDisabled,
  eksNetworkPolicyEngineEnabled,
  eksNoCreatorAdmin,
  eksNodegroupNoOpenSsh,
  eksNodegroupPrivateSubnets,
  eksNodegroupUsesLaunchTemplate,
  eksNotInDefaultVpc,
  eksPublicAccessCidrsRestricted,
  eksSecretsKmsEnvelopeEncryption,
  eksSupportedKubernetesVersion,
  eksVpcCniDedicatedIdentity,
  eksWorkloadIdentityConfigured,
  fluxSourcesVerified,
  guarddutyEksAuditLogs,
  guarddutyEnabled,
  iamGithubOidcScoped,
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
  iamRoleNoPolicyManagementConflict,
  iamTrustNotWildcard,
  imageBlockedRegistry,
  imageDigestPinned,
  imageFromHardenedPlannedRepository,
  imageNoLatest,
  imagePullPolicyAlways,
  imdsNotReachableFromPods,
  ingressHostExplicit,
  ingressNginxEol,
  ingressNginxNoSnippets,
  ingressNoDefaultBackend,
  ingressTls,
  kmsKeyRotationEnabled,
  kmsNoBypassLockout,
  kmsPolicyNoWildcardPrincipal,
  lbDropInvalidHeaders,
  lbListenerTlsOrRedirect,
  lbTlsPolicyModern,
  lbWafAssociated,
  logGroupRetentionSet,
  namespaceDefaultDeny,
  namespaceLimitRange,
  namespacePlaintextTrafficInterceptable,
  namespacePsaEnforce,
  namespacePsaNotPrivileged,
  namespaceResourceQuota,
  netpolNoEmptySelectorAllow,
  netpolNoPublicEgress,
  netpolNoPublicIngress,
  networkPolicyActuallyEnforced,
  noKubernetesDashboard,
  noTiller,
  noUserWorkloadInKubeSystem,
  nodeKubeletConfigHardened,
  podCoveredByNetworkPolicy,
  podIdentityAssociationConsistent,
  podNoAutomountSaToken,
  podNoDefaultSa,
  privateClusterEndpointClosure,
  psaAdmissionDryRun,
  pulumiOptionsSafe,
  rbacNoAnonymousBinding,
  rbacNoAuthenticatedGroupBinding,
  rbacNoBindEscalateImpersonate,
  rbacNoClusterAdminBinding,
  rbacNoConfigmapWrite,
  rbacNoCsrApproval,
  rbacNoDefaultSaBinding,
  rbacNoExecAttach,
  rbacNoLogEventDelete,
  rbacNoNodeProxy,
  rbacNoPortForward,
  rbacNoPvCreate,
  rbacNoSaTokenCreate,
  rbacNoSecretRead,
  rbacNoServiceStatusPatch,
  rbacNoSystemMasters,
  rbacNoWebhookConfig,
  rbacNoWildcards,
  routePeeringLeastPrivilege,
  s3AclNotPublic,
  s3PolicyNoAnyPrincipal,
  s3PolicyNoLockout,
  s3PublicAccessBlock,
  s3TlsOnly,
  saDefaultNoAutomount,
  saNoLongLivedToken,
  secretExternalStore,
  serviceLbTls,
  serviceNoExternalIps,
  serviceNoLocalhostExternalname,
  serviceNoNodeport,
  serviceNoUnapprovedLoadbalancer,
  sgAuthorizedPublicPortsOnly,
  sgEgressNotUnrestricted,
  sgNoMixedRuleManagement,
  sgNoPublicAdminPorts,
  sgNoPublicHighRiskPorts,
  sgNoPublicIngressAll,
  snsEncrypted,
  snsPolicyNotPublic,
  sqsEncrypted,
  sqsPolicyNotPublic,
  ssmParameterSecurestring,
  storageclassEncrypted,
  subnetNoAutoPublicIp,
  vpcDefaultSecurityGroupClosed,
  vpcEndpointServiceManualAccept,
  vpcFlowLogsEnabled,
  workloadNoClusterTakeoverRole,
] as const satisfies readonly Rule[];

/** The id of any rule, so that a renamed rule breaks what names it at compile time. */
export type AnyRuleId = (typeof RULES)[number]["id"];
