import type { Workload, World } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { container, manifest, unresolved } from "../../../examples.js";
import { minorVersion } from "../../../lib/kubernetes-version.js";
import { neighbours } from "../../../lib/namespaces.js";
import { onContainers } from "../../../shapes.js";
import { expectPresent, notApplicable, pass } from "../../../verdicts.js";

/** Minor version from which a pod's own resources count by default (KEP-2837). */
const POD_RESOURCES_SINCE = 34;

/**
 * Every container has a memory limit: its own, the pod's (`spec.resources`, from 1.34), or the default of a LimitRange
 * in its namespace. Ephemeral containers can have none.
 */
export const containerMemoryLimit = defineRule({
  id: "container-memory-limit",
  title: "containers have a memory limit",
  ring: "container",
  severity: "medium",
  rationale:
    "A container without a limit takes the memory of its node, and the kernel then ends whatever it likes, other pods included.",
  remediation: 'resources: { requests: { memory: "128Mi" }, limits: { memory: "128Mi" } }',
  references: references(
    "catalogue/rules.csv: CKV_K8S_13, KSV-0018, C-0271, GK containerlimits, KL unset-memory-requirements, KSc container-resources, PO memoryLimitsMissing, KSEC LimitsMemory, AC_K8S_0100, HE set_requests_limits_for_containers",
    { "nsa-cisa": ["hardening"], attack: ["T1499"] },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "no limit",
        resources: [container("vote", {})],
        path: "spec.template.spec.containers[0].resources.limits.memory",
      },
    ],
    pass: [
      { title: "its own limit", resources: [container("vote", { resources: { limits: { memory: "128Mi" } } })] },
      {
        title: "the namespace gives one",
        resources: [
          container("vote", {}),
          manifest({
            apiVersion: "v1",
            kind: "LimitRange",
            metadata: { name: "defaults", namespace: "vote" },
            spec: { limits: [{ type: "Container", default: { memory: "256Mi" } }] },
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "the limits are an output",
        resources: [container("vote", { resources: { limits: unresolved("object") } })],
        path: "spec.template.spec.containers[0].resources.limits.memory",
      },
    ],
  },
  ...onContainers((view) => {
    const { at, container: c, containerLabel, spec, workload, world } = view;
    if (c.kind === "ephemeralContainers") return notApplicable("ephemeral containers have no limits");
    const own = at.at("resources", "limits", "memory");
    const podLevel =
      minorVersion(world.kubernetesVersion) >= POD_RESOURCES_SINCE &&
      !spec.at("resources", "limits", "memory").isAbsent;
    if (own.isAbsent && (podLevel || hasDefaultLimit(world, workload))) return pass();
    return expectPresent(own, {
      message: `${containerLabel} can take all the memory of its node`,
      undecided: `whether ${containerLabel} has a memory limit is not known before the deployment`,
    });
  }),
});

/** Whether a LimitRange of the workload's namespace gives containers a memory limit. */
function hasDefaultLimit(world: World, { object }: Workload): boolean {
  return neighbours(world, object, "", "LimitRange")
    .flatMap((range) => range.root.at("spec", "limits").items())
    .some((limit) => limit.at("type").string() === "Container" && !limit.at("default", "memory").isAbsent);
}
