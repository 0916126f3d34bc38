import { defineRule, references } from "../../../define.js";
import { container, deployment, unresolved } from "../../../examples.js";
import { runAsUser } from "../../../lib/pod-security/restricted.js";
import { onContainerCheck } from "../../../lib/pod-security/index.js";

/**
 * Neither the pod nor a container asks for user 0; from 1.35 a pod with a user namespace of its own may (`runAsUser`,
 * Pod Security Standards, restricted).
 */
export const podRunAsUserNonzero = defineRule({
  id: "pod-run-as-user-nonzero",
  title: "nobody asks for user 0",
  ring: "container",
  severity: "high",
  rationale:
    "User 0 of a container is user 0 of its node. Whatever lets it out, a flaw of the kernel or a mounted folder, lets it out as root.",
  remediation:
    "securityContext: { runAsUser: 10001 }  // or leave it out and let the image name its user; where root is needed, hostUsers: false for the pod",
  references: references("catalogue/rules.csv: KSV-0105, KY require-run-as-non-root-user, GK users", {
    pss: ["restricted/runAsUser"],
    "owasp-k8s": ["K01"],
  }),
  since: "0.1.0",
  covers: ["container-high-uid", "pod-run-as-non-root"],
  examples: {
    fail: [
      {
        title: "root for the pod",
        resources: [
          deployment("db", { securityContext: { runAsUser: 0 }, containers: [{ name: "db", image: "postgres" }] }),
        ],
        path: "spec.template.spec.securityContext.runAsUser",
      },
      {
        title: "root for a container that prepares a volume",
        resources: [
          deployment("db", {
            initContainers: [{ name: "own", image: "busybox", securityContext: { runAsUser: 0 } }],
            containers: [{ name: "db", image: "postgres" }],
          }),
        ],
        path: "spec.template.spec.initContainers[0].securityContext.runAsUser",
      },
    ],
    pass: [
      { title: "left out, which is the image's user", resources: [container("db", {})] },
      {
        title: "root of a user namespace of its own",
        resources: [
          deployment("db", {
            hostUsers: false,
            securityContext: { runAsUser: 0 },
            containers: [{ name: "db", image: "postgres" }],
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [container("db", { securityContext: { runAsUser: unresolved("number") } })],
        path: "spec.template.spec.containers[0].securityContext.runAsUser",
      },
    ],
  },
  ...onContainerCheck(runAsUser),
});
