import { UNKNOWN } from "../../../../plan/world/index.js";
import type { Cursor } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { deployment, unresolved } from "../../../examples.js";
import type { ExampleObject, ExampleValue, Verdict } from "../../../model.js";
import { containersOf, onPods } from "../../../shapes.js";
import type { PodView } from "../../../shapes.js";
import { fail, pass, unknown } from "../../../verdicts.js";

/** Where container runtimes listen, by their documentation: Docker, containerd, CRI-O, cri-dockerd, k3s. */
const SOCKETS = [
  "docker.sock",
  "containerd/containerd.sock",
  "crio/crio.sock",
  "cri-dockerd.sock",
  "dockershim.sock",
  "k3s/containerd/containerd.sock",
].flatMap(
  // /var/run is a link to /run.
  (socket) => [`/run/${socket}`, `/var/run/${socket}`],
);

function podWith(path: ExampleValue, mount: ExampleObject): ExampleObject {
  return {
    volumes: [{ name: "host", hostPath: { path } }],
    containers: [{ name: "main", image: "busybox", volumeMounts: [{ name: "host", mountPath: "/host", ...mount }] }],
  };
}

/**
 * No container mounts the socket of a container runtime, or a folder of the node that holds one. Read-only does not
 * help: connecting to a socket writes nothing to the mount.
 */
export const containerNoRuntimeSocket = defineRule({
  id: "container-no-runtime-socket",
  title: "no container reaches the container runtime's socket",
  ring: "container",
  severity: "critical",
  rationale:
    "Who can talk to the container runtime starts a privileged container on the node. Mounting the socket read-only changes nothing, and so does mounting a folder above it.",
  remediation:
    "Remove the hostPath volume; build images with a builder that needs no runtime, and read metrics from the kubelet",
  references: references(
    "catalogue/rules.csv: CKV_K8S_27, KSV-0006, C-0074, KY disallow-container-sock-mounts, KL docker-sock, KSEC DockerSock, AC_K8S_0088, HE, semgrep, KICS",
    { "owasp-k8s": ["K01"], attack: ["T1610", "T1611"] },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "Docker's socket",
        resources: [deployment("ci", podWith("/var/run/docker.sock", {}))],
        path: "spec.template.spec.volumes[0].hostPath.path",
      },
      {
        title: "a folder above containerd's socket, read-only",
        resources: [deployment("agent", podWith("/run/", { readOnly: true }))],
        path: "spec.template.spec.volumes[0].hostPath.path",
      },
    ],
    pass: [
      { title: "a folder of logs", resources: [deployment("agent", podWith("/var/log", {}))] },
      {
        title: "only one folder below is mounted",
        resources: [deployment("agent", podWith("/var", { subPath: "log" }))],
      },
    ],
    unknown: [
      {
        title: "the path is an output",
        resources: [deployment("ci", podWith(unresolved("string"), {}))],
        path: "spec.template.spec.volumes[0].hostPath.path",
      },
    ],
  },
  ...onPods((pod) => {
    const volumes = pod.spec.at("volumes");
    if (volumes.isUnknown) return unknown(volumes, `the volumes of ${pod.label} are not known before the deployment`);
    const verdicts = volumes
      .items()
      .filter((volume) => !volume.at("hostPath").isAbsent)
      .map((volume) => judgeVolume(pod, volume));
    return verdicts.length === 0 ? pass() : verdicts;
  }),
});

function judgeVolume(pod: PodView, volume: Cursor): Verdict {
  const at = volume.at("hostPath", "path");
  const path = at.string();
  const lists = containersOf(pod).map((c) => c.at.at("volumeMounts"));
  const mounts = lists
    .flatMap((list) => list.items())
    .filter((m) => m.at("name").string() === volume.at("name").string());
  if (path === UNKNOWN)
    return unknown(at, `which path of its node ${pod.label} mounts is not known before the deployment`);
  const reached = mounts.map((mount) => {
    // Where a sub-path is computed in the pod, the mount may be any of them: the volume counts whole.
    const below = mount.at("subPath").string();
    return `${path ?? ""}/${typeof below === "string" ? below : ""}`;
  });
  if (lists.some((list) => list.isUnknown) && holdsSocket(path ?? ""))
    return unknown(
      at,
      `whether ${pod.label} mounts the container runtime of its node is not known before the deployment`,
    );
  return reached.some(holdsSocket)
    ? fail(at, `${pod.label} can reach the container runtime of its node, and so start anything there`)
    : pass();
}

/** Whether a path is a runtime's socket, or a folder above one. */
function holdsSocket(path: string): boolean {
  const clean = `/${path
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .join("/")}`;
  return SOCKETS.some((socket) => socket === clean || clean === "/" || socket.startsWith(`${clean}/`));
}
