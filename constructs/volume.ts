import { checkName, checkSubdomain, checkWhole } from "./checks.js";
import type { Issue } from "../core/issue.js";
import type { ClaimTemplateManifest, VolumeManifest } from "./manifest.js";

/** Sizes of scratch volumes when nobody says otherwise, in MiB. */
export const VOLUME_DEFAULTS = { scratchSizeMiB: 64, memorySizeMiB: 1 } as const;

/** Readable by owner and group only. Kubernetes gives the files to the pod's `fsGroup`. */
const GROUP_READABLE = 0o440;

/** What stands behind a volume. */
export type VolumeSource =
  | { readonly kind: "scratch"; readonly sizeLimitMiB: number; readonly inMemory: boolean }
  | { readonly kind: "secret"; readonly secretName: string }
  | { readonly kind: "configMap"; readonly configMapName: string }
  | { readonly kind: "claim"; readonly sizeGiB: number; readonly storageClassName: string }
  | { readonly kind: "sharedClaim"; readonly claimName: string };

/** Where a container sees a volume, and how. Made by {@link Volume.readOnly}. */
export interface ReadOnlyMount {
  readonly volume: Volume;
  readonly readOnly: true;
}

/** Arguments of {@link Volume.scratch} and {@link Volume.memory}. */
export interface ScratchOptions {
  /** The kubelet evicts the pod above it. @default - 64 on disk, 1 in memory */
  readonly sizeLimitMiB?: number;
}

/** Arguments of {@link Volume.claim}. */
export interface ClaimOptions {
  readonly sizeGiB: number;
  /** Of an encrypted class, such as `EncryptedStorageClass` makes. There is no default: the cluster's own may not encrypt. */
  readonly storageClassName: string;
}

/**
 * Files for containers. Two containers that mount the same volume share its files; a volume belongs to the pod as soon as
 * one container mounts it. There is no volume of the host here: see `HostAccess`.
 */
export class Volume {
  /** An empty directory on the node's disk, gone with the pod (`emptyDir`). */
  static scratch(name: string, options: ScratchOptions = {}): Volume {
    const sizeLimitMiB = options.sizeLimitMiB ?? VOLUME_DEFAULTS.scratchSizeMiB;
    return new Volume(name, { kind: "scratch", sizeLimitMiB, inMemory: false });
  }

  /**
   * An empty directory in memory, gone with the pod and never on a disk: for credentials that an init container fetches.
   * What is written counts as memory of the container that wrote it.
   */
  static memory(name: string, options: ScratchOptions = {}): Volume {
    const sizeLimitMiB = options.sizeLimitMiB ?? VOLUME_DEFAULTS.memorySizeMiB;
    return new Volume(name, { kind: "scratch", sizeLimitMiB, inMemory: true });
  }

  /** The keys of a Secret as files, readable by the pod's group. */
  static secret(name: string, options: { readonly secretName: string }): Volume {
    return new Volume(name, { kind: "secret", secretName: options.secretName });
  }

  /** The keys of a ConfigMap as files, readable by the pod's group. */
  static configMap(name: string, options: { readonly configMapName: string }): Volume {
    return new Volume(name, { kind: "configMap", configMapName: options.configMapName });
  }

  /** A disk of its own for each replica of a `HardenedStatefulSet`; it outlives the pod. */
  static claim(name: string, { sizeGiB, storageClassName }: ClaimOptions): Volume {
    return new Volume(name, { kind: "claim", sizeGiB, storageClassName });
  }

  /** Files of a claim that is there already and that pods of several workloads may mount, such as one of `SharedVolume`. */
  static sharedClaim(name: string, options: { readonly claimName: string }): Volume {
    return new Volume(name, { kind: "sharedClaim", claimName: options.claimName });
  }

  private constructor(
    /** Name within the pod. */
    readonly name: string,
    readonly source: VolumeSource,
  ) {}

  /** The same files, not to be written by the container that mounts them so. */
  readOnly(): ReadOnlyMount {
    return { volume: this, readOnly: true };
  }
}

/** The volume as it stands in the pod; nothing for a claim, which stands in the StatefulSet. */
export function volumeManifest({ name, source }: Volume): VolumeManifest | undefined {
  switch (source.kind) {
    case "scratch":
      return {
        name,
        emptyDir: { sizeLimit: `${source.sizeLimitMiB}Mi`, ...(source.inMemory ? { medium: "Memory" } : {}) },
      };
    case "secret":
      return { name, secret: { secretName: source.secretName, defaultMode: GROUP_READABLE } };
    case "configMap":
      return { name, configMap: { name: source.configMapName, defaultMode: GROUP_READABLE } };
    case "sharedClaim":
      return { name, persistentVolumeClaim: { claimName: source.claimName } };
    case "claim":
      return undefined;
  }
}

/** The claim template of a claim; nothing for other volumes. */
export function claimManifest({ name, source }: Volume): ClaimTemplateManifest | undefined {
  if (source.kind !== "claim") return undefined;
  return {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name },
    spec: {
      accessModes: ["ReadWriteOnce"],
      storageClassName: source.storageClassName,
      volumeMode: "Filesystem",
      resources: { requests: { storage: `${source.sizeGiB}Gi` } },
    },
  };
}

/** The issues of a volume. */
export function checkVolume(path: string, { name, source }: Volume): readonly Issue[] {
  return [...checkName(`${path}.name`, name), ...checkSource(path, source)];
}

function checkSource(path: string, source: VolumeSource): readonly Issue[] {
  switch (source.kind) {
    case "scratch":
      return checkWhole(`${path}.sizeLimitMiB`, source.sizeLimitMiB, 1, 1_048_576);
    case "secret":
      return checkSubdomain(`${path}.secretName`, source.secretName);
    case "configMap":
      return checkSubdomain(`${path}.configMapName`, source.configMapName);
    case "sharedClaim":
      return checkSubdomain(`${path}.claimName`, source.claimName);
    case "claim":
      return [
        ...checkWhole(`${path}.sizeGiB`, source.sizeGiB, 1, 65_536),
        ...checkSubdomain(`${path}.storageClassName`, source.storageClassName),
      ];
  }
}
