import type { Relaxation } from "../core/relaxation.js";
import { confinementManifest } from "./confinement.js";
import type { ConfinementProps } from "./confinement.js";
import { containerManifest, containerPorts, containerRelaxations, containerVolumes } from "./container.js";
import type { ContainerContext, ContainerProps, NamedContainerProps } from "./container.js";
import { accessOf } from "./host-access.js";
import type { HostAccess } from "./host-access.js";
import type {
  ContainerManifest,
  PodSpecManifest,
  PodTemplateManifest,
  StringMap,
  VolumeManifest,
  VolumeMountManifest,
} from "./manifest.js";
import type { Port } from "./port.js";
import type { QosClass } from "./resources.js";
import { RUN_AS_DEFAULTS, RunAs } from "./run-as.js";
import { schedulingManifest, schedulingRelaxations } from "./scheduling.js";
import type { SchedulingProps } from "./scheduling.js";
import { ServiceAccountToken, TOKEN_VOLUME_NAME, tokenVolume } from "./service-account-token.js";
import type { MountedToken } from "./service-account-token.js";
import type { UserNamespace } from "./user-namespace.js";
import { volumeManifest } from "./volume.js";
import type { Volume } from "./volume.js";

/** Pod settings when nobody says otherwise. */
export const POD_DEFAULTS = { terminationGracePeriodSeconds: 30 } as const;

/** A pod: its main container, the containers beside it, and what they share. */
export interface PodProps extends ContainerProps, ConfinementProps, SchedulingProps {
  /** Containers that run to their end, one after the other, before the others start. @default - none */
  readonly initContainers?: readonly NamedContainerProps[];
  /** Containers that start before the main one, after the init containers, and run on (`restartPolicy: Always`). @default - none */
  readonly sidecars?: readonly NamedContainerProps[];
  /** User and group of every container and of the volumes. @default RunAs.uid(10001) */
  readonly runAs?: RunAs;
  /** @default - UserNamespace.own() in a HardenedNamespace for Kubernetes 1.36 or later, unless a runtime class or host access is named; else what the cluster does */
  readonly userNamespace?: UserNamespace;
  /** @default ServiceAccountToken.none() */
  readonly serviceAccountToken?: ServiceAccountToken;
  /** `Guaranteed` makes the request the CPU limit of every container that names none. @default "Burstable" */
  readonly qosClass?: QosClass;
  /** A sandboxed runtime class, such as one of gVisor or Kata. @default - the node's own runtime */
  readonly runtimeClassName?: string;
  /** Time between the request to end and the kill, in seconds. @default 30 */
  readonly terminationGracePeriodSeconds?: number;
  /** What of the host the main container takes; only in a `SystemNamespace` that grants it. @default - nothing */
  readonly hostAccess?: readonly HostAccess[];
  /** Labels of the pods beside the one that selects them. @default - none */
  readonly podLabels?: StringMap;
  /** Annotations of the pods. @default - none */
  readonly podAnnotations?: StringMap;
}

/** What the workload around a pod decides. */
export interface PodContext {
  /** Name of the workload, its main container and its service account. */
  readonly name: string;
  readonly namespace: string;
  /** The labels that select the pods. */
  readonly selector: StringMap;
  /** Whether there is more than one pod to spread over zones and nodes. */
  readonly spread: boolean;
  /** Whether pods of this cluster get a user namespace when nobody says. */
  readonly userNamespaces: boolean;
  /** @default - `Always` */
  readonly restartPolicy?: "Never" | "OnFailure";
}

/** The pod template of every workload made here. Pure: the same input gives the same template. */
export function podTemplate(props: PodProps, context: PodContext): PodTemplateManifest {
  const { name, selector } = context;
  const { uid, gid } = props.runAs ?? RunAs.uid(RUN_AS_DEFAULTS.uid, RUN_AS_DEFAULTS.gid);
  const token = (props.serviceAccountToken ?? ServiceAccountToken.none()).mounted;
  const { runtimeClassName, podAnnotations, qosClass } = props;
  const initContainers = [
    ...(props.initContainers ?? []).map((c) => withToken(containerManifest(c.name, "init", c, { qosClass }), token)),
    ...(props.sidecars ?? []).map((c) => withToken(containerManifest(c.name, "sidecar", c, { qosClass }), token)),
  ];
  const volumes = podVolumeManifests(props, token);
  return {
    metadata: {
      labels: { ...props.podLabels, ...selector },
      ...(podAnnotations === undefined ? {} : { annotations: podAnnotations }),
    },
    spec: {
      serviceAccountName: name,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: props.terminationGracePeriodSeconds ?? POD_DEFAULTS.terminationGracePeriodSeconds,
      ...(context.restartPolicy === undefined ? {} : { restartPolicy: context.restartPolicy }),
      ...(runtimeClassName === undefined ? {} : { runtimeClassName }),
      ...(ownsUsers(props, context) ? { hostUsers: false } : {}),
      ...hostManifest(props.hostAccess ?? []),
      securityContext: {
        runAsNonRoot: true,
        runAsUser: uid,
        runAsGroup: gid,
        fsGroup: gid,
        fsGroupChangePolicy: "OnRootMismatch",
        ...confinementManifest(props),
      },
      ...schedulingManifest(props, context),
      ...(initContainers.length === 0 ? {} : { initContainers }),
      containers: [withToken(mainContainer(name, props), token)],
      ...(volumes.length === 0 ? {} : { volumes }),
    },
  };
}

/** What the pod decides about its main container. */
export function mainContext({ qosClass, hostAccess }: PodProps): ContainerContext {
  return { qosClass, ...(hostAccess === undefined ? {} : { hostAccess }) };
}

/** Whether the pod has users of its own. */
export function ownsUsers(props: PodProps, { userNamespaces }: Pick<PodContext, "userNamespaces">): boolean {
  if (props.userNamespace !== undefined) return props.userNamespace.relaxation === undefined;
  return userNamespaces && props.runtimeClassName === undefined && (props.hostAccess ?? []).length === 0;
}

/** The ports of a pod that stay open: those of the main container, then those of the sidecars. */
export function podPorts(props: PodProps): readonly Port[] {
  return [props, ...(props.sidecars ?? [])].flatMap(containerPorts);
}

/** The volumes of a pod, each once, in the order in which containers mount them. */
export function podVolumes(props: PodProps): readonly Volume[] {
  return [...new Set(containersOf(props).flatMap(containerVolumes))];
}

/** The containers of a pod, the main one first. */
export function containersOf(props: PodProps): readonly ContainerProps[] {
  return [props, ...(props.initContainers ?? []), ...(props.sidecars ?? [])];
}

/** What a pod loosens. */
export function podRelaxations(props: PodProps): readonly Relaxation[] {
  const own = [props.serviceAccountToken, props.userNamespace, ...(props.hostAccess ?? [])];
  return [
    ...containersOf(props).flatMap(containerRelaxations),
    ...schedulingRelaxations(props),
    ...own.map((choice) => choice?.relaxation).filter((r) => r !== undefined),
  ];
}

/** Name of the volume for the n-th path of the host. */
export function hostVolumeName(n: number): string {
  return `host-path-${n}`;
}

function mainContainer(name: string, props: PodProps): ContainerManifest {
  const container = containerManifest(name, "main", props, mainContext(props));
  const mounts = accessOf(props.hostAccess ?? [], "path").map(({ mountPath, writable }, n): VolumeMountManifest => ({
    name: hostVolumeName(n),
    mountPath,
    ...(writable ? {} : { readOnly: true }),
  }));
  if (mounts.length === 0) return container;
  return { ...container, volumeMounts: [...(container.volumeMounts ?? []), ...mounts] };
}

function hostManifest(access: readonly HostAccess[]): Pick<PodSpecManifest, "hostNetwork" | "hostPID" | "dnsPolicy"> {
  return {
    // Without this DNS policy such a pod would ask the node's resolver, which knows no Services.
    ...(accessOf(access, "network").length === 0 ? {} : { hostNetwork: true, dnsPolicy: "ClusterFirstWithHostNet" }),
    ...(accessOf(access, "processes").length === 0 ? {} : { hostPID: true }),
  };
}

function podVolumeManifests(props: PodProps, token: MountedToken | undefined): readonly VolumeManifest[] {
  const mounted = podVolumes(props)
    .map(volumeManifest)
    .filter((volume) => volume !== undefined);
  const host = accessOf(props.hostAccess ?? [], "path").map(({ hostPath }, n): VolumeManifest => ({
    name: hostVolumeName(n),
    hostPath: { path: hostPath, type: "" },
  }));
  return [...mounted, ...(token === undefined ? [] : [tokenVolume(token)]), ...host];
}

function withToken(container: ContainerManifest, token: MountedToken | undefined): ContainerManifest {
  if (token === undefined) return container;
  const mount = { name: TOKEN_VOLUME_NAME, mountPath: token.mountPath, readOnly: true } as const;
  return { ...container, volumeMounts: [...(container.volumeMounts ?? []), mount] };
}
