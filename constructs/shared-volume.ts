import { Chart } from "cdk8s";
import { Construct } from "constructs";
import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";
import { checkName, checkSubdomain, checkWhole, validateWith } from "./checks.js";
import { HardenedNamespace } from "./namespace.js";
import { objectOf } from "./objects.js";
import { Volume } from "./volume.js";

/** Arguments of {@link SharedVolume}. */
export interface SharedVolumeProps {
  /** @default - the construct's id */
  readonly name?: string;
  /** @default - that of the HardenedNamespace around it, else that of its chart */
  readonly namespace?: string;
  /** What the claim asks for; it counts in the quota of its namespace. */
  readonly sizeGiB: number;
  /** Of a class of file systems that several nodes can mount, such as one of the EFS CSI driver. */
  readonly storageClassName: string;
}

/**
 * Files that pods of several workloads share (`ReadWriteMany`): whoever may write there can hand the others what they run or
 * believe, so mount it with `readOnly()` where reading is enough. File systems of NFS, EFS among them, cannot be mapped into a
 * pod's own user namespace: such pods need `UserNamespace.host` with that reason.
 *
 * @example const { volume } = new SharedVolume(shop, "uploads", { sizeGiB: 20, storageClassName: "efs" });
 */
export class SharedVolume extends Construct {
  /** For `mounts` of every workload of the namespace. */
  readonly volume: Volume;

  constructor(scope: Construct, id: string, props: SharedVolumeProps) {
    super(scope, id);
    const name = props.name ?? id;
    const { sizeGiB, storageClassName } = props;
    const enclosing = HardenedNamespace.of(this);
    const namespace = props.namespace ?? enclosing?.name ?? Chart.of(this).namespace;
    this.volume = Volume.sharedClaim(name, { claimName: name });
    const claim = objectOf(this, "Resource", {
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      name,
      namespace: namespace ?? "default",
      body: {
        spec: {
          accessModes: ["ReadWriteMany"],
          storageClassName,
          volumeMode: "Filesystem",
          resources: { requests: { storage: `${sizeGiB}Gi` } },
        },
      },
    });
    if (enclosing !== undefined) claim.addDependency(...enclosing.guards);
    enclosing?.expectDemand(() => ({
      name: `PersistentVolumeClaim ${name}`,
      pods: 0,
      cpuRequestMillicores: 0,
      cpuLimitMillicores: 0,
      memoryMiB: 0,
      persistentVolumeClaims: 1,
      storageGiB: sizeGiB,
      priorityClassName: undefined,
    }));
    validateWith(this, () => [
      ...checkName("name", name),
      ...checkPlace(namespace),
      ...checkWhole("sizeGiB", sizeGiB, 1, 65_536),
      ...checkSubdomain("storageClassName", storageClassName),
    ]);
  }
}

function checkPlace(namespace: string | undefined): readonly Issue[] {
  if (namespace !== undefined) return checkName("namespace", namespace);
  const advice = "Make it inside a HardenedNamespace, or give 'namespace'";
  return [issue("Required", "namespace", "must be known", undefined, advice)];
}
