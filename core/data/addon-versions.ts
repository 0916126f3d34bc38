/**
 * Versions of EKS add-ons, pinned per Kubernetes version.
 *
 * Read 2026-11-21 from public repositories that record what `aws eks describe-addon-versions` answered for running
 * clusters of these versions, the newest build that more than one of them names. They were not read from the EKS API
 * itself. No such record was found for 1.37, so it has no row: a cluster of 1.37 names its add-on versions.
 * To refresh: `aws eks describe-addon-versions --kubernetes-version 1.36 --addon-name vpc-cni`.
 */

/** The add-ons that Ringfence installs, by their EKS name. */
export const ADDON_NAMES = [
  "vpc-cni",
  "kube-proxy",
  "eks-pod-identity-agent",
  "coredns",
  "aws-ebs-csi-driver",
] as const;

/** Name of an EKS add-on. */
export type AddonName = (typeof ADDON_NAMES)[number];

const EVERY_VERSION = {
  // 1.21.0 shipped a network policy agent that denied allowed traffic; every pin here is later.
  "vpc-cni": "v1.22.4-eksbuild.3",
  "eks-pod-identity-agent": "v1.3.10-eksbuild.3",
  "aws-ebs-csi-driver": "v1.63.1-eksbuild.1",
} as const;

/** The pinned version of each add-on by Kubernetes version. */
export const ADDON_VERSIONS = {
  "1.34": { ...EVERY_VERSION, "kube-proxy": "v1.34.6-eksbuild.21", coredns: "v1.12.4-eksbuild.29" },
  "1.35": { ...EVERY_VERSION, "kube-proxy": "v1.35.3-eksbuild.21", coredns: "v1.13.2-eksbuild.21" },
  "1.36": { ...EVERY_VERSION, "kube-proxy": "v1.36.0-eksbuild.21", coredns: "v1.14.3-eksbuild.16" },
} as const satisfies Readonly<Record<string, Readonly<Record<AddonName, string>>>>;

/** The pinned version of an add-on, or `undefined` when this Kubernetes version has no row. */
export function addonVersion(addon: AddonName, kubernetesVersion: string): string | undefined {
  if (!Object.hasOwn(ADDON_VERSIONS, kubernetesVersion)) return undefined;
  return ADDON_VERSIONS[kubernetesVersion as keyof typeof ADDON_VERSIONS][addon];
}
