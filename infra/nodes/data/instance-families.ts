/**
 * What families of instance types have that their names do not say.
 *
 * Read 2026-11-21 from the instance type pages of EC2 (https://docs.aws.amazon.com/ec2/latest/instancetypes/). A family that
 * is missing here is taken for one of general purpose on Nitro; its processor is read from its name.
 */

/** Families with NVIDIA GPUs. */
export const NVIDIA_FAMILIES: readonly string[] = [
  ...["g4dn", "g5", "g5g", "g6", "g6e", "g6f", "gr6", "gr6f", "g7", "g7e"],
  ...["p3dn", "p4d", "p4de", "p5", "p5e", "p5en", "p6-b200", "p6-b300", "p6e-gb200"],
];

/** Families with AWS Inferentia or Trainium. */
export const NEURON_FAMILIES: readonly string[] = ["inf1", "inf2", "trn1", "trn1n", "trn2", "trn2u", "trn3"];

/** Families on Graviton or Grace whose names have no `g` behind the generation. */
export const OTHER_ARM_FAMILIES: readonly string[] = ["a1", "p6e-gb200"];

/**
 * Families on Xen. The VPC CNI gives prefixes to Nitro machines only, and these have no NVMe disks
 * (https://docs.aws.amazon.com/eks/latest/userguide/cni-increase-ip-addresses.html).
 */
export const XEN_FAMILIES: readonly string[] = [
  ...["c1", "c3", "c4", "cc2", "d2", "f1", "g2", "g3", "g3s", "h1", "hs1", "i2", "i3", "m1", "m2", "m3", "m4"],
  ...["p2", "p3", "r3", "r4", "t1", "t2", "x1", "x1e"],
];

/** Families that EKS does not run as nodes: macOS. */
export const UNUSABLE_FAMILIES: readonly string[] = ["mac1", "mac2", "mac2-m1ultra", "mac2-m2", "mac2-m2pro", "mac-m4"];
