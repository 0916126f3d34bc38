import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { deployment, unresolved } from "../../../examples.js";
import { holdsRuntimeSocket, judgeHostPaths } from "../../../lib/host-paths.js";
import type { ExampleObject, ExampleValue } from "../../../model.js";
import type { ContainerView } from "../../../shapes.js";
import { onPods } from "../../../shapes.js";
import { fail, includes, pass, unknown } from "../../../verdicts.js";

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
  covers: ["pod-no-hostpath", "pod-no-sensitive-hostpath", "pod-volume-types-restricted"],
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
  ...onPods((pod) =>
    judgeHostPaths(pod, ({ at, path, mounts, mountsUnknown }) => {
      const place = at.at("path");
      const reached = mounts.map((mount) => mount.path);
      const found = mounts.filter((mount) => mount.path !== UNKNOWN && holdsRuntimeSocket(mount.path));
      const [first] = found;
      if (first !== undefined) {
        const message = `${pod.label} reaches the container runtime of its node by ${String(first.path)}`;
        return found.every(({ container }) => isNeverRoot(container))
          ? [fail(place, `${message}; its user is not root, which the socket asks for`, { severity: "medium" })]
          : [fail(place, `${message}, and so starts anything there`)];
      }
      const undecided = path === UNKNOWN || (holdsRuntimeSocket(path) && (mountsUnknown || reached.includes(UNKNOWN)));
      if (!undecided) return [pass()];
      return [
        unknown(
          place,
          `whether ${pod.label} mounts the container runtime of its node is not known before the deployment`,
        ),
      ];
    }),
  ),
});

/** Whether no process of a container is root, nor in a group that a socket may be open to, nor past its permissions. */
function isNeverRoot({ at, spec }: ContainerView): boolean {
  const [own, pod] = [at.at("securityContext"), spec.at("securityContext")];
  const effective = (field: string) => (own.at(field).isAbsent ? pod.at(field) : own.at(field));
  const groups = [pod.at("fsGroup"), pod.at("supplementalGroups")].every((list) => list.isAbsent);
  const user = effective("runAsUser").number();
  const isUser = effective("runAsNonRoot").boolean() === true || (typeof user === "number" && user > 0);
  return isUser && groups && own.at("privileged").isAbsent && includes(own.at("capabilities", "drop"), "ALL") === true;
}
