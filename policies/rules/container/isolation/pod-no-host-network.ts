import { defineRule, references } from "../../../define.js";
import { container, deployment, unresolved } from "../../../examples.js";
import { hostNetwork } from "../../../lib/pod-security/baseline.js";
import { onPodCheck } from "../../../lib/pod-security/index.js";

/** The pod has a network of its own (`spec.hostNetwork`, Pod Security Standards, baseline). */
export const podNoHostNetwork = defineRule({
  id: "pod-no-host-network",
  title: "pods do not use their node's network",
  ring: "container",
  severity: "high",
  rationale:
    "On the node's network no network policy applies to a pod, it can listen to its neighbours' traffic, and the instance metadata service gives it the node's credentials whatever the hop limit.",
  remediation: "hostNetwork: false",
  references: references(
    "catalogue/rules.csv: CKV_K8S_19, KSV-0009, C-0041, C-0196, KY disallow-host-namespaces, GK host-namespaces, KL host-network, PO hostNetworkSet, KSEC HostNetwork, AC_K8S_0084, PRW, PPB",
    {
      "cis-eks-1.8.0": ["4.2.4"],
      "cis-kubernetes": ["5.2.5"],
      pss: ["baseline/hostNamespaces"],
      "nsa-cisa": ["hardening"],
      "pci-dss-4": ["1.2.8", "1.3.1"],
      "owasp-k8s": ["K01"],
      attack: ["T1552.005"],
    },
  ),
  since: "0.1.0",
  covers: [
    "container-no-host-ports",
    "imds-not-reachable-from-pods",
    "namespace-plaintext-traffic-interceptable",
    "network-policy-actually-enforced",
  ],
  examples: {
    fail: [
      {
        title: "the node's network",
        resources: [deployment("proxy", { hostNetwork: true, containers: [{ name: "proxy", image: "nginx" }] })],
        path: "spec.template.spec.hostNetwork",
      },
    ],
    pass: [{ title: "left out, which is its own", resources: [container("proxy", {})] }],
    unknown: [
      {
        title: "an output decides",
        resources: [deployment("proxy", { hostNetwork: unresolved("boolean"), containers: [] })],
        path: "spec.template.spec.hostNetwork",
      },
    ],
  },
  ...onPodCheck(hostNetwork),
});
