import type { Construct } from "constructs";
import { checkName, validateWith } from "./checks.js";
import { objectOf } from "./objects.js";
import { podVolumes } from "./pod.js";
import { claimManifest } from "./volume.js";
import { ReplicatedWorkload } from "./replicated.js";
import type { ReplicatedProps } from "./replicated.js";
import { servicePort } from "./workload.js";

/** StatefulSet settings when nobody says otherwise. */
export const STATEFUL_SET_DEFAULTS = { replicas: 1, podManagementPolicy: "OrderedReady" } as const;

/** Kubernetes labels the pods with the name and a hash, 63 characters in all, and the headless Service is nine longer. */
const MAX_NAME_LENGTH = 52;

/** Arguments of {@link HardenedStatefulSet}. */
export interface HardenedStatefulSetProps extends ReplicatedProps {
  /** @default 1 */
  readonly replicas?: number;
  /** `OrderedReady`: one after the other, each when the one before is ready. `Parallel`: all at once. @default "OrderedReady" */
  readonly podManagementPolicy?: "OrderedReady" | "Parallel";
}

/**
 * A workload that keeps data: a StatefulSet whose replicas have disks (`Volume.claim`) and names of their own. Disks stay
 * when the workload is deleted or shrunk.
 *
 * Clients use the Service of `expose()`; the headless Service `<name>-headless` gives each replica its name.
 *
 * @example new HardenedStatefulSet(shop, "db", { image, mounts: { "/data": Volume.claim("data", { sizeGiB: 20, storageClassName }) } });
 */
export class HardenedStatefulSet extends ReplicatedWorkload {
  /** Name of the headless Service: a replica's host is `<name>-0.<headlessServiceName>.<namespace>.svc.cluster.local`. */
  readonly headlessServiceName: string;

  constructor(scope: Construct, id: string, props: HardenedStatefulSetProps) {
    super(scope, id, { kind: "StatefulSet", defaultReplicas: STATEFUL_SET_DEFAULTS.replicas, surge: 0, props });
    this.headlessServiceName = `${this.name}-headless`;
    const claims = podVolumes(props)
      .map(claimManifest)
      .filter((claim) => claim !== undefined);

    this.createHeadlessService();
    this.createWorkload({
      serviceName: this.headlessServiceName,
      ...this.replicasField,
      podManagementPolicy: props.podManagementPolicy ?? STATEFUL_SET_DEFAULTS.podManagementPolicy,
      revisionHistoryLimit: 3,
      updateStrategy: { type: "RollingUpdate" },
      persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" },
      selector: { matchLabels: this.selector },
      template: this.template,
      ...(claims.length === 0 ? {} : { volumeClaimTemplates: claims }),
    });
    validateWith(this, () => (this.name.length > MAX_NAME_LENGTH ? checkName("name", this.name, MAX_NAME_LENGTH) : []));
  }

  private createHeadlessService(): void {
    const ports = this.ports.map(({ port, protocol }) => servicePort({ port, targetPort: port, protocol }));
    objectOf(this, "HeadlessService", {
      apiVersion: "v1",
      kind: "Service",
      name: this.headlessServiceName,
      namespace: this.namespace,
      labels: this.selector,
      body: {
        spec: {
          clusterIP: "None",
          publishNotReadyAddresses: true,
          selector: this.selector,
          ...(ports.length === 0 ? {} : { ports }),
        },
      },
    });
  }
}
