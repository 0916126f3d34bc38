import { UNKNOWN } from "../../../../plan/world/index.js";
import type { Cursor, Read } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { container, unresolved } from "../../../examples.js";
import { quantity } from "../../../lib/quantities.js";
import type { ExampleValue } from "../../../model.js";
import { onContainers } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

const PATH = "spec.template.spec.containers[0].resources.requests.memory";

function memory(request: ExampleValue, limit: ExampleValue) {
  return container("web", { resources: { requests: { memory: request }, limits: { memory: limit } } });
}

/** A container that requests memory and has a limit of it has the same of both. A request that is left out is the limit. */
export const containerMemoryRequestEqualsLimit = defineRule({
  id: "container-memory-request-equals-limit",
  title: "containers request the memory that they may take",
  ring: "container",
  severity: "info",
  rationale:
    "Memory, unlike processor time, cannot be taken back. A node that promised more than it has ends a container to find some, and not always the one that took it.",
  remediation: "resources: { requests: { memory: 256Mi }, limits: { memory: 256Mi } }",
  references: references(
    "catalogue/rules.csv: KY memory-requests-equal-limits, enforce-resources-as-ratio, GK containerresourceratios, KSc container-memory-requests-equal-limits, KICS",
    {},
  ),
  since: "0.1.0",
  examples: {
    fail: [{ title: "the limit is higher", resources: [memory("128Mi", "256Mi")], path: PATH }],
    pass: [
      { title: "the same", resources: [memory("256Mi", "256Mi")] },
      { title: "the same, in another unit", resources: [memory("1024Mi", "1Gi")] },
      {
        title: "left out, which is the limit",
        resources: [container("web", { resources: { limits: { memory: "1Gi" } } }), memory("1Gi", "1Gi")],
      },
    ],
    unknown: [{ title: "an output decides", resources: [memory(unresolved("string"), "1Gi")], path: PATH }],
  },
  ...onContainers(({ at, containerLabel }) => {
    const [request, limit] = [at.at("resources", "requests", "memory"), at.at("resources", "limits", "memory")];
    if (request.isAbsent || limit.isAbsent) return notApplicable("it has not both");
    const requested = amount(request);
    const limited = amount(limit);
    if (requested === UNKNOWN || limited === UNKNOWN)
      return unknown(
        request,
        `how much memory ${containerLabel} requests and may take is not known before the deployment`,
      );
    return requested === limited ? pass() : fail(request, `${containerLabel} may take more memory than is kept for it`);
  }),
});

function amount(at: Cursor): Read<number | undefined> {
  const text = at.string();
  if (text === UNKNOWN) return UNKNOWN;
  return quantity(text ?? (typeof at.value === "number" ? at.value : ""));
}
