import { defineRule, references } from "../../../define.js";
import { container, deployment, unresolved } from "../../../examples.js";
import { windowsHostProcess } from "../../../lib/pod-security/baseline.js";
import { onContainerCheck } from "../../../lib/pod-security/index.js";

/**
 * Neither the pod nor a container is a Windows host process (`windowsOptions.hostProcess`, Pod Security Standards,
 * baseline).
 */
export const podNoWindowsHostProcess = defineRule({
  id: "pod-no-windows-host-process",
  title: "no container is a Windows host process",
  ring: "container",
  severity: "high",
  rationale:
    "A host process container runs on the Windows node itself, as one of its users: it is what a privileged container is on Linux.",
  remediation: "securityContext: { windowsOptions: { hostProcess: false } }",
  references: references(
    "catalogue/rules.csv: KSV-0103, C-0202, KY disallow-host-process, GK host-process, PO hostProcess, PRW",
    { "cis-kubernetes": ["5.2.10"], pss: ["baseline/windowsHostProcess"], attack: ["T1611"] },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "the whole pod",
        resources: [
          deployment("agent", {
            os: { name: "windows" },
            hostNetwork: true,
            securityContext: { windowsOptions: { hostProcess: true } },
            containers: [{ name: "agent", image: "agent" }],
          }),
        ],
        path: "spec.template.spec.securityContext.windowsOptions.hostProcess",
      },
      {
        title: "one container",
        resources: [container("agent", { securityContext: { windowsOptions: { hostProcess: true } } })],
        path: "spec.template.spec.containers[0].securityContext.windowsOptions.hostProcess",
      },
    ],
    pass: [
      {
        title: "a Windows pod with a user of its own",
        resources: [
          deployment("web", {
            os: { name: "windows" },
            securityContext: { windowsOptions: { runAsUserName: "ContainerUser" } },
            containers: [{ name: "web", image: "web" }],
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [
          container("agent", { securityContext: { windowsOptions: { hostProcess: unresolved("boolean") } } }),
        ],
        path: "spec.template.spec.containers[0].securityContext.windowsOptions.hostProcess",
      },
    ],
  },
  ...onContainerCheck(windowsHostProcess),
});
