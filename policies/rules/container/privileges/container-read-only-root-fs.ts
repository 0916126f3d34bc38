import { defineRule, references } from "../../../define.js";
import { container, unresolved } from "../../../examples.js";
import { onContainers } from "../../../shapes.js";
import { expectBoolean } from "../../../verdicts.js";

/** `readOnlyRootFilesystem: true` stands at every container; left out, it is writable. Which folders a program writes to, a person has to know. */
export const containerReadOnlyRootFs = defineRule({
  id: "container-read-only-root-fs",
  title: "containers cannot write to their own image",
  ring: "container",
  severity: "medium",
  rationale:
    "An intruder's first act is to fetch tools. With a read-only root there is nowhere to put them, and the container still is what was scanned.",
  remediation: "securityContext: { readOnlyRootFilesystem: true }  // and an emptyDir where the program writes",
  references: references(
    "catalogue/rules.csv: CKV_K8S_22, KSV-0014, C-0017, KY require-ro-rootfs, GK read-only-root-filesystem, KL no-read-only-root-fs, KSc container-security-context-readonlyrootfilesystem, PO notReadOnlyRootFilesystem, KSEC ReadOnlyRootFilesystem, PCP ×6, AC_K8S_0078, PRW",
    { "nsa-cisa": ["hardening"], "cis-kubernetes": ["5.6.3"], "owasp-k8s": ["K01"], attack: ["T1105"] },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "left out, which is writable",
        resources: [container("vote", {})],
        path: "spec.template.spec.containers[0].securityContext.readOnlyRootFilesystem",
      },
    ],
    pass: [
      { title: "read-only", resources: [container("vote", { securityContext: { readOnlyRootFilesystem: true } })] },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [container("vote", { securityContext: { readOnlyRootFilesystem: unresolved("boolean") } })],
        path: "spec.template.spec.containers[0].securityContext.readOnlyRootFilesystem",
      },
    ],
  },
  ...onContainers(({ at, containerLabel }) =>
    expectBoolean(at.at("securityContext", "readOnlyRootFilesystem"), {
      absent: false,
      accept: (value) => value,
      message: `${containerLabel} can write to its own image: an intruder leaves tools there`,
      undecided: `whether ${containerLabel} can write to its own image is not known before the deployment`,
    }),
  ),
});
