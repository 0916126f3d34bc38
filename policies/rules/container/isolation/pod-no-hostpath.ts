import { defineRule, references } from "../../../define.js";
import { deployment, unresolved } from "../../../examples.js";
import { hostPathVolumes } from "../../../lib/pod-security/baseline.js";
import { onPodCheck } from "../../../lib/pod-security/index.js";

/** No volume is a hostPath (`spec.volumes[*].hostPath`, Pod Security Standards, baseline). */
export const podNoHostpath = defineRule({
  id: "pod-no-hostpath",
  title: "pods mount nothing of their node's file system",
  ring: "container",
  severity: "high",
  rationale:
    "Most paths of a node lead to the node itself: its runtime's socket, the kubelet's credentials, the tokens of every pod that runs there.",
  remediation: 'volumes: [{ name: "data", emptyDir: {} }]  // or a persistentVolumeClaim',
  references: references(
    "catalogue/rules.csv: KSV-0023, C-0048, C-0203, KY disallow-host-path, GK host-filesystem, PO hostPathSet, AC_K8S_0076, KICS, PRW",
    {
      "cis-kubernetes": ["5.2.11"],
      pss: ["baseline/hostPathVolumes"],
      "nsa-cisa": ["hardening"],
      "owasp-k8s": ["K01"],
      attack: ["T1611"],
    },
  ),
  since: "0.1.0",
  covers: ["pod-volume-types-restricted"],
  examples: {
    fail: [
      {
        title: "a folder of the node",
        resources: [
          deployment("db", {
            volumes: [{ name: "data", hostPath: { path: "/var/lib/data" } }],
            containers: [{ name: "db", image: "postgres" }],
          }),
        ],
        path: "spec.template.spec.volumes[0].hostPath.path",
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
  ...onPodCheck(hostPathVolumes),
});
