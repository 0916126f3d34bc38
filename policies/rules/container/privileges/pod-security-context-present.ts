import { UNKNOWN } from "../../../../plan/world/index.js";
import type { Cursor, Read } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { container, deployment, unresolved } from "../../../examples.js";
import { onContainers } from "../../../shapes.js";
import { fail, pass, some, unknown } from "../../../verdicts.js";

/**
 * The pod or each of its containers says something about its privileges (`securityContext`). An empty one says
 * nothing.
 */
export const podSecurityContextPresent = defineRule({
  id: "pod-security-context-present",
  title: "every container has a security context",
  ring: "container",
  severity: "medium",
  rationale:
    "A pod that says nothing runs as the image pleases: as root in most of them, with a file system to write to and every default capability. Nobody decided that; it was left out.",
  remediation: 'securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } }  // of the pod',
  references: references(
    "catalogue/rules.csv: CKV_K8S_29, CKV_K8S_30, KSV-0118 (FPs, trivy#9329), C-0211, AC_K8S_0064, KICS",
    { "cis-kubernetes": ["5.6.3"], "owasp-k8s": ["K01"] },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "nothing at all",
        resources: [container("web", {})],
        path: "spec.template.spec.containers[0].securityContext",
      },
      {
        title: "empty ones",
        resources: [
          deployment("web", { securityContext: {}, containers: [{ name: "web", image: "web", securityContext: {} }] }),
        ],
        path: "spec.template.spec.containers[0].securityContext",
      },
      {
        title: "a second container says nothing",
        resources: [
          deployment("web", {
            containers: [
              { name: "web", image: "web", securityContext: { runAsNonRoot: true } },
              { name: "log", image: "log" },
            ],
          }),
        ],
        path: "spec.template.spec.containers[1].securityContext",
      },
    ],
    pass: [
      {
        title: "said once, for the pod",
        resources: [
          deployment("web", { securityContext: { runAsNonRoot: true }, containers: [{ name: "web", image: "web" }] }),
        ],
      },
      {
        title: "said by each container",
        resources: [container("web", { securityContext: { allowPrivilegeEscalation: false } })],
      },
    ],
    unknown: [
      {
        title: "the pod's is an output",
        resources: [
          deployment("web", { securityContext: unresolved("object"), containers: [{ name: "web", image: "web" }] }),
        ],
        path: "spec.template.spec.containers[0].securityContext",
      },
    ],
  },
  ...onContainers(({ at, spec, containerLabel }) => {
    const own = at.at("securityContext");
    const said = some([saysSomething(spec.at("securityContext")), saysSomething(own)]);
    if (said === true) return pass();
    return said === UNKNOWN
      ? unknown(own, `whether ${containerLabel} has a security context is not known before the deployment`)
      : fail(own, `nothing says which privileges ${containerLabel} has, so that its image decides`);
  }),
});

function saysSomething(context: Cursor): Read<boolean> {
  if (context.isUnknown) return UNKNOWN;
  return context.entries().some(([, at]) => !at.isAbsent);
}
