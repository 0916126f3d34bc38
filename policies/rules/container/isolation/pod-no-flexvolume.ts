import { defineRule, references } from "../../../define.js";
import { deployment, unresolved } from "../../../examples.js";
import { onPods } from "../../../shapes.js";
import { fail, pass, unknown } from "../../../verdicts.js";

/** No volume is a flexVolume (`spec.volumes[*].flexVolume`). */
export const podNoFlexvolume = defineRule({
  id: "pod-no-flexvolume",
  title: "no volume is mounted by a program of the node",
  ring: "container",
  severity: "low",
  rationale:
    "A flexVolume runs a program that lies on the node, as root, with options from the pod. Kubernetes deprecated it in 1.23 for CSI drivers.",
  remediation: 'volumes: [{ name: "data", persistentVolumeClaim: { claimName: "data" } }]',
  references: references("catalogue/rules.csv: GK flexvolume-drivers", {}),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "a driver on the node",
        resources: [
          deployment("db", {
            volumes: [{ name: "data", flexVolume: { driver: "example/lvm" } }],
            containers: [{ name: "db", image: "postgres" }],
          }),
        ],
        path: "spec.template.spec.volumes[0].flexVolume",
      },
    ],
    pass: [
      {
        title: "a claim",
        resources: [
          deployment("db", {
            volumes: [{ name: "data", persistentVolumeClaim: { claimName: "data" } }],
            containers: [{ name: "db", image: "postgres" }],
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "the volumes are an output",
        resources: [deployment("db", { volumes: unresolved("list"), containers: [] })],
        path: "spec.template.spec.volumes",
      },
    ],
  },
  ...onPods((pod) => {
    const volumes = pod.spec.at("volumes");
    const undecided = `whether ${pod.label} has a flexVolume is not known before the deployment`;
    if (volumes.isUnknown) return unknown(volumes, undecided);
    const verdicts = volumes.items().flatMap((volume) => {
      const at = volume.at("flexVolume");
      if (at.isAbsent) return [];
      return [
        at.isUnknown ? unknown(at, undecided) : fail(at, `${pod.label} has a volume that a program of its node mounts`),
      ];
    });
    return verdicts.length === 0 ? pass() : verdicts;
  }),
});
