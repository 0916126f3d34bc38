import { defineRule, references } from "../../../define.js";
import { container, deployment, unresolved } from "../../../examples.js";
import { hostIpc } from "../../../lib/pod-security/baseline.js";
import { onPodCheck } from "../../../lib/pod-security/index.js";

/** The pod has shared memory of its own (`spec.hostIPC`, Pod Security Standards, baseline). */
export const podNoHostIpc = defineRule({
  id: "pod-no-host-ipc",
  title: "pods do not share their node's memory segments",
  ring: "container",
  severity: "high",
  rationale:
    "With the node's inter-process communication a pod reads and writes the shared memory and queues of every process there, databases of other pods included.",
  remediation: "hostIPC: false",
  references: references(
    "catalogue/rules.csv: CKV_K8S_18, KSV-0008, C-0038, C-0276, C-0195, KY disallow-host-namespaces, GK host-namespaces, KL host-ipc, PO hostIPCSet, KSEC HostIPC, AC_K8S_0083, PRW, PPB",
    {
      "cis-eks-1.8.0": ["4.2.3"],
      "cis-kubernetes": ["5.2.4"],
      pss: ["baseline/hostNamespaces"],
      "nsa-cisa": ["hardening"],
      "owasp-k8s": ["K01"],
      attack: ["T1611"],
    },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "the node's shared memory",
        resources: [deployment("db", { hostIPC: true, containers: [{ name: "db", image: "postgres" }] })],
        path: "spec.template.spec.hostIPC",
      },
    ],
    pass: [
      { title: "left out, which is its own", resources: [container("db", {})] },
      {
        title: "shared between the pod's own containers through a volume in memory",
        resources: [
          deployment("db", {
            volumes: [{ name: "shm", emptyDir: { medium: "Memory" } }],
            containers: [{ name: "db", image: "postgres", volumeMounts: [{ name: "shm", mountPath: "/dev/shm" }] }],
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [deployment("db", { hostIPC: unresolved("boolean"), containers: [] })],
        path: "spec.template.spec.hostIPC",
      },
    ],
  },
  ...onPodCheck(hostIpc),
});
