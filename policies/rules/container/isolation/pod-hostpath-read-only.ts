import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { deployment, unresolved } from "../../../examples.js";
import { isRuntimeSocket, judgeHostPaths } from "../../../lib/host-paths.js";
import { onPods } from "../../../shapes.js";
import { expectBoolean, notApplicable, unknown } from "../../../verdicts.js";

/** Every mount of a path of the node is read-only (`volumeMounts[*].readOnly`); left out, it is not. */
export const podHostpathReadOnly = defineRule({
  id: "pod-hostpath-read-only",
  title: "what is mounted of the node cannot be written to",
  ring: "container",
  severity: "high",
  rationale:
    "A pod that writes to its node's file system outlives itself: it leaves a program, a job or a link there that the node, or the next pod, runs with more rights.",
  remediation: 'volumeMounts: [{ name: "logs", mountPath: "/var/log", readOnly: true, recursiveReadOnly: "Enabled" }]',
  references: references("catalogue/rules.csv: C-0045, KL writable-host-mount, KY ensure-readonly-hostpath, HE, KICS", {
    attack: ["T1611"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "left out, which can be written to",
        resources: [
          deployment("agent", {
            volumes: [{ name: "host", hostPath: { path: "/var/log" } }],
            containers: [{ name: "agent", image: "agent", volumeMounts: [{ name: "host", mountPath: "/logs" }] }],
          }),
        ],
        path: "spec.template.spec.containers[0].volumeMounts[0].readOnly",
      },
    ],
    pass: [
      {
        title: "read-only",
        resources: [
          deployment("agent", {
            volumes: [{ name: "host", hostPath: { path: "/var/log" } }],
            containers: [
              { name: "agent", image: "agent", volumeMounts: [{ name: "host", mountPath: "/logs", readOnly: true }] },
            ],
          }),
        ],
      },
      {
        title: "a volume of the pod's own can be written to",
        resources: [
          deployment("agent", {
            volumes: [{ name: "tmp", emptyDir: {} }],
            containers: [{ name: "agent", image: "agent", volumeMounts: [{ name: "tmp", mountPath: "/tmp" }] }],
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [
          deployment("agent", {
            volumes: [{ name: "host", hostPath: { path: "/var/log" } }],
            containers: [
              {
                name: "agent",
                image: "agent",
                volumeMounts: [{ name: "host", mountPath: "/logs", readOnly: unresolved("boolean") }],
              },
            ],
          }),
        ],
        path: "spec.template.spec.containers[0].volumeMounts[0].readOnly",
      },
      {
        title: "an output decides what the volume is",
        resources: [
          deployment("agent", {
            volumes: [{ name: "data", hostPath: unresolved("object") }],
            containers: [{ name: "agent", image: "agent", volumeMounts: [{ name: "data", mountPath: "/data" }] }],
          }),
        ],
        path: "spec.template.spec.volumes[0].hostPath",
      },
    ],
  },
  ...onPods((pod) =>
    judgeHostPaths(pod, ({ at, mounts, mountsUnknown }) => {
      const undecided = `whether ${pod.label} can write to its node is not known before the deployment`;
      if (at.isUnknown) return [unknown(at, undecided)];
      const verdicts = mounts.map(({ at: mount, container, path }) => {
        const known = path === UNKNOWN ? undefined : path;
        // Connecting to a socket writes nothing, so that nothing would be won; container-no-runtime-socket judges it.
        if (known !== undefined && isRuntimeSocket(known))
          return notApplicable("a socket answers read-only mounts too");
        return expectBoolean(mount.at("readOnly"), {
          absent: false,
          accept: (value) => value,
          message: `${container.containerLabel} can write to ${known ?? "a path"} of its node`,
          undecided,
        });
      });
      return mountsUnknown ? [...verdicts, unknown(at, undecided)] : verdicts;
    }),
  ),
});
