import type { FrameworkControl, FrameworkTable } from "../model.js";

const FILES_OF_THE_IMAGE =
  "files of the node's image: Amazon Linux 2023 and Bottlerocket are known to keep it, a plan does not show them";
/** What is left out of the configuration is the default of the node's image, which a plan does not show. */
const KUBELET = {
  provable: "partly",
  rest: "runtime",
  evidence:
    "user data of launch templates (NodeConfig, Bottlerocket settings, bootstrap arguments) and Karpenter's node classes; what is left out is the default of the node's image",
} as const satisfies Partial<FrameworkControl>;

/** What the rule about the kubelet's settings says of one of them. */
const setting = (about: RegExp): Partial<FrameworkControl> => ({
  ...KUBELET,
  rules: ["node-kubelet-config-hardened"],
  about,
});
const RBAC = "rules of Roles and ClusterRoles, aggregated ones included, and who is bound to them";
const PSA_AND_PODS = "the namespace's Pod Security label and the pod specs themselves";

/** All recommendations of the benchmark, in its order. */
const CONTROLS: readonly FrameworkControl[] = [
  { id: "2.1.1", title: "audit logs are on", provable: "yes", evidence: "enabledClusterLogTypes of the cluster" },
  {
    id: "2.1.2",
    title: "audit logs are collected and managed",
    provable: "partly",
    evidence: "retention and key of the log group /aws/eks/<cluster>/cluster; who reads the logs is outside the plan",
    rules: ["log-group-retention-set"],
  },
  { id: "3.1.1", title: "kubeconfig file permissions", provable: "no", rest: "runtime", evidence: FILES_OF_THE_IMAGE },
  {
    id: "3.1.2",
    title: "kubelet's kubeconfig ownership",
    provable: "no",
    rest: "runtime",
    evidence: FILES_OF_THE_IMAGE,
  },
  {
    id: "3.1.3",
    title: "kubelet configuration file permissions",
    provable: "no",
    rest: "runtime",
    evidence: FILES_OF_THE_IMAGE,
  },
  {
    id: "3.1.4",
    title: "kubelet configuration file ownership",
    provable: "no",
    rest: "runtime",
    evidence: FILES_OF_THE_IMAGE,
  },
  { id: "3.2.1", title: "kubelet: anonymous authentication is off", ...setting(/callers without a name/) },
  {
    id: "3.2.2",
    title: "kubelet: authorization mode is not AlwaysAllow",
    ...setting(/every caller may do everything/),
  },
  { id: "3.2.3", title: "kubelet: a client CA file is set", ...KUBELET },
  { id: "3.2.4", title: "kubelet: the read-only port is off", ...setting(/read-only port/) },
  { id: "3.2.5", title: "kubelet: streaming connections time out", ...setting(/idle connections/) },
  { id: "3.2.6", title: "kubelet: iptables chains are made", ...setting(/iptables/) },
  { id: "3.2.7", title: "kubelet: the event rate captures what matters", ...KUBELET },
  { id: "3.2.8", title: "kubelet: client certificates rotate", ...setting(/client certificate/) },
  { id: "3.2.9", title: "kubelet: server certificates rotate", ...setting(/serving certificate/) },
  {
    id: "4.1.1",
    title: "cluster-admin is used only where required",
    provable: "yes",
    evidence: "bindings, AmazonEKSClusterAdminPolicy associations, and the creator's admin rights",
  },
  { id: "4.1.2", title: "few may read Secrets", provable: "yes", evidence: RBAC },
  { id: "4.1.3", title: "no wildcards in Roles and ClusterRoles", provable: "yes", evidence: RBAC },
  { id: "4.1.4", title: "few may create pods", provable: "yes", evidence: `${RBAC}; pods and every controller kind` },
  {
    id: "4.1.5",
    title: "default service accounts are not used",
    provable: "yes",
    evidence: "service accounts of pods, and the default service account of each planned namespace",
  },
  {
    id: "4.1.6",
    title: "service account tokens are mounted only where needed",
    provable: "yes",
    evidence: "automountServiceAccountToken of pods and of their service accounts",
  },
  {
    id: "4.1.7",
    title: "the Cluster Access Manager API is used",
    provable: "yes",
    evidence: "accessConfig.authenticationMode",
  },
  { id: "4.1.8", title: "few may bind, impersonate or escalate", provable: "yes", evidence: RBAC },
  { id: "4.1.9", title: "few may create PersistentVolumes", provable: "yes", evidence: RBAC },
  { id: "4.1.10", title: "few may use the proxy of nodes", provable: "yes", evidence: RBAC },
  { id: "4.1.11", title: "few may change webhook configurations", provable: "yes", evidence: RBAC },
  { id: "4.1.12", title: "few may create service account tokens", provable: "yes", evidence: RBAC },
  { id: "4.2.1", title: "no privileged containers", provable: "yes", evidence: PSA_AND_PODS },
  { id: "4.2.2", title: "no sharing of the host's process namespace", provable: "yes", evidence: PSA_AND_PODS },
  { id: "4.2.3", title: "no sharing of the host's IPC namespace", provable: "yes", evidence: PSA_AND_PODS },
  { id: "4.2.4", title: "no sharing of the host's network", provable: "yes", evidence: PSA_AND_PODS },
  { id: "4.2.5", title: "no privilege escalation in containers", provable: "yes", evidence: PSA_AND_PODS },
  {
    id: "4.3.1",
    title: "the CNI plugin supports network policies",
    provable: "yes",
    evidence: "configuration of the vpc-cni add-on, or another policy engine in the plan",
  },
  {
    id: "4.3.2",
    title: "every namespace has network policies",
    provable: "yes",
    evidence: "Namespaces and NetworkPolicies",
  },
  {
    id: "4.4.1",
    title: "secrets come as files, not as environment variables",
    provable: "yes",
    evidence: "env and envFrom",
  },
  {
    id: "4.4.2",
    title: "external secret storage is considered",
    provable: "partly",
    evidence: "literal Secret data, and objects of external secret stores; how they are run is outside the plan",
  },
  {
    id: "4.5.1",
    title: "namespaces draw administrative boundaries",
    provable: "partly",
    evidence: "namespaces are there to read; whether they follow the organization's boundaries is for a person to say",
  },
  { id: "4.5.2", title: "the default namespace is not used", provable: "yes", evidence: "metadata.namespace" },
  {
    id: "5.1.1",
    title: "images in ECR are scanned",
    provable: "yes",
    evidence: "scanning of repositories and of the registry",
  },
  {
    id: "5.1.2",
    title: "few users have access to ECR",
    provable: "partly",
    evidence: "policies in the plan; other principals of the account are outside it",
  },
  {
    id: "5.1.3",
    title: "the cluster reads ECR and does not write",
    provable: "yes",
    evidence: "the node role and its policies",
  },
  {
    id: "5.1.4",
    title: "images come from approved registries",
    provable: "yes",
    evidence: "images and the list of registries",
  },
  {
    id: "5.2.1",
    title: "workloads have service accounts with AWS roles of their own",
    provable: "yes",
    evidence: "Pod Identity associations and role annotations of service accounts",
  },
  {
    id: "5.3.1",
    title: "Kubernetes Secrets are encrypted with a customer key",
    provable: "yes",
    evidence: "encryptionConfig",
  },
  { id: "5.4.1", title: "access to the API endpoint is restricted", provable: "yes", evidence: "vpcConfig" },
  { id: "5.4.2", title: "the private endpoint is on and the public one off", provable: "yes", evidence: "vpcConfig" },
  {
    id: "5.4.3",
    title: "nodes are private",
    provable: "yes",
    evidence: "subnets of nodes, their routes, and public addresses of subnets and launch templates",
  },
  {
    id: "5.4.4",
    title: "network policy is on and set as it should be",
    provable: "yes",
    evidence: "4.3.1, 4.3.2 and a default deny in each namespace",
    rules: ["namespace-default-deny"],
  },
  {
    id: "5.4.5",
    title: "traffic to load balancers is encrypted by TLS",
    provable: "yes",
    evidence: "listeners of load balancers, and annotations of Services and Ingresses",
  },
  {
    id: "5.5.1",
    title: "Kubernetes users are managed by IAM",
    provable: "partly",
    evidence: "access entries and the authentication mode; identity providers outside the plan do not show",
  },
];

/** CIS Amazon Elastic Kubernetes Service Benchmark v1.8.0. */
export const CIS_EKS: FrameworkTable = {
  id: "cis-eks-1.8.0",
  title: "CIS Amazon EKS Benchmark",
  version: "1.8.0",
  tableVersion: "1",
  source: "catalogue/cis-eks-1.8.0.csv, gathered from public mappings (kube-bench, Kubescape), in words of our own",
  asOf: "2026-11-21",
  namedBy: ["cis-eks-1.8.0"],
  complete: true,
  controls: CONTROLS,
};
