import { defineRule, references } from "../../../define.js";
import { deployment, unresolved } from "../../../examples.js";
import { restrictedVolumes } from "../../../lib/pod-security/restricted.js";
import { onPodCheck } from "../../../lib/pod-security/index.js";

/**
 * Volumes are of the kinds that reach nothing of the node and bring no driver's flaws (`spec.volumes[*]`, Pod Security
 * Standards, restricted).
 */
export const podVolumeTypesRestricted = defineRule({
  id: "pod-volume-types-restricted",
  title: "volumes are of kinds that stay inside the pod",
  ring: "container",
  severity: "low",
  rationale:
    "Volumes such as nfs, iscsi or rbd, written into the pod, are mounted by the node's kernel with whatever address and options stand there. A claim leaves that choice to who runs the cluster.",
  remediation: 'volumes: [{ name: "data", persistentVolumeClaim: { claimName: "data" } }]',
  references: references("catalogue/rules.csv: KSV-0028, KSV-0121, KY restrict-volume-types, GK volumes, AC_K8S_0081", {
    pss: ["restricted/restrictedVolumes"],
    "owasp-k8s": ["K01"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "a file server of the pod's choice",
        resources: [
          deployment("db", {
            volumes: [{ name: "data", nfs: { server: "10.0.0.1", path: "/" } }],
            containers: [{ name: "db", image: "postgres" }],
          }),
        ],
        path: "spec.template.spec.volumes[0]",
      },
    ],
    pass: [
      {
        title: "a claim and a scratch folder",
        resources: [
          deployment("db", {
            volumes: [
              { name: "data", persistentVolumeClaim: { claimName: "data" } },
              { name: "tmp", emptyDir: {} },
            ],
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
  ...onPodCheck(restrictedVolumes),
});
