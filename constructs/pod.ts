import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";
import type { Relaxation } from "../core/relaxation.js";
import { checkSubdomain, checkWhole } from "./checks.js";
import {
  checkContainer,
  checkNamedContainers,
  containerManifest,
  containerPorts,
  containerRelaxations,
  containerVolumes,
} from "./container.js";
import type { ContainerProps, NamedContainerProps } from "./container.js";
import type { ContainerManifest, PodTemplateManifest, StringMap, VolumeManifest } from "./manifest.js";
import { portText } from "./port.js";
import type { Port } from "./port.js";
import { checkRunAs, RUN_AS_DEFAULTS, RunAs } from "./run-as.js";
import { checkToken, ServiceAccountToken, TOKEN_VOLUME_NAME, tokenVolume } from "./service-account-token.js";
import type { MountedToken } from "./service-account-token.js";
import { volumeManifest } from "./volume.js";
import type { Volume } from "./volume.js";

/** Pod settings when nobody says otherwise. */
export const POD_DEFAULTS = { terminationGracePeriodSeconds: 30 } as const;

/** A pod: its main container, the containers beside it, and what they share. */
export interface PodProps extends ContainerProps {
  /** Containers that run to their end, one after the other, before the others start. @default - none */
  readonly initContainers?: readonly NamedContainerProps[];
  /** Containers that start before the main one, after the init containers, and run on (`restartPolicy: Always`). @default - none */
  readonly sidecars?: readonly NamedContainerProps[];
  /** User and group of every container and of the volumes. @default RunAs.uid(10001) */
  readonly runAs?: RunAs;
  /** @default ServiceAccountToken.none() */
  readonly serviceAccountToken?: ServiceAccountToken;
  /** A sandboxed runtime class, such as one of gVisor or Kata. @default - the node's own runtime */
  readonly runtimeClassName?: string;
  /** Time between the request to end and the kill, in seconds. @default 30 */
  readonly terminationGracePeriodSeconds?: number;
  /** Labels of the pods beside the one that selects them. @default - none */
  readonly podLabels?: StringMap;
  /** Annotations of the pods. @default - none */
  readonly podAnnotations?: StringMap;
}

/** What the workload around a pod decides. */
export interface PodContext {
  /** Name of the workload, its main container and its service account. */
  readonly name: string;
  /** The labels that select the pods. */
  readonly selector: StringMap;
  /** Whether replicas are spread over zones and nodes. */
  readonly spread: boolean;
}

/** The pod template of every workload made here. Pure: the same input gives the same template. */
export function podTemplate(props: PodProps, { name, selector, spread }: PodContext): PodTemplateManifest {
  const { uid, gid } = props.runAs ?? RunAs.uid(RUN_AS_DEFAULTS.uid, RUN_AS_DEFAULTS.gid);
  const token = (props.serviceAccountToken ?? ServiceAccountToken.none()).mounted;
  const { runtimeClassName, podAnnotations } = props;
  const initContainers = [
    ...(props.initContainers ?? []).map((c) => withToken(containerManifest(c.name, "init", c), token)),
    ...(props.sidecars ?? []).map((c) => withToken(containerManifest(c.name, "sidecar", c), token)),
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
      ...(runtimeClassName === undefined ? {} : { runtimeClassName }),
      securityContext: {
        runAsNonRoot: true,
        runAsUser: uid,
        runAsGroup: gid,
        fsGroup: gid,
        fsGroupChangePolicy: "OnRootMismatch",
        seccompProfile: { type: "RuntimeDefault" },
      },
      ...(spread ? { topologySpreadConstraints: spreadOver(selector) } : {}),
      ...(initContainers.length === 0 ? {} : { initContainers }),
      containers: [withToken(containerManifest(name, "main", props), token)],
      ...(volumes.length === 0 ? {} : { volumes }),
    },
  };
}

/** The ports of a pod that stay open: those of the main container, then those of the sidecars. */
export function podPorts(props: PodProps): readonly Port[] {
  return [props, ...(props.sidecars ?? [])].flatMap(containerPorts);
}

/** The volumes of a pod, each once, in the order in which containers mount them. */
export function podVolumes(props: PodProps): readonly Volume[] {
  return [...new Set(containersOf(props).flatMap(containerVolumes))];
}

/** What a pod loosens. */
export function podRelaxations(props: PodProps): readonly Relaxation[] {
  const token = props.serviceAccountToken?.relaxation;
  return [...containersOf(props).flatMap(containerRelaxations), ...(token === undefined ? [] : [token])];
}

/** The issues of a pod. */
export function checkPod(
  props: PodProps,
  name: string,
  approvedRegistries: readonly string[] | undefined,
): readonly Issue[] {
  const { runAs, serviceAccountToken, runtimeClassName, terminationGracePeriodSeconds } = props;
  return [
    ...checkContainer("", "main", props, approvedRegistries),
    ...checkNamedContainers("initContainers", "init", props.initContainers ?? [], approvedRegistries),
    ...checkNamedContainers("sidecars", "sidecar", props.sidecars ?? [], approvedRegistries),
    ...checkUnique(props, name),
    ...checkTokenPath(props),
    ...(runAs === undefined ? [] : checkRunAs("runAs", runAs)),
    ...(serviceAccountToken === undefined ? [] : checkToken("serviceAccountToken", serviceAccountToken)),
    ...(runtimeClassName === undefined ? [] : checkSubdomain("runtimeClassName", runtimeClassName)),
    ...(terminationGracePeriodSeconds === undefined
      ? []
      : checkWhole("terminationGracePeriodSeconds", terminationGracePeriodSeconds, 1, 86_400)),
  ];
}

/** What must be there once: containers, volumes, port names and port numbers. Two volumes are one only if they are the same object. */
function checkUnique(props: PodProps, name: string): readonly Issue[] {
  const running = [props, ...(props.sidecars ?? [])];
  const names = [name, ...[...(props.initContainers ?? []), ...(props.sidecars ?? [])].map((c) => c.name)];
  const tokenName = props.serviceAccountToken?.mounted === undefined ? [] : [TOKEN_VOLUME_NAME];
  return [
    ...duplicates("containers", "must have names of their own", names, "Rename one of the containers"),
    ...duplicates(
      "mounts",
      "must name different volumes differently",
      [...podVolumes(props).map((volume) => volume.name), ...tokenName],
      "Rename one, or make the volume once and mount it in both places",
    ),
    ...duplicates("ports", "must be there once in the pod", podPorts(props).map(portText), "Listen on another port"),
    ...duplicates(
      "ports",
      "must have names of their own",
      running.flatMap((c) => Object.keys(c.ports ?? {})),
      "Rename one of the ports",
    ),
  ];
}

function checkTokenPath(props: PodProps): readonly Issue[] {
  const path = props.serviceAccountToken?.mounted?.mountPath;
  if (path === undefined || containersOf(props).every((c) => !Object.keys(c.mounts ?? {}).includes(path))) return [];
  return [
    issue(
      "Conflict",
      "mounts",
      "must leave free where the service account token is mounted",
      path,
      "Mount the volume elsewhere",
    ),
  ];
}

function duplicates(path: string, rule: string, names: readonly string[], advice: string): readonly Issue[] {
  const twice = new Set(names.filter((name, i) => names.indexOf(name) !== i));
  return [...twice].map((name) => issue("Duplicate", path, rule, name, advice));
}

function containersOf(props: PodProps): readonly ContainerProps[] {
  return [props, ...(props.initContainers ?? []), ...(props.sidecars ?? [])];
}

function podVolumeManifests(props: PodProps, token: MountedToken | undefined): readonly VolumeManifest[] {
  const mounted = podVolumes(props)
    .map(volumeManifest)
    .filter((volume) => volume !== undefined);
  return token === undefined ? mounted : [...mounted, tokenVolume(token)];
}

function withToken(container: ContainerManifest, token: MountedToken | undefined): ContainerManifest {
  if (token === undefined) return container;
  const mount = { name: TOKEN_VOLUME_NAME, mountPath: token.mountPath, readOnly: true } as const;
  return { ...container, volumeMounts: [...(container.volumeMounts ?? []), mount] };
}

/** Evenly where there is room, since a pod that cannot be placed evenly is better placed than pending. */
function spreadOver(selector: StringMap): NonNullable<PodTemplateManifest["spec"]["topologySpreadConstraints"]> {
  return ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
    topologyKey,
    maxSkew: 1,
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels: selector },
  }));
}
