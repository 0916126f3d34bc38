import type { Cursor, Read } from "../../../../plan/world/index.js";
import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { container, unresolved } from "../../../examples.js";
import type { PodView } from "../../../shapes.js";
import { onContainers } from "../../../shapes.js";
import { fail, notApplicable, pass, some, unknown } from "../../../verdicts.js";

const PATH = "spec.template.spec.containers[0].securityContext";

/** Each container is held by at least one of seccomp, AppArmor, SELinux and dropped capabilities, its own or the pod's. */
export const podLinuxHardeningAny = defineRule({
  id: "pod-linux-hardening-any",
  title: "something of Linux holds each container",
  ring: "container",
  severity: "low",
  rationale:
    "Seccomp, AppArmor, SELinux and dropped capabilities each stop other ways out of a container. One of them is better than none, which is what a pod has that says nothing.",
  remediation: 'securityContext: { seccompProfile: { type: "RuntimeDefault" } }  // of the pod',
  references: references("catalogue/rules.csv: C-0055, PO linuxHardening", { "nsa-cisa": ["hardening"] }),
  since: "0.1.0",
  examples: {
    fail: [{ title: "none of them", resources: [container("web", {})], path: PATH }],
    pass: [
      {
        title: "one capability less",
        resources: [container("web", { securityContext: { capabilities: { drop: ["NET_RAW"] } } })],
      },
      {
        title: "SELinux",
        resources: [container("web", { securityContext: { seLinuxOptions: { type: "container_t" } } })],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [container("web", { securityContext: { seccompProfile: unresolved("object") } })],
        path: PATH,
      },
    ],
  },
  ...onContainers(({ at, container: { name }, containerLabel, spec, workload }) => {
    if (spec.at("os", "name").string() === "windows") return notApplicable("Windows has none of them");
    const own = at.at("securityContext");
    const held = some([...[own, spec.at("securityContext")].map(holds), isAnnotated(workload, name)]);
    if (held === true) return pass();
    return held === UNKNOWN
      ? unknown(own, `whether something of Linux holds ${containerLabel} is not known before the deployment`)
      : fail(own, `neither seccomp, AppArmor, SELinux nor dropped capabilities hold ${containerLabel}`);
  }),
});

function holds(context: Cursor): Read<boolean> {
  if (context.isUnknown) return UNKNOWN;
  const profiles = ["seccompProfile", "appArmorProfile"].map((field) => {
    const type = context.at(field, "type").string();
    return type === UNKNOWN ? UNKNOWN : type !== undefined && type !== "Unconfined";
  });
  const drop = context.at("capabilities", "drop");
  return some([
    ...profiles,
    !context.at("seLinuxOptions").isAbsent,
    drop.isUnknown ? UNKNOWN : drop.items().length > 0,
  ]);
}

/** AppArmor by annotation, as before 1.30. */
function isAnnotated({ podMetadata }: PodView["workload"], container: string): Read<boolean> {
  const at = podMetadata.at("annotations").at(`container.apparmor.security.beta.kubernetes.io/${container}`);
  const profile = at.string();
  return profile === UNKNOWN ? UNKNOWN : profile !== undefined && profile !== "unconfined";
}
