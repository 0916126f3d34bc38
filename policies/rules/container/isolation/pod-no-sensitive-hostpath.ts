import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { deployment, unresolved } from "../../../examples.js";
import { isSensitive, judgeHostPaths } from "../../../lib/host-paths.js";
import { onPods } from "../../../shapes.js";
import { fail, pass, unknown } from "../../../verdicts.js";

/**
 * No container mounts a part of its node from which the node can be taken or its secrets read: system folders, /proc
 * and /sys, devices, the data of kubelet and runtimes, or a folder above one of them. Files that only inform (time
 * zone, certificates of authorities, kernel modules to read) and the kubelet's folders for plugins do not count, nor do
 * the node's programs and /sys where they can only be read.
 */
export const podNoSensitiveHostpath = defineRule({
  id: "pod-no-sensitive-hostpath",
  title: "no container mounts a folder that is the node",
  ring: "container",
  severity: "high",
  rationale:
    "Some folders of a node are the node: who reads /var/lib/kubelet has the tokens of every pod on it, who writes to /etc or through /proc runs what he likes there.",
  remediation:
    'Remove the hostPath volume; where an agent needs it, mount the one folder below that it reads, readOnly, with recursiveReadOnly: "Enabled"',
  references: references("catalogue/rules.csv: KL sensitive-host-mounts, KSEC ProcMount, KICS", { attack: ["T1611"] }),
  since: "0.1.0",
  covers: ["pod-no-cloud-credential-mount", "pod-no-hostpath", "pod-volume-types-restricted"],
  examples: {
    fail: [
      {
        title: "the whole file system",
        resources: [
          deployment("agent", {
            volumes: [{ name: "host", hostPath: { path: "/" } }],
            containers: [{ name: "agent", image: "agent", volumeMounts: [{ name: "host", mountPath: "/host" }] }],
          }),
        ],
        path: "spec.template.spec.volumes[0].hostPath.path",
      },
      {
        title: "the kubelet's data, tokens of all pods among them",
        resources: [
          deployment("agent", {
            volumes: [{ name: "host", hostPath: { path: "/var/lib/kubelet/pods/" } }],
            containers: [
              { name: "agent", image: "agent", volumeMounts: [{ name: "host", mountPath: "/pods", readOnly: true }] },
            ],
          }),
        ],
        path: "spec.template.spec.volumes[0].hostPath.path",
      },
      {
        title: "a folder above it",
        resources: [
          deployment("agent", {
            volumes: [{ name: "host", hostPath: { path: "/var" } }],
            containers: [{ name: "agent", image: "agent", volumeMounts: [{ name: "host", mountPath: "/host" }] }],
          }),
        ],
        path: "spec.template.spec.volumes[0].hostPath.path",
      },
    ],
    pass: [
      {
        title: "logs",
        resources: [
          deployment("agent", {
            volumes: [{ name: "host", hostPath: { path: "/var/log/pods" } }],
            containers: [
              { name: "agent", image: "agent", volumeMounts: [{ name: "host", mountPath: "/pods", readOnly: true }] },
            ],
          }),
        ],
      },
      {
        title: "what the kernel says of the hardware, to read",
        resources: [
          deployment("agent", {
            volumes: [{ name: "host", hostPath: { path: "/sys" } }],
            containers: [
              { name: "agent", image: "agent", volumeMounts: [{ name: "host", mountPath: "/sys", readOnly: true }] },
            ],
          }),
        ],
      },
      {
        title: "the time zone",
        resources: [
          deployment("agent", {
            volumes: [{ name: "host", hostPath: { path: "/etc/localtime" } }],
            containers: [
              {
                name: "agent",
                image: "agent",
                volumeMounts: [{ name: "host", mountPath: "/etc/localtime", readOnly: true }],
              },
            ],
          }),
        ],
      },
      {
        title: "only one folder below is mounted",
        resources: [
          deployment("agent", {
            volumes: [{ name: "host", hostPath: { path: "/var" } }],
            containers: [
              { name: "agent", image: "agent", volumeMounts: [{ name: "host", mountPath: "/logs", subPath: "log" }] },
            ],
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "the path is an output",
        resources: [
          deployment("agent", {
            volumes: [{ name: "host", hostPath: { path: unresolved("string") } }],
            containers: [{ name: "agent", image: "agent", volumeMounts: [{ name: "host", mountPath: "/host" }] }],
          }),
        ],
        path: "spec.template.spec.volumes[0].hostPath.path",
      },
    ],
  },
  ...onPods((pod) =>
    judgeHostPaths(pod, ({ at, path, mounts, mountsUnknown }) => {
      const place = at.at("path");
      const reached = mounts.map((mount) => mount.path);
      const found = mounts.find((mount) => mount.path !== UNKNOWN && isSensitive(mount.path, mount.readOnly));
      if (found !== undefined)
        return [fail(place, `${pod.label} mounts ${String(found.path)} of its node, ${meaningOf(found.readOnly)}`)];
      const undecided = path === UNKNOWN || (isSensitive(path, false) && (mountsUnknown || reached.includes(UNKNOWN)));
      if (!undecided) return [pass()];
      return [unknown(place, `which part of its node ${pod.label} mounts is not known before the deployment`)];
    }),
  ),
});

function meaningOf(readOnly: boolean): string {
  return readOnly ? "and reads there what belongs to the node and its other pods" : "which is as good as the node";
}
