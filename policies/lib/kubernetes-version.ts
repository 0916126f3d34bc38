import { DEFAULT_KUBERNETES_VERSION } from "../../core/data/kubernetes-versions.js";

const MINOR = /^v?1\.(\d+)(?:\.|$|\+|-)/;

/**
 * The minor version in a text: 36 of `1.36`, of `v1.36` and of `1.36.4`. Any other text reads as the default version.
 */
export function minorVersion(text: string): number {
  const [, minor] = MINOR.exec(text) ?? MINOR.exec(DEFAULT_KUBERNETES_VERSION) ?? [];
  return Number(minor);
}
