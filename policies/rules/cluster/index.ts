// Made by `npm run generate:rules` from the files of this folder.
import type { Rule } from "../../model.js";
import { certificateConstrained } from "./exposure/certificate-constrained.js";
import { ingressEdgeComplete } from "./exposure/ingress-edge-complete.js";
import { ingressHostExplicit } from "./exposure/ingress-host-explicit.js";
import { ingressNginxEol } from "./exposure/ingress-nginx-eol.js";
import { ingressNginxNoSnippets } from "./exposure/ingress-nginx-no-snippets.js";
import { ingressNoDefaultBackend } from "./exposure/ingress-no-default-backend.js";
import { ingressTls } from "./exposure/ingress-tls.js";
import { internetToPodPath } from "./exposure/internet-to-pod-path.js";
import { noKubernetesDashboard } from "./exposure/no-kubernetes-dashboard.js";
import { noTiller } from "./exposure/no-tiller.js";
import { postureDelta } from "./exposure/posture-delta.js";
import { serviceLbTls } from "./exposure/service-lb-tls.js";
import { serviceNoExternalIps } from "./exposure/service-no-external-ips.js";
import { serviceNoLocalhostExternalname } from "./exposure/service-no-localhost-externalname.js";
import { serviceNoNodeport } from "./exposure/service-no-nodeport.js";
import { serviceNoUnapprovedLoadbalancer } from "./exposure/service-no-unapproved-loadbalancer.js";
import { workloadInternetExposed } from "./exposure/workload-internet-exposed.js";
import { argocdNoDefaultProject } from "./gitops/argocd-no-default-project.js";
import { eksIamAuthenticator } from "./identity/eks-iam-authenticator.js";
import { eksVpcCniDedicatedIdentity } from "./identity/eks-vpc-cni-dedicated-identity.js";
import { eksWorkloadIdentityConfigured } from "./identity/eks-workload-identity-configured.js";
import { irsaNoDanglingIdentity } from "./identity/irsa-no-dangling-identity.js";
import { podNoAutomountSaToken } from "./identity/pod-no-automount-sa-token.js";
import { podNoDefaultSa } from "./identity/pod-no-default-sa.js";
import { podSaExists } from "./identity/pod-sa-exists.js";
import { podSaNotShared } from "./identity/pod-sa-not-shared.js";
import { saDefaultNoAutomount } from "./identity/sa-default-no-automount.js";
import { saNoLongLivedToken } from "./identity/sa-no-long-lived-token.js";
import { admissionPolicyDryRun } from "./namespaces/admission-policy-dry-run.js";
import { namespaceBoundaries } from "./namespaces/namespace-boundaries.js";
import { namespaceDefaultDeny } from "./namespaces/namespace-default-deny.js";
import { namespaceIstioInjection } from "./namespaces/namespace-istio-injection.js";
import { namespaceLimitRange } from "./namespaces/namespace-limit-range.js";
import { namespacePsaEnforce } from "./namespaces/namespace-psa-enforce.js";
import { namespacePsaNotPrivileged } from "./namespaces/namespace-psa-not-privileged.js";
import { namespaceResourceQuota } from "./namespaces/namespace-resource-quota.js";
import { noDefaultNamespace } from "./namespaces/no-default-namespace.js";
import { noUserWorkloadInKubeSystem } from "./namespaces/no-user-workload-in-kube-system.js";
import { psaAdmissionDryRun } from "./namespaces/psa-admission-dry-run.js";
import { defaultDenyKeepsDnsAndSts } from "./network/default-deny-keeps-dns-and-sts.js";
import { eksNetworkPolicyEngineEnabled } from "./network/eks-network-policy-engine-enabled.js";
import { namespacePlaintextTrafficInterceptable } from "./network/namespace-plaintext-traffic-interceptable.js";
import { netpolNoEmptySelectorAllow } from "./network/netpol-no-empty-selector-allow.js";
import { netpolNoPublicEgress } from "./network/netpol-no-public-egress.js";
import { netpolNoPublicIngress } from "./network/netpol-no-public-ingress.js";
import { netpolPeerSelectsSomething } from "./network/netpol-peer-selects-something.js";
import { netpolSelectsSomething } from "./network/netpol-selects-something.js";
import { networkPolicyActuallyEnforced } from "./network/network-policy-actually-enforced.js";
import { networkPolicyVsSecurityGroup } from "./network/network-policy-vs-security-group.js";
import { podCoveredByNetworkPolicy } from "./network/pod-covered-by-network-policy.js";
import { sandboxEgressPolicy } from "./network/sandbox-egress-policy.js";
import { fargateFit } from "./nodes/fargate-fit.js";
import { nodeKubeletConfigHardened } from "./nodes/node-kubelet-config-hardened.js";
import { tenantNodeIsolation } from "./nodes/tenant-node-isolation.js";
import { versionSkewAndRemovedApis } from "./nodes/version-skew-and-removed-apis.js";
import { accessEntryRbacClosure } from "./rbac/access-entry-rbac-closure.js";
import { awsAuthConsistentWithAuthMode } from "./rbac/aws-auth-consistent-with-auth-mode.js";
import { k8sRbacToCloudEscalation } from "./rbac/k8s-rbac-to-cloud-escalation.js";
import { rbacAggregationEscalation } from "./rbac/rbac-aggregation-escalation.js";
import { rbacBindingNoSelfEscalation } from "./rbac/rbac-binding-no-self-escalation.js";
import { rbacNoAnonymousBinding } from "./rbac/rbac-no-anonymous-binding.js";
import { rbacNoAuthenticatedGroupBinding } from "./rbac/rbac-no-authenticated-group-binding.js";
import { rbacNoBindEscalateImpersonate } from "./rbac/rbac-no-bind-escalate-impersonate.js";
import { rbacNoBroadDelete } from "./rbac/rbac-no-broad-delete.js";
import { rbacNoClusterAdminBinding } from "./rbac/rbac-no-cluster-admin-binding.js";
import { rbacNoConfigmapWrite } from "./rbac/rbac-no-configmap-write.js";
import { rbacNoCsrApproval } from "./rbac/rbac-no-csr-approval.js";
import { rbacNoDefaultSaBinding } from "./rbac/rbac-no-default-sa-binding.js";
import { rbacNoExecAttach } from "./rbac/rbac-no-exec-attach.js";
import { rbacNoLogEventDelete } from "./rbac/rbac-no-log-event-delete.js";
import { rbacNoNetworkWrite } from "./rbac/rbac-no-network-write.js";
import { rbacNoNodeProxy } from "./rbac/rbac-no-node-proxy.js";
import { rbacNoPodCreate } from "./rbac/rbac-no-pod-create.js";
import { rbacNoPortForward } from "./rbac/rbac-no-port-forward.js";
import { rbacNoPvCreate } from "./rbac/rbac-no-pv-create.js";
import { rbacNoSaTokenCreate } from "./rbac/rbac-no-sa-token-create.js";
import { rbacNoSecretRead } from "./rbac/rbac-no-secret-read.js";
import { rbacNoServiceStatusPatch } from "./rbac/rbac-no-service-status-patch.js";
import { rbacNoSystemMasters } from "./rbac/rbac-no-system-masters.js";
import { rbacNoWebhookConfig } from "./rbac/rbac-no-webhook-config.js";
import { rbacNoWildcards } from "./rbac/rbac-no-wildcards.js";
import { workloadNoClusterTakeoverRole } from "./rbac/workload-no-cluster-takeover-role.js";
import { hpaValid } from "./reliability/hpa-valid.js";
import { jobCronjobHygiene } from "./reliability/job-cronjob-hygiene.js";
import { noNakedPods } from "./reliability/no-naked-pods.js";
import { pdbAllowsDisruption } from "./reliability/pdb-allows-disruption.js";
import { pdbExists } from "./reliability/pdb-exists.js";
import { rollingUpdate } from "./reliability/rolling-update.js";
import { workloadMinReplicas } from "./reliability/workload-min-replicas.js";
import { pvcRwo } from "./storage/pvc-rwo.js";
import { pvcStorageclassSet } from "./storage/pvc-storageclass-set.js";
import { storageclassEncrypted } from "./storage/storageclass-encrypted.js";
import { storageclassKmsUsable } from "./storage/storageclass-kms-usable.js";
import { endpointsliceNoLoopback } from "./wiring/endpointslice-no-loopback.js";
import { ingressBackendExists } from "./wiring/ingress-backend-exists.js";
import { ingressUniqueHostPath } from "./wiring/ingress-unique-host-path.js";
import { selectorMatchesTemplate } from "./wiring/selector-matches-template.js";
import { serviceTargetsWorkload } from "./wiring/service-targets-workload.js";
import { serviceUniqueSelector } from "./wiring/service-unique-selector.js";
import { statefulsetHeadlessService } from "./wiring/statefulset-headless-service.js";

/** The rules of the ring cluster, in order of their ids. */
export const CLUSTER_RULES = [
  accessEntryRbacClosure,
  admissionPolicyDryRun,
  argocdNoDefaultProject,
  awsAuthConsistentWithAuthMode,
  certificateConstrained,
  defaultDenyKeepsDnsAndSts,
  eksIamAuthenticator,
  eksNetworkPolicyEngineEnabled,
  eksVpcCniDedicatedIdentity,
  eksWorkloadIdentityConfigured,
  endpointsliceNoLoopback,
  fargateFit,
  hpaValid,
  ingressBackendExists,
  ingressEdgeComplete,
  ingressHostExplicit,
  ingressNginxEol,
  ingressNginxNoSnippets,
  ingressNoDefaultBackend,
  ingressTls,
  ingressUniqueHostPath,
  internetToPodPath,
  irsaNoDanglingIdentity,
  jobCronjobHygiene,
  k8sRbacToCloudEscalation,
  namespaceBoundaries,
  namespaceDefaultDeny,
  namespaceIstioInjection,
  namespaceLimitRange,
  namespacePlaintextTrafficInterceptable,
  namespacePsaEnforce,
  namespacePsaNotPrivileged,
  namespaceResourceQuota,
  netpolNoEmptySelectorAllow,
  netpolNoPublicEgress,
  netpolNoPublicIngress,
  netpolPeerSelectsSomething,
  netpolSelectsSomething,
  networkPolicyActuallyEnforced,
  networkPolicyVsSecurityGroup,
  noDefaultNamespace,
  noKubernetesDashboard,
  noNakedPods,
  noTiller,
  noUserWorkloadInKubeSystem,
  nodeKubeletConfigHardened,
  pdbAllowsDisruption,
  pdbExists,
  podCoveredByNetworkPolicy,
  podNoAutomountSaToken,
  podNoDefaultSa,
  podSaExists,
  podSaNotShared,
  postureDelta,
  psaAdmissionDryRun,
  pvcRwo,
  pvcStorageclassSet,
  rbacAggregationEscalation,
  rbacBindingNoSelfEscalation,
  rbacNoAnonymousBinding,
  rbacNoAuthenticatedGroupBinding,
  rbacNoBindEscalateImpersonate,
  rbacNoBroadDelete,
  rbacNoClusterAdminBinding,
  rbacNoConfigmapWrite,
  rbacNoCsrApproval,
  rbacNoDefaultSaBinding,
  rbacNoExecAttach,
  rbacNoLogEventDelete,
  rbacNoNetworkWrite,
  rbacNoNodeProxy,
  rbacNoPodCreate,
  rbacNoPortForward,
  rbacNoPvCreate,
  rbacNoSaTokenCreate,
  rbacNoSecretRead,
  rbacNoServiceStatusPatch,
  rbacNoSystemMasters,
  rbacNoWebhookConfig,
  rbacNoWildcards,
  rollingUpdate,
  saDefaultNoAutomount,
  saNoLongLivedToken,
  sandboxEgressPolicy,
  selectorMatchesTemplate,
  serviceLbTls,
  serviceNoExternalIps,
  serviceNoLocalhostExternalname,
  serviceNoNodeport,
  serviceNoUnapprovedLoadbalancer,
  serviceTargetsWorkload,
  serviceUniqueSelector,
  statefulsetHeadlessService,
  storageclassEncrypted,
  storageclassKmsUsable,
  tenantNodeIsolation,
  versionSkewAndRemovedApis,
  workloadInternetExposed,
  workloadMinReplicas,
  workloadNoClusterTakeoverRole,
] as const satisfies readonly Rule[];
