import type { Rule } from "../model.js";
import { eksAuthenticationModeApi } from "./cloud/cluster/eks-authentication-mode-api.js";
import { eksControlPlaneLoggingAllTypes } from "./cloud/cluster/eks-control-plane-logging-all-types.js";
import { eksDeletionProtection } from "./cloud/cluster/eks-deletion-protection.js";
import { eksEndpointPublicAccessDisabled } from "./cloud/cluster/eks-endpoint-public-access-disabled.js";
import { eksNoCreatorAdmin } from "./cloud/cluster/eks-no-creator-admin.js";
import { eksPublicAccessCidrsRestricted } from "./cloud/cluster/eks-public-access-cidrs-restricted.js";
import { eksSecretsKmsEnvelopeEncryption } from "./cloud/cluster/eks-secrets-kms-envelope-encryption.js";
import { eksSupportedKubernetesVersion } from "./cloud/cluster/eks-supported-kubernetes-version.js";
import { kmsKeyRotationEnabled } from "./cloud/encryption/kms-key-rotation-enabled.js";
import { iamNoAdminManagedPolicy } from "./cloud/identity/iam-no-admin-managed-policy.js";
import { iamNoAdminStar } from "./cloud/identity/iam-no-admin-star.js";
import { podIdentityAssociationConsistent } from "./cloud/identity/pod-identity-association-consistent.js";
import { logGroupRetentionSet } from "./cloud/logging/log-group-retention-set.js";
import { privateClusterEndpointClosure } from "./cloud/network/private-cluster-endpoint-closure.js";
import { sgNoPublicAdminPorts } from "./cloud/network/sg-no-public-admin-ports.js";
import { sgNoPublicHighRiskPorts } from "./cloud/network/sg-no-public-high-risk-ports.js";
import { sgNoPublicIngressAll } from "./cloud/network/sg-no-public-ingress-all.js";
import { subnetNoAutoPublicIp } from "./cloud/network/subnet-no-auto-public-ip.js";
import { vpcDefaultSecurityGroupClosed } from "./cloud/network/vpc-default-security-group-closed.js";
import { vpcFlowLogsEnabled } from "./cloud/network/vpc-flow-logs-enabled.js";
import { ec2ImdsHopLimit1 } from "./cloud/nodes/ec2-imds-hop-limit-1.js";
import { ec2Imdsv2Required } from "./cloud/nodes/ec2-imdsv2-required.js";
import { ec2LaunchTemplateEbsEncrypted } from "./cloud/nodes/ec2-launch-template-ebs-encrypted.js";
import { ec2NoPublicIp } from "./cloud/nodes/ec2-no-public-ip.js";
import { eksNodegroupNoOpenSsh } from "./cloud/nodes/eks-nodegroup-no-open-ssh.js";
import { imdsNotReachableFromPods } from "./cloud/nodes/imds-not-reachable-from-pods.js";
import { pulumiOptionsSafe } from "./cloud/options/pulumi-options-safe.js";
import { ingressTls } from "./cluster/exposure/ingress-tls.js";
import { noKubernetesDashboard } from "./cluster/exposure/no-kubernetes-dashboard.js";
import { serviceNoUnapprovedLoadbalancer } from "./cluster/exposure/service-no-unapproved-loadbalancer.js";
import { podNoAutomountSaToken } from "./cluster/identity/pod-no-automount-sa-token.js";
import { podNoDefaultSa } from "./cluster/identity/pod-no-default-sa.js";
import { saDefaultNoAutomount } from "./cluster/identity/sa-default-no-automount.js";
import { namespaceDefaultDeny } from "./cluster/namespaces/namespace-default-deny.js";
import { namespacePsaEnforce } from "./cluster/namespaces/namespace-psa-enforce.js";
import { namespacePsaNotPrivileged } from "./cluster/namespaces/namespace-psa-not-privileged.js";
import { psaAdmissionDryRun } from "./cluster/namespaces/psa-admission-dry-run.js";
import { eksNetworkPolicyEngineEnabled } from "./cluster/network/eks-network-policy-engine-enabled.js";
import { namespacePlaintextTrafficInterceptable } from "./cluster/network/namespace-plaintext-traffic-interceptable.js";
import { networkPolicyActuallyEnforced } from "./cluster/network/network-policy-actually-enforced.js";
import { accessEntryRbacClosure } from "./cluster/rbac/access-entry-rbac-closure.js";
import { rbacNoAnonymousBinding } from "./cluster/rbac/rbac-no-anonymous-binding.js";
import { rbacNoClusterAdminBinding } from "./cluster/rbac/rbac-no-cluster-admin-binding.js";
import { rbacNoWildcards } from "./cluster/rbac/rbac-no-wildcards.js";
import { imageDigestPinned } from "./code/images/image-digest-pinned.js";
import { imageNoLatest } from "./code/images/image-no-latest.js";
import { ecrScanOnPush } from "./code/registry/ecr-scan-on-push.js";
import { ecrTagImmutable } from "./code/registry/ecr-tag-immutable.js";
import { imageFromHardenedPlannedRepository } from "./code/registry/image-from-hardened-planned-repository.js";
import { configmapNoSecrets } from "./code/secrets/configmap-no-secrets.js";
import { containerNoPlaintextSecretEnv } from "./code/secrets/container-no-plaintext-secret-env.js";
import { containerNoRuntimeSocket } from "./container/isolation/container-no-runtime-socket.js";
import { podNoHostNetwork } from "./container/isolation/pod-no-host-network.js";
import { podNoHostPid } from "./container/isolation/pod-no-host-pid.js";
import { podNoHostpath } from "./container/isolation/pod-no-hostpath.js";
import { podNoPrivileged } from "./container/isolation/pod-no-privileged.js";
import { containerDropAllCapabilities } from "./container/privileges/container-drop-all-capabilities.js";
import { containerNoPrivilegeEscalation } from "./container/privileges/container-no-privilege-escalation.js";
import { containerReadOnlyRootFs } from "./container/privileges/container-read-only-root-fs.js";
import { podRunAsNonRoot } from "./container/privileges/pod-run-as-non-root.js";
import { podSeccompRuntimeDefault } from "./container/privileges/pod-seccomp-runtime-default.js";
import { containerMemoryLimit } from "./container/resources/container-memory-limit.js";

/** Every rule, in order of their ids. */
export const RULES = [
  accessEntryRbacClosure,
  configmapNoSecrets,
  containerDropAllCapabilities,
  containerMemoryLimit,
  containerNoPlaintextSecretEnv,
  containerNoPrivilegeEscalation,
  containerNoRuntimeSocket,
  containerReadOnlyRootFs,
  ec2ImdsHopLimit1,
  ec2Imdsv2Required,
  ec2LaunchTemplateEbsEncrypted,
  ec2NoPublicIp,
  ecrScanOnPush,
  ecrTagImmutable,
  eksAuthenticationModeApi,
  eksControlPlaneLoggingAllTypes,
  eksDeletionProtection,
  eksEndpointPublicAccessDisabled,
  eksNetworkPolicyEngineEnabled,
  eksNoCreatorAdmin,
  eksNodegroupNoOpenSsh,
  eksPublicAccessCidrsRestricted,
  eksSecretsKmsEnvelopeEncryption,
  eksSupportedKubernetesVersion,
  iamNoAdminManagedPolicy,
  iamNoAdminStar,
  imageDigestPinned,
  imageFromHardenedPlannedRepository,
  imageNoLatest,
  imdsNotReachableFromPods,
  ingressTls,
  kmsKeyRotationEnabled,
  logGroupRetentionSet,
  namespaceDefaultDeny,
  namespacePlaintextTrafficInterceptable,
  namespacePsaEnforce,
  namespacePsaNotPrivileged,
  networkPolicyActuallyEnforced,
  noKubernetesDashboard,
  podIdentityAssociationConsistent,
  podNoAutomountSaToken,
  podNoDefaultSa,
  podNoHostNetwork,
  podNoHostPid,
  podNoHostpath,
  podNoPrivileged,
  podRunAsNonRoot,
  podSeccompRuntimeDefault,
  privateClusterEndpointClosure,
  psaAdmissionDryRun,
  pulumiOptionsSafe,
  rbacNoAnonymousBinding,
  rbacNoClusterAdminBinding,
  rbacNoWildcards,
  saDefaultNoAutomount,
  serviceNoUnapprovedLoadbalancer,
  sgNoPublicAdminPorts,
  sgNoPublicHighRiskPorts,
  sgNoPublicIngressAll,
  subnetNoAutoPublicIp,
  vpcDefaultSecurityGroupClosed,
  vpcFlowLogsEnabled,
] as const satisfies readonly Rule[];

/** The id of any rule, so that a renamed rule breaks what names it at compile time. */
export type AnyRuleId = (typeof RULES)[number]["id"];
