import { defineRule, references } from "../../../define.js";
import { container, unresolved } from "../../../examples.js";
import { probeHosts } from "../../../lib/pod-security/baseline.js";
import { onContainerCheck } from "../../../lib/pod-security/index.js";

/**
 * Probes and lifecycle hooks name no host (`httpGet.host`, `tcpSocket.host`; Pod Security Standards, baseline, from
 * 1.34).
 */
export const podNoProbeOrLifecycleHost = defineRule({
  id: "pod-no-probe-or-lifecycle-host",
  title: "probes and hooks call the pod itself",
  ring: "container",
  severity: "medium",
  rationale:
    "The kubelet makes these calls, from the node's own address and past every network policy. With a host of its choice a pod reaches through it what it cannot reach itself: the instance metadata, the kubelet's own ports.",
  remediation:
    'livenessProbe: { httpGet: { path: "/healthz", port: 8080 } }  // no host; where a name matters, httpHeaders: [{ name: "Host", value: "app.example.com" }]',
  references: references("catalogue/rules.csv: GK host-probes-lifecycle only", {
    pss: ["baseline/hostProbesAndHostLifecycle"],
    "owasp-k8s": ["K01"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "a probe of the instance metadata",
        resources: [
          container("web", {
            livenessProbe: { httpGet: { host: "169.254.169.254", path: "/latest/meta-data/", port: 80 } },
          }),
        ],
        path: "spec.template.spec.containers[0].livenessProbe.httpGet.host",
      },
      {
        title: "a hook",
        resources: [
          container("web", { lifecycle: { preStop: { httpGet: { host: "internal.example.com", port: 80 } } } }),
        ],
        path: "spec.template.spec.containers[0].lifecycle.preStop.httpGet.host",
      },
    ],
    pass: [
      {
        title: "the pod itself, with a host in the header",
        resources: [
          container("web", {
            livenessProbe: {
              httpGet: { path: "/", port: 8080, httpHeaders: [{ name: "Host", value: "app.example.com" }] },
            },
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [container("web", { readinessProbe: { tcpSocket: { host: unresolved("string"), port: 80 } } })],
        path: "spec.template.spec.containers[0].readinessProbe.tcpSocket.host",
      },
    ],
  },
  ...onContainerCheck(probeHosts),
});
