import { defineRule, references } from "../../../define.js";
import { deployment, unresolved } from "../../../examples.js";
import { sysctls } from "../../../lib/pod-security/baseline.js";
import { onPodCheck } from "../../../lib/pod-security/index.js";

/**
 * The pod sets kernel parameters of the safe list only, which has grown with 1.27, 1.29, 1.32 and 1.37
 * (`securityContext.sysctls`, Pod Security Standards, baseline).
 */
export const podSysctlsSafe = defineRule({
  id: "pod-sysctls-safe",
  title: "kernel parameters are those that stay inside the pod",
  ring: "container",
  severity: "medium",
  rationale:
    "Most kernel parameters belong to the node: a pod that sets them changes its neighbours, or takes the node down. The safe ones exist once for each pod.",
  remediation:
    'securityContext: { sysctls: [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }] }  // only names of the safe list',
  references: references(
    "catalogue/rules.csv: KSV-0026, KY restrict-sysctls (only 1.0 list), GK forbidden-sysctls, KL unsafe-sysctls, AC_K8S_0074, KICS",
    { pss: ["baseline/sysctls"], "owasp-k8s": ["K01"] },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "a limit of the node",
        resources: [
          deployment("cache", {
            securityContext: { sysctls: [{ name: "net.core.somaxconn", value: "1024" }] },
            containers: [{ name: "cache", image: "redis" }],
          }),
        ],
        path: "spec.template.spec.securityContext.sysctls[0].name",
      },
    ],
    pass: [
      {
        title: "a safe one",
        resources: [
          deployment("web", {
            securityContext: { sysctls: [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }] },
            containers: [{ name: "web", image: "web" }],
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "the list is an output",
        resources: [deployment("cache", { securityContext: { sysctls: unresolved("list") }, containers: [] })],
        path: "spec.template.spec.securityContext.sysctls",
      },
    ],
  },
  ...onPodCheck(sysctls),
});
