/**
 * Versions of EKS add-ons, pinned per Kubernetes version.
 *
 * Read 2026-11-21 from public repositories that record what `aws eks describe-addon-versions` answered for running
 * clusters of these versions, the newest build that more than one of them names. They were not read from the EKS API
 * itself. No such record was found for 1.37, so it has no row: a cluster of 1.37 names its add-on versions.
 * To refresh: `aws eks describe-addon-versions --kubernetes-version 1.36 --addon-name vpc-cni`.
 *
 * The AWS and community add-ons are those of
 * https://docs.aws.amazon.com/eks/latest/userguide/workloads-add-ons-available-eks.html and
 * https://docs.aws.amazon.com/eks/latest/userguide/community-addons.html. Not every Region has every build at once: a build
 * that a Region lacks is named by its user.
 */

/** The add-ons that Ringfence installs, by their EKS name. */
export const ADDON_NAMES = [
  "vpc-cni",
  "kube-proxy",
  "eks-pod-identity-agent",
  "coredns",
  "aws-ebs-csi-driver",
  "aws-efs-csi-driver",
  "snapshot-controller",
  "metrics-server",
  "eks-node-monitoring-agent",
  "aws-guardduty-agent",
  "cert-manager",
  "external-dns",
  "kube-state-metrics",
  "prometheus-node-exporter",
] as const;

/** Name of an EKS add-on. */
export type AddonName = (typeof ADDON_NAMES)[number];

/** The same build serves every listed version. */
const EVERY_VERSION = {
  // 1.21.0 shipped a network policy agent that denied allowed traffic; every pin here is later.
  "vpc-cni": "v1.22.4-eksbuild.3",
  "eks-pod-identity-agent": "v1.3.10-eksbuild.3",
  // From 1.58 on the driver tags volumes by cluster, which its cluster-scoped policy asks for.
  "aws-ebs-csi-driver": "v1.63.1-eksbuild.1",
  "aws-efs-csi-driver": "v3.4.2-eksbuild.1",
  "snapshot-controller": "v8.6.0-eksbuild.6",
  "eks-node-monitoring-agent": "v1.7.0-eksbuild.1",
  // Named by one record each: the GuardDuty agent and the two exporters of metrics.
  "aws-guardduty-agent": "v1.15.0-eksbuild.2",
  // The third build reached some Regions weeks later.
  "cert-manager": "v1.21.0-eksbuild.2",
  "external-dns": "v0.21.0-eksbuild.6",
  "kube-state-metrics": "v2.19.1-eksbuild.2",
  "prometheus-node-exporter": "v1.11.1-eksbuild.7",
} as const;

/** The pinned version of each add-on by Kubernetes version. */
export const ADDON_VERSIONS = {
  "1.34": {
    ...EVERY_VERSION,
    "kube-proxy": "v1.34.6-eksbuild.21",
    coredns: "v1.12.4-eksbuild.29",
    "metrics-server": "v0.9.0-eksbuild.5",
  },
  "1.35": {
    ...EVERY_VERSION,
    "kube-proxy": "v1.35.3-eksbuild.21",
    coredns: "v1.13.2-eksbuild.21",
    "metrics-server": "v0.9.0-eksbuild.5",
  },
  "1.36": {
    ...EVERY_VERSION,
    "kube-proxy": "v1.36.0-eksbuild.21",
    coredns: "v1.14.3-eksbuild.16",
    "metrics-server": "v0.9.0-eksbuild.11",
  },
} as const satisfies Readonly<Record<string, Readonly<Record<AddonName, string>>>>;

/** The pinned version of an add-on, or `undefined` when this Kubernetes version has no row. */
export function addonVersion(addon: AddonName, kubernetesVersion: string): string | undefined {
  if (!Object.hasOwn(ADDON_VERSIONS, kubernetesVersion)) return undefined;
  return ADDON_VERSIONS[kubernetesVersion as keyof typeof ADDON_VERSIONS][addon];
}
