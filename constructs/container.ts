import { checkMountPath, checkName } from "./checks.js";
import type { Issue } from "../core/issue.js";
import type { Relaxation } from "../core/relaxation.js";
import { checkEnv, checkNoCredential, envOf } from "./environment.js";
import type { EnvValue } from "./environment.js";
import { checkImage, checkRegistry, ImageRef } from "./image-ref.js";
import { accessOf } from "./host-access.js";
import type { HostAccess } from "./host-access.js";
import { checkHook } from "./lifecycle.js";
import type { LifecycleHook } from "./lifecycle.js";
import type { ContainerManifest, VolumeMountManifest } from "./manifest.js";
import { checkNamedPorts, portOf } from "./port.js";
import type { NamedPorts, Port } from "./port.js";
import { checkProbe, Probe, probeManifest } from "./probe.js";
import { checkResources, resourcesManifest, resourcesOf } from "./resources.js";
import type { ContainerResources, QosClass } from "./resources.js";
import { RootFilesystem } from "./root-filesystem.js";
import { checkVolume, Volume } from "./volume.js";
import type { ReadOnlyMount } from "./volume.js";

/** One container. What Pod Security `restricted` asks for is always on and cannot be named here. */
export interface ContainerProps {
  /** Pinned by digest; text is read as by {@link ImageRef.parse}. */
  readonly image: ImageRef | string;
  /** Replaces the image's entry point. @default - the image's */
  readonly command?: readonly string[];
  /** Replaces the image's arguments. @default - the image's */
  readonly args?: readonly string[];
  /** @default - the image's */
  readonly workingDir?: string;
  /** Variables, none of them secret. @default - none */
  readonly env?: Readonly<Record<string, EnvValue>>;
  /** Ports by name, from 1024. @default - none */
  readonly ports?: NamedPorts;
  /** Volumes by the path at which this container sees them. @default - none */
  readonly mounts?: Readonly<Record<string, Volume | ReadOnlyMount>>;
  /** @default - 100 to 500 millicores, 256 MiB of memory, 256 MiB of scratch space */
  readonly resources?: ContainerResources;
  /** When the container may be sent requests. @default - its first TCP port accepts connections; without a port, none */
  readonly readiness?: Probe;
  /** When the container must be restarted. @default - its first TCP port refuses connections for a minute; without a port, none */
  readonly liveness?: Probe;
  /** How long the container may take to start. @default - the other probes count from the beginning */
  readonly startup?: Probe;
  /** After the start; the container is ready only when it is done. @default - nothing */
  readonly postStart?: LifecycleHook;
  /** Before the container is asked to end, within the termination grace period. @default - nothing */
  readonly preStop?: LifecycleHook;
  /** Whether the container may write to its image's files. @default RootFilesystem.readOnly() */
  readonly rootFilesystem?: RootFilesystem;
}

/** A container beside the main one. */
export interface NamedContainerProps extends ContainerProps {
  /** Name within the pod. */
  readonly name: string;
}

/** What the pod decides about a container. */
export interface ContainerContext {
  /** @default "Burstable" */
  readonly qosClass?: QosClass | undefined;
  /** What of the host this container takes. @default - nothing */
  readonly hostAccess?: readonly HostAccess[];
  /** Where images may come from. @default - anywhere */
  readonly approvedRegistries?: readonly string[] | undefined;
}

/** What a container is in its pod: `init` ends before the others start, `sidecar` starts before them and runs on. */
export type ContainerRole = "main" | "init" | "sidecar";

/** The container as it stands in a pod. Pure; bad input is what {@link checkContainer} finds. */
export function containerManifest(
  name: string,
  role: ContainerRole,
  props: ContainerProps,
  pod: ContainerContext = {},
): ContainerManifest {
  const { command, args, workingDir } = props;
  const env = envOf(props.env ?? {});
  const ports = Object.entries(props.ports ?? {});
  const volumeMounts = Object.entries(props.mounts ?? {}).map(([path, mount]) => mountManifest(path, mount));
  const pinned = !(props.image instanceof ImageRef) || props.image.relaxation === undefined;
  return {
    name,
    image: String(props.image),
    imagePullPolicy: pinned ? "IfNotPresent" : "Always",
    ...(command === undefined ? {} : { command }),
    ...(args === undefined ? {} : { args }),
    ...(workingDir === undefined ? {} : { workingDir }),
    ...(env.length === 0 ? {} : { env }),
    ...(ports.length === 0 ? {} : { ports: ports.map(([portName, port]) => portManifest(portName, portOf(port))) }),
    resources: resourcesManifest(resourcesOf(props.resources ?? {}, pod.qosClass)),
    securityContext: securityContextManifest(props, pod.hostAccess ?? []),
    ...(volumeMounts.length === 0 ? {} : { volumeMounts }),
    ...(role === "init" ? {} : { ...probesManifest(props), ...lifecycleManifest(props) }),
    ...(role === "sidecar" ? { restartPolicy: "Always" } : {}),
  };
}

/** The ports of a container, in the order given. */
export function containerPorts(props: ContainerProps): readonly Port[] {
  return Object.values(props.ports ?? {}).map(portOf);
}

/** The volumes that a container mounts. */
export function containerVolumes(props: ContainerProps): readonly Volume[] {
  return Object.values(props.mounts ?? {}).map(volumeOf);
}

/** What a container loosens. */
export function containerRelaxations({ image, rootFilesystem }: ContainerProps): readonly Relaxation[] {
  return [image instanceof ImageRef ? image.relaxation : undefined, rootFilesystem?.relaxation].filter(
    (r) => r !== undefined,
  );
}

/** The issues of a container. `path` is "" for the main container, whose props are those of the workload. */
export function checkContainer(
  path: string,
  role: ContainerRole,
  props: ContainerProps,
  pod: ContainerContext,
): readonly Issue[] {
  const at = (property: string): string => (path === "" ? property : `${path}.${property}`);
  return [
    ...checkContainerImage(at("image"), props.image, pod.approvedRegistries),
    ...checkEnv(at("env"), props.env ?? {}),
    ...[...(props.command ?? []), ...(props.args ?? [])].flatMap((word) => checkNoCredential(at("args"), word)),
    ...checkNamedPorts(at("ports"), props.ports ?? {}),
    ...Object.entries(props.mounts ?? {}).flatMap(([mountPath, mount]) => [
      ...checkMountPath(at("mounts"), mountPath),
      ...checkVolume(at(`mounts['${mountPath}']`), volumeOf(mount)),
    ]),
    ...checkResources(at("resources"), resourcesOf(props.resources ?? {}, pod.qosClass), pod.qosClass),
    ...checkKubeletCalls(at, role, props),
  ];
}

/** The issues of containers beside the main one, with their names. */
export function checkNamedContainers(
  path: string,
  role: ContainerRole,
  containers: readonly NamedContainerProps[],
  pod: ContainerContext,
): readonly Issue[] {
  return containers.flatMap((container, i) => [
    ...checkName(`${path}[${i}].name`, container.name),
    ...checkContainer(`${path}[${i}]`, role, container, pod),
  ]);
}

function checkContainerImage(
  path: string,
  image: ImageRef | string,
  approved: readonly string[] | undefined,
): readonly Issue[] {
  const form = image instanceof ImageRef ? [] : checkImage(path, image, { digestRequired: true });
  return form.length > 0 ? form : checkRegistry(path, String(image), approved);
}

/** Probes and hooks, which an init container has neither of: it ends before anybody asks it. */
function checkKubeletCalls(
  at: (property: string) => string,
  role: ContainerRole,
  props: ContainerProps,
): readonly Issue[] {
  const ports = containerPorts(props).map(({ port }) => port);
  const given = (["readiness", "liveness", "startup", "postStart", "preStop"] as const).flatMap((kind) => {
    const call = props[kind];
    return call === undefined ? [] : [{ path: at(kind), call }];
  });
  if (role !== "init")
    return given.flatMap(({ path, call }) =>
      call instanceof Probe ? checkProbe(path, call, ports) : checkHook(path, call, ports),
    );
  const rule = "must be absent from an init container";
  return given.map(({ path }) => ({ code: "NotAllowed", path, rule, advice: "Make it a sidecar, or leave it out" }));
}

/** A process that may become more than it is, only where Kubernetes refuses to say that it may not. */
function securityContextManifest(
  { rootFilesystem }: ContainerProps,
  hostAccess: readonly HostAccess[],
): ContainerManifest["securityContext"] {
  const privileged = accessOf(hostAccess, "privileged").length > 0;
  const root = accessOf(hostAccess, "rootUser").length > 0;
  const add = accessOf(hostAccess, "capabilities").flatMap(({ names }) => names);
  return {
    allowPrivilegeEscalation: privileged || add.includes("SYS_ADMIN"),
    privileged,
    readOnlyRootFilesystem: (rootFilesystem ?? RootFilesystem.readOnly()).relaxation === undefined,
    runAsNonRoot: !root,
    ...(root ? { runAsUser: 0 } : {}),
    capabilities: { drop: ["ALL"], ...(add.length === 0 ? {} : { add }) },
  };
}

function lifecycleManifest({ postStart, preStop }: ContainerProps): Pick<ContainerManifest, "lifecycle"> {
  if (postStart === undefined && preStop === undefined) return {};
  return {
    lifecycle: {
      ...(postStart === undefined ? {} : { postStart: postStart.manifest }),
      ...(preStop === undefined ? {} : { preStop: preStop.manifest }),
    },
  };
}

function probesManifest(
  props: ContainerProps,
): Pick<ContainerManifest, "readinessProbe" | "livenessProbe" | "startupProbe"> {
  const port = containerPorts(props).find(({ protocol }) => protocol === "TCP")?.port;
  // They differ, so that a slow container is first taken out of service and restarted only when that does not help.
  const readiness = props.readiness ?? (port === undefined ? undefined : Probe.tcp(port, { periodSeconds: 5 }));
  const liveness =
    props.liveness ??
    (port === undefined ? undefined : Probe.tcp(port, { initialDelaySeconds: 10, failureThreshold: 6 }));
  return {
    ...(readiness === undefined ? {} : { readinessProbe: probeManifest(readiness) }),
    ...(liveness === undefined ? {} : { livenessProbe: probeManifest(liveness) }),
    ...(props.startup === undefined ? {} : { startupProbe: probeManifest(props.startup) }),
  };
}

function portManifest(name: string, { port, protocol }: Port): NonNullable<ContainerManifest["ports"]>[number] {
  return { name, containerPort: port, protocol };
}

function mountManifest(mountPath: string, mount: Volume | ReadOnlyMount): VolumeMountManifest {
  const name = volumeOf(mount).name;
  return mount instanceof Volume ? { name, mountPath } : { name, mountPath, readOnly: true };
}

function volumeOf(mount: Volume | ReadOnlyMount): Volume {
  return mount instanceof Volume ? mount : mount.volume;
}
