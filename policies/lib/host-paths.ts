import type { Cursor, Read } from "../../plan/world/index.js";
import { UNKNOWN } from "../../plan/world/index.js";
import type { Verdict } from "../model.js";
import type { ContainerView, PodView } from "../shapes.js";
import { containersOf } from "../shapes.js";
import { pass, unknown } from "../verdicts.js";

/** One container's mount of a part of its node's file system. */
export interface HostPathMount {
  readonly container: ContainerView;
  /** The item of `volumeMounts`. */
  readonly at: Cursor;
  /** The path of the node that the container reaches, without a slash at its end; the root is `/`. */
  readonly path: Read<string>;
  /** Whether the container can only read there, for certain. */
  readonly readOnly: boolean;
}

/** A volume of a pod that is, or may turn out to be, a path of its node. */
export interface HostPathVolume {
  /** `spec.volumes[*].hostPath`. */
  readonly at: Cursor;
  readonly path: Read<string>;
  readonly mounts: readonly HostPathMount[];
  /** A container whose mounts cannot be read yet may mount it too. */
  readonly mountsUnknown: boolean;
}

/** Judges each volume of each pod that is a path of its node. Pods without one pass. */
export function judgeHostPaths(
  pod: PodView,
  judge: (volume: HostPathVolume) => readonly Verdict[],
): readonly Verdict[] {
  const volumes = pod.spec.at("volumes");
  if (volumes.isUnknown) return [unknown(volumes, `the volumes of ${pod.label} are not known before the deployment`)];
  const verdicts = volumes
    .items()
    .filter((volume) => !volume.at("hostPath").isAbsent)
    .flatMap((volume) => judge(readVolume(pod, volume)));
  return verdicts.length === 0 ? [pass()] : verdicts;
}

/** A path without empty parts, `.` and a slash at its end. */
export function cleanPath(path: string): string {
  return `/${path
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .join("/")}`;
}

/** Whether a path is a folder, or lies in it. */
export function liesIn(path: string, folder: string): boolean {
  return path === folder || folder === "/" || path.startsWith(`${folder}/`);
}

/** Where container runtimes listen, by their documentation: Docker, containerd, CRI-O, cri-dockerd, k3s. */
const SOCKETS: ReadonlySet<string> = new Set(
  [
    "docker.sock",
    "containerd/containerd.sock",
    "crio/crio.sock",
    "cri-dockerd.sock",
    "dockershim.sock",
    "k3s/containerd/containerd.sock",
  ].flatMap(
    // /var/run is a link to /run.
    (socket) => [`/run/${socket}`, `/var/run/${socket}`],
  ),
);

/** Whether a path is the socket of a container runtime itself. */
export function isRuntimeSocket(path: string): boolean {
  return SOCKETS.has(path);
}

/** Whether a path is the socket of a container runtime, or a folder that holds one. */
export function holdsRuntimeSocket(path: string): boolean {
  return [...SOCKETS].some((socket) => liesIn(socket, path));
}

/** What a pod makes of one of its volumes, which is a path of the node. */
export function readVolume(pod: PodView, volume: Cursor): HostPathVolume {
  const hostPath = volume.at("hostPath");
  const stated = hostPath.at("path").string();
  const path: Read<string> = stated === UNKNOWN ? UNKNOWN : cleanPath(stated ?? "");
  const name = volume.at("name").string();
  const containers = containersOf(pod).map((container) => ({ container, list: container.at.at("volumeMounts") }));
  const mounts: readonly HostPathMount[] = containers.flatMap(({ container, list }) =>
    list
      .items()
      .filter((at) => typeof name === "string" && at.at("name").string() === name)
      .map((at) => ({
        container,
        at,
        path: below(path, at.at("subPath").string()),
        readOnly: at.at("readOnly").boolean() === true,
      })),
  );
  const mountsUnknown =
    name === UNKNOWN ||
    containers.some(({ list }) => list.isUnknown || list.items().some((at) => at.at("name").string() === UNKNOWN));
  return { at: hostPath, path, mounts, mountsUnknown };
}

/** `subPathExpr` is computed in the pod, so that any part of the volume may be meant: it counts whole. */
function below(path: Read<string>, subPath: Read<string | undefined>): Read<string> {
  if (path === UNKNOWN || subPath === UNKNOWN) return UNKNOWN;
  return cleanPath(`${path}/${subPath ?? ""}`);
}

/** Folders that are the node: its programs, settings, kernel, devices, and what kubelet and runtimes keep. */
const SENSITIVE = [
  "/bin",
  "/boot",
  "/dev",
  "/etc",
  "/home",
  "/lib",
  "/lib64",
  "/opt/cni/bin",
  "/proc",
  "/root",
  "/sbin",
  "/sys",
  "/usr",
  "/var/lib/containerd",
  "/var/lib/crio",
  "/var/lib/docker",
  "/var/lib/etcd",
  "/var/lib/kubelet",
];

/** What lies in those folders and only informs, and where the kubelet lets plugins register. */
const HARMLESS = [
  "/etc/localtime",
  "/etc/machine-id",
  "/etc/os-release",
  "/etc/pki/ca-trust",
  "/etc/ssl/certs",
  "/etc/timezone",
  "/lib/modules",
  "/usr/lib/modules",
  "/usr/lib/os-release",
  "/usr/share/ca-certificates",
  "/usr/share/zoneinfo",
  "/var/lib/kubelet/device-plugins",
  "/var/lib/kubelet/plugins",
  "/var/lib/kubelet/plugins_registry",
  "/var/lib/kubelet/pod-resources",
];

/** Folders of those that give nothing away to who can only read them: programs, and what the kernel says of the hardware. */
const SENSITIVE_TO_WRITE: ReadonlySet<string> = new Set([
  "/bin",
  "/boot",
  "/lib",
  "/lib64",
  "/opt/cni/bin",
  "/sbin",
  "/sys",
  "/usr",
]);

const SENSITIVE_TO_READ = SENSITIVE.filter((folder) => !SENSITIVE_TO_WRITE.has(folder));

/**
 * Whether a path of the node is, lies in, or lies above a folder that is the node.
 *
 * @param readOnly Whether it can only be read there.
 */
export function isSensitive(path: string, readOnly: boolean): boolean {
  if (HARMLESS.some((folder) => liesIn(path, folder))) return false;
  const folders = readOnly ? SENSITIVE_TO_READ : SENSITIVE;
  return folders.some((folder) => liesIn(path, folder) || liesIn(folder, path));
}
