/**
 * Machine images of managed node groups.
 *
 * Read 2026-11-21 from the EKS API (`AMITypes`, https://docs.aws.amazon.com/eks/latest/APIReference/API_Nodegroup.html).
 * Amazon Linux 2 is left out, its images ended in November 2025, and so is Windows, for which nothing here is hardened.
 */

/** A family of operating systems, which decides the language of user data. */
export type NodeOs = "bottlerocket" | "al2023";

/** The instruction set of a processor. */
export type Architecture = "x86" | "ARM";

/** A device whose driver lies in the image: a GPU, or AWS's own chips for machine learning. */
export type Accelerator = "nvidia" | "neuron";

/** What an image is. */
export interface AmiFacts {
  readonly os: NodeOs;
  readonly architecture: Architecture;
  /** Devices that pods can use. Bottlerocket's plain image for x86 has the driver of Neuron devices. */
  readonly accelerators: readonly Accelerator[];
  /** Whether the image is of no use on machines without its accelerator. */
  readonly needsAccelerator: boolean;
}

function bottlerocket(architecture: Architecture, accelerators: readonly Accelerator[] = []): AmiFacts {
  return { os: "bottlerocket", architecture, accelerators, needsAccelerator: accelerators.includes("nvidia") };
}

function al2023(architecture: Architecture, accelerators: readonly Accelerator[] = []): AmiFacts {
  return { os: "al2023", architecture, accelerators, needsAccelerator: accelerators.length > 0 };
}

/** The images that EKS chooses and updates, by the `amiType` of the EKS API. */
export const AMI_TYPES = {
  BOTTLEROCKET_x86_64: bottlerocket("x86", ["neuron"]),
  BOTTLEROCKET_ARM_64: bottlerocket("ARM"),
  BOTTLEROCKET_x86_64_FIPS: bottlerocket("x86", ["neuron"]),
  BOTTLEROCKET_ARM_64_FIPS: bottlerocket("ARM"),
  BOTTLEROCKET_x86_64_NVIDIA: bottlerocket("x86", ["nvidia"]),
  BOTTLEROCKET_ARM_64_NVIDIA: bottlerocket("ARM", ["nvidia"]),
  BOTTLEROCKET_x86_64_NVIDIA_FIPS: bottlerocket("x86", ["nvidia"]),
  BOTTLEROCKET_ARM_64_NVIDIA_FIPS: bottlerocket("ARM", ["nvidia"]),
  AL2023_x86_64_STANDARD: al2023("x86"),
  AL2023_ARM_64_STANDARD: al2023("ARM"),
  AL2023_x86_64_NEURON: al2023("x86", ["neuron"]),
  AL2023_x86_64_NVIDIA: al2023("x86", ["nvidia"]),
  AL2023_ARM_64_NVIDIA: al2023("ARM", ["nvidia"]),
} as const satisfies Readonly<Record<string, AmiFacts>>;

/** An image of EKS, or `CUSTOM` for one of somebody's own. */
export type AmiType = keyof typeof AMI_TYPES | "CUSTOM";
