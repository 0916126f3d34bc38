import { defineRule, references } from "../../../define.js";
import { container, deployment, unresolved } from "../../../examples.js";
import { hostPid } from "../../../lib/pod-security/baseline.js";
import { onPodCheck } from "../../../lib/pod-security/index.js";

/** The pod has process ids of its own (`spec.hostPID`, Pod Security Standards, baseline). */
export const podNoHostPid = defineRule({
  id: "pod-no-host-pid",
  title: "pods do not see their node's processes",
  ring: "container",
  severity: "high",
  rationale:
    "With the node's process ids a pod reads the environment and open files of other pods' processes, and with one more capability enters them.",
  remediation: "hostPID: false",
  references: references(
    "catalogue/rules.csv: CKV_K8S_17, KSV-0010, C-0038, C-0275, C-0194, KY disallow-host-namespaces, GK host-namespaces, KL host-pid, PO hostPIDSet, KSEC HostPID, AC_K8S_0082, PRW, PPB",
    {
      "cis-eks-1.8.0": ["4.2.2"],
      "cis-kubernetes": ["5.2.3"],
      pss: ["baseline/hostNamespaces"],
      "nsa-cisa": ["hardening"],
      "pci-dss-4": ["1.4.5"],
      "owasp-k8s": ["K01"],
      attack: ["T1611"],
    },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "the node's process ids",
        resources: [deployment("db", { hostPID: true, containers: [{ name: "db", image: "postgres" }] })],
        path: "spec.template.spec.hostPID",
      },
    ],
    pass: [{ title: "left out, which is its own", resources: [container("db", {})] }],
    unknown: [
      {
        title: "an output decides",
        resources: [deployment("db", { hostPID: unresolved("boolean"), containers: [] })],
        path: "spec.template.spec.hostPID",
      },
    ],
  },
  ...onPodCheck(hostPid),
});
